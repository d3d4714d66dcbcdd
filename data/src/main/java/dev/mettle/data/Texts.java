package dev.mettle.data;

import java.util.List;

/**
 * A column of texts, as codes. Immutable by agreement: the codes are shared.
 *
 * @param names the different texts, sorted
 * @param codes for each row which of them it is; {@link #MISSING} for none
 */
@SuppressWarnings("ArrayRecordComponent") // a million codes are not copied
public record Texts(List<String> names, int[] codes) {
    /** Code of a row without a value. */
    public static final int MISSING = -1;

    public Texts {
        names = List.copyOf(names);
    }

    /** Returns the codes, NaN for a row without a value. */
    double[] toDoubles() {
        double[] doubles = new double[codes.length];
        for (int row = 0; row < doubles.length; row++) {
            doubles[row] = codes[row] == MISSING ? Double.NaN : codes[row];
        }
        return doubles;
    }
}
