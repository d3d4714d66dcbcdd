package dev.mettle.core.statistics;

/**
 * One-sided limits of cv, for tests against a greatest cv: each is beyond the truth with
 * probability alpha at most, for normal and for log-normal losses. {@link Spread} has one interval
 * for log-normal losses and one for normal ones; the limit is the outer one of both, and never
 * inside the sample's own cv. The logarithms' limit alone is below a cv of 10 % of 50 normal losses
 * too seldom on one side and too often on the other (6.5 % in place of 5 %); to take both costs 1 %
 * of its distance (docs/math/sample-size.md).
 *
 * @param lower +infinity when a failure was seen; 0 when nothing is known
 * @param upper +infinity when a failure was seen, or nothing is known
 */
record CvLimits(double lower, double upper) {
    private static final CvLimits UNKNOWN = new CvLimits(0, Double.POSITIVE_INFINITY);

    /**
     * Returns both limits; nothing is known from one loss, or where the mean is not positive.
     *
     * @param alpha probability with which each alone may be wrong, in (0, 0.5)
     */
    static CvLimits of(Losses losses, double alpha) {
        if (losses.failures() > 0) {
            return new CvLimits(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);
        }
        if (losses.count() < 2 || !(losses.mean() > 0)) {
            return UNKNOWN;
        }
        Spread logarithms = Spread.of(losses);
        Spread themselves = Spread.ofLossesThemselves(losses);
        double cv = losses.cv();
        return new CvLimits(
                Math.min(
                        cv,
                        Math.min(
                                logarithms.cvExceededWith(1 - alpha),
                                themselves.cvExceededWith(1 - alpha))),
                Math.max(
                        cv,
                        Math.max(
                                logarithms.cvExceededWith(alpha),
                                themselves.cvExceededWith(alpha))));
    }
}
