package dev.mettle.engine.kernel;

import static dev.mettle.engine.kernel.Lanes.SPECIES;
import static dev.mettle.engine.kernel.Lanes.WIDTH;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Scaled exponential linear unit (docs/math/activations.md): λα (eˣ - 1) where x ≤ 0, else λx. The
 * gradient is y + λα where y ≤ 0, else λ.
 */
public final class Selu {
    /** λ of Klambauer and others (2017), with which a normal distribution is a fixed point. */
    private static final float SCALE = 1.0507009873554804934193349852946f;

    /** λα. */
    private static final float NEGATIVE = 1.7580993408473768599402175208123f;

    private Selu() {}

    /** Reference form; it defines the result. Arguments as in {@link #forward}. */
    public static void forwardScalar(float[] in, int from, float[] out, int to, int length) {
        for (int i = 0; i < length; i++) {
            float x = in[from + i];
            out[to + i] = x <= 0 ? Exponential.expm1(x) * NEGATIVE : x * SCALE;
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
            x.mul(SCALE)
                    .blend(Exponential.expm1(x).mul(NEGATIVE), x.compare(VectorOperators.LE, 0f))
                    .intoArray(out, to + i);
        }
    }

    /** Reference form; it defines the result. Arguments as in {@link #backward}. */
    public static void backwardScalar(
            float[] outputs, int from, float[] gradient, int at, int length) {
        for (int i = 0; i < length; i++) {
            float y = outputs[from + i];
            gradient[at + i] *= y <= 0 ? y + NEGATIVE : SCALE;
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
            FloatVector slope =
                    FloatVector.broadcast(SPECIES, SCALE)
                            .blend(y.add(NEGATIVE), y.compare(VectorOperators.LE, 0f));
            FloatVector.fromArray(SPECIES, gradient, at + i).mul(slope).intoArray(gradient, at + i);
        }
    }
}
