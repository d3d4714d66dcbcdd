package dev.mettle.cli;

import dev.mettle.core.instance.InstanceKey;
import dev.mettle.core.selection.SelectionAlgorithm;
import dev.mettle.core.study.Candidate;
import dev.mettle.core.study.Study;
import dev.mettle.engine.TrainingCost;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a study costs on this machine, at most: the mean time of a candidate's training, as a few
 * probes measure it, times the trainings, shared by the threads.
 *
 * @param secondsPerTraining mean over the candidates, on one thread
 * @param certificateTrainings trainings of all certificates, at most
 * @param seconds time of the whole run
 */
record CostEstimate(double secondsPerTraining, long certificateTrainings, double seconds) {
    private static final Duration PER_PROBE = Duration.ofMillis(500);

    /** What a fresh JVM loses before its kernels are compiled (docs/decisions/0010-warm-up.md). */
    private static final double WARM_UP_SECONDS = 1.3;

    /** Measures for a few seconds. */
    static CostEstimate of(OpenStudy open, SelectionAlgorithm algorithm, int threads) {
        Study study = open.study();
        TrainingCost cost =
                TrainingCost.measure(
                        open.data().inputShape(),
                        open.data().featureCount(),
                        study.task(),
                        study.candidates(),
                        PER_PROBE);
        double sum = 0;
        for (Candidate candidate : study.candidates()) {
            sum +=
                    cost.secondsPerInstance(
                            candidate, study.sample(), open.partition().validation().length);
        }
        double perTraining = sum / study.candidates().size();
        long certificates = certificateTrainings(study);
        double trainings = algorithm.trainingsAtMost() + certificates;
        double seconds = WARM_UP_SECONDS + perTraining * trainings / threads;
        return new CostEstimate(perTraining, certificates, seconds);
    }

    /**
     * Measures what these instances take; 0 without any.
     *
     * @param instances of candidates of the study
     */
    static double seconds(OpenStudy open, List<InstanceKey> instances, int threads) {
        Map<String, Candidate> candidates = new HashMap<>();
        open.study().candidates().forEach(c -> candidates.put(c.id(), c));
        List<Candidate> trained =
                instances.stream()
                        .map(key -> Objects.requireNonNull(candidates.get(key.candidate())))
                        .toList();
        if (trained.isEmpty()) {
            return 0;
        }
        TrainingCost cost =
                TrainingCost.measure(
                        open.data().inputShape(),
                        open.data().featureCount(),
                        open.study().task(),
                        trained.stream().distinct().toList(),
                        PER_PROBE);
        double sum = 0;
        for (Candidate candidate : trained) {
            sum +=
                    cost.secondsPerInstance(
                            candidate, open.study().sample(), open.partition().validation().length);
        }
        return sum / threads;
    }

    /** Returns the trainings of all certificates, at most. */
    static long certificateTrainings(Study study) {
        return study.certificate()
                .map(c -> (long) c.instances() * c.attempts() * winners(study))
                .orElse(0L);
    }

    /** Returns how many winners there will be: one for every value of {@code per}. */
    static long winners(Study study) {
        return study.selection()
                .per()
                .map(dimension ->
                        study.candidates().stream()
                                .map(candidate -> candidate.settings().get(dimension))
                                .distinct()
                                .count())
                .orElse(1L);
    }
}
