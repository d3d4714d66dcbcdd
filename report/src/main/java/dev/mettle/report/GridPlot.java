package dev.mettle.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.mettle.core.statistics.components.Decomposition;
import dev.mettle.core.statistics.components.LossGrid;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The grid of losses as a heat map: inits down, samples across, both with the smallest mean first.
 * Of three sources each cell is the mean over the orders of mini-batches, failed if one of them
 * failed.
 */
final class GridPlot {
    private static final int TALLEST = 420;
    private static final int ROW_HEIGHT = 20;

    private final Decomposition decomposition;
    private final LossGrid grid;

    /** By init, then sample; +infinity where a training failed. */
    private final double[][] cells;

    private GridPlot(Decomposition decomposition) {
        this.decomposition = decomposition;
        this.grid = decomposition.grid();
        int[] levels = grid.levels();
        int orders = levels.length == 3 ? levels[2] : 1;
        this.cells = new double[levels[0]][levels[1]];
        for (int cell = 0; cell < grid.losses().size(); cell++) {
            double loss = grid.losses().get(cell);
            int place = cell / orders;
            cells[place / levels[1]][place % levels[1]] +=
                    (decomposition.logarithmic() ? Math.log(loss) : loss) / orders;
        }
    }

    /** Draws the grid; empty when every training failed. */
    static Optional<Plot> of(Decomposition decomposition, String id, String name) {
        GridPlot plot = new GridPlot(decomposition);
        return Arrays.stream(plot.cells).flatMapToDouble(Arrays::stream).anyMatch(Double::isFinite)
                ? Optional.of(plot.plot(id, name))
                : Optional.empty();
    }

    private Plot plot(String id, String name) {
        ObjectNode spec = Plot.template("grid");
        double mean = mean(Arrays.stream(cells).flatMapToDouble(Arrays::stream).toArray());
        ArrayNode finite = Plot.data(spec, "cells");
        ArrayNode failed = Plot.data(spec, "failed");
        for (int init = 0; init < cells.length; init++) {
            for (int sample = 0; sample < cells[init].length; sample++) {
                double value = cells[init][sample];
                ObjectNode node =
                        (Double.isFinite(value) ? finite : failed)
                                .addObject()
                                .put("init", grid.axes().get(0).labels().get(init))
                                .put("sample", grid.axes().get(1).labels().get(sample));
                if (Double.isFinite(value)) {
                    node.put("value", (float) (value - mean));
                    node.put(
                            "loss",
                            (float) (decomposition.logarithmic() ? Math.exp(value) : value));
                }
            }
        }
        order(spec.withObject("/encoding/y"), 0);
        order(spec.withObject("/encoding/x"), 1);
        spec.put("height", Math.min(TALLEST, ROW_HEIGHT * cells.length));
        if (!decomposition.logarithmic()) { // differences, not factors
            ObjectNode legend = (ObjectNode) spec.at("/layer/0/encoding/color/legend");
            legend.remove("labelExpr");
            legend.put("title", "loss less the mean");
        }
        return new Plot(
                id, "%s: every training of the grid".formatted(name), reading(failed), spec);
    }

    /** Sorts a source's levels by their mean over the trainings that completed. */
    private void order(ObjectNode channel, int factor) {
        List<String> labels = grid.axes().get(factor).labels();
        ArrayNode sorted = channel.putArray("sort");
        IntStream.range(0, labels.size())
                .boxed()
                .sorted(Comparator.comparingDouble(level -> mean(line(factor, level))))
                .forEach(level -> sorted.add(labels.get(level)));
    }

    private double[] line(int factor, int level) {
        return factor == 0
                ? cells[level]
                : Arrays.stream(cells).mapToDouble(row -> row[level]).toArray();
    }

    /** Returns the mean of the finite numbers; +infinity without any. */
    private static double mean(double[] values) {
        return Arrays.stream(values)
                .filter(Double::isFinite)
                .average()
                .orElse(Double.POSITIVE_INFINITY);
    }

    private Html reading(ArrayNode failed) {
        return Html.of(
                "Each cell is one training%s: its row has the initial weights, its column the"
                    + " training sample, both with the smallest mean loss first. Darker is worse;"
                    + " the scale is the loss %s. Stripes across come from the weights, stripes"
                    + " down from the sample, and spots from the interaction.%s",
                grid.axes().size() == 3 ? " for each order of mini-batches, taken together" : "",
                decomposition.logarithmic()
                        ? "over the geometric mean of all"
                        : "less the mean of all",
                failed.isEmpty() ? "" : " White cells with a cross failed.");
    }
}
