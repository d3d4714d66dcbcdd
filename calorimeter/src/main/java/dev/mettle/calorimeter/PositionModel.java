package dev.mettle.calorimeter;

import dev.mettle.core.data.Dataset;
import dev.mettle.core.data.Sample;
import dev.mettle.core.instance.TargetModel;

import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * The classical position of a shower: the barycentre in a 3x3 window around the largest cell,
 * corrected for its S-curve ({@link SCurve}, docs/math/baselines.md). It is fitted in the unit of
 * the target, from which it learns the size of a cell.
 */
public final class PositionModel implements TargetModel {
    /** Outer cells carry more noise than knowledge of the place. */
    private static final int WINDOW = 3;

    private final Dataset data;
    private final int target;
    private final Axis axis;
    private final ShowerSums showers;

    /**
     * Computes the barycentre of every row.
     *
     * @param data inputs are matrices of cells
     * @param target which target is the position, in any unit of length, without a transform
     * @param axis along which index the position is measured
     * @throws IllegalArgumentException when an input is no matrix of at least 3x3 cells
     */
    public PositionModel(Dataset data, int target, Axis axis) {
        this.data = data;
        this.target = target;
        this.axis = axis;
        this.showers = new ShowerSums(data, WINDOW);
    }

    @Override
    public String name() {
        return "corrected barycentre";
    }

    @Override
    public Fitted fit(Sample sample) {
        int[] rows = sample.rows();
        double[] cells = new double[rows.length];
        double[] places = new double[rows.length];
        double[] positions = new double[rows.length];
        for (int i = 0; i < rows.length; i++) {
            cells[i] = showers.cell(rows[i], axis);
            places[i] = showers.place(rows[i], axis);
            positions[i] = data.target(rows[i], target);
        }
        SCurve curve = SCurve.fit(cells, places, positions, SCurve.MAX_EVALUATIONS);
        return new Fitted() {
            @Override
            public double predict(int row) {
                return curve.predict(showers.cell(row, axis), showers.place(row, axis));
            }

            @Override
            public SequencedMap<String, Double> constants() {
                SequencedMap<String, Double> constants = new LinkedHashMap<>();
                constants.put("offset", curve.offset());
                constants.put("pitch", curve.pitch());
                constants.put("width", curve.width());
                return constants;
            }
        };
    }
}
