package dev.mettle.linear;

import dev.mettle.core.data.Dataset;
import dev.mettle.core.data.Sample;
import dev.mettle.core.data.Scale;
import dev.mettle.core.instance.TargetModel;

import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * Ridge regression of one target, after its transform, on all inputs and features of a row
 * (docs/math/baselines.md).
 */
public final class RidgeModel implements TargetModel {
    /**
     * Rows or columns, whichever are fewer: a fit of 1,024 takes seconds, and grows by the cube.
     */
    private static final int MOST = 1024;

    /** Rows times columns: 160 MB. */
    private static final long MOST_CELLS = 20_000_000;

    private final Dataset data;
    private final int target;
    private final Scale.Transform transform;

    /**
     * Takes the data as they are.
     *
     * @param target which target
     * @param transform of that target
     */
    public RidgeModel(Dataset data, int target, Scale.Transform transform) {
        this.data = data;
        this.target = target;
        this.transform = transform;
    }

    /** Tells whether samples of {@code rows} rows of these data are fitted in seconds. */
    public static boolean suits(Dataset data, int rows) {
        long columns = Columns.count(data);
        return Math.min(columns, rows) <= MOST && columns * rows <= MOST_CELLS;
    }

    @Override
    public String name() {
        return "ridge regression";
    }

    @Override
    public Fitted fit(Sample sample) {
        Columns columns = new Columns(data, sample);
        double[] goal = new double[sample.rows().length];
        double sum = 0;
        for (int i = 0; i < goal.length; i++) {
            goal[i] = transform.apply(data.target(sample.rows()[i], target), 1);
            sum += goal[i];
        }
        double mean = sum / goal.length;
        for (int i = 0; i < goal.length; i++) {
            goal[i] -= mean;
        }
        return new FittedRidge(columns, mean, Ridge.fit(columns.ofSample(), goal));
    }

    /** Adds the mean to what ridge regression says of the rest. */
    private record FittedRidge(Columns columns, double mean, Ridge ridge) implements Fitted {
        @Override
        public double predict(int row) {
            double[] values = new double[columns.count()];
            columns.write(row, values);
            return mean + ridge.predict(values);
        }

        /** Returns the penalty and the effective number of parameters. */
        @Override
        public SequencedMap<String, Double> constants() {
            SequencedMap<String, Double> constants = new LinkedHashMap<>();
            constants.put("penalty", ridge.penalty());
            constants.put("effective_parameters", ridge.freedom());
            return constants;
        }
    }
}
