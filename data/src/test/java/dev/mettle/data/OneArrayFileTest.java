package dev.mettle.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.mettle.core.study.DataException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/** .npy and IDX files. Fixtures and expected values: reference/data/format_fixtures.py. */
class OneArrayFileTest {
    @TempDir Path folder;

    static Stream<String> everyFile() throws IOException {
        return Formats.lines("formats/expected.txt")
                .filter(line -> line.matches("\\S+[.-](npy|idx).*"));
    }

    @ParameterizedTest
    @MethodSource("everyFile")
    void readsWhatNumPyWroteToTheBit(String line) {
        List<String> words = List.of(line.split(" "));
        ArraySource file = Formats.open(Npz.fixture("formats/" + words.get(0)));
        assertThat(file.names()).containsExactly(words.get(1));
        Formats.requireSame(file.array("input", words.get(1)), words);
    }

    @Test
    void everyTypeOfIdxIsThere() throws IOException {
        assertThat(everyFile().filter(line -> line.contains("idx"))).hasSize(7);
    }

    @Test
    void listsTheArrayWithShapeAndType() {
        assertThat(NpyFile.open(Npz.fixture("formats/floats.npy")).listing())
                .isEqualTo("floats (3, 4) float32");
        assertThat(IdxFile.open(Npz.fixture("formats/images.idx3-ubyte")).listing())
                .isEqualTo("images (2, 3, 4) uint8");
    }

    @Test
    void numbersThatAreNotFiniteArriveAsTheyAre() {
        double[] values =
                NpyFile.open(Npz.fixture("formats/nan.npy")).array("input", "nan").toDoubles();
        assertThat(values).containsExactly(1, Double.NaN, Double.POSITIVE_INFINITY);
    }

    @Test
    void anotherNameIsAnsweredWithTheOneThereIs() {
        assertThatThrownBy(() ->
                        NpyFile.open(Npz.fixture("formats/floats.npy")).array("target", "float"))
                .isInstanceOfSatisfying(
                        DataException.class, e -> assertThat(e.key()).isEqualTo("target"))
                .hasMessageContaining("no array 'float'; it has floats (3, 4) float32")
                .hasMessageEndingWith("Did you mean 'floats'?");
    }

    @ParameterizedTest
    @CsvSource({
        "a.npy, a",
        ".npy, array",
        "a.b, a.b",
    })
    void anNpyFileNamesItsArray(String file, String array) throws IOException {
        byte[] bytes = Files.readAllBytes(Npz.fixture("formats/floats.npy"));
        assertThat(NpyFile.open(Files.write(folder.resolve(file), bytes)).names())
                .containsExactly(array);
    }

    @ParameterizedTest
    @CsvSource({
        "train-images-idx3-ubyte, train-images-idx3-ubyte",
        "train-images.idx3-ubyte, train-images",
        "t.idx, t",
        ".idx, array",
    })
    void anIdxFileNamesItsArray(String file, String array) throws IOException {
        byte[] bytes = Files.readAllBytes(Npz.fixture("formats/images.idx3-ubyte"));
        assertThat(IdxFile.open(Files.write(folder.resolve(file), bytes)).names())
                .containsExactly(array);
        Path packed = Files.write(folder.resolve(file + ".gz"), gzip(bytes));
        assertThat(IdxFile.open(packed).names()).containsExactly(array);
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream packed = new GZIPOutputStream(out)) {
            packed.write(bytes);
        }
        return out.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(strings = {"floats.npy", "images.idx3-int", "labels-idx1-ubyte.gz"})
    void aFileCutShortAnywhereIsRefused(String name) throws IOException {
        byte[] whole = Files.readAllBytes(Npz.fixture("formats/" + name));
        for (int length = 0; length < whole.length; length++) {
            Path path = Files.write(folder.resolve(name), Arrays.copyOf(whole, length));
            assertThat(catchThrowable(() -> readAll(path)))
                    .as("%s cut to %d bytes", name, length)
                    .isInstanceOfSatisfying(
                            DataException.class, e -> assertThat(e.key()).isEqualTo("file"))
                    .hasMessageContaining(name);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"floats.npy", "images.idx3-int", "labels-idx1-ubyte.gz"})
    void noFlippedBitGivesAnotherException(String name) throws IOException {
        byte[] whole = Files.readAllBytes(Npz.fixture("formats/" + name));
        for (int bit = 0; bit < whole.length * 8; bit++) {
            byte[] damaged = whole.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            Path path = Files.write(folder.resolve(name), damaged);
            Throwable thrown = catchThrowable(() -> readAll(path));
            if (thrown != null) {
                assertThat(thrown).as("%s, bit %d", name, bit).isInstanceOf(DataException.class);
            }
        }
    }

    private static void readAll(Path path) {
        ArraySource file = Formats.open(path);
        file.array("file", file.names().getFirst()).toDoubles();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text.npy    | array of text",
                "objects.npy | Python objects",
            })
    void whatIsNoNumberIsRefused(String name, String words) {
        assertThatThrownBy(() -> NpyFile.open(Npz.fixture("formats/" + name)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(name)
                .hasMessageContaining(words);
    }

    @Test
    void severalArraysInOneNpyFileAreRefused() throws IOException {
        byte[] one = Files.readAllBytes(Npz.fixture("formats/onerow.npy"));
        byte[] two = Arrays.copyOf(one, 2 * one.length);
        System.arraycopy(one, 0, two, one.length, one.length);
        Path path = Files.write(folder.resolve("two.npy"), two);
        assertThatThrownBy(() -> NpyFile.open(path))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("several arrays")
                .hasMessageContaining("numpy.savez");
    }

    @Test
    void sizesThatTheFileCannotHoldAreRefusedBeforeAnythingIsAllocated() throws IOException {
        byte[] header = {0, 0, 8, 2, 0x7F, -1, -1, -1, 0, 0, 0, 1, 1, 2, 3};
        assertRefused("big.idx", header, "claims the shape (2147483647, 1)");
        assertRefused("big.idx.gz", gzip(header), "claims the shape (2147483647, 1)");
        byte[] endless = ByteBuffer.allocate(36).put(0, new byte[] {0, 0, 14, 8}).array();
        Arrays.fill(endless, 4, 36, (byte) -1);
        assertRefused("endless.idx", endless, "impossible shape");
    }

    @Test
    void aCompressedFileThatHoldsLessThanItClaimsIsRefusedBeforeAnythingIsAllocated()
            throws IOException {
        byte[] lie = Arrays.copyOf(new byte[] {0, 0, 8, 1, 0, 16, 0, 0}, 1 << 16);
        Path path = Files.write(folder.resolve("lie.gz"), gzip(lie));
        byte[] padded = Arrays.copyOf(Files.readAllBytes(path), 1 << 12);
        assertRefused("lie.gz", padded, "damaged"); // zeros behind the end are no further member
        assertRefused("long.gz", gzip(Arrays.copyOf(lie, (1 << 20) + 9)), "more than 1048584");
    }

    private void assertRefused(String name, byte[] bytes, String words) throws IOException {
        Path path = Files.write(folder.resolve(name), bytes);
        assertThatThrownBy(() -> readAll(path))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(name)
                .hasMessageContaining(words);
    }

    @Test
    void filesOfOtherKindsAreRefused() throws IOException {
        assertRefused("x.idx", "x,y\n1,2\n".getBytes(StandardCharsets.UTF_8), "no IDX file");
        assertRefused("x.idx", new byte[0], "no IDX file");
        assertRefused("x.idx", new byte[] {0, 0, 8, 0}, "no IDX file");
        assertRefused("x.npy", "x,y\n1,2\n".getBytes(StandardCharsets.UTF_8), "NumPy array");
        assertRefused("x.npy", new byte[0], "cut short");
    }

    @Test
    void aMissingFileIsAnsweredWithItsNeighbours() throws IOException {
        Files.write(folder.resolve("data.npy"), new byte[1]);
        assertThatThrownBy(() -> NpyFile.open(folder.resolve("dat.npy")))
                .isInstanceOf(DataException.class)
                .hasMessageEndingWith("Did you mean 'data.npy'?");
        assertThatThrownBy(() -> NpyFile.open(folder))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("is a directory; 'file' names one .npy file.");
    }
}
