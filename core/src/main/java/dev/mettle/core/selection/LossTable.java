package dev.mettle.core.selection;

import dev.mettle.core.statistics.Losses;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The losses of a race: one row per candidate, one column per instance. All that selection ever
 * sees. A failed instance has loss +infinity. Losses of previews, which train on fewer rows, are a
 * table of their own.
 */
public final class LossTable {
    private static final double UNKNOWN = Double.NaN;

    private final List<String> candidates;
    private final Map<String, double[]> rows = new HashMap<>();
    private final int instances;
    private @Nullable LossTable previews;

    /** Starts a table without losses. */
    public LossTable(List<String> candidates, int instances) {
        this.candidates = List.copyOf(candidates);
        this.instances = instances;
        for (String candidate : candidates) {
            double[] row = new double[instances];
            Arrays.fill(row, UNKNOWN);
            rows.put(candidate, row);
        }
    }

    /** Returns the losses of the previews: a table of the same candidates and instances. */
    public LossTable previews() {
        if (previews == null) {
            previews = new LossTable(candidates, instances);
        }
        return previews;
    }

    /** Enters a loss; one of a candidate or an instance outside the table is an error. */
    public void put(String candidate, int instance, double loss) {
        if (!(loss > Double.NEGATIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "a loss (%s) must be a number above -infinity.".formatted(loss));
        }
        Objects.checkIndex(instance, instances);
        row(candidate)[instance] = loss;
    }

    /** Tells whether the loss is known. */
    public boolean has(String candidate, int instance) {
        return !Double.isNaN(row(candidate)[instance]);
    }

    /** Returns a loss, which is known. */
    public double loss(String candidate, int instance) {
        return row(candidate)[instance];
    }

    /** Returns the losses of instances 0 to count - 1, all of which are known. */
    public Losses first(String candidate, int count) {
        return Losses.of(Arrays.copyOf(row(candidate), count));
    }

    /** Returns the same losses in the order of their instances. */
    double[] losses(String candidate, int count) {
        return Arrays.copyOf(row(candidate), count);
    }

    /**
     * Returns the table whose instance k is instance {@code instances[k]} of this one, the same for
     * all candidates, so that they stay paired. An instance may be taken several times.
     *
     * @param instances at least one, each from 0 to {@link #instances} - 1
     */
    public LossTable columns(int... instances) {
        LossTable table = new LossTable(candidates, instances.length);
        for (String candidate : candidates) {
            double[] from = row(candidate);
            double[] to = table.row(candidate);
            for (int k = 0; k < instances.length; k++) {
                to[k] = from[instances[k]];
            }
        }
        if (previews != null) {
            table.previews = previews.columns(instances);
        }
        return table;
    }

    /** Returns the candidates' ids, in the order of the study. */
    public List<String> candidates() {
        return candidates;
    }

    /** Returns the greatest number of instances per candidate. */
    public int instances() {
        return instances;
    }

    private double[] row(String candidate) {
        double[] row = rows.get(candidate);
        if (row == null) {
            throw new IllegalArgumentException(
                    "candidate %s is not in the table.".formatted(candidate));
        }
        return row;
    }
}
