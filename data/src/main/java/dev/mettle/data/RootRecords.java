package dev.mettle.data;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The records of a ROOT file: a key, which says what follows, and its bytes, in blocks that are
 * compressed each on its own.
 */
final class RootRecords {
    private static final int KEY_BYTES = 1 << 10;
    private static final int BLOCK_HEADER = 9;
    private static final int LARGE_VERSION = 1000;
    private static final Map<String, String> OTHERS =
            Map.of("XZ", "LZMA", "L4", "LZ4", "ZS", "ZSTD", "CS", "ROOT's first algorithm");

    private final FileChannel channel;
    private final long size;

    RootRecords(FileChannel channel) throws IOException {
        this.channel = channel;
        this.size = channel.size();
    }

    /**
     * A key.
     *
     * @param at where the record begins
     * @param bytes of the whole record, as it is in the file
     * @param unpacked bytes of its contents once they are unpacked
     * @param length bytes of the key itself
     * @param cycle how often an object of that name was written
     * @param type class of the object
     * @param fieldsEnd bytes up to the end of the title, behind which baskets have more fields
     */
    record Key(
            long at,
            int bytes,
            int unpacked,
            int length,
            int cycle,
            String type,
            String name,
            int fieldsEnd) {}

    /** Returns the length of the file. */
    long size() {
        return size;
    }

    /** Reads bytes, and allocates only what the file has. */
    byte[] bytes(long at, int count) throws IOException {
        if (at < 0 || count < 0 || at > size - count) {
            throw new EOFException("it ends early");
        }
        ByteBuffer bytes = ByteBuffer.allocate(count);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, at + bytes.position()) < 0) {
                throw new EOFException("it ends early");
            }
        }
        return bytes.array();
    }

    /** Reads the key at a place of the file. */
    Key key(long at) throws IOException {
        if (at < 0 || at >= size) {
            throw new EOFException("a record lies outside the file");
        }
        return key(new RootBuffer(bytes(at, (int) Math.min(KEY_BYTES, size - at)), 0));
    }

    /** Reads a key from a list of keys, which says where the record begins. */
    static Key key(RootBuffer in) throws IOException {
        int start = in.position();
        int bytes = in.i4();
        int version = in.u2();
        int unpacked = in.i4();
        in.skip(4); // the time
        int length = in.u2();
        int cycle = in.u2();
        long at = in.address(version > LARGE_VERSION);
        in.address(version > LARGE_VERSION);
        String type = in.string();
        String name = in.string();
        in.string();
        int fieldsEnd = in.position() - start;
        if (bytes < length || length < fieldsEnd || unpacked < 0) {
            throw new IOException("a record makes no sense");
        }
        return new Key(at, bytes, unpacked, length, cycle, type, name, fieldsEnd);
    }

    /** Reads and unpacks what follows a key. */
    byte[] contents(Key key) throws IOException, NpyFormatException {
        byte[] stored = bytes(key.at() + key.length(), key.bytes() - key.length());
        if (stored.length == key.unpacked()) {
            return stored;
        }
        if (key.unpacked() / NpyArray.MAX_INFLATION > stored.length) {
            throw new IOException(
                    "a record of %d bytes can't hold %d".formatted(stored.length, key.unpacked()));
        }
        byte[] out = new byte[key.unpacked()];
        int from = 0;
        int to = 0;
        while (to < out.length) {
            if (stored.length - from < BLOCK_HEADER) {
                throw new EOFException("a record ends early");
            }
            int packed = size3(stored, from + 3);
            int whole = size3(stored, from + 6);
            requireZlib(new String(stored, from, 2, StandardCharsets.ISO_8859_1));
            from += BLOCK_HEADER;
            if (packed > stored.length - from || whole > out.length - to || whole == 0) {
                throw new IOException("a block makes no sense");
            }
            inflate(stored, from, packed, out, to, whole);
            from += packed;
            to += whole;
        }
        return out;
    }

    private static int size3(byte[] bytes, int at) {
        return Byte.toUnsignedInt(bytes[at])
                | Byte.toUnsignedInt(bytes[at + 1]) << 8
                | Byte.toUnsignedInt(bytes[at + 2]) << 16;
    }

    private static void requireZlib(String algorithm) throws NpyFormatException {
        if (!algorithm.equals("ZL")) {
            throw new NpyFormatException(
                    ("is compressed by %s; only zlib is read here. Write it again with zlib: hadd"
                                    + " -f101 new.root old.root.")
                            .formatted(OTHERS.getOrDefault(algorithm, "an unknown algorithm")));
        }
    }

    private static void inflate(byte[] in, int from, int packed, byte[] out, int to, int whole)
            throws IOException {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(in, from, packed);
            int done = 0;
            while (done < whole) {
                int read = inflater.inflate(out, to + done, whole - done);
                if (read == 0) {
                    throw new IOException("a block ends early");
                }
                done += read;
            }
            // the checksum is looked at when the end of the stream is reached
            if (!inflater.finished() && inflater.inflate(new byte[1]) != 0
                    || !inflater.finished()) {
                throw new IOException("a block unpacks to more than it says");
            }
        } catch (DataFormatException e) {
            throw new IOException("a block does not unpack: " + e.getMessage(), e);
        } finally {
            inflater.end();
        }
    }

    /** Returns the keys of the directory whose record lies at a place. */
    List<Key> directory(long at) throws IOException {
        int most = 2 + 4 + 4 + 4 + 4 + 3 * 8;
        RootBuffer in = new RootBuffer(bytes(at, (int) Math.min(most, Math.max(0, size - at))), 0);
        boolean large = in.u2() > LARGE_VERSION;
        in.skip(4 + 4);
        int listBytes = in.i4();
        in.skip(4);
        in.address(large);
        in.address(large);
        long list = in.address(large);
        if (list == 0) {
            return List.of();
        }
        Key head = key(list);
        RootBuffer keys = new RootBuffer(bytes(list, listBytes), 0);
        keys.skip(head.length());
        int count = keys.i4();
        if (count < 0 || count > listBytes) {
            throw new IOException("a directory claims %d records".formatted(count));
        }
        List<Key> found = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            found.add(key(keys));
        }
        return found;
    }
}
