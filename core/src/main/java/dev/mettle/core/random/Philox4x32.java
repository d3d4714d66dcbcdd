package dev.mettle.core.random;

/**
 * Philox4x32-10 (Salmon, Moraes, Dror, Shaw: Parallel random numbers: as easy as 1, 2, 3; SC 2011):
 * a block of four 32-bit words as a pure function of a 64-bit key and a 128-bit counter. Checked
 * against the known-answer vectors published with the authors' Random123 library.
 */
public final class Philox4x32 {
    private static final long MULTIPLIER_0 = 0xD2511F53L;
    private static final long MULTIPLIER_1 = 0xCD9E8D57L;
    private static final int WEYL_0 = 0x9E3779B9;
    private static final int WEYL_1 = 0xBB67AE85;
    private static final int ROUNDS = 10;
    private static final long LOW_WORD = 0xFFFFFFFFL;

    private Philox4x32() {}

    /**
     * Writes the block of one counter into {@code out[0..3]}.
     *
     * @param key low word is key word 0, high word key word 1
     * @param c0 counter word 0, and so on to {@code c3}
     * @param out at least four words; allocates nothing
     */
    public static void block(long key, int c0, int c1, int c2, int c3, int[] out) {
        int k0 = (int) key;
        int k1 = (int) (key >>> 32);
        for (int round = 0; round < ROUNDS; round++) {
            long p0 = MULTIPLIER_0 * (c0 & LOW_WORD);
            long p1 = MULTIPLIER_1 * (c2 & LOW_WORD);
            int n0 = (int) (p1 >>> 32) ^ c1 ^ k0;
            int n2 = (int) (p0 >>> 32) ^ c3 ^ k1;
            c1 = (int) p1;
            c3 = (int) p0;
            c0 = n0;
            c2 = n2;
            k0 += WEYL_0;
            k1 += WEYL_1;
        }
        out[0] = c0;
        out[1] = c1;
        out[2] = c2;
        out[3] = c3;
    }
}
