package dev.mettle.engine.kernel;

import static dev.mettle.engine.kernel.Lanes.SPECIES;
import static dev.mettle.engine.kernel.Lanes.WIDTH;

import jdk.incubator.vector.FloatVector;

/** Products, element by element: dropout and its gradient (docs/math/dropout.md). */
public final class Product {
    private Product() {}

    /** Reference form; it defines the result. Arguments as in {@link #vector}. */
    public static void scalar(
            float[] a, int aFrom, float[] b, int bFrom, float[] out, int to, int length) {
        for (int i = 0; i < length; i++) {
            out[to + i] = a[aFrom + i] * b[bFrom + i];
        }
    }

    /**
     * Writes the products of {@code length} numbers.
     *
     * @param a read from {@code aFrom} on
     * @param b read from {@code bFrom} on
     * @param out written from {@code to} on; may be {@code a} or {@code b} itself
     * @param length a multiple of {@value Lanes#BLOCK}
     */
    public static void vector(
            float[] a, int aFrom, float[] b, int bFrom, float[] out, int to, int length) {
        for (int i = 0; i < length; i += WIDTH) {
            FloatVector.fromArray(SPECIES, a, aFrom + i)
                    .mul(FloatVector.fromArray(SPECIES, b, bFrom + i))
                    .intoArray(out, to + i);
        }
    }
}
