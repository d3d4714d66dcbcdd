package dev.mettle.cli;

import dev.mettle.core.selection.SelectionAlgorithm;
import dev.mettle.core.study.Candidate;
import dev.mettle.core.study.Study;
import dev.mettle.engine.TrainingCost;

import java.time.Duration;
import java.util.List;

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
     * Returns the time that trainings of one candidate take, from a probe of a second or two.
     *
     * @param trainings how many, on samples as large as the study's
     */
    static double seconds(OpenStudy open, Candidate candidate, int trainings, int threads) {
        TrainingCost cost =
                TrainingCost.measure(
                        open.data().inputShape(),
                        open.data().featureCount(),
                        open.study().task(),
                        List.of(candidate),
                        PER_PROBE);
        double one =
                cost.secondsPerInstance(
                        candidate, open.study().sample(), open.partition().validation().length);
        return one * trainings / Math.min(threads, trainings);
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
