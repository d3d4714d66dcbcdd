package dev.mettle.core.study;

/**
 * What the certificate asks for: with this confidence, at least this share of all future trainings
 * has a loss at or below the bound.
 *
 * @param instances fresh instances of an attempt
 * @param coverage in (0, 1)
 * @param confidence in (0, 1), over all attempts together
 * @param attempts finalists that may be tried, declared beforehand, at least 1
 */
public record CertificateSettings(int instances, double coverage, double confidence, int attempts) {
    public CertificateSettings {
        if (!(coverage > 0 && coverage < 1 && confidence > 0 && confidence < 1)) {
            throw new IllegalArgumentException(
                    "coverage (%s) and confidence (%s) must be inside (0, 1)."
                            .formatted(coverage, confidence));
        }
        if (attempts < 1 || instances < 1) {
            throw new IllegalArgumentException(
                    "instances (%d) and attempts (%d) must be 1 or more."
                            .formatted(instances, attempts));
        }
    }

    /**
     * Returns the confidence each attempt must reach, so that all together reach {@link
     * #confidence}: Bonferroni.
     */
    public double confidencePerAttempt() {
        return 1 - (1 - confidence) / attempts;
    }
}
