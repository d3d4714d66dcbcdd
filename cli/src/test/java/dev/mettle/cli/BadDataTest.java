package dev.mettle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Data files that are wrong, and some that only look so. */
class BadDataTest {
    private static final int ROWS = Npz.ROWS;
    private static final int VALUES = Npz.ROWS * Npz.CELLS;
    private static final String SHAPE = "(200, 6, 6)";

    @TempDir private Path directory;

    /** A file, and what the message about it must say. */
    private record Wrong(String name, byte[] file, List<String> words) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Wrong wrong(String name, Npz file, String... words) {
        return new Wrong(name, file.bytes(), List.of(words));
    }

    private static Wrong wrong(String name, byte[] file, String... words) {
        return new Wrong(name, file, List.of(words));
    }

    private static Npz cells(String type) {
        return Npz.sound().array("cells", type, SHAPE, new byte[VALUES * 8]);
    }

    private static Npz shape(String shape) {
        return Npz.sound().array("cells", "'<f4'", shape, new byte[VALUES * 4]);
    }

    private static Npz value(String array, int at, double value) {
        return array.equals("cells")
                ? Npz.sound().floats(array, SHAPE, VALUES, i -> i == at ? value : i % 7)
                : Npz.sound().doubles(array, "(200,)", ROWS, i -> i == at ? value : 1 + i % 7);
    }

    static Stream<Wrong> kinds() {
        return Stream.of(
                wrong("an empty file", new byte[0], "4:9: ", "is empty", "numpy.savez"),
                wrong("a text", text("x,y\n1,2\n"), "4:9: ", "no zip archive", "numpy.savez"),
                wrong("one .npy array", text("\u0093NUMPY\u0001\0"), "cut short", "header"),
                wrong("an HDF5 file", text("\u0089HDF\r\n\u001a\n"), "ends too early"),
                wrong("cut short", cut(Npz.sound().bytes()), "cut short", "download it again"),
                wrong("no arrays", new Npz(), "4:9: ", "without NumPy arrays", "numpy.savez"),
                wrong(
                        "other members only",
                        new Npz().member("a.txt", text("hello")),
                        "without NumPy arrays"),
                wrong("encrypted", flagged(8, 1), "encrypted", "without a password"),
                wrong("packed by LZMA", flagged(10, 14), "by a method", "savez_compressed"),
                wrong("a bomb", bomb(), "5:10: ", "(100000000, 6, 6)", "more than 2147483647"),
                wrong("no such array", Npz.sound().without("cells"), "5:10: ", "no array 'cells'"),
                wrong("Python objects", cells("'|O'"), "5:10: ", "objects", "numpy.float32"),
                wrong(
                        "records",
                        cells("[('e', '<f4'), ('t', '<i4')]"),
                        "records",
                        "Write each field as an array of its own"),
                wrong("complex numbers", cells("'<c8'"), "type '<c8'", "float16 to 64"),
                wrong("texts", cells("'<U2'"), "array of text", "one code for each"),
                wrong("bytes", cells("'|S8'"), "array of text"),
                wrong("dates", cells("'<M8[s]'"), "type '<M8[s]'"),
                wrong("long doubles", cells("'<f16'"), "type '<f16'", "numpy.float64"),
                wrong("a negative size", shape("(-200, 6, 6)"), "unreadable header"),
                wrong("an overflow", shape("(999999999999, 999999999999)"), "impossible shape"),
                wrong("a giant", shape("(1000000000000000000,)"), "unreadable header", "numpy"),
                wrong("more than it holds", shape("(400, 6, 6)"), "claims the shape", "damaged"),
                wrong("trailing bytes", shape("(100, 6, 6)"), "claims the shape", "28"),
                wrong("a single number", shape("()"), "claims the shape ()"),
                wrong(
                        "five axes",
                        shape("(200, 1, 1, 6, 6)"),
                        "has the shape (200, 1, 1, 6, 6)",
                        "(n,c,h,w)"),
                wrong("no rows", Npz.sound().floats("cells", "(0, 6, 6)", 0, _ -> 0), "no rows"),
                wrong(
                        "rows of nothing",
                        Npz.sound().floats("cells", "(200, 0)", 0, _ -> 0),
                        "rows without values"),
                wrong("one row", oneRow(), "5:10: ", "has a single row"),
                wrong(
                        "fewer targets than rows",
                        Npz.sound().doubles("energy", "(199,)", 199, i -> i),
                        "6:11: ",
                        "has 199 rows, but the input 'cells' has 200"),
                wrong(
                        "two columns of targets",
                        Npz.sound().doubles("energy", "(200, 2)", 400, i -> i),
                        "6:11: ",
                        "one number per row"),
                wrong(
                        "NaN among the inputs",
                        value("cells", 7 * Npz.CELLS + 8, Double.NaN),
                        "5:10: ",
                        "row 7, position [1, 2]: NaN",
                        "1 of 7200 values"),
                wrong(
                        "infinity among the inputs",
                        value("cells", 0, Double.NEGATIVE_INFINITY),
                        "row 0, position [0, 0]: -Infinity"),
                wrong("NaN targets", value("energy", 9, Double.NaN), "6:11: ", "row 9: NaN"),
                wrong("infinite targets", value("energy", 9, 1e300), "row 9: ", "3.4e38"),
                wrong(
                        "one target for all",
                        Npz.sound().doubles("energy", "(200,)", ROWS, _ -> 2.5),
                        "6:11: ",
                        "each of the 200 values is 2.5",
                        "nothing to learn"));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void eachIsAnsweredByOneMessageThatSaysWhereAndWhat(Wrong wrong) throws IOException {
        Files.write(directory.resolve("data.npz"), wrong.file());
        Cli result = run(BadInputTest.study(directory));
        BadInputTest.assertRefused(result, directory);
        assertThat(result.err().lines()).as(result.err()).hasSize(1);
        assertThat(result.err()).contains(wrong.words()).contains("data.npz", "study.yaml:");
    }

    @Test
    void mistakesInSeveralArraysAreReportedTogether() throws IOException {
        Npz.sound()
                .without("cells")
                .doubles("label", "(3, 3)", 9, i -> i)
                .writeTo(directory.resolve("data.npz"));
        String features = "target: enrgy\n  features: [label, lable]";
        Cli result = run(BadInputTest.study(directory, "target: energy", features));
        BadInputTest.assertRefused(result, directory);
        assertThat(result.err().lines().map(line -> line.replaceFirst(".*study.yaml:", "")))
                .satisfiesExactly(
                        input -> assertThat(input).startsWith("5:10: ").contains("'cells'"),
                        target -> assertThat(target).startsWith("6:11: ").contains("'energy'?"),
                        shape -> assertThat(shape).startsWith("7:13: ").contains("(3, 3)"),
                        name -> assertThat(name).startsWith("7:13: ").contains("'label'?"));
        Npz.sound()
                .floats("cells", SHAPE, VALUES, _ -> Double.NaN)
                .doubles("energy", "(200,)", ROWS, _ -> 1)
                .doubles("label", "(200,)", ROWS, i -> -i)
                .writeTo(directory.resolve("data.npz"));
        String logarithm = "target: energy\n  features: [label]\n  feature_scale: log";
        result = run(BadInputTest.study(directory, "target: energy", logarithm));
        assertThat(result.err().lines()).hasSize(3);
        assertThat(result.err()).contains("7200 of 7200", "nothing to learn", "no logarithm");
    }

    @Test
    void numbersInAnyOrderFormatAndPackingAreRead() throws IOException {
        String header = "{'descr': '%s', 'fortran_order': %s, 'shape': (200, 6, 6), }";
        byte[] big = Npz.floats(VALUES, ByteOrder.BIG_ENDIAN, i -> i % 7);
        byte[] little = Npz.floats(VALUES, ByteOrder.LITTLE_ENDIAN, i -> i % 7);
        byte[] columns = // the first axis runs fastest
                Npz.floats(
                        VALUES, ByteOrder.LITTLE_ENDIAN, i -> (i % 200 * 36 + flip(i / 200)) % 7);
        List<Npz> same =
                List.of(
                        Npz.sound().header("cells", 1, header.formatted("<f4", "False"), little),
                        Npz.sound().header("cells", 1, header.formatted(">f4", "False"), big),
                        Npz.sound().header("cells", 2, header.formatted("<f4", "False"), little),
                        Npz.sound().header("cells", 3, header.formatted("<f4", "False"), little),
                        Npz.sound().header("cells", 1, header.formatted("<f4", "True"), columns),
                        Npz.sound().floats("cells", "(200, 1, 6, 6)", VALUES, i -> i % 7));
        for (Npz file : same) {
            file.writeTo(directory.resolve("data.npz"));
            OpenStudy study = OpenStudy.read(BadInputTest.study(directory));
            float[] inputs = study.data().inputs();
            for (int i = 0; i < VALUES; i++) {
                assertThat(inputs[i]).isEqualTo(i % 7);
            }
        }
    }

    /** Returns the place in a row of the n-th value, column after column. */
    private static int flip(int n) {
        return n % 6 * 6 + n / 6;
    }

    private Cli run(Path study) {
        return Cli.run("run", study, "--out", directory.resolve("run"));
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] cut(byte[] whole) {
        return Arrays.copyOf(whole, whole.length / 2);
    }

    private static Npz oneRow() {
        return new Npz()
                .floats("cells", "(1, 6, 6)", Npz.CELLS, i -> i)
                .doubles("energy", "(1,)", 1, _ -> 1);
    }

    /** Changes a field of two bytes in the table of contents of a sound file. */
    private static byte[] flagged(int offset, int value) {
        byte[] bytes = Npz.sound().bytes();
        int entry = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("PK\u0001\u0002");
        ByteBuffer.wrap(bytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort(entry + offset, (short) value);
        return bytes;
    }

    /** Returns a file of 4 MB that claims to unpack to 3.6 GB, as a deflated one may. */
    private static byte[] bomb() {
        byte[] noise = new byte[4_000_000];
        new Random(1).nextBytes(noise);
        String shape = "(100000000, 6, 6)";
        byte[] bytes = Npz.sound().array("cells", "'|u1'", shape, noise).bytes();
        int header = 10 + "{'descr': '|u1', 'fortran_order': False, 'shape': , }".length();
        int entry = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("PK\u0001\u0002");
        ByteBuffer.wrap(bytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(entry + 24, (int) (3_600_000_000L + header + shape.length()));
        return bytes;
    }
}
