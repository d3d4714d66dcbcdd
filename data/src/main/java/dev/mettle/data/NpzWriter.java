package dev.mettle.data;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes a NumPy {@code .npz} file, one array after the other, for {@link NpzFile} and {@code
 * numpy.load}: little-endian, format version 1.0, deflated at the quickest level. The file gets its
 * name when it is whole ({@link #finish}); until then it has the suffix {@value #UNFINISHED}, and
 * is deleted if it never is. Equal arrays give equal bytes.
 */
public final class NpzWriter implements Closeable {
    /** What stands behind the name of a file that is not whole. */
    public static final String UNFINISHED = ".part";

    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};
    private static final int LENGTH_BYTES = 2;
    private static final int ALIGNMENT = 64;
    private static final int BUFFER_FLOATS = 1 << 14;

    private final Path file;
    private final Path part;
    private final ZipOutputStream zip;

    private NpzWriter(Path file, Path part, OutputStream out) {
        this.file = file;
        this.part = part;
        this.zip = new ZipOutputStream(out);
        zip.setLevel(Deflater.BEST_SPEED);
    }

    /**
     * Begins a file.
     *
     * @throws IOException when its directory can't be written
     */
    public static NpzWriter create(Path file) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + UNFINISHED);
        return new NpzWriter(file, part, new BufferedOutputStream(Files.newOutputStream(part)));
    }

    /**
     * Writes an array of float32.
     *
     * @param name name of the array
     * @param shape sizes of the axes; their product is the number of values
     * @param values the last index running fastest
     */
    public void write(String name, List<Long> shape, float[] values) throws IOException {
        if (shape.stream().reduce(1L, Math::multiplyExact) != values.length) {
            throw new IllegalArgumentException(
                    "array '%s' of shape %s can't have %d values."
                            .formatted(name, NpyHeader.shapeText(shape), values.length));
        }
        ZipEntry entry = new ZipEntry(name + ".npy");
        entry.setTimeLocal(LocalDateTime.of(1980, 1, 1, 0, 0)); // the same bytes always
        zip.putNextEntry(entry);
        zip.write(header(NpyHeader.shapeText(shape)));
        ByteBuffer buffer =
                ByteBuffer.allocate(BUFFER_FLOATS * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int from = 0; from < values.length; from += BUFFER_FLOATS) {
            int count = Math.min(BUFFER_FLOATS, values.length - from);
            buffer.asFloatBuffer().put(values, from, count);
            zip.write(buffer.array(), 0, count * Float.BYTES);
        }
        zip.closeEntry();
    }

    /** The numbers begin at a multiple of 64 bytes, and the header ends with a new line. */
    private static byte[] header(String shape) {
        String text = "{'descr': '<f4', 'fortran_order': False, 'shape': %s, }".formatted(shape);
        int used = MAGIC.length + LENGTH_BYTES + text.length() + 1;
        String padded = text + " ".repeat((ALIGNMENT - used % ALIGNMENT) % ALIGNMENT) + "\n";
        return ByteBuffer.allocate(MAGIC.length + LENGTH_BYTES + padded.length())
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(MAGIC)
                .putShort((short) padded.length())
                .put(padded.getBytes(StandardCharsets.US_ASCII))
                .array();
    }

    /** Completes the file and gives it its name, in the place of a file that has it. */
    public void finish() throws IOException {
        zip.close();
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Ends the writing; a file that was not finished is deleted. */
    @Override
    public void close() throws IOException {
        try {
            zip.close();
        } finally {
            Files.deleteIfExists(part);
        }
    }
}
