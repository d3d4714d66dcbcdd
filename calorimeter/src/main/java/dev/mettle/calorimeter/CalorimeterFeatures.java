package dev.mettle.calorimeter;

import dev.mettle.core.data.Shape;
import dev.mettle.core.study.DerivedFeatures;
import dev.mettle.core.study.FeatureSettings;

import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;

/**
 * Energy sum and barycentre of a shower in a window around the largest cell
 * (docs/math/features.md). An input row is one matrix of cells, [ix, iy]; x runs along the first
 * index. The energy sum is in the unit of the cells, the barycentre in cells from the middle of the
 * matrix.
 *
 * <p>Without a threshold of its own, a feature takes three times the noise of a cell, estimated
 * from the border cells of all rows. Stateless; safe for several threads.
 */
public final class CalorimeterFeatures implements DerivedFeatures {
    /** Sum of the cells in the window. */
    public static final String ENERGY_SUM = "energy_sum";

    /** Barycentre along the first index. */
    public static final String BARYCENTER_X = "barycenter_x";

    /** Barycentre along the second index. */
    public static final String BARYCENTER_Y = "barycenter_y";

    private static final double THRESHOLD_SIGMAS = 3;

    @Override
    public Set<String> names() {
        return Set.of(ENERGY_SUM, BARYCENTER_X, BARYCENTER_Y);
    }

    @Override
    public float[] compute(FeatureSettings feature, float[] inputs, Shape shape) {
        ToDoubleFunction<ShowerWindow> quantity = quantity(feature.name());
        ShowerWindow window =
                new ShowerWindow(shape, feature.window(), threshold(feature, inputs, shape));
        float[] values = new float[inputs.length / shape.size()];
        for (int row = 0; row < values.length; row++) {
            window.look(inputs, row * shape.size());
            values[row] = (float) quantity.applyAsDouble(window);
        }
        return values;
    }

    private ToDoubleFunction<ShowerWindow> quantity(String name) {
        return switch (name) {
            case ENERGY_SUM -> ShowerWindow::energySum;
            case BARYCENTER_X -> ShowerWindow::barycenterX;
            case BARYCENTER_Y -> ShowerWindow::barycenterY;
            default ->
                    throw new IllegalArgumentException(
                            "'%s' is no feature of a shower; known are %s."
                                    .formatted(name, new TreeSet<>(names())));
        };
    }

    private static double threshold(FeatureSettings feature, float[] inputs, Shape shape) {
        return feature.threshold().isPresent()
                ? feature.threshold().getAsDouble()
                : defaultThreshold(inputs, shape);
    }

    /** Returns three sigma of the noise, in the unit of the cells. */
    static double defaultThreshold(float[] inputs, Shape shape) {
        return THRESHOLD_SIGMAS * CellNoise.sigma(inputs, shape);
    }
}
