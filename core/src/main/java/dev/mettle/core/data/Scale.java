package dev.mettle.core.data;

/**
 * A scale fitted on one sample: {@code apply(x) = (g(x) - mean) / deviation}, where g is the
 * transform. Bits are the same everywhere: logarithms are {@link StrictMath}'s.
 *
 * @param transform the function g
 * @param unit size of x at which {@link Transform#ASINH} bends; positive; 1 for the others
 * @param mean mean of g over the sample; 0 for no scaling
 * @param deviation standard deviation of g over the sample; positive; 1 for no scaling
 * @param missing scaled number that stands for a missing one, NaN: that of the sample's mean
 */
public record Scale(
        Transform transform, double unit, double mean, double deviation, double missing) {
    /** Leaves numbers as they are. */
    public static final Scale NONE = new Scale(Transform.IDENTITY, 1, 0, 1);

    /** The function applied before mean and deviation. */
    public enum Transform {
        /** g(x) = x. */
        IDENTITY,
        /** g(x) = asinh(x / unit) = sign(x) ln(|x|/unit + √(1 + (x/unit)²)). */
        ASINH,
        /** g(x) = ln x, for x &gt; 0. */
        LOG;

        /** Returns g(x); NaN for the logarithm of a negative number. */
        public double apply(double x, double unit) {
            return switch (this) {
                case IDENTITY -> x;
                case ASINH -> asinh(x / unit);
                case LOG -> StrictMath.log(x);
            };
        }

        private static double asinh(double x) {
            double size = Math.abs(x);
            return Math.copySign(StrictMath.log(size + Math.sqrt(size * size + 1)), x);
        }
    }

    /** A scale that takes a missing number for the mean. */
    public Scale(Transform transform, double unit, double mean, double deviation) {
        this(transform, unit, mean, deviation, 0);
    }

    public Scale {
        if (!(unit > 0 && deviation > 0) || !Double.isFinite(mean)) {
            throw new IllegalArgumentException(
                    "scale with unit %s, mean %s, deviation %s: unit and deviation must be positive."
                            .formatted(unit, mean, deviation));
        }
    }

    /** Returns the scaled number that a network sees; NaN is a missing number. */
    public double apply(double x) {
        return Double.isNaN(x) ? missing : (transform.apply(x, unit) - mean) / deviation;
    }

    /**
     * Undoes mean and deviation, not the transform: returns g in its own unit (ln units for {@link
     * Transform#LOG}).
     */
    public double undo(double scaled) {
        return scaled * deviation + mean;
    }
}
