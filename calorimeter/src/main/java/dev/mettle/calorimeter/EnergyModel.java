package dev.mettle.calorimeter;

import dev.mettle.core.data.Dataset;
import dev.mettle.core.data.Sample;
import dev.mettle.core.data.Scale;
import dev.mettle.core.instance.TargetModel;
import dev.mettle.core.study.FeatureSettings;

import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * The classical energy of a shower: the sum S of the cells in a 5x5 window, times a calibration
 * that corrects for energy below the threshold, for leakage, and for the place of the shower in its
 * cell (docs/math/baselines.md).
 *
 * <p>Of a logarithmic target ln E = ln S + Σ c_j t_j, else E = S Σ c_j t_j, with the terms of
 * {@link EnergyTerms}; linear least squares of exactly that. How many terms there are is chosen on
 * each sample by the information criterion of Schwarz (1978), n ln(RSS/n) + p ln n.
 */
public final class EnergyModel implements TargetModel {
    /** Residuals below this part of the goal are rounding: a larger model can't explain more. */
    private static final double NEGLIGIBLE = 1e-20;

    private final Dataset data;
    private final int target;
    private final boolean logarithmic;
    private final ShowerSums showers;

    /**
     * Computes the energy sum of every row.
     *
     * @param data inputs are matrices of cells
     * @param target which target is the energy
     * @param transform of that target
     * @throws IllegalArgumentException when an input is no matrix of at least 5x5 cells
     */
    public EnergyModel(Dataset data, int target, Scale.Transform transform) {
        this.data = data;
        this.target = target;
        this.logarithmic = transform == Scale.Transform.LOG;
        this.showers = new ShowerSums(data, FeatureSettings.DEFAULT_WINDOW);
    }

    @Override
    public String name() {
        return "calibrated energy sum";
    }

    @Override
    public Fitted fit(Sample sample) {
        return calibrate(sample.rows(), EnergyTerms.COUNT);
    }

    /** Chooses among the models of at most {@code most} terms. */
    Calibration calibrate(int[] rows, int most) {
        EnergyTerms terms = EnergyTerms.of(showers, rows);
        double[][] columns = new double[EnergyTerms.COUNT][rows.length];
        double[] goal = new double[rows.length];
        for (int i = 0; i < rows.length; i++) {
            double energy = data.target(rows[i], target);
            double sum = terms.sum(showers.sum(rows[i]));
            goal[i] = logarithmic ? StrictMath.log(energy) - StrictMath.log(sum) : energy;
            for (int j = 0; j < columns.length; j++) {
                columns[j][i] = (logarithmic ? 1 : sum) * term(terms, j, rows[i]);
            }
        }
        double[] best = LeastSquares.solve(columns, 1, goal);
        double least = criterion(columns, best, goal);
        for (int size : EnergyTerms.nest()) {
            if (size > 1 && size <= most && size < rows.length) {
                double[] larger = LeastSquares.solve(columns, size, goal);
                double criterion = criterion(columns, larger, goal);
                if (criterion < least) {
                    least = criterion;
                    best = larger;
                }
            }
        }
        return new Calibration(terms, best);
    }

    private double term(EnergyTerms terms, int term, int row) {
        return terms.term(
                term, showers.sum(row), showers.place(row, Axis.X), showers.place(row, Axis.Y));
    }

    /** Returns n ln(RSS/n) + p ln n. */
    private static double criterion(double[][] columns, double[] coefficients, double[] goal) {
        double residuals = 0;
        double squares = 0;
        for (int i = 0; i < goal.length; i++) {
            double fitted = 0;
            for (int j = 0; j < coefficients.length; j++) {
                fitted += coefficients[j] * columns[j][i];
            }
            residuals += (fitted - goal[i]) * (fitted - goal[i]);
            squares += goal[i] * goal[i];
        }
        double explained = Math.max(residuals, NEGLIGIBLE * squares + Double.MIN_NORMAL);
        return goal.length * StrictMath.log(explained / goal.length)
                + coefficients.length * StrictMath.log(goal.length);
    }

    /** A fitted calibration. */
    final class Calibration implements Fitted {
        private final EnergyTerms terms;
        private final double[] coefficients;

        private Calibration(EnergyTerms terms, double[] coefficients) {
            this.terms = terms;
            this.coefficients = coefficients;
        }

        @Override
        public double predict(int row) {
            double factor = 0;
            for (int j = 0; j < coefficients.length; j++) {
                factor += coefficients[j] * term(terms, j, row);
            }
            double sum = terms.sum(showers.sum(row));
            return logarithmic ? StrictMath.log(sum) + factor : sum * factor;
        }

        /** Returns the reference sum and the coefficient of every term that was chosen. */
        @Override
        public SequencedMap<String, Double> constants() {
            SequencedMap<String, Double> constants = new LinkedHashMap<>();
            constants.put("reference_sum", terms.reference());
            for (int j = 0; j < coefficients.length; j++) {
                constants.put(EnergyTerms.name(j), coefficients[j]);
            }
            return constants;
        }
    }
}
