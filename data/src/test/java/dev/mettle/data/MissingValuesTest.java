package dev.mettle.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.mettle.core.data.Dataset;
import dev.mettle.core.data.Partition;
import dev.mettle.core.data.Sample;
import dev.mettle.core.data.Scale;
import dev.mettle.core.data.Shape;
import dev.mettle.core.random.Purpose;
import dev.mettle.core.random.Seed;
import dev.mettle.core.study.CategorySettings;
import dev.mettle.core.study.DataException;
import dev.mettle.core.study.DataSettings;
import dev.mettle.core.study.DataSource;
import dev.mettle.core.study.MissingValues;
import dev.mettle.core.study.ScaleKind;
import dev.mettle.core.study.TargetSettings;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Rows that are left out, and values that are filled in. */
class MissingValuesTest {
    private static final String TABLE =
            """
            age,bmi,sex,size,risk
            1,10,f,2,0.5
            2,NA,m,4,1.5
            3,30,,8,2.5
            ,40,f,16,3.5
            5,50,m,,4.5
            6,60,m,64,5.5
            """;

    @TempDir Path folder;

    private static DataSettings settings(
            String file, MissingValues missing, ScaleKind scale, OptionalInt codes) {
        return new DataSettings(
                new DataSource.File(file),
                1,
                List.of("age", "bmi"),
                Optional.empty(),
                scale,
                TargetSettings.regression("risk", ScaleKind.NONE),
                List.of(Studies.feature("size", ScaleKind.LOG)),
                List.of(new CategorySettings("sex", codes)),
                missing,
                1,
                1);
    }

    private static DataSettings settings(MissingValues missing) {
        return settings("t.csv", missing, ScaleKind.STANDARD, OptionalInt.empty());
    }

    private LoadedData load(String text, DataSettings settings) throws IOException {
        Files.writeString(folder.resolve("t.csv"), text);
        return DataLoader.load(settings, folder, List.of());
    }

    @Test
    void rowsWithoutAValueAreLeftOutAndCounted() throws IOException {
        LoadedData loaded = load(TABLE, settings(MissingValues.DROP));
        assertThat(loaded.dataset().inputs()).containsExactly(1, 10, 6, 60);
        assertThat(loaded.dataset().features()).containsExactly(2, 64);
        assertThat(loaded.dataset().targets()).containsExactly(0.5, 5.5);
        assertThat(loaded.dataset().categories().codes()).containsExactly(0, 1);
        assertThat(loaded.facts().rows()).isEqualTo(2);
        assertThat(loaded.facts().notes())
                .containsExactly(
                        "data: {missing: drop} leaves out 4 of 6 rows, in which a value is missing"
                                + " (age 1, bmi 1, size 1, sex 1).");
    }

    @Test
    void aRowWithoutATargetIsLeftOutToo() throws IOException {
        String text = TABLE.replace("6,60,m,64,5.5", "6,60,m,64,\n7,70,f,1,6.5");
        assertThat(load(text, settings(MissingValues.DROP)).dataset().targets())
                .containsExactly(0.5, 6.5);
    }

    @Test
    void aTableWithoutMissingValuesIsTheSameInEveryWay() throws IOException {
        String text = "age,bmi,sex,size,risk\n1,2,f,3,4\n5,6,m,7,8\n9,1,f,2,3\n";
        Dataset plain = load(text, settings(MissingValues.ERROR)).dataset();
        for (MissingValues missing : MissingValues.values()) {
            LoadedData other = load(text, settings(missing));
            assertThat(other.dataset().inputs()).containsExactly(plain.inputs());
            assertThat(other.dataset().categories().columns())
                    .isEqualTo(plain.categories().columns());
            assertThat(other.facts().notes()).isEmpty();
            assertThat(other.dataset().checksum().equals(plain.checksum()))
                    .isEqualTo(missing == MissingValues.ERROR);
        }
    }

    @Test
    void linesAreNamedRightWhereRowsAreLeftOut() {
        assertThatThrownBy(
                        () -> load(TABLE.replace("6,60", "inf,60"), settings(MissingValues.DROP)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("t.csv, line 7, column 'age': Infinity is not a finite");
    }

    @Test
    void tooFewRowsAreAnError() {
        String text = TABLE.replace("6,60", "6,");
        assertThatThrownBy(() -> load(text, settings(MissingValues.DROP)))
                .isInstanceOfSatisfying(
                        DataException.class, e -> assertThat(e.key()).isEqualTo("missing"))
                .hasMessageContaining("in 5 of 6 rows")
                .hasMessageContaining("'drop' leaves too few");
    }

    @Test
    void rowsOfImagesAreLeftOut() {
        new Npz()
                .doubles("cells", "(3, 2, 1)", 1, 2, Double.NaN, 4, 5, 6)
                .doubles("energy", "(3,)", 1, 2, 3)
                .writeTo(folder.resolve("data.npz"));
        DataSettings images = images(MissingValues.DROP);
        Dataset data = DataLoader.load(images, folder, List.of()).dataset();
        assertThat(data.inputShape()).isEqualTo(new Shape(1, 2, 1));
        assertThat(data.inputs()).containsExactly(1, 2, 5, 6);
        assertThatThrownBy(() -> DataLoader.load(images(MissingValues.IMPUTE), folder, List.of()))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("array 'cells', row 1, position [0, 0]: NaN is not a finite");
    }

    private static DataSettings images(MissingValues missing) {
        return new DataSettings(
                new DataSource.File("data.npz"),
                1,
                List.of("cells"),
                Optional.empty(),
                ScaleKind.STANDARD,
                TargetSettings.regression("energy", ScaleKind.NONE),
                List.of(),
                List.of(),
                missing,
                1,
                1);
    }

    @Test
    void missingInputsStayForSamplesToFillInAndCategoriesGetACodeOfTheirOwn() throws IOException {
        LoadedData loaded = load(TABLE, settings(MissingValues.IMPUTE));
        Dataset data = loaded.dataset();
        assertThat(data.inputs())
                .containsExactly(1, 10, 2, Float.NaN, 3, 30, Float.NaN, 40, 5, 50, 6, 60);
        assertThat(data.features()).containsExactly(2, 4, 8, 16, Float.NaN, 64);
        assertThat(data.categories().codes()).containsExactly(0, 1, 2, 0, 1, 1);
        assertThat(data.categories().columns().getFirst().count()).isEqualTo(3);
        assertThat(loaded.facts().notes())
                .containsExactly(
                        "data: {missing: impute} fills in 4 values (age 1, bmi 1, size 1, sex 1)"
                                + " from each training's own sample.");
        DataSettings five =
                settings("t.csv", MissingValues.IMPUTE, ScaleKind.NONE, OptionalInt.of(5));
        Dataset more = load(TABLE, five).dataset();
        assertThat(more.categories().codes()).containsExactly(0, 1, 5, 0, 1, 1);
        assertThat(more.categories().columns().getFirst().count()).isEqualTo(6);
    }

    @Test
    void aMissingTargetIsNotFilledIn() {
        String text = TABLE.replace("6,60,m,64,5.5", "6,60,m,64,");
        assertThatThrownBy(() -> load(text, settings(MissingValues.IMPUTE)))
                .isInstanceOfSatisfying(
                        DataException.class, e -> assertThat(e.key()).isEqualTo("target"))
                .hasMessageContaining("line 7, column 'risk': the value is missing; of 6 values 1");
    }

    @ParameterizedTest
    @EnumSource(
            value = ScaleKind.class,
            names = {"NONE", "STANDARD", "ASINH"})
    void aMissingNumberIsTheMeanOfTheSampleAsTheNetworkSeesIt(ScaleKind kind) throws IOException {
        DataSettings settings = settings("t.csv", MissingValues.IMPUTE, kind, OptionalInt.empty());
        Dataset data = load(TABLE, settings).dataset();
        int[] pool = {0, 1, 2, 3, 4};
        Partition split = new Partition(pool, new int[] {5}, new int[] {5});
        Sample sample =
                new PoolSampler(data, split, settings, 5)
                        .draw(new Seed(1, Purpose.RACE, Seed.Source.SAMPLE, 0));
        Scale age = sample.inputScales().getFirst();
        double mean = 0;
        for (float value : new float[] {1, 2, 3, 5}) {
            mean += age.apply(value) / 4;
        }
        assertThat(age.apply(Double.NaN)).isCloseTo(mean, within(1e-15));
        Scale size = sample.featureScales().getFirst();
        double logs = size.apply(2) + size.apply(4) + size.apply(8) + size.apply(16);
        assertThat(size.apply(Double.NaN)).isCloseTo(logs / 4, within(1e-15));
    }

    @Test
    void scalesOfCompleteColumnsAreThoseWithoutImputation() throws IOException {
        String text = "age,bmi,sex,size,risk\n1,2,f,3,4\n5,6,m,7,8\n9,,f,2,3\n4,4,f,1,1\n";
        String whole = text.replace("9,,", "9,7,");
        Partition split = new Partition(new int[] {0, 1, 2}, new int[] {3}, new int[] {3});
        Seed seed = new Seed(1, Purpose.RACE, Seed.Source.SAMPLE, 0);
        Sample imputed =
                new PoolSampler(
                                load(text, settings(MissingValues.IMPUTE)).dataset(),
                                split,
                                settings(MissingValues.IMPUTE),
                                3)
                        .draw(seed);
        Sample plain =
                new PoolSampler(
                                load(whole, settings(MissingValues.ERROR)).dataset(),
                                split,
                                settings(MissingValues.ERROR),
                                3)
                        .draw(seed);
        assertThat(imputed.inputScales().getFirst()).isEqualTo(plain.inputScales().getFirst());
        assertThat(imputed.featureScales()).isEqualTo(plain.featureScales());
    }

    @Test
    void aSampleWithoutAnyValueOfAColumnIsFilledWithZero() {
        float nan = Float.NaN;
        Scale scale =
                ImputedFit.of(ScaleKind.STANDARD, new float[] {nan, nan}, 1, 0, new int[] {0, 1});
        assertThat(scale).isEqualTo(Scale.NONE);
        assertThat(scale.apply(Double.NaN)).isZero();
    }
}
