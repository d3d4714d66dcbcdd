package dev.mettle.data;

import dev.mettle.core.data.Scale;
import dev.mettle.core.study.ScaleKind;

import java.util.Arrays;

/**
 * Fits the scale of a column with missing values (NaN) on the rows of a sample that have one, as
 * {@link ScaleFit} does (docs/math/scales.md); a missing value becomes what the mean of g(x) over
 * them becomes: 0, or without scaling their mean. A sample without any value leaves numbers as they
 * are, and a missing one is 0.
 */
final class ImputedFit {
    private ImputedFit() {}

    /** Fits the scale of one column of a table [.., columns]. */
    static Scale of(ScaleKind kind, float[] table, int columns, int column, int[] rows) {
        float[] present = new float[rows.length];
        int count = 0;
        for (int row : rows) {
            float value = table[row * columns + column];
            if (!Float.isNaN(value)) {
                present[count++] = value;
            }
        }
        if (count == 0) {
            return Scale.NONE;
        }
        int[] order = new int[count];
        Arrays.setAll(order, i -> i);
        if (kind != ScaleKind.NONE) {
            return ScaleFit.columns(kind, present, 1, order).getFirst();
        }
        double mean = ScaleFit.columns(ScaleKind.STANDARD, present, 1, order).getFirst().mean();
        return new Scale(Scale.Transform.IDENTITY, 1, 0, 1, mean);
    }
}
