package dev.mettle.report;

import dev.mettle.core.instance.InstanceResult;
import dev.mettle.core.instance.Outcome;
import dev.mettle.core.run.RunSummary;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How the winners' instances trained, and each of them in numbers. */
final class CurvesSection {
    private static final int MOST_WINNERS = 6;

    private CurvesSection() {}

    /** Returns the section; empty without a winner. */
    static Optional<Section> of(RunDigest run) {
        List<RunSummary.Winner> winners = run.summary().winners();
        if (winners.isEmpty()) {
            return Optional.empty();
        }
        List<Html> parts = new ArrayList<>();
        for (int i = 0; i < Math.min(MOST_WINNERS, winners.size()); i++) {
            RunSummary.Winner winner = winners.get(i);
            String trainings = winner.certificate().isPresent() ? "certificate" : "race";
            String title =
                    "%s: the %d trainings of the %s"
                            .formatted(
                                    Names.of(run.plan(), winner.candidate(), winner.group()),
                                    winner.instances().size(),
                                    trainings);
            parts.add(
                    CurvePlot.of("plot-curves-" + (i + 1), title, winner.instances())
                            .map(Plot::figure)
                            .orElseGet(() ->
                                    Html.of(
                                            "<p class=\"note\">%s: no learning curve is known.</p>",
                                            title)));
            parts.add(instances(run, winner));
        }
        return Optional.of(new Section("curves", "Learning curves", Html.join(parts)));
    }

    private static Html instances(RunDigest run, RunSummary.Winner winner) {
        LossMeaning meaning = new LossMeaning(run.plan());
        MetricMeaning metrics = new MetricMeaning(run.plan());
        List<Object> headings = new ArrayList<>(List.of("instance", "outcome", meaning.noun()));
        metrics.besideTheLoss().forEach(metric -> headings.add(metrics.label(metric)));
        headings.addAll(List.of("epochs", "time", "init seed", "sample seed"));
        Table table = new Table(headings);
        for (InstanceResult result : winner.instances()) {
            List<Object> row =
                    new ArrayList<>(
                            List.of(
                                    result.key().init(),
                                    outcome(result.outcome()),
                                    meaning.shown(result.outcome().loss())));
            for (String metric : metrics.besideTheLoss()) {
                Double value =
                        result.outcome()
                                .known()
                                .map(known -> known.metrics().get(metric))
                                .orElse(null);
                row.add(value == null ? "–" : metrics.value(metric, value));
            }
            row.addAll(
                    List.of(
                            result.outcome().trainingCurve().size(),
                            Digits.duration(result.elapsedNanos()),
                            Long.toUnsignedString(result.initSeed()),
                            Long.toUnsignedString(result.sampleSeed())));
            table.add(row);
        }
        return Html.of(
                "<details><summary>Each training in numbers, with its seeds</summary>%s</details>",
                table.html());
    }

    private static String outcome(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Completed _ -> "completed";
            case Outcome.Exploded exploded -> "exploded: " + exploded.reason();
            case Outcome.Crashed(String reason) -> "crashed: " + reason;
        };
    }
}
