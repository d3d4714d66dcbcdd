package dev.mettle.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.function.IntToDoubleFunction;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Small .npz files for tests, right or wrong: arrays as NumPy writes them, or any bytes. */
final class Npz {
    /** Rows of {@link #sound}. */
    static final int ROWS = 200;

    /** Values of a row of its cells. */
    static final int CELLS = 36;

    private final SequencedMap<String, byte[]> members = new LinkedHashMap<>();

    /**
     * Returns a file without fault: cells (200, 6, 6), energy (200,) above 0, label (200,) from 0
     * to 2, table (200, 3).
     */
    static Npz sound() {
        return new Npz()
                .floats("cells", "(200, 6, 6)", ROWS * CELLS, i -> i * 31 % 7177 / 1000.0)
                .doubles("energy", "(200,)", ROWS, i -> 1 + i * 7 % 50 / 10.0)
                .doubles("label", "(200,)", ROWS, i -> i % 3)
                .floats("table", "(200, 3)", ROWS * 3, i -> i * 13 % 599 / 50.0);
    }

    /** Puts an array of doubles, or replaces it. */
    Npz doubles(String name, String shape, int count, IntToDoubleFunction values) {
        ByteBuffer data = ByteBuffer.allocate(count * 8).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            data.putDouble(values.applyAsDouble(i));
        }
        return array(name, "'<f8'", shape, data.array());
    }

    /** Puts an array of floats, or replaces it. */
    Npz floats(String name, String shape, int count, IntToDoubleFunction values) {
        return array(name, "'<f4'", shape, floats(count, ByteOrder.LITTLE_ENDIAN, values));
    }

    /** Returns floats as bytes. */
    static byte[] floats(int count, ByteOrder order, IntToDoubleFunction values) {
        ByteBuffer data = ByteBuffer.allocate(count * 4).order(order);
        for (int i = 0; i < count; i++) {
            data.putFloat((float) values.applyAsDouble(i));
        }
        return data.array();
    }

    /** Puts an array of any type, given as NumPy writes it in the header. */
    Npz array(String name, String type, String shape, byte[] data) {
        return header(
                name,
                1,
                "{'descr': %s, 'fortran_order': False, 'shape': %s, }".formatted(type, shape),
                data);
    }

    /** Puts an array with a header given, in a version of the format. */
    Npz header(String name, int version, String header, byte[] data) {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        int lengthBytes = version == 1 ? 2 : 4;
        ByteBuffer member =
                ByteBuffer.allocate(8 + lengthBytes + text.length + data.length)
                        .order(ByteOrder.LITTLE_ENDIAN);
        member.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII));
        member.put((byte) version).put((byte) 0);
        if (version == 1) {
            member.putShort((short) text.length);
        } else {
            member.putInt(text.length);
        }
        return member(name + ".npy", member.put(text).put(data).array());
    }

    /** Puts a member of the archive with any content. */
    Npz member(String name, byte[] content) {
        members.put(name, content);
        return this;
    }

    /** Takes an array out. */
    Npz without(String name) {
        members.remove(name + ".npy");
        return this;
    }

    /** Returns the file. */
    byte[] bytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (var member : members.entrySet()) {
                zip.putNextEntry(new ZipEntry(member.getKey()));
                zip.write(member.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** Writes the file. */
    Path writeTo(Path file) throws IOException {
        return Files.write(file, bytes());
    }
}
