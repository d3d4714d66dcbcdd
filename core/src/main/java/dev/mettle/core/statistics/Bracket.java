package dev.mettle.core.statistics;

/**
 * A positive number that is known to lie between two limits; both are the number itself where it is
 * known. Limits that are not known are 0 and +infinity.
 *
 * @param low from 0; finite
 * @param high at least {@code low}, above 0; perhaps +infinity
 */
public record Bracket(double low, double high) {
    public Bracket {
        if (!(low >= 0 && low < Double.POSITIVE_INFINITY && high >= low && high > 0)) {
            throw new IllegalArgumentException(
                    "0 ≤ low (%s) ≤ high (%s) and high > 0 must hold.".formatted(low, high));
        }
    }

    /** Returns a number that is known. */
    static Bracket at(double value) {
        return new Bracket(value, value);
    }

    /** Tells whether the number is known. */
    public boolean isPoint() {
        return low == high;
    }

    /** Tells whether there is a lower limit. */
    public boolean hasLow() {
        return low > 0;
    }

    /** Tells whether there is an upper limit. */
    public boolean hasHigh() {
        return high < Double.POSITIVE_INFINITY;
    }

    /** Returns where this number divided by the other one lies. */
    public Bracket over(Bracket other) {
        return new Bracket(
                low / other.high, other.low == 0 ? Double.POSITIVE_INFINITY : high / other.low);
    }

    /** Returns where 1 divided by this number lies. */
    public Bracket inverse() {
        return at(1).over(this);
    }
}
