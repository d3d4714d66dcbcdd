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

    /** Returns the section; empty without a winner and without a known curve of a failure. */
    static Optional<Section> of(RunDigest run) {
        List<Block> blocks = new ArrayList<>();
        List<RunSummary.Winner> winners = run.summary().winners();
        for (int i = 0; i < Math.min(MOST_WINNERS, winners.size()); i++) {
            add(run, winners.get(i), i + 1, blocks);
        }
        explosions(run).ifPresent(blocks::add);
        return blocks.isEmpty()
                ? Optional.empty()
                : Optional.of(new Section("curves", "Learning curves", blocks));
    }

    private static void add(
            RunDigest run, RunSummary.Winner winner, int number, List<Block> blocks) {
        String title =
                "%s: the %d trainings of the %s"
                        .formatted(
                                Names.of(run.plan(), winner.candidate(), winner.group()),
                                winner.instances().size(),
                                winner.certificate().isPresent() ? "certificate" : "race");
        blocks.add(
                CurvePlot.of("plot-curves-" + number, title, winner.instances())
                        .map(Block.class::cast)
                        .orElseGet(() ->
                                Html.of(
                                        "<p class=\"note\">%s: no learning curve is known.</p>",
                                        title)));
        blocks.add(instances(run, winner));
    }

    private static Optional<Plot> explosions(RunDigest run) {
        List<InstanceResult> exploded = run.explosions();
        return CurvePlot.of(
                "plot-explosions",
                exploded.size() < run.raceExplosions()
                        ? "Explosions in the race, %d of %s"
                                .formatted(exploded.size(), Digits.count(run.raceExplosions()))
                        : "Explosions in the race",
                exploded);
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
