package dev.mettle.data;

import io.jhdf.object.message.FilterPipelineMessage.FilterInfo;

import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Undoes the filters of HDF5 chunks: deflate, shuffle, Fletcher's checksum and LZF (HDF5 file
 * format specification, section IV.A.2.l; the LZF filter of h5py). Never takes more memory than a
 * few chunks, whatever the bytes say.
 */
final class Hdf5Filters {
    private static final int DEFLATE = 1;
    private static final int SHUFFLE = 2;
    private static final int FLETCHER = 3;
    private static final int LZF = 32000;
    private static final int CHECKSUM_BYTES = 4;
    private static final Map<Integer, String> OTHERS =
            Map.of(
                    4,
                    "szip",
                    5,
                    "nbit",
                    6,
                    "scale-offset",
                    307,
                    "bzip2",
                    32001,
                    "blosc",
                    32004,
                    "lz4",
                    32008,
                    "bitshuffle",
                    32013,
                    "zfp",
                    32015,
                    "zstd",
                    32026,
                    "blosc2");

    private Hdf5Filters() {}

    /** Returns why these filters can't be undone, or nothing when they can. */
    static String refusal(List<FilterInfo> filters) {
        for (FilterInfo filter : filters) {
            int id = filter.getId();
            if (id != DEFLATE && id != SHUFFLE && id != FLETCHER && id != LZF) {
                return "is packed by the filter %s, which is not read here. Write it again with gzip: h5repack -f GZIP=4 old.h5 new.h5."
                        .formatted(OTHERS.getOrDefault(id, "number " + id));
            }
        }
        return "";
    }

    /** Tells whether one of the filters makes data smaller. */
    static boolean compress(List<FilterInfo> filters) {
        return filters.stream().anyMatch(f -> f.getId() == DEFLATE || f.getId() == LZF);
    }

    /**
     * Undoes the filters of a chunk, the last one first.
     *
     * @param skipped bit i is set where filter i was not applied
     * @param bytes of the chunk once it is unpacked
     * @throws IOException when the chunk is damaged
     */
    static byte[] undo(byte[] stored, List<FilterInfo> filters, BitSet skipped, int bytes)
            throws IOException {
        byte[] data = stored;
        for (int i = filters.size() - 1; i >= 0; i--) {
            if (!skipped.get(i)) {
                FilterInfo filter = filters.get(i);
                int most = Math.addExact(bytes, CHECKSUM_BYTES * i); // checksums of earlier filters
                data =
                        switch (filter.getId()) {
                            case DEFLATE -> inflate(data, most);
                            case SHUFFLE -> unshuffle(data, filter.getData());
                            case FLETCHER -> checked(data);
                            default -> lzf(data, most);
                        };
            }
        }
        if (data.length != bytes) {
            throw new IOException(
                    "a chunk has %d bytes where %d belong".formatted(data.length, bytes));
        }
        return data;
    }

    private static byte[] inflate(byte[] data, int most) throws IOException {
        if (most / NpyArray.MAX_INFLATION > data.length) {
            throw new IOException("a chunk of %d bytes can't hold %d".formatted(data.length, most));
        }
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(data);
            byte[] out = new byte[most];
            int length = 0;
            while (!inflater.finished()) {
                int read = inflater.inflate(out, length, most - length);
                if (read == 0 && !inflater.finished()) {
                    throw new IOException("a chunk ends early or unpacks to too much");
                }
                length += read;
            }
            return length == most ? out : Arrays.copyOf(out, length);
        } catch (DataFormatException e) {
            throw new IOException("a chunk does not unpack: " + e.getMessage(), e);
        } finally {
            inflater.end();
        }
    }

    /** Puts the bytes of each number together again; bytes that fill no number stay at the end. */
    private static byte[] unshuffle(byte[] data, int[] settings) throws IOException {
        if (settings.length < 1 || settings[0] < 1) {
            throw new IOException("the shuffle filter has no size");
        }
        int size = settings[0];
        int count = data.length / size;
        byte[] out = data.clone();
        for (int b = 0; b < size && count > 0; b++) {
            for (int i = 0; i < count; i++) {
                out[i * size + b] = data[b * count + i];
            }
        }
        return out;
    }

    private static byte[] checked(byte[] data) throws IOException {
        int length = data.length - CHECKSUM_BYTES;
        if (length < 0) {
            throw new IOException("a chunk ends early");
        }
        int sum = fletcher32(data, length);
        int stored = 0;
        for (int i = 0; i < CHECKSUM_BYTES; i++) {
            stored |= Byte.toUnsignedInt(data[length + i]) << 8 * i;
        }
        // HDF5 before 1.6.3 swapped the bytes of both halves on little-endian machines
        int swapped = (sum & 0x00FF00FF) << 8 | sum >>> 8 & 0x00FF00FF;
        if (stored != sum && stored != swapped) {
            throw new IOException("the checksum of a chunk is wrong");
        }
        return Arrays.copyOf(data, length);
    }

    /**
     * Fletcher's checksum of big-endian 16-bit words: sums modulo 65535 of the words and of those
     * sums, with 65535 in place of 0 after a carry.
     */
    static int fletcher32(byte[] data, int length) {
        int first = 0;
        int second = 0;
        for (int i = 0; i < length; i += 2) {
            int low = i + 1 < length ? Byte.toUnsignedInt(data[i + 1]) : 0;
            first += Byte.toUnsignedInt(data[i]) << 8 | low; // no overflow: both below 2^17
            second += (first = fold(first));
            second = fold(second);
        }
        return second << 16 | first;
    }

    private static int fold(int sum) {
        return (sum & 0xFFFF) + (sum >>> 16);
    }

    /** Undoes LZF: runs of bytes as they are, and repetitions of what came before. */
    private static byte[] lzf(byte[] data, int most) throws IOException {
        byte[] out = new byte[most];
        int at = 0;
        int length = 0;
        try {
            while (at < data.length) {
                int control = Byte.toUnsignedInt(data[at++]);
                if (control < 32) {
                    System.arraycopy(data, at, out, length, control + 1);
                    at += control + 1;
                    length += control + 1;
                } else {
                    int run = control >> 5;
                    run += run == 7 ? Byte.toUnsignedInt(data[at++]) : 0;
                    int back = ((control & 31) << 8 | Byte.toUnsignedInt(data[at++])) + 1;
                    for (int i = 0; i < run + 2; i++, length++) {
                        out[length] = out[length - back];
                    }
                }
            }
        } catch (IndexOutOfBoundsException e) {
            throw new IOException("a chunk does not unpack", e);
        }
        return Arrays.copyOf(out, length);
    }
}
