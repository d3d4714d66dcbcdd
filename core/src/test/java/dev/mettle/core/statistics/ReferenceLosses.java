package dev.mettle.core.statistics;

/** The losses of reference/loss_statistics.py. */
final class ReferenceLosses {
    /** Twenty losses of a candidate. */
    static final Losses TWENTY =
            Losses.of(
                    0.0123, 0.0151, 0.0118, 0.0135, 0.0127, 0.0142, 0.0119, 0.0131, 0.0210, 0.0125,
                    0.0138, 0.0129, 0.0147, 0.0116, 0.0133, 0.0122, 0.0164, 0.0128, 0.0140, 0.0121);

    /** Ten losses, two of them not positive. */
    static final Losses MIXED = Losses.of(-0.4, 0.1, 0.7, 0.2, 1.9, 0.3, -0.1, 0.8, 0.5, 0.6);

    /** Forty draws of exp(normal). */
    static final Losses SKEWED =
            Losses.of(
                    1.208, 0.593, 0.662, 0.087, 6.048, 3.14, 0.722, 2.168, 1.325, 0.575, 2.658,
                    0.733, 0.72, 0.453, 1.576, 0.906, 1.725, 0.545, 1.135, 0.41, 2.32, 1.207, 1.392,
                    1.508, 0.364, 2.188, 7.82, 0.194, 0.177, 0.222, 2.32, 1.137, 2.94, 2.059, 1.234,
                    1.328, 0.844, 2.383, 0.323, 0.656);

    private ReferenceLosses() {}
}
