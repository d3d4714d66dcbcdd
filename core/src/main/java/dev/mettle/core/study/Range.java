package dev.mettle.core.study;

import dev.mettle.core.document.Place;
import dev.mettle.core.document.Scalar;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A dimension between two numbers, and the values drawn from it so far, which it numbers in the
 * order in which they first came.
 *
 * <p>Whole numbers have equal shares of a point's coordinate, the ends too; with {@code log} a
 * whole number v has the share of ln(v + 1/2) - ln(v - 1/2). Other numbers are rounded, so that
 * people can read and write them: to the largest power of ten that is at most a thousandth of the
 * width; with {@code log} to four significant digits where that is finer. Rounding never leaves the
 * range.
 */
final class Range {
    private static final int DIGITS = 4;

    /** Exponents of ten at which a number is written without one. */
    private static final int SMALLEST_PLAIN = -5;

    private static final int LARGEST_PLAIN = 15;

    /**
     * The kinds of a range.
     *
     * @param log whether equal ratios rather than equal differences have equal shares
     * @param integer whether values are whole
     */
    record Kind(boolean log, boolean integer) {}

    private final BigDecimal min;
    private final BigDecimal max;
    private final Kind kind;
    private final Place place;
    private final List<Space.Value> drawn = new ArrayList<>();
    private final Map<String, Integer> positions = new HashMap<>();

    /**
     * Takes the ends.
     *
     * @param min finite, above 0 for a logarithmic range; whole for an integer one
     * @param max above min; whole for an integer range
     * @param place of its values
     */
    Range(double min, double max, Kind kind, Place place) {
        this.min = decimal(min);
        this.max = decimal(max);
        this.kind = kind;
        this.place = place;
    }

    /** Returns how many different values there are; more than any other number if not whole. */
    long size() {
        return kind.integer() ? max.subtract(min).longValueExact() + 1 : Long.MAX_VALUE;
    }

    /** Returns the value at a position that {@link #draw} gave. */
    Space.Value value(int position) {
        return drawn.get(position);
    }

    /** Returns the position of the value at a coordinate in (0, 1). */
    int draw(double coordinate) {
        return position(text(number(coordinate)));
    }

    /** Returns the position of a value that was drawn before, perhaps by another process. */
    int position(String text) {
        return positions.computeIfAbsent(
                text,
                _ -> {
                    drawn.add(new Space.Value(text, new Scalar(text, Scalar.Kind.NUMBER, place)));
                    return drawn.size() - 1;
                });
    }

    /**
     * Returns a coordinate in [0, 1] of the value at a position: the middle of a whole number's
     * share, the inverse of {@link #draw} but for rounding of other numbers.
     */
    double coordinate(int position) {
        double value = Double.parseDouble(drawn.get(position).label());
        double half = kind.integer() ? 0.5 : 0;
        double low = min.doubleValue() - half;
        double high = max.doubleValue() + half;
        double share =
                kind.log()
                        ? (StrictMath.log(value) - StrictMath.log(low))
                                / (StrictMath.log(high) - StrictMath.log(low))
                        : (value / 2 - low / 2) / (high / 2 - low / 2); // halves never overflow
        return Math.clamp(share, 0.0, 1.0);
    }

    private BigDecimal number(double coordinate) {
        double low = min.doubleValue();
        double high = max.doubleValue();
        if (kind.integer()) {
            double whole =
                    kind.log()
                            ? Math.rint(between(low - 0.5, high + 0.5, coordinate))
                            : low + Math.floor(coordinate * (high - low + 1));
            return within(new BigDecimal(whole));
        }
        BigDecimal exact = new BigDecimal(between(low, high, coordinate));
        int scale = DIGITS - 1 - exponent(max.subtract(min));
        if (kind.log()) {
            scale = Math.max(scale, DIGITS - 1 - exponent(exact));
        }
        return within(exact.setScale(scale, RoundingMode.HALF_EVEN));
    }

    private double between(double low, double high, double coordinate) {
        if (!kind.log()) {
            return low * (1 - coordinate) + high * coordinate; // never overflows
        }
        double from = StrictMath.log(low);
        return StrictMath.exp(from + coordinate * (StrictMath.log(high) - from));
    }

    private BigDecimal within(BigDecimal number) {
        return number.max(min).min(max);
    }

    /** Returns the exponent of ten of the first digit. */
    private static int exponent(BigDecimal number) {
        return number.precision() - number.scale() - 1;
    }

    private static BigDecimal decimal(double number) {
        return BigDecimal.valueOf(number).stripTrailingZeros();
    }

    /** Returns a number as one writes it: {@code 0.003162}, {@code 64}, {@code 3.162e-8}. */
    private static String text(BigDecimal number) {
        BigDecimal shortest = number.stripTrailingZeros();
        int exponent = exponent(shortest);
        if (exponent >= SMALLEST_PLAIN && exponent <= LARGEST_PLAIN || shortest.signum() == 0) {
            return shortest.toPlainString();
        }
        BigInteger digits = shortest.unscaledValue();
        return new BigDecimal(digits, shortest.precision() - 1).toPlainString() + "e" + exponent;
    }
}
