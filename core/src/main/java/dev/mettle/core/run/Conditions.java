package dev.mettle.core.run;

import dev.mettle.core.data.Series;
import dev.mettle.core.instance.Evaluation;
import dev.mettle.core.instance.InstanceResult;
import dev.mettle.core.statistics.HeldOutNoise;
import dev.mettle.core.statistics.SignificantDigits;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a certificate is conditional on, in words for people. */
final class Conditions {
    private static final int SHOWN_OF_CHECKSUM = 12;

    private Conditions() {}

    static List<String> of(
            CertificateRecord certificate,
            RunPlan plan,
            Provenance provenance,
            List<InstanceResult> instances) {
        List<String> conditions = new ArrayList<>();
        conditions.add(
                text(
                        "The pool: all trainings draw their %,d rows from the same %,d (data %s).",
                        plan.sample(), plan.pool(), shortened(provenance.dataChecksum())));
        conditions.add(
                text(
                        "Drawing %1$s of a finite pool understates the spread that the sample"
                                + " causes: its variance by about %1$s.",
                        percent((double) plan.sample() / plan.pool(), 2)));
        conditions.add(
                text(
                        "The test set: all losses are means over the same %,d rows.%s",
                        plan.test(), noise(plan, instances)));
        plan.split().ifPresent(conditions::add);
        conditions.add("The software: " + provenance.software() + ".");
        int bounds = 1 + MetricBounds.of(certificate, plan, instances).size();
        if (bounds > 1) {
            conditions.add(
                    text(
                            "%d bounds from the same trainings, of the loss and of metrics: each"
                                + " holds by itself with the confidence stated; that all of them"
                                + " hold together has a confidence of %s.",
                            bounds, percent(simultaneous(bounds, certificate), 3)));
        }
        if (certificate.attempts() > 1) {
            conditions.add(
                    text(
                            "Attempt %d of %d declared beforehand; the confidence holds for all of"
                                    + " them together.",
                            certificate.attempt(), certificate.attempts()));
        }
        if (certificate.look() > 1) {
            conditions.add(
                    text(
                            "Look %d at this test set: that all %d certificates hold together has a"
                                    + " confidence of %s.",
                            certificate.look(),
                            certificate.look(),
                            percent(simultaneous(certificate.look(), certificate), 3)));
        }
        return conditions;
    }

    /** Returns the confidence that several statements hold together (Bonferroni). */
    private static double simultaneous(int statements, CertificateRecord certificate) {
        return Math.max(0, 1 - statements * (1 - certificate.confidence()));
    }

    private static String noise(RunPlan plan, List<InstanceResult> instances) {
        List<Series> blocks =
                instances.stream()
                        .map(result -> result.outcome().known().map(Evaluation::lossByBlock))
                        .flatMap(Optional::stream)
                        .toList();
        return HeldOutNoise.of(blocks)
                .map(noise ->
                        " Other rows would move the mean loss by about %s (one standard error)."
                                .formatted(loss(plan, noise.levelStandardError())))
                .orElse("");
    }

    private static String loss(RunPlan plan, double value) {
        return LossWords.of(plan).isShare() ? percent(value, 2) : SignificantDigits.of(value, 2);
    }

    private static String percent(double share, int digits) {
        return SignificantDigits.of(100 * share, digits) + " %";
    }

    private static String shortened(String checksum) {
        return checksum.substring(0, Math.min(SHOWN_OF_CHECKSUM, checksum.length()));
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
