package dev.mettle.report;

import dev.mettle.core.instance.Evaluation;
import dev.mettle.core.instance.InstanceResult;
import dev.mettle.core.instance.Outcome;
import dev.mettle.core.run.BaselineComparison;
import dev.mettle.core.run.CertificateRecord;
import dev.mettle.core.run.RunSummary;
import dev.mettle.core.statistics.Losses;
import dev.mettle.core.statistics.Robustness;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a newcomer wants to know of one winner: its bound, its losses, robust or not, beside the
 * baseline, its settings.
 */
final class WinnerCard {
    private final RunDigest run;
    private final RunSummary.Winner winner;
    private final LossMeaning meaning;
    private final MetricMeaning metricMeaning;

    private WinnerCard(RunDigest run, RunSummary.Winner winner) {
        this.run = run;
        this.winner = winner;
        this.meaning = new LossMeaning(run.plan());
        this.metricMeaning = new MetricMeaning(run.plan());
    }

    /** Returns the card of a winner. */
    static Html of(RunDigest run, RunSummary.Winner winner) {
        return new WinnerCard(run, winner).html();
    }

    private Html html() {
        String group = Names.group(run.plan(), winner.group());
        boolean several = run.summary().winners().size() > 1;
        boolean best = several && winner.equals(run.summary().winners().getFirst());
        return Html.of(
                """
                <article class="card">
                <h3>%s <code>%s</code>%s</h3>
                %s
                %s
                <p>%s</p>
                %s
                %s
                %s
                %s
                </article>\
                """,
                several ? "Winner for " + group + ":" : "Winner:",
                winner.candidate().id(),
                best ? new Html(" <span class=\"chip\">best of all</span>") : Html.NONE,
                verdict(),
                tiles(),
                Html.of(
                        "Robust: <b>%s</b>. %s %s",
                        label(),
                        Sentences.capitalised(winner.robustness().reason()),
                        Sentences.unbroken(winner.robustness().warning().orElse(""))),
                best || !several
                        ? Html.NONE
                        : Caveats.html(run, winner), // the best one's are above
                Html.join(
                        BaselineComparison.of(run.summary(), winner).stream()
                                .map(BaselinesSection::sentence)
                                .toList()),
                metricMeaning.besideTheLoss().isEmpty()
                        ? comparison()
                        : MetricTables.of(run, winner),
                settings());
    }

    private String label() {
        return winner.robustness().verdict().label();
    }

    private Html verdict() {
        if (winner.certificate().isEmpty()) {
            return Html.of(
                    "<p>Not certified. The figures are those of its %s trainings in the race.</p>",
                    winner.losses().count());
        }
        CertificateRecord certificate = winner.certificate().get();
        if (!certificate.certified()) {
            return Html.of(
                    "<p>Not certified: %s of %s fresh trainings failed.</p>",
                    winner.losses().failures(), winner.losses().count());
        }
        return Html.of(
                "<p>At least %s of its future trainings will have %s of at most <b>%s</b>"
                    + " (confidence %s): the %s of the losses of %s fresh trainings that selection"
                    + " never saw.</p>",
                Digits.wholePercent(certificate.coverage()),
                meaning.aNoun(),
                meaning.bound(certificate.bound()),
                Digits.wholePercent(certificate.confidence()),
                ordinal(certificate.rank()),
                certificate.instances());
    }

    /** Returns "largest", "second largest" and so on. */
    static String ordinal(int rank) {
        return switch (rank) {
            case 1 -> "largest";
            case 2 -> "second largest";
            case 3 -> "third largest";
            default -> rank + "th largest";
        };
    }

    private Html tiles() {
        Losses losses = winner.losses();
        List<Html> tiles = new ArrayList<>();
        winner.certificate()
                .filter(CertificateRecord::certified)
                .ifPresent(certificate ->
                        tiles.add(tile("certified bound", meaning.bound(certificate.bound()))));
        tiles.add(tile("mean " + meaning.noun(), meaning.shown(losses.mean())));
        tiles.add(tile("largest " + meaning.noun(), meaning.shown(losses.max())));
        tiles.add(tile("spread, cv = σ/µ", Digits.percent(losses.cv())));
        tiles.add(tile("failed trainings", losses.failures() + " of " + losses.count()));
        tiles.add(
                tile(
                        "robust",
                        label()
                                + (winner.robustness().verdict() == Robustness.Verdict.YES
                                        ? " ✓"
                                        : "")));
        return Html.of("<dl class=\"tiles\">%s</dl>", Html.join(tiles));
    }

    private static Html tile(String label, String value) {
        return Html.of("<div><dt>%s</dt><dd>%s</dd></div>", label, value);
    }

    private Html comparison() {
        List<BaselineComparison> beside = BaselineComparison.of(run.summary(), winner);
        List<Object> headings = new ArrayList<>(List.of("", "winner"));
        beside.forEach(b -> headings.add(b.baseline().name()));
        Table table = new Table(headings);
        List<Losses> losses = new ArrayList<>(List.of(winner.losses()));
        beside.forEach(b -> losses.add(b.losses()));
        table.add(row("mean loss", losses.stream().map(l -> meaning.shown(l.mean())).toList()));
        table.add(row("largest loss", losses.stream().map(l -> meaning.shown(l.max())).toList()));
        table.add(row("spread, cv", losses.stream().map(l -> Digits.percent(l.cv())).toList()));
        List<List<Evaluation>> columns = new ArrayList<>(List.of(completed()));
        beside.forEach(b -> columns.add(b.baseline().evaluations()));
        Set<String> metrics = new LinkedHashSet<>();
        columns.forEach(column -> column.forEach(e -> metrics.addAll(e.metrics().keySet())));
        for (String metric : metrics) {
            table.add(
                    row(
                            metricMeaning.label(metric),
                            columns.stream().map(c -> metric(metricMeaning, metric, c)).toList()));
        }
        return Html.join(table.html(), metrics.isEmpty() ? Html.NONE : note());
    }

    private List<Evaluation> completed() {
        return winner.instances().stream()
                .map(InstanceResult::outcome)
                .filter(Outcome.Completed.class::isInstance)
                .map(outcome -> ((Outcome.Completed) outcome).evaluation())
                .toList();
    }

    private static Html note() {
        return new Html(
                "<p class=\"small\">Means over the trainings ± their standard deviation. σ_eff is"
                    + " half the width of the central 68 % of the errors, bias their mean.</p>");
    }

    private static List<Object> row(String name, List<String> values) {
        List<Object> row = new ArrayList<>(List.of(name));
        row.addAll(values);
        return row;
    }

    /** Returns mean and spread of a metric over models; a dash where none has it. */
    static String metric(MetricMeaning meaning, String name, List<Evaluation> evaluations) {
        double[] values =
                evaluations.stream()
                        .filter(e -> e.metrics().containsKey(name))
                        .mapToDouble(e -> e.metrics().getOrDefault(name, 0.0))
                        .filter(Double::isFinite)
                        .toArray();
        if (values.length == 0) {
            return "–";
        }
        Losses statistics = Losses.of(values);
        return meaning.value(name, statistics.mean(), statistics.std());
    }

    private Html settings() {
        Set<Map.Entry<String, String>> settings = winner.candidate().settings().entrySet();
        String rows =
                settings.stream()
                        .map(setting ->
                                Html.of(
                                                "<div><dt>%s</dt><dd>%s</dd></div>",
                                                setting.getKey(), setting.getValue())
                                        .markup())
                        .collect(Collectors.joining());
        return Html.of(
                "<dl class=\"settings\">%s<div><dt>weights and biases</dt><dd>%s</dd></div></dl>",
                new Html(rows), Digits.count(winner.candidate().parameters()));
    }
}
