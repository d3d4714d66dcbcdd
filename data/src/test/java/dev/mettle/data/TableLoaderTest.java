package dev.mettle.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mettle.core.data.Dataset;
import dev.mettle.core.data.Shape;
import dev.mettle.core.data.Task;
import dev.mettle.core.study.CategorySettings;
import dev.mettle.core.study.CsvSettings;
import dev.mettle.core.study.DataException;
import dev.mettle.core.study.DataSettings;
import dev.mettle.core.study.DataSource;
import dev.mettle.core.study.FeatureSettings;
import dev.mettle.core.study.ScaleKind;
import dev.mettle.core.study.TargetSettings;

import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** Tables of text as the data of a study, and inputs that are lists of columns. */
class TableLoaderTest {
    private static final String TABLE =
            """
            age,bmi,sex,risk,grade
            31,20.5,f,0.5,mild
            47,31.25,m,0.75,severe
            58,27,f,0.25,mild
            """;

    @TempDir Path folder;

    private static DataSettings settings(
            String file,
            TargetSettings target,
            List<String> input,
            CategorySettings... categories) {
        return new DataSettings(
                new DataSource.File(file),
                1,
                input,
                Optional.empty(),
                ScaleKind.NONE,
                target,
                List.of(),
                List.of(categories),
                1,
                1);
    }

    private static CategorySettings category(String name) {
        return new CategorySettings(name, OptionalInt.empty());
    }

    private static TargetSettings risk() {
        return TargetSettings.regression("risk", ScaleKind.NONE);
    }

    private LoadedData load(String text, DataSettings settings) throws IOException {
        Files.writeString(folder.resolve("t.csv"), text);
        return DataLoader.load(settings, folder, List.of());
    }

    private AbstractThrowableAssert<?, ? extends Throwable> refused(
            String key, String text, DataSettings settings) {
        return assertThatThrownBy(() -> load(text, settings))
                .isInstanceOfSatisfying(
                        DataException.class, e -> assertThat(e.key()).isEqualTo(key));
    }

    @Test
    void columnsBecomeAnInputOfAsManyColumns() throws IOException {
        Dataset data = load(TABLE, settings("t.csv", risk(), List.of("bmi", "age"))).dataset();
        assertThat(data.inputShape()).isEqualTo(Shape.flat(2));
        assertThat(data.inputs()).containsExactly(20.5f, 31, 31.25f, 47, 27, 58);
        assertThat(data.targets()).containsExactly(0.5, 0.75, 0.25);
    }

    @Test
    void columnsOfAnArchiveBecomeAnInputToo() {
        new Npz()
                .doubles("a", "(3,)", 1, 2, 3)
                .doubles("b", "(3, 1)", 4, 5, 6)
                .doubles("risk", "(3,)", 0, 1, 2)
                .doubles("short", "(2,)", 1, 2)
                .doubles("wide", "(3, 2)", 1, 2, 3, 4, 5, 6)
                .writeTo(folder.resolve("d.npz"));
        Dataset data =
                DataLoader.load(settings("d.npz", risk(), List.of("a", "b")), folder, List.of())
                        .dataset();
        assertThat(data.inputs()).containsExactly(1, 4, 2, 5, 3, 6);
        DataSettings wrong = settings("d.npz", risk(), List.of("a", "short", "wide", "c"));
        assertThatThrownBy(() -> DataLoader.load(wrong, folder, List.of()))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("array 'short' has 2 rows, but the input 'a' has 3")
                .hasMessageContaining("array 'wide' has the shape (3, 2), where one number")
                .hasMessageContaining("no array 'c'");
    }

    @Test
    void textsMayBeClassesAndCategories() throws IOException {
        TargetSettings grade = new TargetSettings.Classification("grade", List.of());
        DataSettings settings = settings("t.csv", grade, List.of("age", "bmi"), category("sex"));
        LoadedData loaded = load(TABLE, settings);
        assertThat(loaded.facts().task())
                .isEqualTo(new Task.Classification("grade", List.of("mild", "severe")));
        assertThat(loaded.dataset().targets()).containsExactly(0, 1, 0);
        assertThat(loaded.dataset().categories().codes()).containsExactly(0, 1, 0);
        assertThat(loaded.dataset().categories().columns().getFirst().count()).isEqualTo(2);
    }

    @Test
    void classesThatAreNamedGiveTheirOrder() throws IOException {
        TargetSettings grade =
                new TargetSettings.Classification("grade", List.of("none", "severe", "mild"));
        LoadedData loaded = load(TABLE, settings("t.csv", grade, List.of("age", "bmi")));
        assertThat(loaded.dataset().targets()).containsExactly(2, 1, 2);
        TargetSettings other =
                new TargetSettings.Classification("grade", List.of("mild", "severely"));
        refused("target", TABLE, settings("t.csv", other, List.of("age", "bmi")))
                .hasMessageContaining(
                        "t.csv, line 3, column 'grade': 'severe' is none of the classes that the"
                                + " study names: mild, severely. Did you mean 'severely'?");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "58,27   | 58,    | input | t.csv, line 4, column 'bmi': the value is missing; of 3"
                        + " values 1 are",
                "58,27   | 58,inf | input | t.csv, line 4, column 'bmi': Infinity is not a finite"
                        + " number",
                "58,27   | 58,big | input | t.csv, line 4, column 'bmi': 'big' is not a number; 1"
                        + " of 3 values",
                "27,f    | 27,NA  | categories | line 4, column 'sex': the value is missing; of 3"
                        + " values 1",
                "f,0.25  | f,     | target | line 4, column 'risk': the value is missing; of 3"
                        + " values 1",
                "f,0.25  | f,x    | target | line 4, column 'risk': 'x' is not a number; 1 of 3"
                        + " values",
                "f,0.25  | f,nan  | target | line 4, column 'risk': the value is missing"
            })
    void aWrongValueIsNamedByLineAndColumn(
            String part, String replacement, String key, String expected) {
        assertThat(TABLE).contains(part);
        DataSettings settings = settings("t.csv", risk(), List.of("age", "bmi"), category("sex"));
        refused(key, TABLE.replace(part, replacement), settings).hasMessageContaining(expected);
    }

    @Test
    void textsAreNoNumbers() {
        refused("input", TABLE, settings("t.csv", risk(), List.of("age", "sex")))
                .hasMessageContaining(
                        "t.csv, line 2, column 'sex': 'f' is not a number; 3 of 3 values are not.")
                .hasMessageContaining("'categories'");
    }

    @Test
    void theTargetIsNoInputColumn() {
        refused("target", TABLE, settings("t.csv", risk(), List.of("age", "risk")))
                .hasMessageContaining("column 'risk' is the input too");
    }

    @Test
    void aTableNeedsRows() {
        refused("input", "age,bmi,risk\n", settings("t.csv", risk(), List.of("age", "bmi")))
                .hasMessageContaining("the input [age, bmi] has no rows");
        refused("input", "age,bmi,risk\n1,2,3\n", settings("t.csv", risk(), List.of("age", "bmi")))
                .hasMessageContaining("has a single row");
    }

    @Test
    void theChecksumCoversTheColumnsAndHowTheTableIsWritten() throws IOException {
        DataSettings plain = settings("t.csv", risk(), List.of("age", "bmi"));
        CsvSettings found =
                new CsvSettings(
                        Optional.of(','),
                        Optional.of('.'),
                        Optional.empty(),
                        CsvSettings.DEFAULT_MISSING);
        CsvSettings missing =
                new CsvSettings(
                        Optional.empty(), Optional.empty(), Optional.empty(), List.of("-1"));
        String checksum = load(TABLE, plain).dataset().checksum();
        assertThat(load(TABLE, with(plain, found)).dataset().checksum()).isEqualTo(checksum);
        assertThat(
                        Stream.of(
                                        load(TABLE, with(plain, missing)),
                                        load(
                                                TABLE,
                                                settings("t.csv", risk(), List.of("bmi", "age"))),
                                        load(TABLE, settings("t.csv", risk(), List.of("age"))),
                                        load(TABLE.replace("20.5", "20.50"), plain))
                                .map(loaded -> loaded.dataset().checksum()))
                .doesNotHaveDuplicates()
                .doesNotContain(checksum);
    }

    private static DataSettings with(DataSettings settings, CsvSettings csv) {
        return new DataSettings(
                new DataSource.File("t.csv", Optional.of(csv)),
                1,
                settings.input(),
                Optional.empty(),
                ScaleKind.NONE,
                settings.target(),
                List.of(),
                List.of(),
                1,
                1);
    }

    @Test
    void csvSettingsBelongToTables() {
        new Npz().doubles("x", "(2,)", 1, 2).writeTo(folder.resolve("t.csv"));
        DataSettings settings = with(settings("t.csv", risk(), List.of("x")), CsvSettings.FOUND);
        assertThatThrownBy(() -> DataLoader.load(settings, folder, List.of()))
                .isInstanceOfSatisfying(
                        DataException.class, e -> assertThat(e.key()).isEqualTo("csv"))
                .hasMessageContaining("is no table of text, which 'csv' is about");
    }

    @Test
    void aTableOfTextAndAnArchiveGiveTheSameBits() throws IOException {
        int rows = 500;
        double[] a = new double[rows];
        double[] b = new double[rows];
        double[] risk = new double[rows];
        Arrays.setAll(a, i -> StrictMath.sin(i) * StrictMath.exp(i % 50));
        Arrays.setAll(b, i -> 1.0 / (i + 1));
        Arrays.setAll(risk, i -> a[i] + b[i]);
        StringBuilder text = new StringBuilder("risk;b;a\n");
        for (int i = 0; i < rows; i++) {
            text.append("%s;%s;%s\n".formatted(risk[i], b[i], a[i]).replace('.', ','));
        }
        new Npz()
                .doubles("table", "(500, 1)", b)
                .doubles("a", "(500,)", a)
                .doubles("b", "(500,)", b)
                .doubles("risk", "(500,)", risk)
                .writeTo(folder.resolve("d.npz"));
        FeatureSettings feature = Studies.feature("b", ScaleKind.LOG);
        Dataset table = load(text.toString(), withFeature("t.csv", feature)).dataset();
        Dataset archive =
                DataLoader.load(withFeature("d.npz", feature), folder, List.of()).dataset();
        assertThat(table.inputs()).containsExactly(archive.inputs());
        assertThat(table.features()).containsExactly(archive.features());
        assertThat(table.targets()).containsExactly(archive.targets());
    }

    private static DataSettings withFeature(String file, FeatureSettings feature) {
        return new DataSettings(
                new DataSource.File(file),
                1,
                List.of("a", "b"),
                Optional.empty(),
                ScaleKind.NONE,
                risk(),
                List.of(feature),
                List.of(),
                1,
                1);
    }
}
