package dev.mettle.engine.kernel;

/**
 * What an optimiser remembers of a weight whose gradient has become 0 shrinks by a factor at each
 * step and would end among the denormal numbers, where it stays for ever and every operation takes
 * a hundred times as long. So such a number becomes 0 when its size is below {@value #LIMIT}: far
 * below what epsilon or a float weight lets through.
 */
final class Tiny {
    /** 2⁻¹⁰⁰. */
    static final float LIMIT = 0x1p-100f;

    private Tiny() {}

    /** Returns x, or 0 when it is tiny; a NaN stays. */
    static float flush(float x) {
        return Math.abs(x) < LIMIT ? 0 : x;
    }
}
