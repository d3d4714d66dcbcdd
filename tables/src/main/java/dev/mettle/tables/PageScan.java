package dev.mettle.tables;

import dev.hardwood.metadata.ColumnChunk;
import dev.hardwood.metadata.ColumnMetaData;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.HashSet;
import java.util.Set;

/**
 * Checks the headers of the pages of a column before any page is unpacked: that they lie inside the
 * file, hold as many values as the footer says, and announce no more bytes than these values can
 * take. So what is unpacked at a time is bounded by the rows, whatever a file claims.
 */
final class PageScan {
    /** Header, levels and statistics of a page, beside its values. */
    private static final long SLACK_BYTES = 1 << 20;

    /** Widest header that is looked at; statistics of long texts may be in it. */
    private static final int MOST_HEADER_BYTES = 1 << 24;

    private static final int USUAL_HEADER_BYTES = 1 << 12;

    private final FileChannel file;
    private final int width;
    private final long mostTextBytes;
    private final Set<Long> pages = new HashSet<>();

    /**
     * Takes what pages may hold.
     *
     * @param width largest number of bytes of a value with its level; 0 for texts of any length
     * @param mostTextBytes most bytes of a page of texts
     */
    PageScan(FileChannel file, int width, long mostTextBytes) {
        this.file = file;
        this.width = width;
        this.mostTextBytes = mostTextBytes;
    }

    /** What a file says of its pages can't be. */
    static final class BrokenPagesException extends Exception {
        private static final long serialVersionUID = 1;

        BrokenPagesException(String message) {
            super(message);
        }
    }

    /** The header of one page, as far as it matters. */
    private static final class Header {
        private long type = -1;
        private long unpacked = -1;
        private long packed = -1;
        private long values = -1;
        private int bytes;
    }

    private static final int DATA = 0;
    private static final int DICTIONARY = 2;
    private static final int DATA_2 = 3;

    /** Checks a chunk of {@code rows} values. */
    void check(ColumnChunk chunk, long rows) throws IOException, BrokenPagesException {
        ColumnMetaData data = chunk.metaData();
        long from = chunk.chunkStartOffset();
        long size = data.totalCompressedSize();
        require(
                from >= 4 && size >= 0 && size <= file.size() && from <= file.size() - size,
                "a column lies outside the file");
        require(
                data.numValues() == rows,
                "a column has %d values in %d rows".formatted(data.numValues(), rows));
        long end = from + size;
        long at = from;
        long seen = 0;
        while (seen < rows) {
            require(at < end, "%d of %d values of a column are missing", rows - seen, rows);
            Header header = header(at, end);
            requireSizes(header, rows - seen, rows, end - at - header.bytes);
            if (header.type == DATA || header.type == DATA_2) {
                seen += header.values;
                pages.add(at);
            }
            at += header.bytes + header.packed;
        }
        checkIndex(chunk);
    }

    private void requireSizes(Header header, long left, long rows, long bytes)
            throws BrokenPagesException {
        require(
                header.packed >= 0 && header.packed <= bytes && header.unpacked >= 0,
                "a page is larger than its column");
        if (header.type != DATA && header.type != DATA_2 && header.type != DICTIONARY) {
            return;
        }
        boolean dictionary = header.type == DICTIONARY;
        require(
                header.values >= 0 && (dictionary || header.values <= left),
                "a page has %d values where %d are left",
                header.values,
                left);
        long most =
                width == 0
                        ? mostTextBytes
                        : SLACK_BYTES + width * (dictionary ? rows : header.values);
        require(
                header.unpacked <= most && (!dictionary || header.values <= header.unpacked),
                "a page of %d values announces %d bytes",
                header.values,
                header.unpacked);
    }

    private Header header(long at, long end) throws IOException, BrokenPagesException {
        for (int size = USUAL_HEADER_BYTES; ; size *= 16) {
            ByteBuffer window = ByteBuffer.allocate((int) Math.min(size, end - at));
            while (window.hasRemaining()) {
                require(file.read(window, at + window.position()) >= 0, "it is cut short");
            }
            window.flip();
            try {
                Header header = header(window);
                header.bytes = window.position();
                return header;
            } catch (BufferUnderflowException e) {
                require(
                        size < end - at && size < MOST_HEADER_BYTES,
                        "the header of a page does not end");
            } catch (ThriftScan.BrokenException e) {
                // A text that reaches beyond the window looks broken too.
                require(
                        size < end - at && size < MOST_HEADER_BYTES,
                        "the header of a page is broken: %s",
                        String.valueOf(e.getMessage()));
            }
        }
    }

    private static Header header(ByteBuffer in) throws ThriftScan.BrokenException {
        ThriftScan scan = new ThriftScan(in);
        Header header = new Header();
        scan.struct((id, type) -> {
            if (id >= 1 && id <= 3 && ThriftScan.isNumber(type)) {
                long number = scan.number();
                switch (id) {
                    case 1 -> header.type = number;
                    case 2 -> header.unpacked = number;
                    default -> header.packed = number;
                }
                return true;
            }
            if ((id == 5 || id == 7 || id == 8) && ThriftScan.isStruct(type)) {
                scan.struct((inner, kind) -> {
                    boolean isCount = inner == 1 && ThriftScan.isNumber(kind);
                    if (isCount) {
                        header.values = scan.number();
                    }
                    return isCount;
                });
                return true;
            }
            return false;
        });
        return header;
    }

    /** The index by which pages may be found must name the pages that were looked at. */
    private void checkIndex(ColumnChunk chunk) throws IOException, BrokenPagesException {
        Long offset = chunk.offsetIndexOffset();
        Integer length = chunk.offsetIndexLength();
        if (offset == null || length == null) {
            return;
        }
        require(
                offset >= 4
                        && length > 0
                        && length <= file.size()
                        && offset <= file.size() - length,
                "an index lies outside the file");
        ByteBuffer window = ByteBuffer.allocate(length);
        while (window.hasRemaining()) {
            require(file.read(window, offset + window.position()) >= 0, "it is cut short");
        }
        ThriftScan scan = new ThriftScan(window.flip());
        try {
            scan.struct((id, type) -> {
                boolean isList = id == 1 && ThriftScan.isList(type);
                if (isList) {
                    locations(scan);
                }
                return isList;
            });
        } catch (ThriftScan.BrokenException | BufferUnderflowException e) {
            throw new BrokenPagesException("an index of pages is broken");
        }
    }

    private void locations(ThriftScan scan) throws ThriftScan.BrokenException {
        int count = scan.structs();
        for (int i = 0; i < count; i++) {
            scan.struct((id, type) -> {
                boolean isOffset = id == 1 && ThriftScan.isNumber(type);
                if (isOffset && !pages.contains(scan.number())) {
                    throw new ThriftScan.BrokenException("it names what is no page");
                }
                return isOffset;
            });
        }
    }

    private static void require(boolean right, String message, Object... values)
            throws BrokenPagesException {
        if (!right) {
            throw new BrokenPagesException(message.formatted(values));
        }
    }
}
