package dev.mettle.engine.kernel;

import static dev.mettle.engine.kernel.Lanes.BLOCK;
import static dev.mettle.engine.kernel.Lanes.SPECIES;
import static dev.mettle.engine.kernel.Lanes.WIDTH;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * What clipping gradients takes (docs/math/optimisers.md): a limit for each number, the sum of
 * their squares, and one factor for all. NaN stays NaN.
 *
 * <p>Squares are added in {@value Lanes#BLOCK} double sums, number i to sum i mod {@value
 * Lanes#BLOCK}, and those by a tree: (i, i + 16), (i, i + 8), (i, i + 4), (i, i + 2), (i, i + 1).
 * The square of a float is exact in double, so only additions are rounded, and none overflows.
 */
public final class GradientClip {
    private static final VectorSpecies<Double> DOUBLES =
            VectorSpecies.of(double.class, SPECIES.vectorShape());

    /** As many floats as a vector holds doubles. */
    private static final VectorSpecies<Float> HALF =
            VectorSpecies.of(
                    float.class, VectorShape.forBitSize(SPECIES.vectorShape().vectorBitSize() / 2));

    private static final int DOUBLES_WIDTH = DOUBLES.length();

    private GradientClip() {}

    /** Reference form of {@link #limit}; it defines the result. */
    public static void limitScalar(float[] gradients, int length, float limit) {
        for (int i = 0; i < length; i++) {
            float g = gradients[i];
            gradients[i] = g > limit ? limit : g < -limit ? -limit : g;
        }
    }

    /**
     * Takes numbers back into [-limit, limit].
     *
     * @param length a multiple of {@value Lanes#BLOCK}
     */
    public static void limit(float[] gradients, int length, float limit) {
        for (int i = 0; i < length; i += WIDTH) {
            FloatVector g = FloatVector.fromArray(SPECIES, gradients, i);
            g.blend(limit, g.compare(VectorOperators.GT, limit))
                    .blend(-limit, g.compare(VectorOperators.LT, -limit))
                    .intoArray(gradients, i);
        }
    }

    /** Reference form of {@link #squares}; it defines the result. */
    public static double squaresScalar(float[] gradients, int length, double[] sums) {
        for (int lane = 0; lane < BLOCK; lane++) {
            double sum = 0;
            for (int i = lane; i < length; i += BLOCK) {
                double g = gradients[i];
                sum += g * g;
            }
            sums[lane] = sum;
        }
        return total(sums);
    }

    /**
     * Returns the sum of the squares.
     *
     * @param length a multiple of {@value Lanes#BLOCK}
     * @param sums scratch, {@value Lanes#BLOCK} numbers
     */
    public static double squares(float[] gradients, int length, double[] sums) {
        for (int lane = 0; lane < BLOCK; lane += 4 * DOUBLES_WIDTH) {
            fourSums(gradients, lane, length, sums);
        }
        return total(sums);
    }

    private static void fourSums(float[] gradients, int lane, int length, double[] sums) {
        DoubleVector a = DoubleVector.zero(DOUBLES);
        DoubleVector b = DoubleVector.zero(DOUBLES);
        DoubleVector c = DoubleVector.zero(DOUBLES);
        DoubleVector d = DoubleVector.zero(DOUBLES);
        for (int i = lane; i < length; i += BLOCK) {
            DoubleVector x = wide(gradients, i);
            DoubleVector y = wide(gradients, i + DOUBLES_WIDTH);
            DoubleVector z = wide(gradients, i + 2 * DOUBLES_WIDTH);
            DoubleVector u = wide(gradients, i + 3 * DOUBLES_WIDTH);
            a = a.add(x.mul(x));
            b = b.add(y.mul(y));
            c = c.add(z.mul(z));
            d = d.add(u.mul(u));
        }
        a.intoArray(sums, lane);
        b.intoArray(sums, lane + DOUBLES_WIDTH);
        c.intoArray(sums, lane + 2 * DOUBLES_WIDTH);
        d.intoArray(sums, lane + 3 * DOUBLES_WIDTH);
    }

    private static DoubleVector wide(float[] from, int at) {
        return (DoubleVector)
                FloatVector.fromArray(HALF, from, at).convertShape(VectorOperators.F2D, DOUBLES, 0);
    }

    private static double total(double[] sums) {
        for (int half = BLOCK / 2; half > 0; half /= 2) {
            for (int i = 0; i < half; i++) {
                sums[i] += sums[i + half];
            }
        }
        return sums[0];
    }

    /** Reference form of {@link #scale}; it defines the result. */
    public static void scaleScalar(float[] gradients, int length, float factor) {
        for (int i = 0; i < length; i++) {
            gradients[i] *= factor;
        }
    }

    /**
     * Multiplies all numbers by a factor.
     *
     * @param length a multiple of {@value Lanes#BLOCK}
     */
    public static void scale(float[] gradients, int length, float factor) {
        for (int i = 0; i < length; i += WIDTH) {
            FloatVector.fromArray(SPECIES, gradients, i).mul(factor).intoArray(gradients, i);
        }
    }
}
