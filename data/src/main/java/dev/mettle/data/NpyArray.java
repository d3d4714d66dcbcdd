package dev.mettle.data;

import dev.mettle.core.study.DataException;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * One array of an {@link NpzFile}. Only its header has been read; the numbers are read and
 * converted when asked for, through one small buffer, so that nothing but the result takes memory.
 * Valid as long as the file is open.
 */
public final class NpyArray implements DataArray {
    private static final int BUFFER_BYTES = 1 << 16;

    /**
     * Deflate can't do better than 258 bytes from 2 bits (zlib's documentation): a size beyond that
     * is a lie.
     */
    private static final long MAX_INFLATION = 1032;

    private final String key;
    private final String name;
    private final Path path;
    private final ZipFile zip;
    private final ZipEntry entry;
    private final NpyHeader header;

    /** Reads the header and checks it against the size of the member. */
    NpyArray(String key, String name, Path path, ZipFile zip, ZipEntry entry) {
        this.key = key;
        this.name = name;
        this.path = path;
        this.zip = zip;
        this.entry = entry;
        try (InputStream in = zip.getInputStream(entry)) {
            this.header = NpyHeader.read(in);
        } catch (NpyFormatException e) {
            throw problem(String.valueOf(e.getMessage()));
        } catch (IOException | RuntimeException e) {
            throw damaged(e);
        }
        requireHonestSize();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<Long> shape() {
        return header.shape();
    }

    @Override
    public long count() {
        return header.count();
    }

    @Override
    public String shapeText() {
        return header.shapeText();
    }

    @Override
    public String describe() {
        return "%s %s %s".formatted(name, shapeText(), header.type().label());
    }

    @Override
    public float[] toFloats() {
        requireMemory(Float.BYTES);
        float[] values = new float[(int) count()];
        read((i, value) -> values[i] = (float) value);
        return values;
    }

    @Override
    public double[] toDoubles() {
        requireMemory(Double.BYTES);
        double[] values = new double[(int) count()];
        read((i, value) -> values[i] = value);
        return values;
    }

    @Override
    public DataException problem(String message) {
        return new DataException(key, "%s: array '%s' %s".formatted(path, name, message));
    }

    private DataException damaged(Exception cause) {
        String why = cause.getMessage();
        return problem(
                "is damaged (%s). Copy or download the file again."
                        .formatted(why == null ? cause.getClass().getSimpleName() : why));
    }

    private void requireHonestSize() {
        long size = entry.getSize();
        long stored = entry.getCompressedSize();
        long possible = entry.getMethod() == ZipEntry.STORED ? stored : stored * MAX_INFLATION;
        long bytes = header.type().bytes();
        boolean fits =
                header.count() <= (Long.MAX_VALUE - header.length()) / bytes
                        && header.length() + header.count() * bytes == size;
        if (!fits || size > possible || stored > path.toFile().length()) {
            throw problem(
                    ("claims the shape %s of %s, but its member holds %d bytes (%d in the "
                                    + "file): the file is damaged. Copy or download it again.")
                            .formatted(shapeText(), header.type().label(), size, stored));
        }
    }

    private void requireMemory(int bytesEach) {
        long limit = Runtime.getRuntime().maxMemory();
        if (count() > Integer.MAX_VALUE - 8 || count() * bytesEach > limit) {
            throw problem(
                    ("of shape %s needs %d MB of memory; at most %d values and %d MB are possible"
                                    + " here. Use fewer rows, or raise the limit:"
                                    + " METTLE_JAVA_OPTIONS=-Xmx16g, for example.")
                            .formatted(
                                    shapeText(),
                                    count() / (1 << 20) * bytesEach,
                                    Integer.MAX_VALUE - 8,
                                    limit / (1 << 20)));
        }
    }

    private void read(Sink sink) {
        CRC32 crc = new CRC32();
        try (InputStream in = new CheckedInputStream(zip.getInputStream(entry), crc)) {
            NpyHeader.read(in);
            convert(in, sink);
            if (in.read() != -1 || crc.getValue() != entry.getCrc()) {
                throw new IOException("its checksum is wrong");
            }
        } catch (NpyFormatException | IOException | RuntimeException e) {
            throw damaged(e);
        }
    }

    private void convert(InputStream in, Sink sink) throws IOException {
        byte[] bytes = new byte[BUFFER_BYTES];
        ByteBuffer numbers = ByteBuffer.wrap(bytes).order(header.order());
        NumberType type = header.type();
        Cursor cursor = new Cursor(header);
        long left = count();
        while (left > 0) {
            int batch = (int) Math.min(left, BUFFER_BYTES / type.bytes());
            if (in.readNBytes(bytes, 0, batch * type.bytes()) < batch * type.bytes()) {
                throw new EOFException("it ends early");
            }
            for (int i = 0; i < batch; i++) {
                sink.accept(cursor.next(), type.read(numbers, i * type.bytes()));
            }
            left -= batch;
        }
    }

    /** Takes the value of one position. */
    private interface Sink {
        void accept(int position, double value);
    }

    /**
     * Walks the positions of the result (last index fastest) in the order in which the member holds
     * them.
     */
    private static final class Cursor {
        private final boolean straight;
        private final int[] sizes;
        private final int[] steps;
        private final int[] index;
        private int position;

        /** The count is known to fit an int. */
        Cursor(NpyHeader header) {
            int rank = header.shape().size();
            straight = !header.fortranOrder();
            sizes = new int[rank];
            steps = new int[rank];
            index = new int[rank];
            int step = 1;
            for (int axis = rank - 1; axis >= 0 && header.count() > 0; axis--) {
                sizes[axis] = (int) (long) header.shape().get(axis);
                steps[axis] = step;
                step *= sizes[axis];
            }
        }

        int next() {
            int current = position;
            if (straight) {
                position++;
                return current;
            }
            for (int axis = 0; axis < sizes.length; axis++) {
                position += steps[axis];
                if (++index[axis] < sizes[axis]) {
                    return current;
                }
                position -= sizes[axis] * steps[axis];
                index[axis] = 0;
            }
            return current;
        }
    }
}
