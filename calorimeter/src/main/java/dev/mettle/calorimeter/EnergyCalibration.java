package dev.mettle.calorimeter;

import dev.mettle.core.data.Scale;

import org.hipparchus.exception.MathIllegalStateException;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LeastSquaresBuilder;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LeastSquaresProblem;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LevenbergMarquardtOptimizer;
import org.hipparchus.util.Pair;

/**
 * The straight line E = offset + slope·S from an energy sum S to an energy E
 * (docs/math/baseline.md).
 *
 * <p>Its prediction is g(E), with g the target's transform. The logarithm goes on along its tangent
 * below {@code floor}, so that a line that dips to 0 or less is penalised, smoothly, instead of
 * undefined.
 *
 * @param offset in the unit of the target
 * @param slope unit of the target per unit of the energy sum
 * @param transform the target's transform
 * @param floor energy below which the logarithm is replaced by its tangent; positive
 */
record EnergyCalibration(double offset, double slope, Scale.Transform transform, double floor) {
    /**
     * Energies this far below the smallest one of a sample are beyond what the sample can
     * calibrate.
     */
    private static final double FLOOR_FRACTION = 0.1;

    private static final double TOLERANCE = 1e-12;

    /** Four to eight are usual. */
    static final int MAX_EVALUATIONS = 200;

    /** Returns the prediction g(offset + slope·S). */
    double predict(double energySum) {
        double energy = offset + slope * energySum;
        if (transform != Scale.Transform.LOG) {
            return energy;
        }
        return energy >= floor
                ? StrictMath.log(energy)
                : StrictMath.log(floor) + (energy - floor) / floor;
    }

    /** Returns the derivative of the prediction by the energy. */
    private double derivative(double energySum) {
        if (transform != Scale.Transform.LOG) {
            return 1;
        }
        return 1 / Math.max(offset + slope * energySum, floor);
    }

    private EnergyCalibration with(RealVector point) {
        return new EnergyCalibration(point.getEntry(0), point.getEntry(1), transform, floor);
    }

    /**
     * Fits the line that minimises Σ(g(offset + slope·S) - g(E))², the loss of a network, by
     * Levenberg-Marquardt from {@link #start}. Should that not converge within {@code
     * maxEvaluations}, the start stands.
     *
     * @param sums energy sums, at least one
     * @param energies of the same showers; positive for a logarithm
     */
    static EnergyCalibration fit(
            double[] sums, double[] energies, Scale.Transform transform, int maxEvaluations) {
        EnergyCalibration start = start(sums, energies, transform);
        double[] goal = new double[energies.length];
        for (int i = 0; i < goal.length; i++) {
            goal[i] = transform.apply(energies[i], 1);
        }
        LeastSquaresProblem problem =
                new LeastSquaresBuilder()
                        .start(new double[] {start.offset, start.slope})
                        .target(goal)
                        .model(point -> start.with(point).valueAndJacobian(sums))
                        .maxEvaluations(maxEvaluations)
                        .maxIterations(maxEvaluations)
                        .build();
        try {
            RealVector point =
                    new LevenbergMarquardtOptimizer()
                            .withCostRelativeTolerance(TOLERANCE)
                            .withParameterRelativeTolerance(TOLERANCE)
                            .optimize(problem)
                            .getPoint();
            return start.with(point);
        } catch (MathIllegalStateException e) {
            return start;
        }
    }

    private Pair<RealVector, RealMatrix> valueAndJacobian(double[] sums) {
        double[] value = new double[sums.length];
        double[][] jacobian = new double[sums.length][2];
        for (int i = 0; i < sums.length; i++) {
            value[i] = predict(sums[i]);
            jacobian[i][0] = derivative(sums[i]);
            jacobian[i][1] = jacobian[i][0] * sums[i];
        }
        return new Pair<>(
                new ArrayRealVector(value, false), new Array2DRowRealMatrix(jacobian, false));
    }

    /**
     * Returns the line that minimises Σ w (offset + slope·S - E)², with w = 1/E² for a logarithm
     * (relative deviations) and 1 otherwise; a constant when all sums are equal.
     */
    static EnergyCalibration start(double[] sums, double[] energies, Scale.Transform transform) {
        double weights = 0;
        double meanSum = 0;
        double meanEnergy = 0;
        double smallest = Double.POSITIVE_INFINITY;
        for (int i = 0; i < sums.length; i++) {
            double weight = weight(energies[i], transform);
            weights += weight;
            meanSum += weight * sums[i];
            meanEnergy += weight * energies[i];
            smallest = Math.min(smallest, energies[i]);
        }
        meanSum /= weights;
        meanEnergy /= weights;
        double variance = 0;
        double covariance = 0;
        for (int i = 0; i < sums.length; i++) {
            double deviation = sums[i] - meanSum;
            variance += weight(energies[i], transform) * deviation * deviation;
            covariance += weight(energies[i], transform) * deviation * (energies[i] - meanEnergy);
        }
        double slope = variance > 0 ? covariance / variance : 0;
        double floor =
                transform == Scale.Transform.LOG ? FLOOR_FRACTION * smallest : Double.MIN_NORMAL;
        return new EnergyCalibration(meanEnergy - slope * meanSum, slope, transform, floor);
    }

    private static double weight(double energy, Scale.Transform transform) {
        return transform == Scale.Transform.LOG ? 1 / (energy * energy) : 1;
    }
}
