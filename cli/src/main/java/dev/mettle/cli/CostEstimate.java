package dev.mettle.cli;

import dev.mettle.core.instance.InstanceKey;
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

    /** What a fresh JVM loses before its kernels are compiled (docs/decisions/0009-warm-up.md). */
    private static final double WARM_UP_SECONDS = 1.3;

    /**
     * Measures for a few seconds. Candidates of later rounds are taken to cost what those of the
     * first do.
     */
    static CostEstimate of(OpenStudy open, int threads) {
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
        double trainings = open.rounds().trainingsAtMost() + certificates;
        double seconds = WARM_UP_SECONDS + perTraining * trainings / threads;
        return new CostEstimate(perTraining, certificates, seconds);
    }

    /**
     * Measures for a second or two and returns the seconds that these instances take on so many
     * threads, each on its own number of rows; 0 without any.
     *
     * @param instances of candidates of the study
     */
    static double seconds(OpenStudy open, List<InstanceKey> instances, int threads) {
        if (instances.isEmpty()) {
            return 0;
        }
        Map<String, Candidate> candidates = new HashMap<>();
        Study study = open.study();
        study.candidates().forEach(candidate -> candidates.put(candidate.id(), candidate));
        TrainingCost cost =
                TrainingCost.measure(
                        open.data().inputShape(),
                        open.data().featureCount(),
                        study.task(),
                        instances.stream().map(key -> known(candidates, key)).distinct().toList(),
                        PER_PROBE);
        double sum = 0;
        for (InstanceKey key : instances) {
            sum +=
                    cost.secondsPerInstance(
                            known(candidates, key),
                            key.rows().orElse(study.sample()),
                            open.partition().validation().length);
        }
        return WARM_UP_SECONDS + sum / Math.min(threads, instances.size());
    }

    private static Candidate known(Map<String, Candidate> candidates, InstanceKey key) {
        return Objects.requireNonNull(candidates.get(key.candidate()));
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
