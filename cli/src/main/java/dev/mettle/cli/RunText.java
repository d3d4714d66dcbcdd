package dev.mettle.cli;

import dev.mettle.core.data.Series;
import dev.mettle.core.instance.Evaluation;
import dev.mettle.core.instance.HeldOut;
import dev.mettle.core.run.CertificateRecord;
import dev.mettle.core.run.RunSummary;
import dev.mettle.core.statistics.Losses;
import dev.mettle.core.study.ScaleKind;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The result of a run in a dozen lines for people. */
final class RunText {
    private RunText() {}

    /**
     * Returns the lines.
     *
     * @param trained instances trained by this call
     * @param seconds time this call took
     */
    static String of(RunSummary run, RunDirectory directory, int trained, double seconds) {
        List<String> lines = new ArrayList<>();
        lines.add(
                text(
                        "%s: %,d candidates, %,d instances (%d exploded, %d crashed); %,d trained"
                                + " now in %s",
                        run.provenance().study(),
                        run.candidates(),
                        run.counts().instances(),
                        run.counts().exploded(),
                        run.counts().crashed(),
                        trained,
                        Numbers.duration(seconds)));
        if (run.winners().isEmpty()) {
            lines.add(
                    "No winner: every finalist has a failed instance, so nothing can be"
                            + " recommended.");
        }
        run.winners().forEach(winner -> lines.addAll(winner(run, winner)));
        run.plan()
                .per()
                .ifPresent(per ->
                        run.groupsWithoutWinner()
                                .forEach(group ->
                                        lines.add(
                                                "No winner for %s=%s: every finalist has a failed instance."
                                                        .formatted(per, group))));
        run.baselines()
                .forEach(baseline ->
                        lines.add(
                                text(
                                        "baseline   %s: mean %s",
                                        baseline.name(),
                                        Numbers.shown(
                                                Losses.of(
                                                                baseline.evaluations().stream()
                                                                        .mapToDouble(
                                                                                Evaluation::loss)
                                                                        .toArray())
                                                        .mean()))));
        lines.add("report     " + directory.report());
        return String.join("\n", lines);
    }

    /** Returns the lines of one winner. */
    static List<String> winner(RunSummary run, RunSummary.Winner winner) {
        List<String> lines = new ArrayList<>();
        String per =
                run.plan()
                        .per()
                        .map(name -> " for %s=%s".formatted(name, winner.group()))
                        .orElse("");
        lines.add("");
        lines.add(
                text(
                        "winner%s   %s  (%,d weights)",
                        per, winner.candidate().id(), winner.candidate().parameters()));
        winner.candidate()
                .settings()
                .forEach((name, value) -> lines.add("             %s: %s".formatted(name, value)));
        Losses losses = winner.losses();
        lines.add(
                text(
                        "  losses     %d instances: mean %s, median %s, max %s, cv %s",
                        losses.count(),
                        Numbers.shown(losses.mean()),
                        Numbers.shown(losses.quantile(0.5)),
                        Numbers.shown(losses.max()),
                        Numbers.percent(losses.cv())));
        lines.addAll(metrics(run, winner));
        lines.add(
                "  robust     %s: %s"
                        .formatted(
                                winner.robustness().verdict().label(),
                                winner.robustness().reason()));
        winner.certificate().ifPresent(certificate -> lines.add("  " + certificate(certificate)));
        return lines;
    }

    private static List<String> metrics(RunSummary run, RunSummary.Winner winner) {
        boolean relative = run.plan().targetScales().getFirst() == ScaleKind.LOG;
        List<String> lines = new ArrayList<>();
        mean(winner, HeldOut.SIGMA_EFF)
                .ifPresent(width ->
                        lines.add(
                                text(
                                        "  metrics    %s of %s %s, bias %s (means over the"
                                                + " instances)",
                                        relative ? "relative resolution (sigma_eff)" : "sigma_eff",
                                        run.plan().targetText(),
                                        relative ? Numbers.percent(width) : Numbers.shown(width),
                                        mean(winner, HeldOut.BIAS)
                                                .map(bias ->
                                                        relative
                                                                ? Numbers.percent(bias)
                                                                : Numbers.shown(bias))
                                                .orElse("unknown"))));
        return lines;
    }

    private static Optional<Double> mean(RunSummary.Winner winner, String metric) {
        Series values =
                Series.of(
                        winner.instances().stream()
                                .flatMap(result -> result.outcome().known().stream())
                                .filter(evaluation -> evaluation.metrics().containsKey(metric))
                                .mapToDouble(evaluation -> evaluation.metrics().get(metric))
                                .toArray());
        double sum = 0;
        for (int i = 0; i < values.size(); i++) {
            sum += values.get(i);
        }
        return values.size() == 0 ? Optional.empty() : Optional.of(sum / values.size());
    }

    /** Returns one line about a certificate. */
    static String certificate(CertificateRecord certificate) {
        if (!certificate.certified()) {
            return text(
                    "not certified: of %d fresh instances, too many failed for a finite bound",
                    certificate.instances());
        }
        return text(
                "certified  with confidence %s, at least %s of all future trainings have a loss of"
                        + " at most %s",
                Numbers.share(certificate.confidence()),
                Numbers.share(certificate.coverage()),
                Numbers.bound(certificate.bound()));
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
