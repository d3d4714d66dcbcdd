package dev.mettle.calorimeter.simulation;

/**
 * The gamma function and its incomplete integral, from + - × ÷ and {@link StrictMath} only: the
 * same bits everywhere.
 */
final class GammaFunction {
    /** Above this, six terms of Stirling's series are exact to 10⁻¹⁵. */
    private static final double STIRLING_FROM = 10;

    private static final double HALF_LN_TWO_PI = 0.918938533204672741780;

    /** B(2k) / (2k (2k - 1)) of Stirling's series (DLMF 5.11.1). */
    private static final double[] STIRLING = {
        1 / 12.0, -1 / 360.0, 1 / 1260.0, -1 / 1680.0, 1 / 1188.0, -691 / 360360.0, 1 / 156.0
    };

    private static final double PRECISION = 0x1p-50;
    private static final double TINY = 1e-300;
    private static final int MOST_TERMS = 10_000;

    private GammaFunction() {}

    /**
     * Returns ln Γ(a) for a > 0: Stirling's series (DLMF 5.11.1), after Γ(a) = Γ(a+1)/a has brought
     * a to {@value #STIRLING_FROM} or more.
     */
    static double lnGamma(double a) {
        double product = 1;
        double x = a;
        while (x < STIRLING_FROM) {
            product *= x;
            x++;
        }
        double square = 1 / (x * x);
        double sum = 0;
        for (int k = STIRLING.length - 1; k >= 0; k--) {
            sum = sum * square + STIRLING[k];
        }
        double ln = (x - 0.5) * StrictMath.log(x) - x + HALF_LN_TWO_PI + sum / x;
        return product == 1 ? ln : ln - StrictMath.log(product);
    }

    /**
     * Returns the share of a gamma distribution of shape {@code a} and scale 1 below {@code x} ≥ 0:
     * P(a, x) = γ(a, x)/Γ(a). Series (DLMF 8.11.4) for x below a + 1, else Legendre's continued
     * fraction for the rest (DLMF 8.9.2), by Lentz's method; absolute error below 10⁻¹².
     *
     * @param lnGamma ln Γ(a), which callers with many x compute once
     */
    static double share(double a, double lnGamma, double x) {
        if (!(x > 0)) {
            return 0;
        }
        double front = StrictMath.exp(a * StrictMath.log(x) - x - lnGamma);
        return x < a + 1 ? front * series(a, x) : 1 - front * fraction(a, x);
    }

    private static double series(double a, double x) {
        double term = 1 / a;
        double sum = term;
        for (int n = 1; n < MOST_TERMS && term > sum * PRECISION; n++) {
            term *= x / (a + n);
            sum += term;
        }
        return sum;
    }

    private static double fraction(double a, double x) {
        double b = x + 1 - a;
        double c = 1 / TINY;
        double d = 1 / b;
        double value = d;
        double change = 0;
        for (int n = 1; n < MOST_TERMS && Math.abs(change - 1) > PRECISION; n++) {
            double numerator = n * (a - n);
            b += 2;
            d = 1 / nonZero(numerator * d + b);
            c = nonZero(b + numerator / c);
            change = c * d;
            value *= change;
        }
        return value;
    }

    private static double nonZero(double value) {
        return Math.abs(value) < TINY ? TINY : value;
    }
}
