package dev.mettle.linear;

import dev.mettle.core.data.Dataset;
import dev.mettle.core.data.Sample;
import dev.mettle.core.data.Task;
import dev.mettle.core.instance.Baseline;
import dev.mettle.core.instance.HeldOut;
import dev.mettle.core.study.HeldOutLoss;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * Multinomial logistic regression on all inputs and features of a row, with a penalty on the
 * squares of its weights that suits each sample (docs/math/baselines.md).
 */
public final class LogisticBaseline implements Baseline {
    /** Rows times columns times classes: some seconds a fit. */
    private static final long MOST_PRODUCTS = 20_000_000;

    /** Rows times columns: 160 MB. */
    private static final long MOST_CELLS = 20_000_000;

    private final Dataset data;
    private final HeldOutLoss loss;
    private final int classes;

    /**
     * Takes the data as they are.
     *
     * @param loss what is measured on held-out rows
     * @throws IllegalArgumentException when the data are no classification
     */
    public LogisticBaseline(Dataset data, HeldOutLoss loss) {
        if (!(data.task() instanceof Task.Classification(_, var names))) {
            throw new IllegalArgumentException(
                    "logistic regression finds classes, not %s.".formatted(data.task()));
        }
        this.data = data;
        this.loss = loss;
        this.classes = names.size();
    }

    /** Tells whether samples of {@code rows} rows of these data are fitted in seconds. */
    public static boolean suits(Dataset data, int rows, int classes) {
        long cells = (long) Columns.count(data) * rows;
        return cells <= MOST_CELLS && cells * classes <= MOST_PRODUCTS;
    }

    @Override
    public String name() {
        return "logistic regression";
    }

    /** The one constant is the penalty chosen. */
    @Override
    public Fit fit(Sample sample, int[] heldOut) {
        Columns columns = new Columns(data, sample);
        int[] rows = sample.rows();
        int[] labels = new int[rows.length];
        for (int i = 0; i < rows.length; i++) {
            labels[i] = (int) data.target(rows[i], 0);
        }
        LogisticFit fit = LogisticFit.of(columns.ofSample(), labels, classes);
        double[] logits = new double[heldOut.length * classes];
        double[] values = new double[columns.count()];
        for (int i = 0; i < heldOut.length; i++) {
            columns.write(heldOut[i], values);
            fit.softmax().logits(fit.weights(), values, logits, i * classes);
        }
        SequencedMap<String, Double> constants = new LinkedHashMap<>();
        constants.put("penalty", fit.penalty());
        return new Fit(HeldOut.of(data, heldOut, List.of(), loss).evaluate(logits), constants);
    }
}
