package dev.mettle.core.replay;

import dev.mettle.core.statistics.Criterion;
import dev.mettle.core.statistics.Estimate;
import dev.mettle.core.statistics.LossSummary;
import dev.mettle.core.statistics.Losses;
import dev.mettle.core.statistics.Proportion;

import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * How well a contestant did, over all repeats. Intervals describe the repeats, which are orders of
 * the same instances: another table would give other figures.
 *
 * @param contestant who
 * @param races one for each repeat
 * @param truth by which they are judged
 */
public record Score(Contestant contestant, List<Race> races, Truth truth) {
    /**
     * A candidate that was picked.
     *
     * @param candidate its id
     * @param times in how many repeats
     */
    public record Pick(String candidate, int times) {}

    public Score {
        races = List.copyOf(races);
    }

    /** Returns the number of trainings without previews, the mean over the repeats. */
    public double trainings() {
        return races.stream().mapToLong(Race::trainings).average().orElseThrow();
    }

    /** Returns the number of previews, the mean over the repeats; 0 without. */
    public double previews() {
        return races.stream().mapToLong(Race::previews).average().orElseThrow();
    }

    /** Returns the greatest number of trainings of a repeat. */
    public long mostTrainings() {
        return races.stream().mapToLong(Race::trainings).max().orElseThrow();
    }

    /** Returns how often the pick is the best candidate. */
    public Proportion picksBest() {
        return count(race -> race.pick().equals(truth.best()));
    }

    /**
     * Returns how often the pick's true mean is within {@link Criterion#TOLERANCE} of the least.
     */
    public Proportion picksGood() {
        return count(race -> isGood(race.pick()));
    }

    /** Returns how often the best candidate is among the finalists. */
    public Proportion keepsBest() {
        return count(race -> race.finalists().contains(truth.best()));
    }

    /**
     * Returns how often one within {@link Criterion#TOLERANCE} of the least is among the finalists.
     */
    public Proportion keepsGood() {
        return count(race -> race.finalists().stream().anyMatch(this::isGood));
    }

    /** Returns how often the pick is a candidate that is known to fail now and then. */
    public Proportion fails() {
        return count(race -> truth.of(race.pick()).failures() > 0);
    }

    /** Returns how often the pick is a candidate without fresh instances. */
    public Proportion picksUnjudged() {
        return count(race -> !truth.of(race.pick()).fresh());
    }

    private boolean isGood(String candidate) {
        return truth.regret(candidate) <= Criterion.TOLERANCE;
    }

    private Proportion count(Predicate<Race> counted) {
        return new Proportion((int) races.stream().filter(counted).count(), races.size());
    }

    /** Returns the regrets in the true mean, relative; +infinity for failing picks. */
    public Losses regrets() {
        return Losses.of(races.stream().mapToDouble(race -> truth.regret(race.pick())).toArray());
    }

    /** Returns the mean regret with its interval, over the repeats whose pick never failed. */
    public Optional<Estimate> meanRegret() {
        return mean(truth::regret);
    }

    /** Returns the same for the true 0.95 quantile. */
    public Optional<Estimate> meanTailRegret() {
        return mean(truth::tailRegret);
    }

    /** Returns the mean of the true cv of the picks that never failed. */
    public Optional<Estimate> meanCv() {
        return mean(candidate -> truth.of(candidate).cv());
    }

    private Optional<Estimate> mean(ToDoubleFunction<String> value) {
        return mean(races.stream().map(Race::pick).mapToDouble(value).toArray());
    }

    private static Optional<Estimate> mean(double[] values) {
        double[] finite = Arrays.stream(values).filter(Double::isFinite).toArray();
        return finite.length == 0
                ? Optional.empty()
                : Optional.of(LossSummary.estimate(Losses.of(finite), new Criterion.Mean()));
    }

    /**
     * Returns this regret minus another contestant's, repeat by repeat: both saw the instances in
     * the same order. Over the repeats in which neither pick fails.
     */
    public Optional<Estimate> regretBeyond(Score other) {
        double[] differences = new double[races.size()];
        for (int r = 0; r < differences.length; r++) {
            differences[r] =
                    truth.regret(races.get(r).pick()) - truth.regret(other.races.get(r).pick());
        }
        return mean(differences); // infinity minus infinity is NaN, and left out
    }

    /** Returns the candidates picked, most often first, then by id. */
    public List<Pick> picks() {
        Map<String, Integer> times = new LinkedHashMap<>();
        races.forEach(race -> times.merge(race.pick(), 1, Integer::sum));
        return times.entrySet().stream()
                .map(entry -> new Pick(entry.getKey(), entry.getValue()))
                .sorted(
                        Comparator.comparingInt(Pick::times)
                                .reversed()
                                .thenComparing(Pick::candidate))
                .toList();
    }
}
