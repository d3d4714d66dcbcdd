package dev.mettle.cli;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Checksums by which runs recognise data. */
final class Checksums {
    private Checksums() {}

    /**
     * Returns SHA-256, in hexadecimal, of the checksum of the data and the numbers of the test
     * rows.
     */
    static String testSet(String dataChecksum, int[] testRows) {
        ByteBuffer rows = ByteBuffer.allocate(Integer.BYTES * testRows.length);
        rows.asIntBuffer().put(testRows);
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(dataChecksum.getBytes(StandardCharsets.UTF_8));
            digest.update(rows.array());
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
