package dev.mettle.engine.kernel;

import jdk.incubator.vector.FloatVector;

import org.apache.commons.numbers.gamma.Erf;

import java.util.function.DoubleUnaryOperator;

/**
 * The elementary functions of the kernels, each with a reference in double (StrictMath: below 1 ulp
 * of double; Erf of Commons Numbers: a few), the range over which its error is stated, and the
 * largest error there in ulp of float, measured over all floats by {@link ElementaryErrors}.
 */
enum ElementaryFunction {
    EXP(each(Exponential::exp), ElementaryFunction::exp, StrictMath::exp, -87, 88, 1.06),
    EXPM1(each(Exponential::expm1), ElementaryFunction::expm1, StrictMath::expm1, -87, 88, 1.65),
    DECAY(
            each(x -> Exponential.decay(-Math.abs(x))),
            ElementaryFunction::decay,
            x -> StrictMath.exp(-Math.abs(x)),
            Float.NEGATIVE_INFINITY,
            Float.POSITIVE_INFINITY,
            1.06),
    LOG(each(Logarithm::scalar), ElementaryFunction::log, StrictMath::log, 0, Float.MAX_VALUE, 0.9),
    SOFTPLUS(
            each(Softplus::scalar),
            ElementaryFunction::softplus,
            ElementaryFunction::softplus,
            Float.NEGATIVE_INFINITY,
            Float.POSITIVE_INFINITY,
            1.79),
    ERF(
            each(ErrorFunction::scalar),
            ElementaryFunction::erf,
            Erf::value,
            Float.NEGATIVE_INFINITY,
            Float.POSITIVE_INFINITY,
            0.92),
    TANH(
            Tanh::forwardScalar,
            Tanh::forward,
            StrictMath::tanh,
            Float.NEGATIVE_INFINITY,
            Float.POSITIVE_INFINITY,
            2.42),
    SIGMOID(
            Sigmoid::forwardScalar,
            Sigmoid::forward,
            ElementaryFunction::sigmoid,
            -87,
            Float.POSITIVE_INFINITY,
            2.49),
    SILU(Silu::forwardScalar, Silu::forward, x -> x * sigmoid(x), -87, Float.MAX_VALUE, 2.87),
    ELU(
            Elu::forwardScalar,
            Elu::forward,
            x -> x <= 0 ? StrictMath.expm1(x) : x,
            Float.NEGATIVE_INFINITY,
            Float.POSITIVE_INFINITY,
            0.88);

    /** Reads one array from a place on and writes another. */
    interface Kernel {
        void run(float[] in, int from, float[] out, int to, int length);
    }

    private interface Scalar {
        float of(float x);
    }

    final Kernel scalar;
    final Kernel vector;
    final DoubleUnaryOperator exact;
    final float lowest;
    final float highest;
    final double bound;

    ElementaryFunction(
            Kernel scalar,
            Kernel vector,
            DoubleUnaryOperator exact,
            float lowest,
            float highest,
            double bound) {
        this.scalar = scalar;
        this.vector = vector;
        this.exact = exact;
        this.lowest = lowest;
        this.highest = highest;
        this.bound = bound;
    }

    /** Returns the error of {@code actual} in ulp of float, those of denormals being 2⁻¹⁴⁹. */
    double error(float x, float actual) {
        double expected = exact.applyAsDouble(x);
        if (Double.isInfinite(expected) || actual == expected) {
            return actual == expected ? 0 : Double.POSITIVE_INFINITY;
        }
        int exponent = Math.max(Math.getExponent(expected), Float.MIN_EXPONENT);
        return Math.scalb(Math.abs(actual - expected), Float.PRECISION - 1 - exponent);
    }

    private static double sigmoid(double x) {
        return 1 / (1 + StrictMath.exp(-x));
    }

    private static double softplus(double x) {
        return Math.max(x, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(x)));
    }

    private static Kernel each(Scalar function) {
        return (in, from, out, to, length) -> {
            for (int i = 0; i < length; i++) {
                out[to + i] = function.of(in[from + i]);
            }
        };
    }

    // A loop of its own for each: shared by several functions it would not be compiled whole.

    private static void exp(float[] in, int from, float[] out, int to, int length) {
        for (int i = 0; i < length; i += Lanes.WIDTH) {
            Exponential.exp(load(in, from + i)).intoArray(out, to + i);
        }
    }

    private static void expm1(float[] in, int from, float[] out, int to, int length) {
        for (int i = 0; i < length; i += Lanes.WIDTH) {
            Exponential.expm1(load(in, from + i)).intoArray(out, to + i);
        }
    }

    private static void decay(float[] in, int from, float[] out, int to, int length) {
        for (int i = 0; i < length; i += Lanes.WIDTH) {
            Exponential.decay(load(in, from + i).abs().neg()).intoArray(out, to + i);
        }
    }

    private static void log(float[] in, int from, float[] out, int to, int length) {
        for (int i = 0; i < length; i += Lanes.WIDTH) {
            Logarithm.vector(load(in, from + i)).intoArray(out, to + i);
        }
    }

    private static void softplus(float[] in, int from, float[] out, int to, int length) {
        for (int i = 0; i < length; i += Lanes.WIDTH) {
            Softplus.vector(load(in, from + i)).intoArray(out, to + i);
        }
    }

    private static void erf(float[] in, int from, float[] out, int to, int length) {
        for (int i = 0; i < length; i += Lanes.WIDTH) {
            ErrorFunction.vector(load(in, from + i)).intoArray(out, to + i);
        }
    }

    private static FloatVector load(float[] in, int at) {
        return FloatVector.fromArray(Lanes.SPECIES, in, at);
    }
}
