package dev.mettle.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mettle.core.study.DataException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Whatever a file holds, the user gets the right numbers or a message: never another exception,
 * never wrong numbers.
 */
class DamagedNpzTest {
    private static final double[] CELLS = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
    private static final double[] ENERGY = {1.5, 2.5, 4};

    @TempDir Path folder;

    private Path write(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("data.npz"), bytes);
    }

    private static void read(Path path) {
        try (NpzFile file = NpzFile.open(path)) {
            assertThat(file.array("input", "cells").toDoubles()).containsExactly(CELLS);
            assertThat(file.array("target", "energy").toDoubles()).containsExactly(ENERGY);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"stored.npz", "deflated.npz", "zip64.npz"})
    void aFileCutShortAnywhereIsRefused(String name) throws IOException {
        byte[] whole = Files.readAllBytes(Npz.fixture("npz/" + name));
        read(write(whole));
        for (int length = 0; length < whole.length; length++) {
            Path path = write(Arrays.copyOf(whole, length));
            assertThat(catchThrowable(() -> read(path)))
                    .as("%s cut to %d bytes", name, length)
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("data.npz");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"stored.npz", "deflated.npz", "zip64.npz"})
    void noFlippedBitGivesWrongNumbersOrAnotherException(String name) throws IOException {
        byte[] whole = Files.readAllBytes(Npz.fixture("npz/" + name));
        int refused = 0;
        for (int bit = 0; bit < whole.length * 8; bit += 3) {
            byte[] damaged = whole.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            Path path = write(damaged);
            Throwable thrown = catchThrowable(() -> read(path));
            if (thrown != null) {
                assertThat(thrown).as("%s, bit %d", name, bit).isInstanceOf(DataException.class);
                refused++;
            }
        }
        // The rest is what a reader may ignore: times, versions, attributes, the local copies of
        // sizes.
        assertThat(refused).isGreaterThan(whole.length * 8 / 3 / 2);
    }

    @Test
    void aWrongChecksumIsNoticed() throws IOException {
        byte[] bytes = Files.readAllBytes(Npz.fixture("npz/stored.npz"));
        int lastNumber =
                new String(bytes, StandardCharsets.ISO_8859_1).indexOf("PK\u0003\u0004", 4) - 2;
        assertThat(bytes[lastNumber]).isEqualTo((byte) 11);
        bytes[lastNumber] = 12;
        Path path = write(bytes);
        assertThatThrownBy(() -> read(path))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("array 'cells' is damaged")
                .hasMessageContaining("checksum is wrong");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "(1000000000000,) | claims the shape (1000000000000,)",
                "(4611686018427387904,) | unreadable header",
                "(999999999999999999, 999999999999999999) | impossible shape",
                "(4,) | its member holds 96 bytes",
                "(2,) | its member holds 96 bytes",
                "(-1,) | unreadable header",
                "3 | unreadable header"
            })
    void aShapeThatTheMemberCannotHoldIsRefusedBeforeAnythingIsAllocated(
            String shape, String words) {
        String header = "{'descr': '<f8', 'fortran_order': False, 'shape': %s}".formatted(shape);
        int padding = 96 - 10 - 24 - header.length();
        String padded = header + " ".repeat(Math.max(0, padding));
        Path path =
                new Npz().array("cells", padded, new byte[24]).writeTo(folder.resolve("data.npz"));
        assertThatThrownBy(() -> read(path))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(words);
    }

    @Test
    void aSizeThatDeflateCannotReachIsRefused() throws IOException {
        byte[] bytes =
                new Npz()
                        .array(
                                "cells",
                                "{'descr': '|u1', 'fortran_order': False, 'shape': (2000000000,)}",
                                new byte[24])
                        .bytes();
        ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int contents = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("PK\u0001\u0002");
        int header =
                10 + "{'descr': '|u1', 'fortran_order': False, 'shape': (2000000000,)}".length();
        file.putInt(
                contents + 24,
                2_000_000_000 + header); // the uncompressed size, in the table of contents
        Path path = write(bytes);
        assertThatThrownBy(() -> read(path))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("claims the shape (2000000000,)");
    }

    @Test
    void aMemberLargerThanItsFileIsRefused() throws IOException {
        String header = "{'descr': '|u1', 'fortran_order': False, 'shape': (2000000000,)}";
        byte[] bytes = new Npz().array("cells", header, new byte[24]).bytes();
        ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int contents = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("PK\u0001\u0002");
        file.putInt(contents + 24, 2_000_000_000 + 10 + header.length());
        file.putInt(contents + 20, 2_100_000); // deflated: possible, were the file as large
        Path path = write(bytes);
        assertThatThrownBy(() -> read(path))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("data.npz");
    }

    @Test
    void aHeaderThatIsTooLongIsRefused() {
        byte[] member = new byte[40];
        ByteBuffer.wrap(member)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 2, 0})
                .putInt(0x7FFF_FFFF);
        Path path = new Npz().member("cells.npy", member).writeTo(folder.resolve("data.npz"));
        assertThatThrownBy(() -> read(path))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("header of 2147483647 bytes");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "{'descr': '<f8', 'shape': (3,)}",
                "{'descr': '<f8', 'fortran_order': 'False', 'shape': (3,)}",
                "{'descr': '<f8', 'fortran_order': False, 'shape': 'x'}",
                "{'descr': '<f8', 'fortran_order': False, 'shape': (3,)",
                "{'descr': '<f8', 'fortran_order': False, 'shape': (3,), import os}"
            })
    void aHeaderThatIsNoDictionaryOfAnArrayIsRefused(String header) {
        Path path =
                new Npz().array("cells", header, new byte[24]).writeTo(folder.resolve("data.npz"));
        assertThatThrownBy(() -> read(path))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("array 'cells' has an unreadable header");
    }

    @Test
    void aMemberThatIsNoArrayIsRefused() {
        Path path =
                new Npz()
                        .member("cells.npy", "hello, world".getBytes(StandardCharsets.UTF_8))
                        .writeTo(folder.resolve("data.npz"));
        assertThatThrownBy(() -> read(path))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("array 'cells' does not begin as a NumPy array does");
    }

    @Test
    void filesOfOtherKindsAreNamed() throws IOException {
        assertRefused(new byte[0], "is empty");
        assertRefused("x,y\n1,2\n".getBytes(StandardCharsets.UTF_8), "no zip archive");
        assertRefused(
                "\u0093NUMPY\u0001\u0000".getBytes(StandardCharsets.ISO_8859_1),
                "a single .npy array");
        assertRefused(
                "\u0089HDF\r\n\u001a\n".getBytes(StandardCharsets.ISO_8859_1), "an HDF5 file");
    }

    private void assertRefused(byte[] bytes, String words) throws IOException {
        Path path = write(bytes);
        assertThatThrownBy(() -> NpzFile.open(path))
                .isInstanceOfSatisfying(
                        DataException.class, e -> assertThat(e.key()).isEqualTo("file"))
                .hasMessageContaining(words)
                .hasMessageContaining("numpy.savez");
    }

    @Test
    void aMissingFileIsAnsweredWithItsNeighbours() throws IOException {
        write(new Npz().doubles("a", "(1,)", 1).bytes());
        assertThatThrownBy(() -> NpzFile.open(folder.resolve("dat.npz")))
                .isInstanceOfSatisfying(
                        DataException.class, e -> assertThat(e.key()).isEqualTo("file"))
                .hasMessageContaining("does not exist")
                .hasMessageEndingWith("Did you mean 'data.npz'?");
        assertThatThrownBy(() -> NpzFile.open(folder.resolve("nowhere").resolve("dat.npz")))
                .isInstanceOf(DataException.class)
                .hasMessageEndingWith("relative to the study file.");
    }

    @Test
    void aDirectoryIsRefused() {
        assertThatThrownBy(() -> NpzFile.open(folder))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("is a directory");
    }

    @Test
    void aFileWithoutReadPermissionIsRefused() throws IOException {
        Path path = write(new Npz().doubles("a", "(1,)", 1).bytes());
        assumeTrue(
                path.toFile().setReadable(false) && !Files.isReadable(path),
                "root reads every file");
        assertThatThrownBy(() -> NpzFile.open(path))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("permission denied");
    }
}
