package dev.mettle.cli;

import dev.mettle.core.random.Purpose;
import dev.mettle.core.random.RandomStream;
import dev.mettle.core.random.Seed;
import dev.mettle.core.random.Stream;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The made-up data of {@code mettle init}: {@value #ROWS} rows x of four numbers in [-1, 1) and y =
 * 3 + x0 + sin(3 x1) + x2 x3 + noise of standard deviation {@value #NOISE}. The same bytes every
 * time.
 */
final class ExampleData {
    static final int ROWS = 6_000;
    static final int COLUMNS = 4;
    private static final double NOISE = 0.3;
    private static final int MAGIC_BYTES = 10;
    private static final int ALIGNMENT = 64;

    private ExampleData() {}

    /** Returns the settings that fit it. */
    static DataGuess guess(String file) {
        return new DataGuess(
                file,
                List.of("x"),
                List.of((long) ROWS, (long) COLUMNS),
                "y",
                Optional.empty(),
                false,
                List.of(),
                List.of(),
                false);
    }

    /** Writes it as a NumPy archive. */
    static void write(Path file) throws IOException {
        ByteBuffer x = doubles(ROWS * COLUMNS);
        ByteBuffer y = doubles(ROWS);
        RandomStream random =
                new RandomStream(new Seed(1, Purpose.ASSESS, Seed.Source.SAMPLE, 0), Stream.ROWS);
        double[] row = new double[COLUMNS];
        for (int i = 0; i < ROWS; i++) {
            for (int c = 0; c < COLUMNS; c++) {
                row[c] = 2 * random.nextDouble() - 1;
                x.putDouble(row[c]);
            }
            y.putDouble(
                    3
                            + row[0]
                            + StrictMath.sin(3 * row[1])
                            + row[2] * row[3]
                            + NOISE * random.nextGaussian());
        }
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            member(zip, "x", "(%d, %d)".formatted(ROWS, COLUMNS), x);
            member(zip, "y", "(%d,)".formatted(ROWS), y);
        }
    }

    private static ByteBuffer doubles(int count) {
        return ByteBuffer.allocate(count * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Writes one array, format version 1.0: the header ends at a multiple of 64 bytes. */
    private static void member(ZipOutputStream zip, String name, String shape, ByteBuffer values)
            throws IOException {
        String header = "{'descr': '<f8', 'fortran_order': False, 'shape': %s, }".formatted(shape);
        int used = MAGIC_BYTES + header.length() + 1;
        header += " ".repeat((ALIGNMENT - used % ALIGNMENT) % ALIGNMENT) + "\n";
        ZipEntry entry = new ZipEntry(name + ".npy");
        entry.setTime(0);
        zip.putNextEntry(entry);
        DataOutputStream out = new DataOutputStream(zip);
        out.write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
        out.writeShort(Short.reverseBytes((short) header.length()));
        out.write(header.getBytes(StandardCharsets.US_ASCII));
        out.write(values.array());
        out.flush();
        zip.closeEntry();
    }
}
