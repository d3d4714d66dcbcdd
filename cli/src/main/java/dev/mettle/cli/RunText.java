package dev.mettle.cli;

import dev.mettle.core.run.BaselineComparison;
import dev.mettle.core.run.BaselineRecord;
import dev.mettle.core.run.CertificateRecord;
import dev.mettle.core.run.LossWords;
import dev.mettle.core.run.MetricRange;
import dev.mettle.core.run.RaceWords;
import dev.mettle.core.run.RunPlan;
import dev.mettle.core.run.RunSummary;
import dev.mettle.core.statistics.Losses;
import dev.mettle.core.study.HeldOutLoss;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

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
        run.audit()
                .flatMap(audit -> RaceWords.warning(audit, run.plan().criterion(), Numbers::shown))
                .ifPresent(warning -> lines.add("Attention: " + warning + "."));
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
        run.check().ifPresent(check -> lines.add("race       " + RaceWords.check(check)));
        run.audit()
                .ifPresent(audit -> {
                    lines.add("audit      " + RaceWords.audited(audit) + ":");
                    lines.add("             " + RaceWords.found(audit) + ";");
                    lines.add("             " + RaceWords.best(audit, Numbers::shown));
                });
        lines.addAll(baselines(run));
        lines.add("report     " + directory.report());
        return String.join("\n", lines);
    }

    /** Returns the lines about baselines: what each reached, and how every winner compares. */
    private static List<String> baselines(RunSummary run) {
        List<String> lines = new ArrayList<>();
        MetricText metrics = new MetricText(run.plan());
        for (BaselineRecord baseline : run.baselines()) {
            if (baseline.evaluations().isEmpty()) {
                continue;
            }
            Losses losses = baseline.losses();
            lines.add(
                    "baseline   %s: mean %s, cv %s"
                            .formatted(
                                    baseline.name(),
                                    metrics.loss(losses.mean()),
                                    Numbers.percent(losses.cv())));
            for (RunSummary.Winner winner : run.winners()) {
                BaselineComparison.of(run, winner).stream()
                        .filter(comparison -> comparison.baseline().equals(baseline))
                        .map(comparison -> comparison.relation(Numbers::percent, Numbers::factor))
                        .forEach(relation ->
                                lines.add(
                                        "             %s is %s"
                                                .formatted(winner.candidate().id(), relation)));
            }
        }
        return lines;
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
        MetricText metrics = new MetricText(run.plan());
        Losses losses = winner.losses();
        lines.add(
                text(
                        "  losses     %d instances%s: mean %s, median %s, max %s, cv %s",
                        losses.count(),
                        named(run.plan()),
                        metrics.loss(losses.mean()),
                        metrics.loss(losses.quantile(0.5)),
                        metrics.loss(losses.max()),
                        Numbers.percent(losses.cv())));
        lines.addAll(metrics.lines(MetricRange.of(winner.instances())));
        lines.add(
                "  robust     %s: %s"
                        .formatted(
                                winner.robustness().verdict().label(),
                                winner.robustness().reason()));
        winner.robustness().warning().ifPresent(warning -> lines.add("  warning    " + warning));
        winner.certificate()
                .ifPresent(certificate ->
                        certificate(certificate, winner.metricBounds(), run.plan())
                                .forEach(line -> lines.add("  " + line)));
        return lines;
    }

    /** Names the loss unless it is the squared error of one target, which goes without saying. */
    private static String named(RunPlan plan) {
        boolean plain = plan.loss() instanceof HeldOutLoss.Mse && plan.task().targetCount() == 1;
        return plain ? "" : ", " + LossWords.of(plan).withUnit();
    }

    /** Returns the lines about a certificate; one for all metrics that have bounds of their own. */
    static List<String> certificate(
            CertificateRecord certificate, Map<String, Double> metricBounds, RunPlan plan) {
        if (!certificate.certified()) {
            return List.of(
                    text(
                            "not certified: of %d fresh instances, too many failed for a finite"
                                    + " bound",
                            certificate.instances()));
        }
        MetricText metrics = new MetricText(plan);
        List<String> lines = new ArrayList<>();
        lines.add(
                text(
                        "certified  with confidence %s, at least %s of all future trainings have"
                                + " %s",
                        Numbers.share(certificate.confidence()),
                        Numbers.share(certificate.coverage()),
                        metrics.bounded(certificate.bound())));
        if (!metricBounds.isEmpty()) {
            lines.add(
                    "           and, each with that confidence by itself: "
                            + String.join(", ", metrics.bounds(metricBounds)));
        }
        return lines;
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
