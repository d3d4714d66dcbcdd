package dev.mettle.core.statistics.components;

import dev.mettle.core.data.Series;
import dev.mettle.core.random.Seed;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Losses of one candidate on a complete crossed grid of two or three sources of randomness: every
 * level of each source met every level of the others.
 *
 * @param axes the sources with their levels
 * @param losses one for each cell, the last source fastest; +infinity where the training failed
 */
public record LossGrid(List<Axis> axes, Series losses) {
    /**
     * A source of randomness.
     *
     * @param source which
     * @param labels names of its levels, all different
     */
    public record Axis(Seed.Source source, List<String> labels) {
        public Axis {
            labels = List.copyOf(labels);
        }

        /** Returns the word that options, tables and JSON use: init, sample, order. */
        public String name() {
            return source.name().toLowerCase(Locale.ROOT);
        }

        /** Returns the source as a sentence names it. */
        public String words() {
            return switch (source) {
                case INIT -> "initial weights";
                case SAMPLE -> "training sample";
                case ORDER -> "order of mini-batches";
            };
        }
    }

    public LossGrid {
        axes = List.copyOf(axes);
        int cells = 1;
        for (Axis axis : axes) {
            cells *= axis.labels().size();
        }
        if (axes.size() < 2 || axes.size() > 3 || cells != losses.size()) {
            throw new IllegalArgumentException(
                    "a grid of %d sources and %d cells does not fit %d losses."
                            .formatted(axes.size(), cells, losses.size()));
        }
        for (int cell = 0; cell < cells; cell++) {
            if (!(losses.get(cell) > Double.NEGATIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "a loss (%s) must be a number above -infinity."
                                .formatted(losses.get(cell)));
            }
        }
    }

    /** Returns the number of levels of each source. */
    public int[] levels() {
        return axes.stream().mapToInt(axis -> axis.labels().size()).toArray();
    }

    /** Returns the size as people write it: 16x16. */
    public String size() {
        return size(levels());
    }

    static String size(int[] levels) {
        List<String> parts = new ArrayList<>();
        for (int count : levels) {
            parts.add(Integer.toString(count));
        }
        return String.join("x", parts);
    }

    /** Tells for each cell whether its training failed. */
    boolean[] failed() {
        boolean[] failed = new boolean[losses.size()];
        for (int cell = 0; cell < failed.length; cell++) {
            failed[cell] = losses.get(cell) == Double.POSITIVE_INFINITY;
        }
        return failed;
    }

    /**
     * Returns the name of a term: of one source its own, of two sources' interaction "interaction",
     * else "init x sample" and so on.
     */
    public String term(int term) {
        if (axes.size() == 2 && term == 3) {
            return "interaction";
        }
        List<String> names = new ArrayList<>();
        for (int factor = 0; factor < axes.size(); factor++) {
            if (CrossedGrid.contains(term, factor)) {
                names.add(axes.get(factor).name());
            }
        }
        return String.join(" x ", names);
    }

    /** Returns a term as a sentence names it. */
    public String termWords(int term) {
        if (Integer.bitCount(term) == 1) {
            return axes.get(Integer.numberOfTrailingZeros(term)).words();
        }
        if (axes.size() == 2) {
            return "interaction of the two";
        }
        List<String> names = new ArrayList<>();
        for (int factor = 0; factor < axes.size(); factor++) {
            if (CrossedGrid.contains(term, factor)) {
                names.add(axes.get(factor).name());
            }
        }
        return "interaction of "
                + String.join(", ", names.subList(0, names.size() - 1))
                + " and "
                + names.getLast();
    }
}
