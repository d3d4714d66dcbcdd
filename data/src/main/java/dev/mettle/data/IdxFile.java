package dev.mettle.data;

import dev.mettle.core.study.DataException;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * An IDX file, the format of the MNIST images: two zero bytes, a type, the number of axes, their
 * sizes as unsigned 32-bit integers, then the numbers, all big-endian, the last index running
 * fastest (the page of the MNIST database). Also compressed by gzip, whatever its name. The one
 * array is named after the file, without ".gz" and ".idx3-ubyte".
 */
public final class IdxFile extends OneArrayFile {
    private static final int MOST_AXES = 32;
    private static final String EXPECTED =
            "An IDX file begins with two zero bytes, a type (8, 9, 11, 12, 13 or 14) and the number"
                    + " of axes. Is it the right file?";

    private final boolean compressed;
    private final NumberStream numbers;

    private IdxFile(Path path, boolean compressed, NumberStream numbers) {
        super(path, arrayName(path));
        this.compressed = compressed;
        this.numbers = numbers;
    }

    private static String arrayName(Path path) {
        String bare = FileChecks.arrayName(path, ".gz").replaceFirst("\\.idx(\\d*-\\w+)?$", "");
        return bare.isEmpty() ? "array" : bare;
    }

    /**
     * Opens a file, reads its header and checks it against the length of the file.
     *
     * @throws DataException (key {@code file}) when there is no such file, it can't be read, it is
     *     no IDX file, or it is damaged or cut short
     */
    public static IdxFile open(Path path) {
        FileChecks.requireReadable(path, "ubyte", ".idx", ".gz");
        byte[] start = FileChecks.start(path, 2);
        boolean compressed =
                start.length == 2 && start[0] == 0x1F && Byte.toUnsignedInt(start[1]) == 0x8B;
        try (InputStream in = stream(path, compressed)) {
            IdxFile file = new IdxFile(path, compressed, header(path, in));
            file.requireHonestSize();
            return file;
        } catch (IOException e) {
            throw damaged(path, Damage.why(e));
        }
    }

    private static InputStream stream(Path path, boolean compressed) throws IOException {
        InputStream in = new BufferedInputStream(Files.newInputStream(path), 1 << 16);
        if (!compressed) {
            return in;
        }
        try {
            return new GZIPInputStream(in, 1 << 16);
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    private static DataException damaged(Path path, String why) {
        return new DataException(
                FileChecks.KEY,
                "%s is damaged or cut short (%s). Copy or download it again.".formatted(path, why));
    }

    private static NumberStream header(Path path, InputStream in) throws IOException {
        byte[] magic = in.readNBytes(4);
        Optional<NumberType> type =
                magic.length == 4 && magic[0] == 0 && magic[1] == 0
                        ? type(magic[2])
                        : Optional.empty();
        if (type.isEmpty() || magic[3] < 1 || magic[3] > MOST_AXES) {
            throw new DataException(
                    FileChecks.KEY, "%s is no IDX file. %s".formatted(path, EXPECTED));
        }
        ByteBuffer sizes = ByteBuffer.wrap(in.readNBytes(4 * magic[3]));
        if (sizes.remaining() < 4 * magic[3]) {
            throw new EOFException("it ends inside its header");
        }
        List<Long> shape = new ArrayList<>();
        long count = 1;
        while (sizes.hasRemaining()) {
            long size = Integer.toUnsignedLong(sizes.getInt());
            shape.add(size);
            count = size != 0 && count > Long.MAX_VALUE / size / 8 ? -1 : count * size;
            if (count < 0) {
                throw damaged(path, "it claims the impossible shape " + shape + " so far");
            }
        }
        return new NumberStream(type.get(), ByteOrder.BIG_ENDIAN, false, shape, count);
    }

    private static Optional<NumberType> type(byte code) {
        return switch (code) {
            case 0x08 -> Optional.of(NumberType.U1);
            case 0x09 -> Optional.of(NumberType.I1);
            case 0x0B -> Optional.of(NumberType.I2);
            case 0x0C -> Optional.of(NumberType.I4);
            case 0x0D -> Optional.of(NumberType.F4);
            case 0x0E -> Optional.of(NumberType.F8);
            default -> Optional.empty();
        };
    }

    private long headerBytes() {
        return 4 + 4L * numbers.shape().size();
    }

    /** Compares the sizes with the file's length; a compressed file can be judged roughly only. */
    private void requireHonestSize() throws IOException {
        long claimed = headerBytes() + numbers.count() * numbers.type().bytes();
        long length = Files.size(path());
        if (compressed ? claimed > length * NpyArray.MAX_INFLATION : claimed != length) {
            throw new DataException(
                    FileChecks.KEY,
                    ("%s claims the shape %s of %s, which takes %d bytes, but has %d%s: it is"
                                    + " damaged or cut short. Copy or download it again.")
                            .formatted(
                                    path(),
                                    NpyHeader.shapeText(numbers.shape()),
                                    numbers.type().label(),
                                    claimed,
                                    length,
                                    compressed ? " in compressed form" : ""));
        }
    }

    @Override
    StoredArray read(String key, String name) {
        return new Whole(key, name);
    }

    private final class Whole extends StoredArray {
        Whole(String key, String name) {
            super(key, path().toString(), name);
        }

        @Override
        public List<Long> shape() {
            return numbers.shape();
        }

        @Override
        public long count() {
            return numbers.count();
        }

        @Override
        String typeLabel() {
            return numbers.type().label();
        }

        /**
         * Unpacks a compressed file once for its length and its checksum alone: only then is it
         * known that it holds what it claims, and memory is taken.
         */
        @Override
        void requireHonest() {
            if (!compressed) {
                return;
            }
            long claimed = headerBytes() + numbers.count() * numbers.type().bytes();
            byte[] buffer = new byte[1 << 16];
            long found = 0;
            try (InputStream in = stream(path(), true)) {
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    found += read;
                    if (found > claimed) {
                        break;
                    }
                }
            } catch (IOException e) {
                throw damaged(e);
            }
            if (found != claimed) {
                throw problem(
                        "claims the shape %s of %s, which takes %d bytes, but the file unpacks to %s%d:"
                                        .formatted(
                                                shapeText(),
                                                typeLabel(),
                                                claimed,
                                                found > claimed ? "more than " : "",
                                                found > claimed ? claimed : found)
                                + " it is damaged. Copy or download it again.");
            }
        }

        @Override
        void read(Sink sink) throws IOException {
            try (InputStream in = stream(path(), compressed)) {
                in.skipNBytes(headerBytes());
                numbers.read(in, sink);
            }
        }
    }
}
