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

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Fixtures and expected values: reference/data/root_fixtures.py, which is not ROOT. */
class RootFileTest {
    @TempDir Path folder;

    static Stream<String> everyBranch() throws IOException {
        return Formats.lines("root/expected.txt");
    }

    @ParameterizedTest
    @MethodSource("everyBranch")
    void readsEveryBranchToTheBit(String line) {
        List<String> words = List.of(line.split(" "));
        try (RootFile file = open(words.get(0))) {
            Formats.requireSame(file.array("input", words.get(1)), words);
        }
    }

    private static RootFile open(String name) {
        return RootFile.open(Npz.fixture("root/" + name));
    }

    @Test
    void branchesHaveTheirTypes() {
        try (RootFile file = open("flat.root")) {
            assertThat(file.listing())
                    .isEqualTo(
                            "i1 (50,) int8, u1 (50,) uint8, i2 (50,) int16, u2 (50,) uint16, i4"
                                + " (50,) int32, u4 (50,) uint32, i8 (50,) int64, u8 (50,) uint64,"
                                + " f4 (50,) float32, f8 (50,) float64, b1 (50,) bool, vector (50,"
                                + " 3) float32, matrix (50, 2, 3) int16");
        }
    }

    @Test
    void whatIsNotFlatIsLeftOutWithAReason() {
        try (RootFile file = open("odd.root")) {
            assertThat(file.listing())
                    .isEqualTo(
                            "x (4,) float32, after (4,) float32; left out: pair (2 leaves in one"
                                    + " branch), lists (lists of different lengths), text (text),"
                                    + " split (has branches of its own), open (partly not flushed,"
                                    + " inside the tree), event (objects (TBranchElement))");
            assertThatThrownBy(() -> file.array("target", "lists"))
                    .isInstanceOfSatisfying(
                            DataException.class, e -> assertThat(e.key()).isEqualTo("target"))
                    .hasMessageContaining("'lists' is lists of different lengths");
        }
    }

    @Test
    void treesOfAFileAreToldApartAndTheLastCycleCounts() {
        try (RootFile file = open("several.root")) {
            assertThat(file.names()).containsExactly("a/x", "b/x");
        }
    }

    @Test
    void otherCompressionsAndFilesWithoutTreesAreRefused() {
        assertThatThrownBy(() -> open("lz4.root"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("is compressed by LZ4")
                .hasMessageContaining("hadd -f101");
        assertThatThrownBy(() -> open("notree.root"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("has no TTree");
    }

    @Test
    void filesOfOtherKindsAreRefused() throws IOException {
        for (String text : List.of("", "x,y\n", "root", "root\0\0\0\0")) {
            Path path =
                    Files.write(
                            folder.resolve("data.root"),
                            text.getBytes(StandardCharsets.ISO_8859_1));
            assertThatThrownBy(() -> RootFile.open(path))
                    .isInstanceOfSatisfying(
                            DataException.class, e -> assertThat(e.key()).isEqualTo("file"))
                    .hasMessageContaining("data.root");
        }
    }

    private static void readAll(Path path) {
        try (RootFile file = RootFile.open(path)) {
            file.listing();
            for (String name : file.names()) {
                file.array("input", name).toDoubles();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"large.root", "several.root"})
    void aFileCutShortAnywhereIsRefused(String name) throws IOException {
        byte[] whole = Files.readAllBytes(Npz.fixture("root/" + name));
        for (int length = 0; length < whole.length; length += 29) {
            Path path = Files.write(folder.resolve("data.root"), Arrays.copyOf(whole, length));
            assertThat(catchThrowable(() -> readAll(path)))
                    .as("%s cut to %d bytes", name, length)
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("data.root");
        }
    }

    @ParameterizedTest
    @CsvSource({"large.root, 31", "several.root, 5", "odd.root, 5", "plain.root, 61"})
    void noFlippedBitGivesAnotherException(String name, int step) throws IOException {
        byte[] whole = Files.readAllBytes(Npz.fixture("root/" + name));
        for (int bit = 0; bit < whole.length * 8; bit += step) {
            byte[] damaged = whole.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            Path path = Files.write(folder.resolve("data.root"), damaged);
            Throwable thrown = catchThrowable(() -> readAll(path));
            if (thrown != null) {
                assertThat(thrown).as("%s, bit %d", name, bit).isInstanceOf(DataException.class);
            }
        }
    }
}
