package dev.mettle.core.stability;

import dev.mettle.core.statistics.Losses;
import dev.mettle.core.statistics.Proportion;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.DoubleStream;

/**
 * What one way of choosing picked, over all repeats, seen from the full table.
 *
 * @param trainings how many it takes, the mean over the repeats
 * @param picks the candidates that were picked, most often first, then by rank
 */
public record Choices(double trainings, List<Pick> picks) {
    /**
     * A candidate that was picked.
     *
     * @param candidate its id
     * @param rank its place in the full table, from 1
     * @param regret how much worse it is there than the best, relative to the best's criterion: 0
     *     for the best; +infinity if it has a failed instance and the best has none
     * @param times in how many repeats
     */
    public record Pick(String candidate, int rank, double regret, int times) {}

    public Choices {
        picks = List.copyOf(picks);
    }

    /** Returns the number of repeats. */
    public int repeats() {
        return picks.stream().mapToInt(Pick::times).sum();
    }

    /** Returns how often the full table's best candidate was picked. */
    public Proportion best() {
        return count(pick -> pick.rank() == 1);
    }

    /** Returns how often a candidate was picked whose regret is at most so much. */
    public Proportion within(double regret) {
        return count(pick -> pick.regret() <= regret);
    }

    /**
     * Returns how often a candidate was picked that has a failed instance in the full table though
     * the best has none.
     */
    public Proportion failed() {
        return count(pick -> pick.regret() == Double.POSITIVE_INFINITY);
    }

    private Proportion count(Predicate<Pick> counted) {
        int times = picks.stream().filter(counted).mapToInt(Pick::times).sum();
        return new Proportion(times, repeats());
    }

    /**
     * Returns the regrets of all repeats; none below 0, +infinity where a failing one was picked.
     */
    public Losses regrets() {
        return Losses.of(
                picks.stream()
                        .flatMapToDouble(pick -> repeated(pick.regret(), pick.times()))
                        .toArray());
    }

    /** Returns the places in the full table of the picks of all repeats. */
    public Losses ranks() {
        return Losses.of(
                picks.stream()
                        .flatMapToDouble(pick -> repeated(pick.rank(), pick.times()))
                        .toArray());
    }

    private static DoubleStream repeated(double value, int times) {
        return DoubleStream.generate(() -> value).limit(times);
    }
}
