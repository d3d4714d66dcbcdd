package dev.mettle.data;

import java.io.IOException;
import java.io.InputStream;
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
public final class NpyArray extends StoredArray {
    /**
     * Deflate can't do better than 258 bytes from 2 bits (zlib's documentation): a size beyond that
     * is a lie.
     */
    static final long MAX_INFLATION = 1032;

    private final Path path;
    private final ZipFile zip;
    private final ZipEntry entry;
    private final NpyHeader header;

    /** Reads the header and checks it against the size of the member. */
    NpyArray(String key, String name, Path path, ZipFile zip, ZipEntry entry) {
        super(key, path.toString(), name);
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
    public List<Long> shape() {
        return header.shape();
    }

    @Override
    public long count() {
        return header.count();
    }

    @Override
    String typeLabel() {
        return header.type().label();
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

    @Override
    void read(Sink sink) throws IOException, NpyFormatException {
        CRC32 crc = new CRC32();
        try (InputStream in = new CheckedInputStream(zip.getInputStream(entry), crc)) {
            NpyHeader.read(in).numbers().read(in, sink);
            if (in.read() != -1 || crc.getValue() != entry.getCrc()) {
                throw new IOException("its checksum is wrong");
            }
        }
    }
}
