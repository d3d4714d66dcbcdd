package dev.mettle.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.mettle.core.study.DataException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
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

/** Fixtures and expected values: reference/data/hdf5_fixtures.py. */
class Hdf5FileTest {
    @TempDir Path folder;

    static Stream<String> everyArrayThatH5pyReads() throws IOException {
        return Formats.lines("hdf5/expected.txt");
    }

    @ParameterizedTest
    @MethodSource("everyArrayThatH5pyReads")
    void readsWhatH5pyReadsToTheBit(String line) {
        List<String> words = List.of(line.split(" "));
        try (Hdf5File file = open(words.get(0))) {
            assertThat(file.names()).contains(words.get(1));
            Formats.requireSame(file.array("input", words.get(1)), words);
        }
    }

    private static Hdf5File open(String name) {
        return Hdf5File.open(Npz.fixture("hdf5/" + name));
    }

    @Test
    void everyTypeIsReadInBothByteOrders() throws IOException {
        assertThat(everyArrayThatH5pyReads().filter(line -> line.startsWith("types.h5")))
                .hasSizeGreaterThan(2 * (NumberType.values().length - 1));
        try (Hdf5File file = open("types.h5")) {
            for (String type : List.of("f2", "f4", "f8", "i1", "i2", "i4", "i8", "u1", "u8")) {
                String label = NumberType.of(type).orElseThrow().label();
                assertThat(file.array("input", "big/" + type).describe())
                        .isEqualTo("big/%s (2, 3, 4) %s".formatted(type, label));
            }
            assertThat(file.array("input", "bool").describe()).isEqualTo("bool (6,) bool");
            assertThat(file.array("input", "scalar").describe()).isEqualTo("scalar () float32");
        }
    }

    @Test
    void numbersThatAreNotFiniteArriveAsTheyAre() {
        try (Hdf5File file = open("types.h5")) {
            assertThat(file.array("input", "nan").toDoubles())
                    .containsExactly(
                            1, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);
        }
    }

    @Test
    void groupsThatContainThemselvesAreEnteredOnce() {
        try (Hdf5File file = open("types.h5")) {
            assertThat(file.names()).contains("a/b/c/deep", "a/again").doesNotContain("a/loop");
        }
    }

    @Test
    void columnsOfTablesAreArrays() {
        try (Hdf5File file = open("tables.h5")) {
            assertThat(file.listing())
                    .isEqualTo(
                            "events.energy (5,) float32, events.hits (5,) uint16, events.at (5, 3)"
                                + " float64, events.in.x (5,) int8, events.in.ok (5,) bool,"
                                + " packed.energy (5,) float32, packed.hits (5,) uint16, packed.at"
                                + " (5, 3) float64, packed.in.x (5,) int8, packed.in.ok (5,) bool;"
                                + " left out: events.name (text), packed.name (text)");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "text, text",
        "words, text",
        "strings, text",
        "lists, lists of different lengths",
        "references, no numbers",
        "opaque, not readable",
        "empty, empty",
        "soft, a link to /numbers",
        "external, a link to another file",
        "typed, described elsewhere in the file",
        "long, no IEEE 754 numbers of 16",
        "labels.label, text",
    })
    void whatIsNoNumberIsLeftOutWithAReason(String name, String reason) {
        try (Hdf5File file = open("odd.h5")) {
            assertThat(file.names()).contains("numbers").doesNotContain(name, "type");
            assertThat(file.listing()).contains("%s (%s".formatted(name, reason));
            assertThatThrownBy(() -> file.array("target", name))
                    .isInstanceOfSatisfying(
                            DataException.class, e -> assertThat(e.key()).isEqualTo("target"))
                    .hasMessageContaining("'%s' is %s".formatted(name, reason))
                    .hasMessageContaining("The file has numbers (3,) int64");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "unwritten       | was never written",
                "unwrittenchunks | was never written",
                "sparse          | 1 of its 1000000 chunks are in the file",
                "scaled          | packed by the filter scale-offset",
            })
    void whatTheFileDoesNotHoldIsRefusedBeforeAnythingIsAllocated(String name, String words) {
        try (Hdf5File file = open("odd.h5")) {
            assertThatThrownBy(() -> file.array("input", name).toFloats())
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("array '%s'".formatted(name))
                    .hasMessageContaining(words);
        }
    }

    @Test
    void aMissingArrayIsAnsweredWithThoseThereAreAndTheNearestName() {
        try (Hdf5File file = open("wide.h5")) {
            assertThatThrownBy(() -> file.array("target", "colum7"))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining(
                            "no array 'colum7'; it has column0 (3,) int64, column1 (3,)")
                    .hasMessageEndingWith("Did you mean 'column7'?");
        }
    }

    @Test
    void numbersInOtherFilesAreNeverRead() {
        try (Hdf5File file = open("virtual.h5")) {
            assertThat(file.listing())
                    .isEqualTo(
                            "no arrays of numbers; left out: v (not readable: Virtual storage is"
                                    + " not supported)");
        }
        try (Hdf5File file = open("outside.h5")) {
            assertThat(file.names()).containsExactly("y");
            assertThat(file.listing())
                    .contains("left out: sub/x (not readable: Encountered External Data Files");
        }
    }

    @Test
    void filesOfOtherKindsAreRefused() throws IOException {
        assertRefused(new byte[0], "is empty");
        assertRefused("x,y\n1,2\n".getBytes(StandardCharsets.UTF_8), "is no HDF5 file");
        assertRefused(
                "\u0089HDF\r\n\u001a\n".getBytes(StandardCharsets.ISO_8859_1), "can't be read");
        assertThatThrownBy(() -> Hdf5File.open(folder))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("is a directory; 'file' names one .h5 file.");
    }

    private void assertRefused(byte[] bytes, String words) throws IOException {
        Path path = Files.write(folder.resolve("data.h5"), bytes);
        assertThatThrownBy(() -> Hdf5File.open(path))
                .isInstanceOfSatisfying(
                        DataException.class, e -> assertThat(e.key()).isEqualTo("file"))
                .hasMessageContaining("data.h5")
                .hasMessageContaining(words)
                .hasMessageContaining("h5py");
    }

    /** Reads whatever can be read; a file that holds no name any more counts as refused. */
    private static void readAll(Path path) {
        try (Hdf5File file = Hdf5File.open(path)) {
            file.listing();
            for (String name : file.names()) {
                file.array("input", name).toDoubles();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"userblock.h5", "tables.h5", "latest_tables.h5"})
    @Timeout(120)
    void aFileCutShortAnywhereIsRefused(String name) throws IOException {
        byte[] whole = Files.readAllBytes(Npz.fixture("hdf5/" + name));
        int step = whole.length / 100;
        for (int length = whole.length - 1; length >= 0; length -= step) {
            Path path = Files.write(folder.resolve("data.h5"), Arrays.copyOf(whole, length));
            assertThat(catchThrowable(() -> readAll(path)))
                    .as("%s cut to %d bytes", name, length)
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("data.h5");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "userblock.h5, 7",
        "tables.h5, 31",
        "types.h5, 211",
        "latest_tables.h5, 211",
        "latest.h5, 997",
        "layouts.h5, 1999",
        "wide.h5, 211",
        "odd.h5, 397"
    })
    @Timeout(300)
    void noFlippedBitGivesAnotherException(String name, int step) throws IOException {
        byte[] whole = Files.readAllBytes(Npz.fixture("hdf5/" + name));
        for (int bit = 0; bit < whole.length * 8; bit += step) {
            byte[] damaged = whole.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            Path path = Files.write(folder.resolve("data.h5"), damaged);
            Throwable thrown = catchThrowable(() -> readAll(path));
            if (thrown != null) {
                assertThat(thrown).as("%s, bit %d", name, bit).isInstanceOf(DataException.class);
            }
        }
    }

    @Test
    void aWrongChecksumOfAChunkIsNoticed() {
        byte[] data = {1, 2, 3, 4, 5};
        // by hand: words 0102, 0304, 0500 add up to 0906; their sums 0102 + 0406 + 0906 to 0E0E
        assertThat(Hdf5Filters.fletcher32(data, 5)).isEqualTo(0x0E0E0906);
    }
}
