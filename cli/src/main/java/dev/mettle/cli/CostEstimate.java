package dev.mettle.cli;

import dev.mettle.core.instance.InstanceKey;
import dev.mettle.core.run.RaceRounds;
import dev.mettle.core.selection.AuditSample;
import dev.mettle.core.study.Candidate;
import dev.mettle.core.study.Study;
import dev.mettle.engine.TrainingCost;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * What a study costs on this machine, at most: the mean time of a candidate's training, as a few
 * probes measure it, times the trainings, shared by the threads.
 *
 * @param secondsPerTraining mean over the candidates, on one thread
 * @param certificateTrainings trainings of all certificates, at most
 * @param auditTrainings trainings of the audit, at most
 * @param seconds time of the whole run
 */
record CostEstimate(
        double secondsPerTraining, long certificateTrainings, long auditTrainings, double seconds) {
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
                        open.data().categories().columns(),
                        study.task(),
                        study.candidates(),
                        PER_PROBE);
        int candidates = study.candidates().size();
        double perTraining = secondsOfAll(open, cost, study.sample()) / candidates;
        long certificates = certificateTrainings(study);
        long audit = auditTrainings(study, open.rounds());
        double trainings = open.rounds().trainingsAtMost() + certificates + audit;
        double seconds = perTraining * trainings;
        OptionalInt previewRows = study.selection().algorithm().previewRows();
        if (previewRows.isPresent()) { // one preview of each in place of a training
            seconds += secondsOfAll(open, cost, previewRows.getAsInt()) - perTraining * candidates;
        }
        return new CostEstimate(
                perTraining, certificates, audit, WARM_UP_SECONDS + seconds / threads);
    }

    /** Returns the seconds that a training of every candidate on so many rows takes. */
    private static double secondsOfAll(OpenStudy open, TrainingCost cost, int rows) {
        int heldOut = open.partition().validation().length;
        return open.study().candidates().stream()
                .mapToDouble(candidate -> cost.secondsPerInstance(candidate, rows, heldOut))
                .sum();
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
                        open.data().categories().columns(),
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

    /** Returns how many dropped candidates an audit trains in full, at most. */
    static int audited(Study study, RaceRounds rounds) {
        return AuditSample.count(rounds.droppedAtMost(), study.selection().audit());
    }

    /** Returns the trainings of the audit, at most. */
    static long auditTrainings(Study study, RaceRounds rounds) {
        boolean previews = study.selection().algorithm().previewRows().isPresent();
        return AuditSample.trainingsAtMost(
                rounds.droppedAtMost(),
                study.selection().instances() - (previews ? 0 : 1),
                study.selection().audit());
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
