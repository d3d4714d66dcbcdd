package dev.mettle.engine.kernel;

import java.util.Locale;

/**
 * Measures the largest error of elementary functions over all floats of their ranges and compares
 * both forms' bits for all 2³² floats; {@code benchmarks/elementary-functions} starts it.
 */
final class ElementaryErrors {
    private static final int BLOCK = 1 << 12;

    private final ElementaryFunction function;
    private final float[] in = new float[BLOCK];
    private final float[] scalar = new float[BLOCK];
    private final float[] vector = new float[BLOCK];
    private double worst;
    private float where;
    private long count;
    private long different;

    private ElementaryErrors(ElementaryFunction function) {
        this.function = function;
    }

    /** Takes the names of functions, all when there is none, and prints a line for each. */
    public static void main(String[] names) {
        System.out.println(
                "function   floats in range  largest error, ulp  at x               scalar and"
                        + " vector form differ");
        for (ElementaryFunction function : ElementaryFunction.values()) {
            String name = function.name().toLowerCase(Locale.ROOT);
            if (names.length == 0 || java.util.List.of(names).contains(name)) {
                ElementaryErrors errors = new ElementaryErrors(function);
                errors.measure();
                System.out.printf(
                        Locale.ROOT,
                        "%-9s %16d  %18.4f  %-17s  %d of 2^32%n",
                        name,
                        errors.count,
                        errors.worst,
                        errors.where,
                        errors.different);
            }
        }
    }

    private void measure() {
        for (long first = 0; first < 1L << 32; first += BLOCK) {
            for (int i = 0; i < BLOCK; i++) {
                in[i] = Float.intBitsToFloat((int) (first + i));
            }
            function.scalar.run(in, 0, scalar, 0, BLOCK);
            function.vector.run(in, 0, vector, 0, BLOCK);
            compare();
        }
    }

    private void compare() {
        for (int i = 0; i < BLOCK; i++) {
            if (Float.floatToIntBits(scalar[i]) != Float.floatToIntBits(vector[i])) {
                different++;
            }
            if (in[i] >= function.lowest && in[i] <= function.highest) {
                count++;
                double error = function.error(in[i], scalar[i]);
                if (!(error <= worst)) {
                    worst = error;
                    where = in[i];
                }
            }
        }
    }
}
