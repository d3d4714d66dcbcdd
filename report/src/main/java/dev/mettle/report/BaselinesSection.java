package dev.mettle.report;

import dev.mettle.core.run.BaselineRecord;
import dev.mettle.core.run.RunSummary;
import dev.mettle.core.statistics.Criterion;
import dev.mettle.core.statistics.Estimate;
import dev.mettle.core.statistics.LossSummary;
import dev.mettle.core.statistics.Losses;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Each winner beside what is measured without a network. */
final class BaselinesSection {
    private static final int MOST_WINNERS = 6;

    private BaselinesSection() {}

    /** Returns the section; empty without a winner that a baseline stands beside. */
    static Optional<Section> of(RunDigest run) {
        List<RunSummary.Winner> winners =
                run.summary().winners().stream()
                        .filter(winner -> !Beside.of(run, winner).isEmpty())
                        .toList();
        if (winners.isEmpty()) {
            return Optional.empty();
        }
        List<Block> blocks = new ArrayList<>();
        blocks.add(introduction(winners.getFirst().certificate().isPresent()));
        for (int i = 0; i < Math.min(MOST_WINNERS, winners.size()); i++) {
            RunSummary.Winner winner = winners.get(i);
            List<Beside> baselines = Beside.of(run, winner);
            plot(run, winner, baselines, i + 1).ifPresent(blocks::add);
            baselines.forEach(beside -> blocks.add(beside.sentence()));
            blocks.add(table(run, winner, baselines));
        }
        return Optional.of(new Section("baselines", "Beside the baseline", blocks));
    }

    private static Html introduction(boolean certified) {
        return Html.of(
                "<p>A baseline is what one would use without a network. It is fitted on the same"
                    + " training samples and measured on the same %s rows as the winner. It has no"
                    + " random initial weights, so only the sample makes its losses differ.</p>",
                certified ? "test" : "validation");
    }

    private static Optional<Plot> plot(
            RunDigest run, RunSummary.Winner winner, List<Beside> baselines, int number) {
        String name = Names.of(run.plan(), winner.candidate(), winner.group());
        boolean fresh = winner.certificate().isPresent();
        List<LossStrips.Strip> strips = new ArrayList<>();
        strips.add(
                new LossStrips.Strip(
                        "%s — winner, %d".formatted(name, winner.losses().count()),
                        fresh ? LossStrips.Kind.CERTIFICATE : LossStrips.Kind.RACE,
                        winner.losses(),
                        winner.certificate()
                                .map(certificate -> OptionalDouble.of(certificate.bound()))
                                .orElse(OptionalDouble.empty())));
        for (Beside beside : baselines) {
            strips.add(
                    new LossStrips.Strip(
                            "%s — baseline, %d"
                                    .formatted(beside.baseline().name(), beside.losses().count()),
                            LossStrips.Kind.BASELINE,
                            beside.losses(),
                            OptionalDouble.empty()));
        }
        Html reading =
                Html.of(
                        " <span class=\"key %s\">%s</span> the winner%s; <span class=\"key"
                                + " baseline\">△</span> baselines. What counts is how far apart"
                                + " the boxes are, beside how wide they are.",
                        fresh ? "certificate" : "race",
                        fresh ? "●" : "○",
                        fresh ? ", with the certified bound as a thick line" : "");
        return new LossStrips(run.plan(), strips)
                .plot("plot-baselines-" + number, "%s beside baselines".formatted(name), reading);
    }

    private static Html table(RunDigest run, RunSummary.Winner winner, List<Beside> baselines) {
        LossMeaning meaning = new LossMeaning(run.plan());
        MetricMeaning metrics = new MetricMeaning(run.plan());
        List<Object> headings = new ArrayList<>();
        headings.add("");
        headings.addAll(
                List.of(
                        "mean " + meaning.noun(),
                        "interval of the mean",
                        "median",
                        "largest",
                        "cv"));
        metrics.besideTheLoss().forEach(metric -> headings.add(metrics.label(metric)));
        Table table = new Table(headings);
        List<Object> first = row("winner", winner.losses(), meaning);
        metrics.besideTheLoss()
                .forEach(metric -> first.add(MetricTables.mean(metrics, metric, winner)));
        table.add(first);
        for (Beside beside : baselines) {
            BaselineRecord baseline = beside.baseline();
            List<Object> row = row(baseline.name(), beside.losses(), meaning);
            metrics.besideTheLoss()
                    .forEach(metric ->
                            row.add(WinnerCard.metric(metrics, metric, baseline.evaluations())));
            table.add(row);
        }
        return table.html();
    }

    private static List<Object> row(String name, Losses losses, LossMeaning meaning) {
        Estimate mean = LossSummary.estimate(losses, new Criterion.Mean());
        return new ArrayList<>(
                List.of(
                        name,
                        meaning.shown(losses.mean()),
                        meaning.interval(mean),
                        meaning.shown(losses.quantile(0.5)),
                        meaning.shown(losses.max()),
                        Digits.percent(losses.cv())));
    }
}
