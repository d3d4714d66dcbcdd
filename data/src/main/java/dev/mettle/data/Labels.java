package dev.mettle.data;

import dev.mettle.core.study.DataException;

import java.util.BitSet;
import java.util.List;

/** What must hold of class labels: whole numbers 0, 1, ..., at least two different ones. */
final class Labels {
    private static final String KEY = "target";

    private Labels() {}

    /**
     * Checks labels and returns the number of classes: that of the names, or where there are none,
     * the largest label + 1.
     *
     * @param where what messages call the labels
     */
    static int classes(double[] labels, List<String> names, Location where) {
        Checks.present(KEY, where, labels);
        requireWhole(labels, where);
        Checks.varied(KEY, where, labels);
        if (names.isEmpty()) {
            return numbered(labels, where);
        }
        for (int row = 0; row < labels.length; row++) {
            if (labels[row] >= names.size()) {
                throw new DataException(
                        KEY,
                        "%s: label %.0f has no class; 'classes' names %d, for the labels 0 to %d."
                                .formatted(
                                        where.row(row),
                                        labels[row],
                                        names.size(),
                                        names.size() - 1));
            }
        }
        return names.size();
    }

    private static void requireWhole(double[] labels, Location where) {
        int bad = 0;
        int first = -1;
        for (int row = 0; row < labels.length; row++) {
            if (!(labels[row] >= 0 && labels[row] == Math.rint(labels[row]))
                    || Double.isInfinite(labels[row])) {
                first = bad == 0 ? row : first;
                bad++;
            }
        }
        if (bad > 0) {
            throw new DataException(
                    KEY,
                    ("%s: %s is not a class label; labels are the whole numbers 0, 1, ... %d of %d"
                         + " values are not.%s To predict numbers, write task: regression.")
                            .formatted(
                                    where.row(first),
                                    labels[first],
                                    bad,
                                    labels.length,
                                    where.note()));
        }
    }

    private static int numbered(double[] labels, Location where) {
        double largest = 0;
        double smallest = labels[0];
        BitSet seen = new BitSet();
        for (double label : labels) {
            largest = Math.max(largest, label);
            smallest = Math.min(smallest, label);
            if (label <= labels.length) { // a larger one leaves a gap, as there are too few rows
                seen.set((int) label);
            }
        }
        int missing = seen.nextClearBit(0);
        if (missing > largest) {
            return missing;
        }
        throw new DataException(
                KEY,
                ("%s: no row has the label %d, but labels go from %.0f to %.0f; classes must be"
                                + " numbered 0, 1, ... without a gap.%s")
                        .formatted(
                                where.array(),
                                missing,
                                smallest,
                                largest,
                                smallest == 1 && seen.nextClearBit(1) > largest
                                        ? " Subtract 1 from all."
                                        : " Renumber them: numpy.unique(labels,"
                                                + " return_inverse=True)[1]; or name every class"
                                                + " with 'classes' to allow absent ones."));
    }
}
