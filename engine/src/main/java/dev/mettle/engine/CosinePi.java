package dev.mettle.engine;

/**
 * cos πx by the polynomials of fdlibm's kernels, with + - × alone: the bits are the same
 * everywhere, and nothing is allocated, as StrictMath.cos does at every call.
 */
final class CosinePi {
    private static final double C1 = 4.16666666666666019037e-02;
    private static final double C2 = -1.38888888888741095749e-03;
    private static final double C3 = 2.48015872894767294178e-05;
    private static final double C4 = -2.75573143513906633035e-07;
    private static final double C5 = 2.08757232129817482790e-09;
    private static final double C6 = -1.13596475577881948265e-11;
    private static final double S1 = -1.66666666666666324348e-01;
    private static final double S2 = 8.33333333332248946124e-03;
    private static final double S3 = -1.98412698298579493134e-04;
    private static final double S4 = 2.75573137070700676789e-06;
    private static final double S5 = -2.50507602534068634195e-08;
    private static final double S6 = 1.58969099521155010221e-10;

    private CosinePi() {}

    /** Returns cos πx for x in [0, 1], within 3 · 10⁻¹⁶. */
    static double of(double x) {
        if (x > 0.5) {
            return -of(1 - x);
        }
        return x <= 0.25 ? cosine(Math.PI * x) : sine(Math.PI * (0.5 - x));
    }

    /** For sizes up to π / 4. */
    private static double cosine(double x) {
        double z = x * x;
        double tail = z * (C1 + z * (C2 + z * (C3 + z * (C4 + z * (C5 + z * C6)))));
        return 1 - (0.5 * z - z * tail);
    }

    private static double sine(double x) {
        double z = x * x;
        return x + z * x * (S1 + z * (S2 + z * (S3 + z * (S4 + z * (S5 + z * S6)))));
    }
}
