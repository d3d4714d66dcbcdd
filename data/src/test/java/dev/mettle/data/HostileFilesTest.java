package dev.mettle.data;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;

import dev.mettle.core.study.CsvSettings;
import dev.mettle.core.study.DataException;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Files that are broken, lie or mean harm: each is either read or refused in words, in little
 * memory. Whether what is read is right is said by the tests of each format.
 */
class HostileFilesTest {
    /** What a reader may allocate beside twice the file, in bytes: buffers and its own classes. */
    private static final long BESIDE = 48L << 20;

    private static final ThreadMXBean THREAD = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int FUZZED = 60;

    @TempDir Path folder;

    private enum End {
        READ,
        REFUSED,
        EITHER
    }

    /** Reads everything and returns what became of it. */
    private static String read(Path path) {
        try (DataFile file = DataFiles.open(path, DataFiles.formats())) {
            StringBuilder read = new StringBuilder("read");
            for (String name : file.names()) {
                DataArray array = file.array("file", name);
                read.append(' ').append(array.describe());
                if (array.texts().isEmpty()) {
                    array.toFloats();
                }
            }
            return read.substring(0, Math.min(200, read.length()));
        } catch (DataException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static void check(Path path, long honest, End end) {
        long before = THREAD.getCurrentThreadAllocatedBytes();
        String became = read(path);
        long taken = THREAD.getCurrentThreadAllocatedBytes() - before;
        assertThat(taken).as("memory for %s", became).isLessThan(2 * honest + BESIDE);
        assertThat(became).doesNotContain("Exception").doesNotContain("null");
        if (end != End.EITHER) {
            assertThat(became.startsWith("read")).as(became).isEqualTo(end == End.READ);
        }
        if (!became.startsWith("read")) {
            assertThat(became).contains(String.valueOf(path.getFileName()));
        }
    }

    private DynamicTest test(String what, String name, byte[] bytes, End end) {
        return DynamicTest.dynamicTest(
                what,
                () -> {
                    Path path = Files.createTempDirectory(folder, "case").resolve(name);
                    Files.write(path, bytes);
                    check(path, bytes.length, end);
                });
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] text(String text, String charset) {
        return text.getBytes(Charset.forName(charset));
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream packed = new GZIPOutputStream(out)) {
            packed.write(bytes);
        }
        return out.toByteArray();
    }

    private static byte[] zip(Map<String, byte[]> members) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream packed = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> member : members.entrySet()) {
                packed.putNextEntry(new ZipEntry(member.getKey()));
                packed.write(member.getValue());
            }
        }
        return out.toByteArray();
    }

    /** Returns an array file of NumPy that says what it likes. */
    private static byte[] npy(String type, String shape, int values) {
        String head =
                "{'descr': '%s', 'fortran_order': False, 'shape': %s, }".formatted(type, shape);
        head += " ".repeat((64 - (10 + head.length() + 1) % 64) % 64) + "\n";
        byte[] bytes = new byte[10 + head.length() + values];
        System.arraycopy(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0}, 0, bytes, 0, 8);
        bytes[8] = (byte) head.length();
        bytes[9] = (byte) (head.length() >> 8);
        System.arraycopy(head.getBytes(StandardCharsets.ISO_8859_1), 0, bytes, 10, head.length());
        return bytes;
    }

    private static byte[] idx(int type, int... sizes) {
        byte[] bytes = new byte[4 + 4 * sizes.length + 24];
        bytes[2] = (byte) type;
        bytes[3] = (byte) sizes.length;
        for (int i = 0; i < sizes.length; i++) {
            for (int b = 0; b < 4; b++) {
                bytes[4 + 4 * i + b] = (byte) (sizes[i] >> 24 - 8 * b);
            }
        }
        return bytes;
    }

    @TestFactory
    Stream<DynamicTest> tablesOfText() throws IOException {
        String wide = "x,".repeat(60_000) + "y\n";
        return Stream.of(
                test("nothing", "t.csv", new byte[0], End.REFUSED),
                test("a blank line", "t.csv", text("\n\n"), End.REFUSED),
                test("a head alone", "t.csv", text("x,y\n"), End.READ),
                test("a head without an end of line", "t.csv", text("x,y"), End.READ),
                test("one row", "t.csv", text("x,y\n1,2\n"), End.READ),
                test("columns of one name", "t.csv", text("x,x\n1,2\n"), End.REFUSED),
                test("a short row", "t.csv", text("x,y\n1,2\n3\n"), End.REFUSED),
                test("a long row", "t.csv", text("x,y\n1,2,3\n"), End.REFUSED),
                test("numbers and texts", "t.csv", text("x,y\n1,2\nno,3\n"), End.READ),
                test("a quote without an end", "t.csv", text("x,y\n\"1,2\n3,4\n"), End.REFUSED),
                test("zeros", "t.csv", new byte[4096], End.REFUSED),
                test("NUL in a field", "t.csv", text("x,y\n1,\0\n"), End.EITHER),
                test("not UTF-8", "t.csv", text("höhe,y\n1,2\n", "ISO-8859-1"), End.REFUSED),
                test("UTF-16", "t.csv", text("\ufeffx,y\n1,2\n", "UTF-16LE"), End.READ),
                test("UTF-16 cut", "t.csv", new byte[] {-1, -2, 'x'}, End.REFUSED),
                test(
                        "a name of a million letters",
                        "t.csv",
                        text("x".repeat(2_000_000)),
                        End.REFUSED),
                test("60,000 columns of one name", "t.csv", text(wide), End.REFUSED),
                test("only delimiters", "t.csv", text(",,,\n,,,\n"), End.REFUSED),
                test("giants", "t.csv", text("x\n1e999999999\n-1e-999999999\n"), End.READ),
                test("long digits", "t.csv", text("x\n0." + "1".repeat(9_000) + "\n"), End.READ),
                test("old Macs", "t.csv", text("x,y\r1,2\r3,4\r"), End.READ),
                test("a program", "t.csv", text("\u007fELF\u0002\u0001\u0001\0\0\0"), End.EITHER),
                test("no gzip", "t.csv.gz", text("x,y\n1,2\n"), End.EITHER),
                test(
                        "gzip cut",
                        "t.csv.gz",
                        half(gzip(text("x,y\n" + "1,2\n".repeat(900)))),
                        End.REFUSED),
                test("gzip in gzip", "t.csv.gz", gzip(gzip(text("x,y\n1,2\n"))), End.EITHER));
    }

    private static byte[] half(byte[] bytes) {
        return Arrays.copyOf(bytes, bytes.length / 2);
    }

    /** A gigabyte of text of which nothing but one line is ever in memory. */
    @TestFactory
    Stream<DynamicTest> bombs() throws IOException {
        byte[] field = gzip(text("x\n\"" + "a".repeat(64 << 20)));
        byte[] zeros = zip(Map.of("x.npy", npy("<f8", "(12500000,)", 64)));
        Map<String, byte[]> many = new HashMap<>();
        for (int i = 0; i < 300; i++) {
            many.put("x" + i + ".npy", npy("<f8", "(1,)", 8));
        }
        return Stream.of(
                DynamicTest.dynamicTest(
                        "gzip of one endless field",
                        () -> {
                            Path path = folder.resolve("endless.csv.gz");
                            Files.write(path, field);
                            check(path, 64 << 20, End.REFUSED); // the file unpacked
                        }),
                test("zip that claims 100 MB", "t.npz", zeros, End.REFUSED),
                test("zip of 300 arrays", "t.npz", zip(many), End.READ),
                test("zip in zip", "t.npz", zip(Map.of("a.npz", zeros)), End.REFUSED),
                test(
                        "a name that climbs",
                        "t.npz",
                        zip(Map.of("../../x.npy", npy("<f8", "(1,)", 8))),
                        End.EITHER));
    }

    @TestFactory
    Stream<DynamicTest> arraysOfNumPy() throws IOException {
        return Stream.of(
                test("a giant", "t.npy", npy("<f8", "(4000000000,)", 64), End.REFUSED),
                test(
                        "a shape that overflows",
                        "t.npy",
                        npy("<f8", "(4294967296, 4294967296, 2)", 16),
                        End.REFUSED),
                test("a negative size", "t.npy", npy("<f8", "(-1,)", 16), End.REFUSED),
                test("no rows", "t.npy", npy("<f8", "(0,)", 0), End.READ),
                test(
                        "no rows, a giant otherwise",
                        "t.npy",
                        npy("<f8", "(0, 99999999999)", 0),
                        End.EITHER),
                test("one row", "t.npy", npy("<f8", "(1,)", 8), End.READ),
                test("fewer bytes than said", "t.npy", npy("<f8", "(3,)", 16), End.REFUSED),
                test("more bytes than said", "t.npy", npy("<f8", "(1,)", 16), End.EITHER),
                test("objects", "t.npy", npy("|O", "(1,)", 8), End.REFUSED),
                test("an unknown type", "t.npy", npy("<q9", "(1,)", 8), End.REFUSED),
                test("a type of no size", "t.npy", npy("<V0", "(1,)", 8), End.REFUSED),
                test("no shape", "t.npy", npy("<f8", "None", 8), End.REFUSED),
                test(
                        "code for a shape",
                        "t.npy",
                        npy("<f8", "(__import__(\"os\"),)", 8),
                        End.REFUSED),
                test(
                        "a thousand axes",
                        "t.npy",
                        npy("<f8", "(" + "1,".repeat(1_000) + ")", 8),
                        End.EITHER),
                test("a pickle", "t.npy", new byte[] {(byte) 0x80, 4, '}', '.'}, End.REFUSED));
    }

    @TestFactory
    Stream<DynamicTest> idxAndOthers() throws IOException {
        return Stream.of(
                test(
                        "sizes of 2^31 - 1",
                        "t-idx3-ubyte",
                        idx(8, 0x7fffffff, 0x7fffffff, 0x7fffffff),
                        End.REFUSED),
                test("sizes beyond 2^31", "t-idx1-ubyte", idx(8, 0xffffffff), End.REFUSED),
                test("no rows", "t-idx2-ubyte", idx(8, 0, 28), End.REFUSED),
                test("an unknown type", "t-idx1-ubyte", idx(0x77, 24), End.REFUSED),
                test("no axes", "t-idx0-ubyte", idx(8), End.REFUSED),
                test("doubles that don't fit", "t-idx1-double", idx(14, 24), End.REFUSED),
                test(
                        "an HDF5 signature alone",
                        "t.h5",
                        text("\u0089HDF\r\n\u001a\n", "ISO-8859-1"),
                        End.REFUSED),
                test("zeros for HDF5", "t.h5", new byte[4096], End.REFUSED),
                test("a ROOT signature alone", "t.root", text("root"), End.REFUSED),
                test("zeros for ROOT", "t.root", new byte[4096], End.REFUSED),
                test("ROOT of 0xff", "t.root", ones("root"), End.REFUSED),
                test("HDF5 of 0xff", "t.h5", ones("\u0089HDF\r\n\u001a\n"), End.REFUSED),
                test(
                        "an image instead of a table",
                        "t.csv",
                        text("\u0089PNG\r\n\u001a\n\0\0\0\r"),
                        End.REFUSED));
    }

    private static byte[] ones(String start) {
        byte[] bytes = new byte[4096];
        Arrays.fill(bytes, (byte) 0xff);
        byte[] head = text(start, "ISO-8859-1");
        System.arraycopy(head, 0, bytes, 0, head.length);
        return bytes;
    }

    @TestFactory
    Stream<DynamicTest> foldersOfImages() {
        return Stream.of(
                        "nothing",
                        "no classes",
                        "an empty class",
                        "a class of texts",
                        "a huge picture")
                .map(what ->
                        DynamicTest.dynamicTest(
                                what,
                                () -> {
                                    Path root = Files.createTempDirectory(folder, "images");
                                    switch (what) {
                                        case "no classes" ->
                                                Files.write(root.resolve("a.png"), ones(""));
                                        case "an empty class" ->
                                                Files.createDirectory(root.resolve("a"));
                                        case "a class of texts" -> {
                                            Path kind = Files.createDirectory(root.resolve("a"));
                                            Files.writeString(kind.resolve("a.png"), "no image");
                                        }
                                        case "a huge picture" -> {
                                            Path kind = Files.createDirectory(root.resolve("a"));
                                            Files.write(kind.resolve("a.png"), hugePng());
                                            Path other = Files.createDirectory(root.resolve("b"));
                                            Files.write(other.resolve("a.png"), hugePng());
                                        }
                                        default -> {}
                                    }
                                    check(root, 4096, End.REFUSED);
                                }));
    }

    /** Returns the beginning of a picture of 60,000 x 60,000 points. */
    private static byte[] hugePng() throws IOException {
        byte[] bytes = Files.readAllBytes(Path.of("src/test/resources/formats/colour/cat/x.png"));
        for (int at : new int[] {16, 20}) {
            bytes[at + 2] = (byte) 0xea;
            bytes[at + 3] = 0x60;
        }
        return bytes;
    }

    /** Sound files of every format, a few bytes of which are changed at random. */
    @TestFactory
    Stream<DynamicTest> fuzzedHeaders() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (String name :
                List.of(
                        "npz/stored.npz",
                        "npz/deflated.npz",
                        "formats/floats.npy",
                        "formats/images.idx3-short",
                        "formats/labels-idx1-ubyte.gz",
                        "csv/comma.csv",
                        "csv/tab.tsv",
                        "hdf5/latest_tables.h5",
                        "root/plain.root",
                        "root/lz4.root")) {
            Path sound = Path.of("src/test/resources").resolve(name);
            byte[] bytes = Files.readAllBytes(sound);
            tests.add(
                    DynamicTest.dynamicTest(
                            name,
                            () -> {
                                for (int seed = 0; seed < FUZZED; seed++) {
                                    fuzz(String.valueOf(sound.getFileName()), bytes, seed);
                                }
                            }));
        }
        return tests.stream();
    }

    private void fuzz(String name, byte[] sound, int seed) throws IOException {
        Random random = new Random(seed);
        byte[] bytes = sound.clone();
        int changes = 1 + random.nextInt(4);
        int head = seed % 2 == 0 ? Math.min(bytes.length, 256) : bytes.length;
        for (int i = 0; i < changes; i++) {
            bytes[random.nextInt(head)] =
                    (byte) (random.nextInt(4) == 0 ? 0xff : random.nextInt(256));
        }
        Path path = folder.resolve(seed + "-" + name);
        Files.write(path, bytes);
        try {
            check(path, 64L * bytes.length, End.EITHER);
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
        } finally {
            Files.delete(path);
        }
    }

    @TestFactory
    Stream<DynamicTest> textsThatNeedSettings() {
        CsvSettings latin =
                new CsvSettings(Optional.of(';'), Optional.of(','), Optional.empty(), List.of(""));
        return Stream.of(
                DynamicTest.dynamicTest(
                        "a delimiter that is not there",
                        () -> {
                            Path path = folder.resolve("x.csv");
                            Files.writeString(path, "x,y\n1,2\n");
                            try (DataFile file =
                                    DataFiles.open(path, DataFiles.formats(Optional.of(latin)))) {
                                assertThat(file.names()).containsExactly("x,y");
                            }
                        }));
    }
}
