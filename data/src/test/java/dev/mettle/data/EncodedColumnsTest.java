package dev.mettle.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mettle.core.data.Dataset;
import dev.mettle.core.data.Scale;
import dev.mettle.core.data.Shape;
import dev.mettle.core.random.Purpose;
import dev.mettle.core.random.Seed;
import dev.mettle.core.study.DataException;
import dev.mettle.core.study.DataSettings;
import dev.mettle.core.study.DataSource;
import dev.mettle.core.study.Encoding;
import dev.mettle.core.study.Expressions;
import dev.mettle.core.study.HeldOutSettings;
import dev.mettle.core.study.MissingValues;
import dev.mettle.core.study.ScaleKind;
import dev.mettle.core.study.TargetSettings;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Columns of the input that become numbers: one-hot, and in an order. */
class EncodedColumnsTest {
    private static final String TABLE =
            """
            age,region,stage,side,risk
            1,north,early,2,0.5
            2,west,late,10,1.5
            3,east,early,2,2.5
            4,north,middle,-1,3.5
            """;
    private static final Encoding ONE_HOT = new Encoding.OneHot();

    @TempDir Path folder;

    private static DataSettings settings(
            List<String> input, Map<String, Encoding> encodings, MissingValues missing) {
        return new DataSettings(
                new DataSource.File("t.csv"),
                1,
                input,
                Optional.empty(),
                ScaleKind.STANDARD,
                TargetSettings.regression("risk", ScaleKind.NONE),
                List.of(),
                List.of(),
                encodings,
                missing,
                Expressions.NONE,
                new HeldOutSettings(1, 1));
    }

    private Dataset load(String text, DataSettings settings) throws IOException {
        Files.writeString(folder.resolve("t.csv"), text);
        return DataLoader.load(settings, folder, List.of()).dataset();
    }

    private Dataset load(String text, List<String> input, Map<String, Encoding> encodings)
            throws IOException {
        return load(text, settings(input, encodings, MissingValues.ERROR));
    }

    @Test
    void aColumnOfTextsBecomesOneForEachTextInTheirPlace() throws IOException {
        Dataset data = load(TABLE, List.of("region", "age"), Map.of("region", ONE_HOT));
        assertThat(data.inputShape()).isEqualTo(Shape.flat(4));
        assertThat(data.inputs()) // east, north, west, age
                .containsExactly(0, 1, 0, 1, 0, 0, 1, 2, 1, 0, 0, 3, 0, 1, 0, 4);
    }

    @Test
    void numbersMayBeKindsToo() throws IOException {
        Dataset data = load(TABLE, List.of("side"), Map.of("side", ONE_HOT));
        assertThat(data.inputs()) // -1, 2, 10: by size, not as texts
                .containsExactly(0, 1, 0, 0, 0, 1, 0, 1, 0, 1, 0, 0);
        Encoding order = new Encoding.Ordinal(List.of("10", "2.0", "-1"));
        assertThat(load(TABLE, List.of("side"), Map.of("side", order)).inputs())
                .containsExactly(1, 0, 1, 2);
    }

    @Test
    void anOrderGivesPlaces() throws IOException {
        Encoding order = new Encoding.Ordinal(List.of("early", "middle", "late", "end"));
        assertThat(load(TABLE, List.of("stage", "age"), Map.of("stage", order)).inputs())
                .containsExactly(0, 1, 2, 2, 0, 3, 1, 4);
    }

    @Test
    void theChecksumKnowsTheEncoding() throws IOException {
        List<String> sums =
                List.of(
                        load(TABLE, List.of("side"), Map.of()).checksum(),
                        load(TABLE, List.of("side"), Map.of("side", ONE_HOT)).checksum(),
                        load(TABLE, List.of("side"), Map.of("side", places("2", "10", "-1")))
                                .checksum(),
                        load(TABLE, List.of("side"), Map.of("side", places("10", "2", "-1")))
                                .checksum());
        assertThat(sums).doesNotHaveDuplicates();
    }

    private static Encoding places(String... order) {
        return new Encoding.Ordinal(List.of(order));
    }

    @Test
    void aMissingValueIsAMistakeOrLeftOutOrTheSharesOfTheSample() throws IOException {
        String text = TABLE.replace("2,west", "2,").replace("3,east", "3,west");
        Map<String, Encoding> encodings = Map.of("region", ONE_HOT);
        assertThatThrownBy(() -> load(text, List.of("age", "region"), encodings))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("line 3, column 'region': the value is missing; of 4 values");
        DataSettings drop = settings(List.of("region"), encodings, MissingValues.DROP);
        assertThat(load(text, drop).inputs()).containsExactly(1, 0, 0, 1, 1, 0);
        DataSettings impute = settings(List.of("region"), encodings, MissingValues.IMPUTE);
        Dataset data = load(text, impute);
        int[] all = {0, 1, 2, 3};
        PoolSampler sampler =
                new PoolSampler(
                        data,
                        new dev.mettle.core.data.Partition(all, new int[] {0}, new int[] {1}),
                        impute,
                        4);
        List<Scale> scales =
                sampler.draw(new Seed(1, Purpose.RACE, Seed.Source.SAMPLE, 0), 4).inputScales();
        assertThat(scales).hasSize(2);
        for (int column = 0; column < 2; column++) {
            Scale scale = scales.get(column);
            assertThat(scale.apply(Float.NaN)).isZero(); // the mean of the standardised column
        }
    }

    @Test
    void mistakesNameTheLine() {
        Map<String, Encoding> order = Map.of("stage", places("early", "late"));
        assertThatThrownBy(() -> load(TABLE, List.of("stage"), order))
                .isInstanceOfSatisfying(
                        DataException.class, e -> assertThat(e.key()).isEqualTo("encode"))
                .hasMessageContaining(
                        "line 5, column 'stage': 'middle' has no place in the order [early,"
                                + " late].");
        StringBuilder many = new StringBuilder("age,risk\n");
        IntStream.range(0, 1001).forEach(i -> many.append(i).append(',').append(i).append('\n'));
        assertThatThrownBy(() -> load(many.toString(), List.of("age"), Map.of("age", ONE_HOT)))
                .hasMessageContaining("column 'age' has more than 1,000 different numbers");
        String texts = many.toString().replaceAll("(?m)^(\\d)", "t$1");
        assertThatThrownBy(() -> load(texts, List.of("age"), Map.of("age", ONE_HOT)))
                .hasMessageContaining("column 'age' has 1,001 different values; one_hot is for");
    }
}
