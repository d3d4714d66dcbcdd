package dev.mettle.core.study;

import dev.mettle.core.document.Node;
import dev.mettle.core.random.Purpose;
import dev.mettle.core.random.RandomStream;
import dev.mettle.core.random.Seed;
import dev.mettle.core.random.Stream;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Draws assignments of a space: one point of the unit cube each, with a coordinate for every
 * dimension in the order written. A list of k values gives each an equal share of its coordinate, a
 * {@link Range} says how its values share theirs. Dimensions that the values drawn do not refer to
 * are left out, as in an {@link Expansion}. Point i is a pure function of seed, method and i.
 */
final class Sampler {
    private final Space space;
    private final BitSet roots;
    private final Supplier<double[]> points;

    /**
     * Takes where points come from.
     *
     * @param roots the parts of the study that may refer to dimensions
     * @param points with a coordinate in (0, 1) for each dimension
     */
    Sampler(Space space, List<Node> roots, Supplier<double[]> points) {
        this.space = space;
        this.roots = space.references(roots);
        this.points = points;
    }

    /** Returns independent points, uniform in the cube; point i has random numbers of its own. */
    static Supplier<double[]> random(long seed, int coordinates) {
        return new Supplier<>() {
            private int index;

            @Override
            public double[] get() {
                RandomStream stream = stream(seed, index++, Stream.SPACE);
                return IntStream.range(0, coordinates)
                        .mapToDouble(_ -> stream.nextDouble())
                        .toArray();
            }
        };
    }

    /**
     * Returns the points of a sequence with a digital shift: the 52 binary digits of coordinate c
     * of every point are flipped where a random number of c has a one. Every interval of length 2⁻ᵏ
     * that begins at a multiple of it holds as many points as another one did before, and each
     * point alone is uniformly distributed over seeds.
     */
    static Supplier<double[]> sobol(long seed, int coordinates, SobolSequence sequence) {
        if (coordinates == 0) {
            return () -> new double[0];
        }
        Supplier<double[]> plain = sequence.points(coordinates);
        long[] shifts =
                IntStream.range(0, coordinates)
                        .mapToLong(c -> stream(seed, c, Stream.SHIFT).nextLong() >>> 12)
                        .toArray();
        return () -> {
            double[] point = plain.get();
            for (int c = 0; c < coordinates; c++) {
                long digits = (long) (point[c] * 0x1p52) ^ shifts[c];
                point[c] = (digits + 0.5) * 0x1p-52; // exact, and inside (0, 1)
            }
            return point;
        };
    }

    private static RandomStream stream(long seed, int index, Stream stream) {
        return new RandomStream(new Seed(seed, Purpose.RACE, Seed.Source.INIT, index), stream);
    }

    /** Returns the assignment at the next point. */
    Assignment next() {
        double[] point = points.get();
        int[] chosen = new int[space.dimensions().size()];
        Arrays.fill(chosen, Assignment.ABSENT);
        BitSet decided = new BitSet();
        BitSet reached = roots;
        while (!decided.equals(reached)) {
            for (int d = reached.nextSetBit(0); d >= 0; d = reached.nextSetBit(d + 1)) {
                if (!decided.get(d)) {
                    decided.set(d);
                    chosen[d] = position(space.dimensions().get(d), point[d]);
                }
            }
            reached = space.reached(roots, chosen);
        }
        return new Assignment(space, chosen);
    }

    private static int position(Space.Dimension dimension, double coordinate) {
        if (dimension.isWrong()) {
            return Assignment.ABSENT;
        }
        return dimension
                .range()
                .map(range -> range.draw(coordinate))
                .orElseGet(() -> (int) (coordinate * dimension.values().size()));
    }
}
