package dev.mettle.data;

import java.util.ArrayList;
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

    /** Returns the same texts, without names that no row has. */
    Texts inUse() {
        boolean[] used = new boolean[names.size()];
        for (int code : codes) {
            if (code != MISSING) {
                used[code] = true;
            }
        }
        int[] renamed = new int[used.length];
        List<String> kept = new ArrayList<>();
        for (int code = 0; code < used.length; code++) {
            renamed[code] = kept.size();
            if (used[code]) {
                kept.add(names.get(code));
            }
        }
        int[] fewer = new int[codes.length];
        for (int row = 0; row < codes.length; row++) {
            fewer[row] = codes[row] == MISSING ? MISSING : renamed[codes[row]];
        }
        return new Texts(kept, fewer);
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
