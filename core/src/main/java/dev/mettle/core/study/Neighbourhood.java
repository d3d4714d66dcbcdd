package dev.mettle.core.study;

import dev.mettle.core.random.Purpose;
import dev.mettle.core.random.RandomStream;
import dev.mettle.core.random.Seed;
import dev.mettle.core.random.Stream;

import java.util.List;
import java.util.function.Supplier;

/**
 * Points of the unit cube around those of candidates, as iterated racing draws them (López-Ibáñez
 * et al., Operations Research Perspectives 3, 2016; docs/math/selection.md). A point has one
 * parent, the k-th best of P with probability proportional to P + 1 - k. In a range it is normally
 * distributed around the parent's coordinate, as far as that is inside (0, 1). In a list it keeps
 * the parent's value or takes any value. Where the parent has no coordinate it is uniform.
 *
 * <p>Point i is a pure function of seed, round, parents and i. Not safe for use by several threads.
 */
final class Neighbourhood implements Supplier<double[]> {
    /** Standard deviation in the second round, of a coordinate between 0 and 1. */
    static final double SPREAD = 0.2;

    /** What the standard deviation is multiplied by in each later round. */
    static final double SHRINKING = 0.5;

    private final long seed;
    private final int round;
    private final Space space;
    private final List<List<Assignment>> parents;
    private final int kept;
    private final double stay;
    private final double spread;
    private int index;

    /**
     * Takes the parents.
     *
     * @param round from 2
     * @param rounds of the study
     * @param parents best first, by value of a dimension whose values have winners of their own; at
     *     least one group. The points take turns in the groups; one without parents gives points
     *     uniform in the cube
     * @param kept the position of that dimension, whose value a point always keeps; -1 without
     */
    Neighbourhood(
            long seed,
            int round,
            int rounds,
            Space space,
            List<List<Assignment>> parents,
            int kept) {
        this.seed = seed;
        this.round = round;
        this.space = space;
        this.parents = List.copyOf(parents);
        this.kept = kept;
        this.stay = (round - 1) / (double) rounds;
        double deviation = SPREAD;
        for (int r = 2; r < round; r++) {
            deviation *= SHRINKING;
        }
        this.spread = deviation;
    }

    @Override
    public double[] get() {
        RandomStream stream =
                new RandomStream(
                        new Seed(
                                seed,
                                Purpose.RACE,
                                Seed.Source.INIT,
                                round * SamplingSettings.MOST_POINTS + index),
                        Stream.NEIGHBOURS);
        List<Assignment> group = parents.get(index++ % parents.size());
        double[] point = new double[space.dimensions().size()];
        if (group.isEmpty()) {
            for (int d = 0; d < point.length; d++) {
                point[d] = stream.nextDouble();
            }
            return point;
        }
        Assignment parent = group.get(rank(stream, group.size()));
        for (int d = 0; d < point.length; d++) {
            point[d] = coordinate(stream, parent, d);
        }
        return point;
    }

    /** Returns a parent's rank from 0: of P of them k with probability 2 (P - k) / (P (P + 1)). */
    private static int rank(RandomStream stream, int parents) {
        int ticket = stream.nextInt(parents * (parents + 1) / 2);
        int rank = 0;
        while (ticket >= parents - rank) {
            ticket -= parents - rank;
            rank++;
        }
        return rank;
    }

    private double coordinate(RandomStream stream, Assignment parent, int d) {
        if (!parent.uses(d)) {
            return stream.nextDouble();
        }
        Space.Dimension dimension = space.dimensions().get(d);
        double centre = dimension.coordinate(parent.position(d));
        if (dimension.range().isPresent()) {
            return near(stream, centre);
        }
        boolean stays = d == kept || stream.nextDouble() < stay;
        return stays ? centre : stream.nextDouble();
    }

    /**
     * Draws until the number is inside: at least two in five are, since the spread is below 1/2.
     */
    private double near(RandomStream stream, double centre) {
        while (true) {
            double coordinate = centre + spread * stream.nextGaussian();
            if (coordinate > 0 && coordinate < 1) {
                return coordinate;
            }
        }
    }
}
