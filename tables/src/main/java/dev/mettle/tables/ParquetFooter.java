package dev.mettle.tables;

import dev.mettle.core.study.DataException;
import dev.mettle.data.FileChecks;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Checks the end of a Parquet file: magic bytes, and a footer that lies inside the file and whose
 * lists and texts claim no more than its bytes.
 */
final class ParquetFooter {
    private static final int END_BYTES = 8;
    private static final int MAGIC_BYTES = 4;
    private static final int MOST_BYTES = 1 << 28;

    private ParquetFooter() {}

    /**
     * Checks a file.
     *
     * @throws DataException (key {@code file}) when it is empty, no Parquet file, encrypted, or its
     *     footer is damaged or cut off
     */
    static void check(Path path) {
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
            long size = file.size();
            if (size == 0) {
                throw new DataException(FileChecks.KEY, "%s is empty.".formatted(path));
            }
            if (size < MAGIC_BYTES + END_BYTES) {
                throw ParquetFile.damaged(path, "it is cut short");
            }
            ByteBuffer end = read(file, size - END_BYTES, END_BYTES);
            String magic =
                    new String(
                            end.array(),
                            END_BYTES - MAGIC_BYTES,
                            MAGIC_BYTES,
                            StandardCharsets.ISO_8859_1);
            if (magic.equals("PARE")) {
                throw new DataException(
                        FileChecks.KEY,
                        "%s is encrypted, which can't be read. Write it without encryption."
                                .formatted(path));
            }
            if (!magic.equals("PAR1")) {
                throw ParquetFile.damaged(
                        path, "it is cut short: it does not end with PAR1, as Parquet files do");
            }
            int length = end.order(ByteOrder.LITTLE_ENDIAN).getInt(0);
            if (length <= 0 || length > size - MAGIC_BYTES - END_BYTES || length > MOST_BYTES) {
                throw ParquetFile.damaged(
                        path,
                        "its footer of %,d bytes does not fit into the file"
                                .formatted(Integer.toUnsignedLong(length)));
            }
            new ThriftScan(read(file, size - END_BYTES - length, length)).skipStruct();
        } catch (ThriftScan.BrokenException e) {
            throw ParquetFile.damaged(path, "its footer: " + e.getMessage());
        } catch (BufferUnderflowException e) {
            throw ParquetFile.damaged(path, "its footer ends too early");
        } catch (IOException e) {
            throw FileChecks.unreadable(path, e);
        }
    }

    private static ByteBuffer read(FileChannel file, long at, int count) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(count);
        while (bytes.hasRemaining()) {
            if (file.read(bytes, at + bytes.position()) < 0) {
                throw new IOException("it is shorter than it was");
            }
        }
        return bytes.flip();
    }
}
