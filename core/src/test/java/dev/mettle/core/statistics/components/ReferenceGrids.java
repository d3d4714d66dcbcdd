package dev.mettle.core.statistics.components;

import dev.mettle.core.data.Series;
import dev.mettle.core.random.Purpose;
import dev.mettle.core.random.RandomStream;
import dev.mettle.core.random.Seed;
import dev.mettle.core.random.Stream;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Grids of reference/variance_components.py, and simulated ones of known components. */
final class ReferenceGrids {
    /** 5 inits, 6 samples. */
    static final double[] TWO = {
        0.0123, 0.0151, 0.0118, 0.0135, 0.0127, 0.0142,
        0.0119, 0.0131, 0.0110, 0.0125, 0.0138, 0.0129,
        0.0147, 0.0166, 0.0133, 0.0162, 0.0164, 0.0158,
        0.0140, 0.0161, 0.0121, 0.0149, 0.0144, 0.0150,
        0.0115, 0.0137, 0.0104, 0.0126, 0.0122, 0.0131
    };

    /** 3 inits, 4 samples, 3 orders. */
    static final double[] THREE = {
        1.12, 1.31, 1.05, 0.94, 1.22, 1.01, 1.27, 1.40, 1.19, 1.08, 1.21, 1.13,
        1.33, 1.52, 1.21, 1.07, 1.36, 1.18, 1.45, 1.66, 1.29, 1.20, 1.38, 1.24,
        0.91, 1.17, 0.88, 0.79, 1.03, 0.90, 1.09, 1.14, 0.97, 0.93, 1.02, 0.99
    };

    private ReferenceGrids() {}

    static CrossedGrid logarithms(int[] levels, double[] losses) {
        return CrossedGrid.of(levels, Arrays.stream(losses).map(StrictMath::log).toArray());
    }

    /** Returns a grid of losses whose levels are numbered. */
    static LossGrid grid(int[] levels, double[] losses) {
        List<LossGrid.Axis> axes = new ArrayList<>();
        for (int factor = 0; factor < levels.length; factor++) {
            axes.add(
                    new LossGrid.Axis(
                            Seed.Source.values()[factor],
                            IntStream.range(0, levels[factor])
                                    .mapToObj(Integer::toString)
                                    .toList()));
        }
        return new LossGrid(axes, Series.of(losses));
    }

    /**
     * Returns numbers with normal effects.
     *
     * @param variances by term, from term 1
     * @param repetition number of the simulation
     */
    static double[] simulated(int[] levels, double[] variances, int repetition) {
        RandomStream random =
                new RandomStream(
                        new Seed(20251126, Purpose.DECOMPOSE, Seed.Source.INIT, repetition),
                        Stream.RESAMPLES);
        int terms = 1 << levels.length;
        double[] values = new double[CrossedGrid.combinations(levels, terms - 1)];
        for (int term = 1; term < terms; term++) {
            double[] effects = new double[CrossedGrid.combinations(levels, term)];
            for (int i = 0; i < effects.length; i++) {
                effects[i] = Math.sqrt(variances[term - 1]) * random.nextGaussian();
            }
            for (int cell = 0; cell < values.length; cell++) {
                values[cell] += effects[CrossedGrid.combination(levels, term, cell)];
            }
        }
        return values;
    }
}
