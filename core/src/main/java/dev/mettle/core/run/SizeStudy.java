package dev.mettle.core.run;

import dev.mettle.core.instance.InstanceResult;
import dev.mettle.core.random.Purpose;
import dev.mettle.core.statistics.MinimalSize;
import dev.mettle.core.statistics.Robustness;
import dev.mettle.core.statistics.SizeComparison;
import dev.mettle.core.statistics.SizedLosses;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Losses against the size of the training sample, of one candidate or several, and what they tell
 * about the size from which on each is robust.
 *
 * @param candidates in the order given; ratios compare all others with the first
 * @param ratios of the second candidate and all after it
 * @param paired whether instances of the same number share seeds at all sizes and candidates
 * @param pool rows of the pool; empty when it is not known
 * @param limits what is asked of a robust candidate
 * @param alpha probability of a wrong answer of each fixed sequence, at most
 */
public record SizeStudy(
        List<Candidate> candidates,
        List<SizeComparison.Ratio> ratios,
        boolean paired,
        OptionalInt pool,
        Robustness.Limits limits,
        double alpha) {
    /** Beyond so many settings in which candidates differ, an id is easier to read. */
    private static final int MOST_SETTINGS = 2;

    /**
     * One candidate.
     *
     * @param record which
     * @param name the settings in which it differs from the others, or its id
     * @param sizes its losses, smallest size first
     * @param needed what they tell
     * @param endlessPool what they would prove at worst if the pool had no end; empty when its size
     *     is not known
     */
    public record Candidate(
            CandidateRecord record,
            String name,
            List<SizedLosses> sizes,
            SizeComparison.Needed needed,
            Optional<MinimalSize> endlessPool) {
        public Candidate {
            sizes = List.copyOf(sizes);
        }

        /** Returns what fixed sequences of level alpha prove. */
        public MinimalSize minimal() {
            return needed.minimal();
        }
    }

    /**
     * What was measured of one candidate.
     *
     * @param candidate which
     * @param sizes at least one, smallest first
     */
    public record Measured(CandidateRecord candidate, List<SizedLosses> sizes) {
        public Measured {
            sizes = List.copyOf(sizes);
        }
    }

    public SizeStudy {
        candidates = List.copyOf(candidates);
        ratios = List.copyOf(ratios);
    }

    /**
     * Judges by {@link Robustness.Limits#DEFAULT} and {@link MinimalSize#ALPHA}.
     *
     * @param measured at least one
     * @param paired whether the i-th losses of all sizes and candidates are of instances with the
     *     same seeds
     * @param pool rows of the pool, if they are known
     */
    public static SizeStudy of(List<Measured> measured, boolean paired, OptionalInt pool) {
        Robustness.Limits limits = Robustness.Limits.DEFAULT;
        SizeComparison comparison =
                SizeComparison.of(
                        measured.stream().map(Measured::sizes).toList(),
                        paired,
                        limits,
                        MinimalSize.ALPHA);
        List<String> names = names(measured.stream().map(Measured::candidate).toList());
        List<Candidate> candidates = new ArrayList<>();
        for (int c = 0; c < measured.size(); c++) {
            List<SizedLosses> sizes = measured.get(c).sizes();
            candidates.add(
                    new Candidate(
                            measured.get(c).candidate(),
                            names.get(c),
                            sizes,
                            comparison.candidates().get(c),
                            pool.isPresent()
                                    ? Optional.of(
                                            MinimalSize.withEndlessPool(
                                                    sizes,
                                                    limits,
                                                    MinimalSize.ALPHA,
                                                    pool.getAsInt()))
                                    : Optional.empty()));
        }
        return new SizeStudy(
                candidates, comparison.ratios(), paired, pool, limits, MinimalSize.ALPHA);
    }

    /**
     * Reads all instances of {@link Purpose#SAMPLE_SIZE} of a run; sizes with a single one, which
     * has no spread, are left out. Empty when there are none.
     */
    public static Optional<SizeStudy> of(RunRecord run) {
        Map<String, List<InstanceResult>> results = new HashMap<>();
        run.forEachInstance(
                Purpose.SAMPLE_SIZE,
                result ->
                        results.computeIfAbsent(result.key().candidate(), _ -> new ArrayList<>())
                                .add(result));
        List<List<InstanceResult>> found = new ArrayList<>();
        List<CandidateRecord> candidates = new ArrayList<>();
        for (CandidateRecord candidate : run.candidates()) {
            List<InstanceResult> several = several(results.getOrDefault(candidate.id(), List.of()));
            if (!several.isEmpty()) {
                candidates.add(candidate);
                found.add(several);
            }
        }
        return found.isEmpty() ? Optional.empty() : Optional.of(of(run.plan(), candidates, found));
    }

    /**
     * Judges instances of a run.
     *
     * @param plan of the run
     * @param candidates at least one
     * @param results of each of them, in any order
     */
    public static SizeStudy of(
            RunPlan plan, List<CandidateRecord> candidates, List<List<InstanceResult>> results) {
        List<Measured> measured = new ArrayList<>();
        boolean paired = true;
        Optional<List<Integer>> numbers = Optional.empty();
        for (int c = 0; c < candidates.size(); c++) {
            List<SizedLosses> sizes = new ArrayList<>();
            for (Map.Entry<Integer, SortedMap<Integer, Double>> size :
                    bySize(plan, results.get(c)).entrySet()) {
                List<Integer> own = List.copyOf(size.getValue().keySet());
                paired &= numbers.orElse(own).equals(own);
                numbers = Optional.of(own);
                sizes.add(
                        SizedLosses.of(
                                size.getKey(),
                                size.getValue().values().stream()
                                        .mapToDouble(Double::doubleValue)
                                        .toArray()));
            }
            measured.add(new Measured(candidates.get(c), sizes));
        }
        return of(measured, paired, OptionalInt.of(plan.pool()));
    }

    private static List<InstanceResult> several(List<InstanceResult> results) {
        Map<OptionalInt, Long> counts =
                results.stream()
                        .collect(
                                Collectors.groupingBy(
                                        result -> result.key().rows(), Collectors.counting()));
        return results.stream()
                .filter(result -> counts.getOrDefault(result.key().rows(), 0L) > 1)
                .toList();
    }

    /** Returns the losses of each size by the number of the instance. */
    private static SortedMap<Integer, SortedMap<Integer, Double>> bySize(
            RunPlan plan, List<InstanceResult> results) {
        SortedMap<Integer, SortedMap<Integer, Double>> sizes = new TreeMap<>();
        for (InstanceResult result : results) {
            sizes.computeIfAbsent(result.key().rows().orElse(plan.sample()), _ -> new TreeMap<>())
                    .put(result.key().init(), result.outcome().loss());
        }
        return sizes;
    }

    /** Names candidates by the settings in which they differ, where these are few. */
    private static List<String> names(List<CandidateRecord> candidates) {
        List<String> differing = new ArrayList<>();
        for (CandidateRecord candidate : candidates) {
            for (String dimension : candidate.settings().keySet()) {
                boolean same =
                        candidates.stream()
                                        .map(other ->
                                                Optional.ofNullable(
                                                        other.settings().get(dimension)))
                                        .distinct()
                                        .count()
                                == 1;
                if (!same && !differing.contains(dimension)) {
                    differing.add(dimension);
                }
            }
        }
        boolean few = !differing.isEmpty() && differing.size() <= MOST_SETTINGS;
        return candidates.stream()
                .map(candidate -> few ? settings(candidate, differing) : candidate.id())
                .toList();
    }

    private static String settings(CandidateRecord candidate, List<String> dimensions) {
        List<String> parts = new ArrayList<>();
        for (String dimension : dimensions) {
            Optional.ofNullable(candidate.settings().get(dimension))
                    .ifPresent(value -> parts.add(dimension + "=" + value));
        }
        return parts.isEmpty() ? candidate.id() : String.join(",", parts);
    }
}
