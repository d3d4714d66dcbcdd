package dev.mettle.core.run;

import dev.mettle.core.study.CertificateSettings;
import dev.mettle.core.study.ScaleKind;

import java.util.Optional;

/**
 * What a run set out to do, as far as its report and tables need it.
 *
 * @param target name of the target
 * @param targetScale its scale, which gives the losses their unit
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
 */
public record RunPlan(
        String target,
        ScaleKind targetScale,
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
        Optional<CertificateSettings> certificate) {}
