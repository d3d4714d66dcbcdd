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
 * Where a photon hit, from its largest cell k and the barycentre u in that cell: x = offset +
 * pitch·(k + b·asinh(2u·sinh(1/(2b)))), after Akopdjanov et al., NIM 140 (1977) 441
 * (docs/math/baselines.md). The curve undoes the S that barycentres make because a shower of
 * exponential shape leaves most of its energy in one cell; it passes through the borders u = ±1/2
 * whatever b is.
 *
 * @param offset in the unit of the target
 * @param pitch size of a cell, in the unit of the target
 * @param logWidth ln b; b is the fall of the shower's shape, in cells, held within 0.02 and 50
 */
record SCurve(double offset, double pitch, double logWidth) {
    private static final double MIN_WIDTH = 0.02;
    private static final double MAX_WIDTH = 50;
    private static final double START_WIDTH = 0.25;
    private static final double TOLERANCE = 1e-12;

    /** Five to ten are usual. */
    static final int MAX_EVALUATIONS = 200;

    /** Returns b, in cells. */
    double width() {
        return Math.clamp(StrictMath.exp(logWidth), MIN_WIDTH, MAX_WIDTH);
    }

    /** Returns the place along the curve, in cells from the middle of the largest one. */
    private static double curve(double u, double b) {
        return b * Scale.Transform.ASINH.apply(2 * u * StrictMath.sinh(1 / (2 * b)), 1);
    }

    /** Returns the derivative of {@link #curve} by ln b. */
    private static double slope(double u, double b) {
        double inner = 2 * u * StrictMath.sinh(1 / (2 * b));
        return curve(u, b) - u * StrictMath.cosh(1 / (2 * b)) / Math.sqrt(1 + inner * inner);
    }

    /** Returns the position. */
    double predict(double cell, double place) {
        return offset + pitch * (cell + curve(place, width()));
    }

    /**
     * Fits offset, pitch and b by Levenberg-Marquardt, from the straight line through a curve of b
     * = 0.25. Should that not converge within {@code maxEvaluations}, the start stands.
     *
     * @param cells middle of the largest cell, in cells; at least one
     * @param places barycentre from there, in cells
     * @param positions of the same showers, in the unit of the target
     */
    static SCurve fit(double[] cells, double[] places, double[] positions, int maxEvaluations) {
        SCurve start = start(cells, places, positions);
        LeastSquaresProblem problem =
                new LeastSquaresBuilder()
                        .start(new double[] {start.offset, start.pitch, start.logWidth})
                        .target(positions)
                        .model(point -> of(point).valueAndJacobian(cells, places))
                        .maxEvaluations(maxEvaluations)
                        .maxIterations(maxEvaluations)
                        .build();
        try {
            return of(
                    new LevenbergMarquardtOptimizer()
                            .withCostRelativeTolerance(TOLERANCE)
                            .withParameterRelativeTolerance(TOLERANCE)
                            .optimize(problem)
                            .getPoint());
        } catch (MathIllegalStateException _) {
            return start;
        }
    }

    private static SCurve of(RealVector point) {
        return new SCurve(point.getEntry(0), point.getEntry(1), point.getEntry(2));
    }

    static SCurve start(double[] cells, double[] places, double[] positions) {
        double[][] columns = new double[2][positions.length];
        for (int i = 0; i < positions.length; i++) {
            columns[0][i] = 1;
            columns[1][i] = cells[i] + curve(places[i], START_WIDTH);
        }
        double[] line = LeastSquares.solve(columns, 2, positions);
        return new SCurve(line[0], line[1], StrictMath.log(START_WIDTH));
    }

    private Pair<RealVector, RealMatrix> valueAndJacobian(double[] cells, double[] places) {
        double b = width();
        boolean free = b > MIN_WIDTH && b < MAX_WIDTH;
        double[] value = new double[cells.length];
        double[][] jacobian = new double[cells.length][3];
        for (int i = 0; i < cells.length; i++) {
            value[i] = predict(cells[i], places[i]);
            jacobian[i][0] = 1;
            jacobian[i][1] = cells[i] + curve(places[i], b);
            jacobian[i][2] = free ? pitch * slope(places[i], b) : 0;
        }
        return new Pair<>(
                new ArrayRealVector(value, false), new Array2DRowRealMatrix(jacobian, false));
    }
}
