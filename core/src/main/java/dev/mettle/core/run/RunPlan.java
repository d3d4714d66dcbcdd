package dev.mettle.core.run;

import dev.mettle.core.data.Task;
import dev.mettle.core.study.CertificateSettings;
import dev.mettle.core.study.HeldOutLoss;
import dev.mettle.core.study.ScaleKind;

import java.util.List;
import java.util.Optional;

/**
 * What a run set out to do, as far as its report and tables need it.
 *
 * @param task what is predicted
 * @param targetScales scale of each target, which gives the losses their unit
 * @param loss what is measured on held-out rows
 * @param sample rows an instance trains on
 * @param pool rows of the pool
 * @param validation validation rows
 * @param test test rows
 * @param excluded candidates left out by a constraint
 * @param algorithm label of the selection algorithm
 * @param criterion label of the criterion
 * @param instances instances of a finalist
 * @param trainingsAtMost greatest number of trainings the selection can need
 * @param per dimension for each of whose values a winner is picked
 * @param certificate what is to be certified, if anything
 * @param split how rows were held out, in words; empty for rows at random
 */
public record RunPlan(
        Task task,
        List<ScaleKind> targetScales,
        HeldOutLoss loss,
        int sample,
        int pool,
        int validation,
        int test,
        int excluded,
        String algorithm,
        String criterion,
        int instances,
        long trainingsAtMost,
        Optional<String> per,
        Optional<CertificateSettings> certificate,
        Optional<String> split) {
    public RunPlan {
        targetScales = List.copyOf(targetScales);
    }

    /** A plan whose held-out rows are random. */
    public RunPlan(
            Task task,
            List<ScaleKind> targetScales,
            HeldOutLoss loss,
            int sample,
            int pool,
            int validation,
            int test,
            int excluded,
            String algorithm,
            String criterion,
            int instances,
            long trainingsAtMost,
            Optional<String> per,
            Optional<CertificateSettings> certificate) {
        this(
                task,
                targetScales,
                loss,
                sample,
                pool,
                validation,
                test,
                excluded,
                algorithm,
                criterion,
                instances,
                trainingsAtMost,
                per,
                certificate,
                Optional.empty());
    }

    /** Returns the names of the targets, separated by commas. */
    public String targetText() {
        return String.join(", ", task.targetNames());
    }
}
