package dev.mettle.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mettle.core.study.CsvSettings;
import dev.mettle.core.study.DataException;
import dev.mettle.core.study.TextEncoding;

import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/** Fixtures and expected values: reference/data/csv_fixtures.py. */
class CsvFileTest {
    private static final double NAN = Double.NaN;

    @TempDir Path folder;

    private Path write(String text) {
        return write("t.csv", text.getBytes(StandardCharsets.UTF_8));
    }

    private Path write(String name, byte[] bytes) {
        try {
            return Files.write(folder.resolve(name), bytes);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static CsvFile open(Path path) {
        return CsvFile.open(path, CsvSettings.FOUND);
    }

    private double[] column(String text, String name) {
        return open(write(text)).array("input", name).toDoubles();
    }

    private static CsvSettings settings(
            String delimiter, String decimal, Optional<TextEncoding> encoding) {
        return new CsvSettings(
                delimiter.isEmpty() ? Optional.empty() : Optional.of(delimiter.charAt(0)),
                decimal.isEmpty() ? Optional.empty() : Optional.of(decimal.charAt(0)),
                encoding,
                CsvSettings.DEFAULT_MISSING);
    }

    private AbstractThrowableAssert<?, ? extends Throwable> refused(String text) {
        Path path = write(text);
        return assertThatThrownBy(() -> open(path).array("input", "x").toDoubles())
                .isInstanceOf(DataException.class)
                .hasMessageContaining("t.csv");
    }

    static Stream<String> everyColumnThatPythonWrote() throws IOException {
        return Files.readAllLines(Npz.fixture("csv/expected.txt")).stream();
    }

    @ParameterizedTest
    @MethodSource("everyColumnThatPythonWrote")
    void readsWhatPythonWroteToTheBit(String line) {
        List<String> words = List.of(line.split(" "));
        double[] expected = words.stream().skip(2).mapToDouble(Double::parseDouble).toArray();
        try (CsvFile file = open(Npz.fixture("csv/" + words.get(0)))) {
            DataArray array = file.array("input", words.get(1));
            assertThat(array.shape()).containsExactly((long) expected.length);
            assertThat(array.toDoubles()).containsExactly(expected);
            float[] floats = new float[expected.length];
            for (int i = 0; i < floats.length; i++) {
                floats[i] = (float) expected[i];
            }
            assertThat(array.toFloats()).containsExactly(floats);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {",", ";", "\t", "|"})
    void theDelimiterIsFoundInTheHeadLine(String delimiter) {
        String text = "x,\"a;b,c|\",y\n1,2,3\n4,5,6\n".replace(",", delimiter);
        try (CsvFile file = open(write(text))) {
            assertThat(file.names()).hasSize(3).startsWith("x").endsWith("y");
            assertThat(file.array("input", "y").toDoubles()).containsExactly(3, 6);
        }
    }

    @Test
    void aDelimiterThatEveryLineHasBeatsOneOfTheNames() {
        try (CsvFile file = open(write("x (a,b,c);y\n1;2\n3;4\n"))) {
            assertThat(file.names()).containsExactly("x (a,b,c)", "y");
        }
    }

    @Test
    void aTableMayHaveOneColumn() {
        assertThat(column("x\n1\n2\n", "x")).containsExactly(1, 2);
    }

    @Test
    void aDelimiterMayBeGiven() {
        Path path = write("x:y\n1:2\n");
        try (CsvFile file = CsvFile.open(path, settings(":", "", Optional.empty()))) {
            assertThat(file.array("input", "y").toDoubles()).containsExactly(2);
        }
    }

    @Test
    void aDecimalCommaIsFoundWhereTheNumbersSaySo() {
        assertThat(column("x;y\n1,5;7\n-2e3;8\n,25;9\n", "x")).containsExactly(1.5, -2000, 0.25);
        assertThat(column("x;y\n1.5;7\n", "x")).containsExactly(1.5);
    }

    @Test
    void aDecimalCommaMayBeGivenWhereTheFirstNumbersAreWhole() {
        String text = "x;y\n" + "1;2\n".repeat(300_000) + "1,5;2\n";
        refused(text)
                .hasMessageContaining("line 300002, column 'x': '1,5' is not a number")
                .hasMessageContaining("data: {csv: {decimal: ','}}");
        Path path = write(text);
        try (CsvFile file = CsvFile.open(path, settings("", ",", Optional.empty()))) {
            assertThat(file.array("input", "x").toDoubles()).hasSize(300_001).endsWith(1.5);
        }
    }

    static Stream<Charset> encodings() {
        return Stream.of(
                StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE);
    }

    @ParameterizedTest
    @MethodSource("encodings")
    void aByteOrderMarkTellsTheEncoding(Charset charset) {
        Path path = write("t.csv", "\uFEFFgröße,y\n1,2\n".getBytes(charset));
        try (CsvFile file = open(path)) {
            assertThat(file.names()).containsExactly("größe", "y");
            assertThat(file.array("input", "größe").toDoubles()).containsExactly(1);
        }
    }

    @Test
    void otherBytesThanTheEncodingsAreRefusedWithTheirLine() {
        byte[] latin = "x,ort\n1,Ulm\n2,Köln\n".getBytes(StandardCharsets.ISO_8859_1);
        Path path = write("t.csv", latin);
        assertThatThrownBy(() -> open(path))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("t.csv, line 3: its bytes are no UTF-8 text")
                .hasMessageContaining("encoding: latin1");
        CsvSettings given = settings("", "", Optional.of(TextEncoding.LATIN1));
        try (CsvFile file = CsvFile.open(path, given)) {
            assertThat(file.array("target", "ort").texts().orElseThrow().names())
                    .containsExactly("Köln", "Ulm");
        }
    }

    @Test
    void bytesThatAreNoTextAreFoundFarFromTheBeginningToo() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(("x,y\n" + "1,2\n".repeat(200_000)).getBytes(StandardCharsets.UTF_8));
        bytes.writeBytes(new byte[] {'3', ',', (byte) 0xE9, '\n'});
        Path path = write("t.csv", bytes.toByteArray());
        assertThatThrownBy(() -> open(path).array("input", "x"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("line 200002: its bytes are no UTF-8 text");
    }

    @Test
    void aTableMayBePacked() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write("x,y\n1,2\n".getBytes(StandardCharsets.UTF_8));
        }
        Path path = write("t.csv.gz", bytes.toByteArray());
        try (DataFile file = DataFiles.open(path, DataFiles.formats())) {
            assertThat(file.array("input", "y").toDoubles()).containsExactly(2);
        }
        byte[] cut = Arrays.copyOf(bytes.toByteArray(), bytes.size() - 9);
        Path broken = write("u.csv.gz", cut);
        assertThatThrownBy(() -> open(broken).array("input", "x"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("can't be read");
        Path plain = write("v.csv.gz", "x,y\n1,2\n".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> open(plain))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("Not in GZIP format");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            quoteCharacter = '`',
            value = {
                "``                    ! is empty, where a table with a head line is needed",
                "` \\n\\n`             ! is empty",
                "`1.5,2\\n3,4\\n`      ! begins with numbers (1.5, 2) where the names",
                "`1;;3\\n3;4;5\\n`     ! begins with numbers (1, , 3)",
                "`x,y,x\\n1,2,3\\n`    ! has two columns 'x', the 1. and the 3.; rename one",
                "`x,y\\n1,2\\n3\\n`    ! line 3: it has 1 field, where the head line names 2"
                        + " columns",
                "`x,y\\n1,2,3\\n`      ! line 2: it has 3 fields, where the head line names 2",
                "`x,y\\n1,\"2\\n3,4\\n` ! quote",
                "`y,z\\n1,2\\n`        ! has no column 'x'; it has y, z",
                "`x\\0,y\\n1,2\\n` ! control characters",
                "`x,y\\nabc,2\\n`      ! line 2, column 'x': 'abc' is not a number; 1 of 1 values",
                "`x,y\\n\\n\\n1,2\\na b,2\\nc,2\\n` ! line 5, column 'x': 'a b' is not a number; 2"
                        + " of 3 values",
                "`x,y\\n1,\"2\\n\\n\"\\n1e,2\\n` ! line 5, column 'x': '1e' is not a number; 1 of 2"
                        + " values"
            })
    void whatIsWrongIsSaidWithItsPlace(String text, String expected) {
        refused(text.translateEscapes()).hasMessageContaining(expected);
    }

    @Test
    void missingValuesAreNaN() {
        assertThat(column("x,y\n1,1\n,1\nNA,1\nnan,1\nNULL,1\n 2 ,1\n", "x"))
                .containsExactly(1, NAN, NAN, NAN, NAN, 2);
        CsvSettings given =
                new CsvSettings(
                        Optional.empty(), Optional.empty(), Optional.empty(), List.of("-999"));
        Path path = write("x,y\n-999,1\n2,1\n");
        try (CsvFile file = CsvFile.open(path, given)) {
            assertThat(file.array("input", "x").toDoubles()).containsExactly(NAN, 2);
        }
    }

    @Test
    void textsBecomeCodesOfTheSortedTexts() {
        Path path = write("kind,y\nb,1\n\"a, b\",2\nNA,3\nb,4\n 7 ,5\n");
        try (CsvFile file = open(path)) {
            DataArray kind = file.array("target", "kind");
            assertThat(kind.describe()).isEqualTo("kind (5,) text");
            Texts texts = kind.texts().orElseThrow();
            assertThat(texts.names()).containsExactly("7", "a, b", "b");
            assertThat(texts.codes()).containsExactly(2, 1, Texts.MISSING, 2, 0);
            assertThat(file.array("input", "y").texts()).isEmpty();
        }
    }

    @Test
    void tooManyTextsAreNoCategories() {
        StringBuilder text = new StringBuilder("id,y\n");
        for (int i = 0; i <= 100_000; i++) {
            text.append('a').append(i).append(",1\n");
        }
        Path path = write(text.toString());
        assertThatThrownBy(() -> open(path).array("target", "id").texts())
                .isInstanceOfSatisfying(
                        DataException.class, e -> assertThat(e.key()).isEqualTo("target"))
                .hasMessageContaining("column 'id' has more than 100000 different texts");
    }

    @Test
    void aFieldWithoutAnEndIsRefused() {
        String endless = "x,y\n1,\"" + "a".repeat(20_000_000);
        refused(endless).hasMessageContaining("is broken after line");
        refused("x".repeat(2_000_000)).hasMessageContaining("has no head line within its first");
    }

    @Test
    void aWideTableIsReadToo() {
        int columns = 40_000;
        StringBuilder text = new StringBuilder("x");
        for (int c = 1; c < columns; c++) {
            text.append(",gene_").append(c);
        }
        text.append('\n').append("1,".repeat(columns - 1)).append("7\n");
        try (CsvFile file = open(write(text.toString()))) {
            file.expect(Set.of("x", "gene_39999"));
            assertThat(file.names()).hasSize(columns);
            assertThat(file.array("input", "gene_39999").toDoubles()).containsExactly(7);
        }
    }

    @Test
    void aTableThatNeedsTooMuchMemoryIsRefusedWhileItIsRead() {
        Path path = write("x,y\n" + "1,2\n".repeat(100_000));
        CsvText text = CsvText.of(path, Optional.empty());
        CsvLayout layout = new CsvLayout(',', '.', List.of("x", "y"));
        MissingTexts missing = new MissingTexts(List.of(""));
        assertThatThrownBy(() -> CsvTable.read(path, text, layout, missing, _ -> true, 800_000))
                .isInstanceOfSatisfying(
                        DataException.class, e -> assertThat(e.key()).isEqualTo("file"))
                .hasMessageContaining("its first 57,344 rows already take")
                .hasMessageContaining("METTLE_JAVA_OPTIONS");
        assertThat(CsvTable.read(path, text, layout, missing, _ -> true, 2_000_000).rows())
                .isEqualTo(100_000);
    }

    @Test
    void columnsWithoutANameAreLeftOut() {
        try (CsvFile file = open(write(",x,\n0,1,\n1,2,\n"))) {
            assertThat(file.names()).containsExactly("x");
            assertThat(file.array("input", "x").toDoubles()).containsExactly(1, 2);
            assertThatThrownBy(() -> file.array("input", "")).isInstanceOf(DataException.class);
        }
    }

    @Test
    void linesMayEndInAnyWayAndTheLastNotAtAll() {
        assertThat(column("x,y\r\n1,2\r\n3,4", "x")).containsExactly(1, 3);
        assertThat(column("x,y\r1,2\r3,4\r", "x")).containsExactly(1, 3);
    }

    @Test
    void aTableMayHaveNoRows() {
        assertThat(column("x,y\n", "x")).isEmpty();
    }

    @Test
    void onlyTheColumnsThatAreExpectedAreKept() {
        Path path = write("x,y,z\n1,2,a\n");
        try (CsvFile file = open(path)) {
            file.expect(Set.of("y"));
            assertThat(file.array("input", "y").toDoubles()).containsExactly(2);
        }
    }

    @Test
    void anyTextIsATableWhereTheStudySaysHowItIsWritten() {
        Path path = write("t.dat", "x y\n1 2\n".getBytes(StandardCharsets.UTF_8));
        CsvSettings given = settings(" ", "", Optional.empty());
        try (DataFile file = DataFiles.open(path, DataFiles.formats(Optional.of(given)))) {
            assertThat(file.array("input", "y").toDoubles()).containsExactly(2);
        }
        assertThatThrownBy(() -> DataFiles.open(path, DataFiles.formats()))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("none of the files that are read here")
                .hasMessageContaining("(.npz)", ".csv");
    }
}
