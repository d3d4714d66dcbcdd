package dev.mettle.core.statistics.components;

import dev.mettle.core.random.Purpose;
import dev.mettle.core.random.RandomStream;
import dev.mettle.core.random.Seed;
import dev.mettle.core.random.Stream;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * Failed cells of a crossed grid: how many each level has, whether they cluster by a factor, and
 * which levels are left out so that a grid without failures remains.
 *
 * <p><b>Left out</b> is the level with the largest share of failed cells, again and again until
 * none is left; ties go to the first factor, then the first level.
 *
 * <p><b>Clustering.</b> If failures do not depend on a factor, then within each combination of the
 * other factors' levels every level of this one is equally likely to have failed. The statistic is
 * the sum of squared numbers of failures of its levels, in which Cochran's Q (Biometrika 37, 1950)
 * is linear; its distribution comes from {@value #SHUFFLES} such shuffles by a fixed seed. A
 * clustering by another factor is held fixed, so it does not disturb the test.
 *
 * @param cells of the grid
 * @param count of failed cells
 * @param byLevel number of failed cells of each level of each factor
 * @param removed levels left out, in order
 * @param clustering for each factor the p-value of the test; empty with fewer than two failures, or
 *     where every cell failed
 */
public record Failures(
        int cells,
        int count,
        List<List<Integer>> byLevel,
        List<Level> removed,
        List<OptionalDouble> clustering) {
    /** A level of a factor, both counted from 0. */
    public record Level(int factor, int level) {}

    static final int SHUFFLES = 9_999;

    public Failures {
        byLevel = byLevel.stream().map(List::copyOf).toList();
        removed = List.copyOf(removed);
        clustering = List.copyOf(clustering);
    }

    /**
     * Looks at a grid.
     *
     * @param levels number of levels of each factor
     * @param failed for each cell, the last factor fastest
     */
    public static Failures of(int[] levels, boolean[] failed) {
        int count = 0;
        for (boolean cell : failed) {
            count += cell ? 1 : 0;
        }
        List<List<Integer>> byLevel = new ArrayList<>();
        List<OptionalDouble> clustering = new ArrayList<>();
        for (int factor = 0; factor < levels.length; factor++) {
            int[] counts = counts(levels, failed, 1 << factor);
            byLevel.add(Arrays.stream(counts).boxed().toList());
            clustering.add(
                    count < 2 || count == failed.length
                            ? OptionalDouble.empty()
                            : OptionalDouble.of(clustering(levels, failed, factor, counts)));
        }
        return new Failures(failed.length, count, byLevel, removed(levels, failed), clustering);
    }

    /** Returns the number of failed cells of each combination of a term's levels. */
    private static int[] counts(int[] levels, boolean[] failed, int term) {
        int[] counts = new int[CrossedGrid.combinations(levels, term)];
        for (int cell = 0; cell < failed.length; cell++) {
            counts[CrossedGrid.combination(levels, term, cell)] += failed[cell] ? 1 : 0;
        }
        return counts;
    }

    private static List<Level> removed(int[] levels, boolean[] failed) {
        List<Level> removed = new ArrayList<>();
        boolean[] gone = new boolean[failed.length];
        while (true) {
            Level worst = worst(levels, failed, gone);
            if (worst.level() < 0) {
                return removed;
            }
            removed.add(worst);
            for (int cell = 0; cell < gone.length; cell++) {
                int level = CrossedGrid.combination(levels, 1 << worst.factor(), cell);
                gone[cell] |= level == worst.level();
            }
        }
    }

    /** Returns the level with the largest share of failures; level -1 without any. */
    private static Level worst(int[] levels, boolean[] failed, boolean[] gone) {
        Level worst = new Level(0, -1);
        double largest = 0;
        for (int factor = 0; factor < levels.length; factor++) {
            int[] bad = new int[levels[factor]];
            int[] all = new int[levels[factor]];
            for (int cell = 0; cell < failed.length; cell++) {
                int level = CrossedGrid.combination(levels, 1 << factor, cell);
                bad[level] += failed[cell] && !gone[cell] ? 1 : 0;
                all[level] += gone[cell] ? 0 : 1;
            }
            for (int level = 0; level < bad.length; level++) {
                double share = bad[level] == 0 ? 0 : (double) bad[level] / all[level];
                if (share > largest) {
                    largest = share;
                    worst = new Level(factor, level);
                }
            }
        }
        return worst;
    }

    private static double clustering(int[] levels, boolean[] failed, int factor, int[] counts) {
        int others = (1 << levels.length) - 1 - (1 << factor);
        // sorted, so that the order of levels does not matter
        int[] blocks =
                Arrays.stream(counts(levels, failed, others))
                        .filter(block -> block > 0)
                        .boxed()
                        .sorted(Comparator.reverseOrder())
                        .mapToInt(Integer::intValue)
                        .toArray();
        long observed = squares(counts);
        Seed seed = new Seed(0, Purpose.DECOMPOSE, Seed.Source.INIT, factor);
        RandomStream random = new RandomStream(seed, Stream.RESAMPLES);
        int[] places = new int[levels[factor]];
        Arrays.setAll(places, i -> i);
        int[] shuffled = new int[levels[factor]];
        int atLeast = 0;
        for (int i = 0; i < SHUFFLES; i++) {
            Arrays.fill(shuffled, 0);
            for (int block : blocks) {
                random.choose(places, block);
                for (int j = 0; j < block; j++) {
                    shuffled[places[j]]++;
                }
            }
            atLeast += squares(shuffled) >= observed ? 1 : 0;
        }
        return (atLeast + 1.0) / (SHUFFLES + 1);
    }

    private static long squares(int[] counts) {
        long squares = 0;
        for (int count : counts) {
            squares += (long) count * count;
        }
        return squares;
    }

    /** Returns the levels of a factor that are kept, in order. */
    int[] kept(int factor) {
        int levels = byLevel.get(factor).size();
        return IntStream.range(0, levels)
                .filter(level -> !removed.contains(new Level(factor, level)))
                .toArray();
    }

    /** Returns how many levels of a factor are left out. */
    public int removed(int factor) {
        return (int) removed.stream().filter(level -> level.factor() == factor).count();
    }
}
