package dev.mettle.coverage;

import dev.mettle.core.random.RandomStream;
import dev.mettle.core.statistics.MinimalSize;
import dev.mettle.core.statistics.SizedLosses;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * How often the sample-size study says something wrong: that a candidate is robust from a size on
 * where it is not, or that it is not robust up to a size where it is. Losses of one instance at
 * several sizes are correlated, as those of nested samples are.
 */
final class SizeCoverage {
    private static final int[] ROWS = {250, 500, 1000, 2000, 4000, 8000};
    private static final int INSTANCES = 50;
    private static final double LIMIT = 0.10;

    /** Correlation of an instance's log-losses between sizes. */
    private static final double SHARED = 0.5;

    private SizeCoverage() {}

    /**
     * How cv depends on the size.
     *
     * @param cv at each size
     */
    private record Curve(String label, double[] cv) {}

    private static final List<Curve> CURVES =
            List.of(
                    new Curve("at the limit everywhere", flat(LIMIT)),
                    new Curve(
                            "falls, at the limit at 1,000 rows",
                            new double[] {0.2, 0.14, 0.10, 0.07, 0.05, 0.035}),
                    new Curve(
                            "falls and rises again",
                            new double[] {0.2, 0.10, 0.06, 0.05, 0.07, 0.10}));

    private enum Shape {
        LOG_NORMAL("log-normal"),
        NORMAL("normal"),
        LOG_T3("exp of t, 3 degrees");

        private final String label;

        Shape(String label) {
            this.label = label;
        }
    }

    static List<String> table(Repetitions repetitions) {
        List<String> lines = new ArrayList<>();
        lines.add(
                Repetitions.head(
                        "losses",
                        "cv over the sizes",
                        "called robust where it is not",
                        "called not robust where it is",
                        "warned of heavy tails"));
        int number = 500;
        for (Shape shape : Shape.values()) {
            for (Curve curve : CURVES) {
                double[] shares =
                        repetitions.shares(number++, 3, random -> wrong(random, shape, curve.cv()));
                lines.add(
                        Repetitions.row(
                                shape.label, curve.label(), shares[0], shares[1], shares[2]));
            }
        }
        return lines;
    }

    private static double[] flat(double cv) {
        double[] flat = new double[ROWS.length];
        java.util.Arrays.fill(flat, cv);
        return flat;
    }

    /** A cv at the limit counts as above it for the first claim and as below it for the second. */
    private static boolean[] wrong(RandomStream random, Shape shape, double[] cv) {
        MinimalSize found = MinimalSize.of(losses(random, shape, cv));
        boolean robust = false;
        boolean notRobust = false;
        for (int k = 0; k < ROWS.length; k++) {
            robust |= cv[k] >= LIMIT && isFrom(found.robustFrom(), ROWS[k]);
            notRobust |= cv[k] <= LIMIT && isUpTo(found.notRobustUpTo(), ROWS[k]);
        }
        return new boolean[] {robust, notRobust, found.heavyTails()};
    }

    private static boolean isFrom(OptionalInt from, int rows) {
        return from.isPresent() && rows >= from.getAsInt();
    }

    private static boolean isUpTo(OptionalInt upTo, int rows) {
        return upTo.isPresent() && rows <= upTo.getAsInt();
    }

    private static List<SizedLosses> losses(RandomStream random, Shape shape, double[] cv) {
        double[] shared = new double[INSTANCES];
        for (int i = 0; i < INSTANCES; i++) {
            shared[i] = random.nextGaussian();
        }
        List<SizedLosses> sizes = new ArrayList<>();
        for (int k = 0; k < ROWS.length; k++) {
            double[] losses = new double[INSTANCES];
            for (int i = 0; i < INSTANCES; i++) {
                double z =
                        Math.sqrt(SHARED) * shared[i]
                                + Math.sqrt(1 - SHARED) * random.nextGaussian();
                losses[i] = loss(random, shape, cv[k], z);
            }
            sizes.add(SizedLosses.of(ROWS[k], losses));
        }
        return sizes;
    }

    private static double loss(RandomStream random, Shape shape, double cv, double z) {
        double sigma = Math.sqrt(Math.log1p(cv * cv));
        return switch (shape) {
            case LOG_NORMAL -> StrictMath.exp(sigma * z);
            case NORMAL -> Math.max(1e-3, 1 + cv * z);
            case LOG_T3 -> StrictMath.exp(sigma * Distribution.T3.standardised(random));
        };
    }
}
