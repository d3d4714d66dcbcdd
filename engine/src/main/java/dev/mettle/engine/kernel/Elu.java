package dev.mettle.engine.kernel;

import static dev.mettle.engine.kernel.Lanes.SPECIES;
import static dev.mettle.engine.kernel.Lanes.WIDTH;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Exponential linear unit (docs/math/activations.md): eˣ - 1 where x ≤ 0, else x; error at most
 * 0.88 ulp. The gradient is y + 1 where y ≤ 0.
 */
public final class Elu {
    private Elu() {}

    /** Reference form; it defines the result. Arguments as in {@link #forward}. */
    public static void forwardScalar(float[] in, int from, float[] out, int to, int length) {
        for (int i = 0; i < length; i++) {
            float x = in[from + i];
            out[to + i] = x <= 0 ? Exponential.expm1(x) : x;
        }
    }

    /**
     * Applies the function to {@code length} numbers.
     *
     * @param in read from {@code from} on
     * @param out written from {@code to} on; may be the input itself
     * @param length a multiple of {@value Lanes#BLOCK}
     */
    public static void forward(float[] in, int from, float[] out, int to, int length) {
        for (int i = 0; i < length; i += WIDTH) {
            FloatVector x = FloatVector.fromArray(SPECIES, in, from + i);
            x.blend(Exponential.expm1(x), x.compare(VectorOperators.LE, 0f)).intoArray(out, to + i);
        }
    }

    /** Reference form; it defines the result. Arguments as in {@link #backward}. */
    public static void backwardScalar(
            float[] outputs, int from, float[] gradient, int at, int length) {
        for (int i = 0; i < length; i++) {
            float y = outputs[from + i];
            float d = gradient[at + i];
            gradient[at + i] = y <= 0 ? d * (y + 1) : d;
        }
    }

    /**
     * Turns the gradient by output into the gradient by input, in place.
     *
     * @param outputs the outputs, read from {@code from} on
     * @param gradient changed from {@code at} on
     * @param length a multiple of {@value Lanes#BLOCK}
     */
    public static void backward(float[] outputs, int from, float[] gradient, int at, int length) {
        for (int i = 0; i < length; i += WIDTH) {
            FloatVector y = FloatVector.fromArray(SPECIES, outputs, from + i);
            FloatVector d = FloatVector.fromArray(SPECIES, gradient, at + i);
            d.blend(d.mul(y.add(1f)), y.compare(VectorOperators.LE, 0f))
                    .intoArray(gradient, at + i);
        }
    }
}
