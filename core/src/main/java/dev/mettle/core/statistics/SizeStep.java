package dev.mettle.core.statistics;

/**
 * What the losses at one training-sample size say by themselves.
 *
 * @param rows rows of a sample
 * @param instances trained on such samples
 * @param failures failed ones among them
 * @param cv of the losses; +infinity with a failure, or where the mean is not positive
 * @param lower one-sided lower limit of cv, of level 1 - alpha; +infinity with a failure
 * @param upper one-sided upper limit of cv, of level 1 - alpha
 * @param limit greatest cv of a robust candidate, at this size
 * @param proof what is proved at level alpha
 */
public record SizeStep(
        int rows,
        int instances,
        int failures,
        double cv,
        double lower,
        double upper,
        double limit,
        Proof proof) {
    /** What a size proves by itself. */
    public enum Proof {
        /** The upper limit of cv is at or below the limit, and no instance failed. */
        ROBUST,
        /** An instance failed, or the lower limit of cv is above the limit. */
        NOT_ROBUST,
        /** Neither, or too few instances. */
        OPEN
    }

    static SizeStep of(SizedLosses sized, Robustness.Limits limits, double alpha) {
        Losses losses = sized.sorted();
        CvLimits cv = CvLimits.of(losses, alpha);
        return new SizeStep(
                sized.rows(),
                losses.count(),
                losses.failures(),
                losses.cv(),
                cv.lower(),
                cv.upper(),
                limits.cv(),
                proof(losses, cv, limits));
    }

    private static Proof proof(Losses losses, CvLimits cv, Robustness.Limits limits) {
        if (losses.failures() > 0) {
            return Proof.NOT_ROBUST;
        }
        if (losses.count() < limits.instances()) {
            return Proof.OPEN;
        }
        if (cv.upper() <= limits.cv()) {
            return Proof.ROBUST;
        }
        return cv.lower() > limits.cv() ? Proof.NOT_ROBUST : Proof.OPEN;
    }
}
