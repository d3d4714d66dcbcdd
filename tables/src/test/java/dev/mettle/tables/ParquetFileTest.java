package dev.mettle.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mettle.core.study.DataException;
import dev.mettle.data.DataArray;
import dev.mettle.data.DataFile;
import dev.mettle.data.DataFiles;
import dev.mettle.data.Texts;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Parquet files of all types, encodings and codecs hold what PyArrow says is in them. */
class ParquetFileTest {
    private static final ParquetFormat FORMAT = new ParquetFormat();

    private static DataFile open(String name) {
        return DataFiles.open(Fixtures.of(name), List.of(FORMAT));
    }

    @TestFactory
    Stream<DynamicTest> theColumnsHoldWhatPyArrowSays() throws IOException {
        return Files.readAllLines(Fixtures.of("expected.txt")).stream()
                .map(line -> List.of(line.split("\t", -1)))
                .map(words ->
                        DynamicTest.dynamicTest(
                                words.get(0) + "." + words.get(1),
                                () -> requireSame(words.get(0), words.get(1), rest(words))));
    }

    private static List<String> rest(List<String> words) {
        return words.subList(2, words.size());
    }

    private static void requireSame(String name, String column, List<String> expected) {
        try (DataFile file = open(name + ".parquet")) {
            DataArray array = file.array("input", column);
            assertThat(array.shape()).containsExactly((long) expected.size());
            boolean isText = expected.stream().anyMatch(word -> word.startsWith("\""));
            if (isText) {
                assertThat(texts(array)).isEqualTo(expected);
            } else {
                double[] doubles = expected.stream().mapToDouble(ParquetFileTest::number).toArray();
                assertThat(array.toDoubles()).containsExactly(doubles);
                assertThat(array.texts()).isEmpty();
                float[] floats = new float[doubles.length];
                for (int i = 0; i < doubles.length; i++) {
                    floats[i] = (float) doubles[i];
                }
                assertThat(array.toFloats()).containsExactly(floats);
            }
        }
    }

    private static List<String> texts(DataArray array) {
        Texts texts = array.texts().orElseThrow();
        assertThat(texts.names()).isSorted();
        List<String> words = new ArrayList<>();
        for (int code : texts.codes()) {
            words.add(code == Texts.MISSING ? "nan" : '"' + texts.names().get(code) + '"');
        }
        return words;
    }

    private static double number(String word) {
        return switch (word) {
            case "nan" -> Double.NaN;
            case "inf" -> Double.POSITIVE_INFINITY;
            default -> Double.parseDouble(word);
        };
    }

    @Test
    void aFileWithoutRowsHasColumnsOfNone() {
        try (DataFile file = open("norows.parquet")) {
            DataArray array = file.array("input", "a");
            assertThat(array.shape()).containsExactly(0L);
            assertThat(array.toDoubles()).isEmpty();
            assertThat(file.array("input", "t").texts().orElseThrow().codes()).isEmpty();
        }
    }

    @Test
    void listsStructsAndOtherTypesAreNamedAndNotRead() {
        try (DataFile file = open("nested.parquet")) {
            assertThat(file.names()).containsExactly("plain");
            assertThat(file.array("input", "plain").toDoubles()).containsExactly(1.5, 2.5);
            assertThat(file.listing())
                    .isEqualTo(
                            "plain; left out: list (a list or map), struct (a struct), map (a list"
                                    + " or map), bytes (of a type without numbers), time (of a type"
                                    + " without numbers)");
            assertThatExceptionOfType(DataException.class)
                    .isThrownBy(() -> file.array("input", "struct"))
                    .withMessageContaining("'struct' is a struct, where a column of plain numbers")
                    .satisfies(e -> assertThat(e.key()).isEqualTo("input"));
        }
    }

    @Test
    void aNameOfSeveralColumnsCannotBeAskedFor() {
        try (DataFile file = open("twice.parquet")) {
            assertThat(file.names()).containsExactly("b");
            assertThatExceptionOfType(DataException.class)
                    .isThrownBy(() -> file.array("input", "a"))
                    .withMessageContaining("the name of several columns");
        }
    }

    @Test
    void packedByWhatIsNotReadIsSaid() {
        try (DataFile file = open("many_lz4.parquet")) {
            assertThatExceptionOfType(DataException.class)
                    .isThrownBy(() -> file.array("input", "a").toDoubles())
                    .withMessageContaining(
                            "is packed by LZ4_RAW, which is not read here; snappy, zstd, gzip and"
                                    + " none are.");
        }
    }

    @Test
    void aMistypedNameIsAnsweredWithTheNearest() {
        try (DataFile file = open("types.parquet")) {
            assertThatExceptionOfType(DataException.class)
                    .isThrownBy(() -> file.array("target", "txt"))
                    .withMessageContaining("Did you mean 'text'?");
        }
    }

    @Test
    void textsAreNoNumbers() {
        try (DataFile file = open("types.parquet")) {
            DataArray text = file.array("input", "text");
            assertThatExceptionOfType(DataException.class)
                    .isThrownBy(text::toFloats)
                    .withMessageContaining("column 'text' holds texts, where numbers are needed");
        }
    }

    @Test
    void rowsThatFitIntoNoMemoryAreRefusedBeforeTheyAreRead() {
        try (DataFile file = open("bomb.parquet")) {
            DataArray array = file.array("input", "a");
            assertThat(array.count()).isEqualTo(1_000_000_000);
            if (Runtime.getRuntime().maxMemory() < 8_000_000_000L) {
                assertThatExceptionOfType(DataException.class)
                        .isThrownBy(array::toDoubles)
                        .withMessageContaining("says that it has 1,000,000,000 rows");
            }
        }
    }

    @Test
    void aFileThatIsCutOffIsRefusedWhereverItEnds(@TempDir Path folder) throws IOException {
        byte[] whole = Files.readAllBytes(Fixtures.of("many_snappy.parquet"));
        Path cut = folder.resolve("cut.parquet");
        for (int length = 0; length < whole.length; length += length < 20 ? 1 : 397) {
            Files.write(cut, Arrays.copyOf(whole, length));
            assertThatExceptionOfType(DataException.class)
                    .isThrownBy(() -> DataFiles.open(cut, List.of(FORMAT)).close())
                    .satisfies(e -> assertThat(e.key()).isEqualTo("file"));
        }
    }

    @Test
    void aFooterThatClaimsMoreThanTheFileIsRefused(@TempDir Path folder) throws IOException {
        byte[] bytes = Files.readAllBytes(Fixtures.of("onerow.parquet"));
        bytes[bytes.length - 5] = 0x7f;
        Path file = Files.write(folder.resolve("claims.parquet"), bytes);
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> ParquetFile.open(file))
                .withMessageContaining("does not fit into the file");
    }

    @Test
    void anEncryptedFileIsNamed(@TempDir Path folder) throws IOException {
        byte[] bytes = Files.readAllBytes(Fixtures.of("onerow.parquet"));
        bytes[bytes.length - 1] = 'E';
        Path file = Files.write(folder.resolve("secret.parquet"), bytes);
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> ParquetFile.open(file))
                .withMessageContaining("is encrypted");
    }
}
