package dev.mettle.core.data;

import java.util.Arrays;

/** An immutable list of numbers. Equal when the bits are equal, with NaN made canonical. */
public final class Series {
    /** No numbers. */
    public static final Series EMPTY = new Series(new double[0]);

    private final double[] values;

    private Series(double[] values) {
        this.values = values;
    }

    /** Copies the numbers given. */
    public static Series of(double... values) {
        return new Series(values.clone());
    }

    /** Copies the first {@code length} of the numbers given. */
    public static Series of(float[] values, int length) {
        double[] copy = new double[length];
        for (int i = 0; i < length; i++) {
            copy[i] = values[i];
        }
        return new Series(copy);
    }

    /** Returns how many numbers there are. */
    public int size() {
        return values.length;
    }

    /** Returns the i-th number, from 0. */
    public double get(int i) {
        return values[i];
    }

    /** Returns a copy of the numbers. */
    public double[] toArray() {
        return values.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Series that && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return Arrays.toString(values);
    }
}
