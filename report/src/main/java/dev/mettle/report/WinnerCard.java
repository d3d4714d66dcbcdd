package dev.mettle.report;

import dev.mettle.core.instance.Evaluation;
import dev.mettle.core.instance.InstanceResult;
import dev.mettle.core.instance.Outcome;
import dev.mettle.core.run.BaselineRecord;
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
    /** From this factor on, losses are compared by a factor. */
    private static final double CLEAR_FACTOR = 1.5;

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
                </article>\
                """,
                several ? "Winner for " + group + ":" : "Winner:",
                winner.candidate().id(),
                best ? new Html(" <span class=\"chip\">best of all</span>") : Html.NONE,
                verdict(),
                tiles(),
                Html.of(
                        "Robust: <b>%s</b>. %s",
                        label(), capitalised(winner.robustness().reason())),
                metricMeaning.besideTheLoss().isEmpty()
                        ? comparison()
                        : MetricTables.of(run, winner),
                settings());
    }

    private String label() {
        return winner.robustness().verdict().label();
    }

    private static String capitalised(String sentence) {
        return sentence.isEmpty()
                ? sentence
                : Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1);
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

    private static String ordinal(int rank) {
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
        List<Evaluation> own =
                winner.instances().stream()
                        .map(InstanceResult::outcome)
                        .flatMap(outcome ->
                                outcome instanceof Outcome.Completed completed
                                        ? java.util.stream.Stream.of(completed.evaluation())
                                        : java.util.stream.Stream.empty())
                        .toList();
        // Baselines are measured on the certificate's samples and test rows: beside the race they
        // would mislead.
        List<BaselineRecord> baselines =
                winner.certificate().isEmpty()
                        ? List.of()
                        : run.summary().baselines().stream()
                                .filter(baseline -> !baseline.evaluations().isEmpty())
                                .toList();
        List<Object> headings = new ArrayList<>(List.of("", "winner"));
        baselines.forEach(baseline -> headings.add(baseline.name()));
        Table table = new Table(headings);
        List<Losses> losses = new ArrayList<>(List.of(winner.losses()));
        baselines.forEach(baseline -> losses.add(losses(baseline)));
        table.add(row("mean loss", losses.stream().map(l -> meaning.shown(l.mean())).toList()));
        table.add(row("largest loss", losses.stream().map(l -> meaning.shown(l.max())).toList()));
        table.add(row("spread, cv", losses.stream().map(l -> Digits.percent(l.cv())).toList()));
        List<List<Evaluation>> columns = new ArrayList<>(List.of(own));
        baselines.forEach(baseline -> columns.add(baseline.evaluations()));
        Set<String> metrics = new LinkedHashSet<>();
        columns.forEach(column -> column.forEach(e -> metrics.addAll(e.metrics().keySet())));
        for (String metric : metrics) {
            table.add(
                    row(
                            metricMeaning.label(metric),
                            columns.stream().map(c -> metric(metric, c)).toList()));
        }
        return Html.join(
                Html.join(
                        baselines.stream()
                                .map(baseline -> against(baseline, losses(baseline)))
                                .toList()),
                table.html(),
                metrics.isEmpty()
                        ? Html.NONE
                        : Html.of(
                                "<p class=\"small\">Means over the trainings ± their standard"
                                    + " deviation. σ_eff is half the width of the central 68 %% of"
                                    + " the errors, bias their mean.%s</p>",
                                baselines.isEmpty()
                                        ? ""
                                        : " Baselines are fitted on the same samples and measured"
                                                + " on the same test rows; they have no random"
                                                + " initial weights, so only the sample makes them"
                                                + " vary."));
    }

    private static List<Object> row(String name, List<String> values) {
        List<Object> row = new ArrayList<>(List.of(name));
        row.addAll(values);
        return row;
    }

    private static Losses losses(BaselineRecord baseline) {
        return Losses.of(
                baseline.evaluations().stream()
                        .mapToDouble(e ->
                                Double.isFinite(e.loss()) ? e.loss() : Double.POSITIVE_INFINITY)
                        .toArray());
    }

    private Html against(BaselineRecord baseline, Losses losses) {
        return Html.of(
                "<p>Against the baseline “%s” the winner is <b>%s</b>.</p>",
                baseline.name(), relation(winner.losses().mean() / losses.mean()));
    }

    /**
     * Says how the winner's mean loss compares, from its ratio to the baseline's: as a percentage
     * where that reads more easily than a factor.
     */
    static String relation(double ratio) {
        if (!Double.isFinite(ratio) || ratio == 0) {
            return "cannot be compared by their means: one of them is infinite or 0";
        }
        String verdict = ratio <= 1 ? "better" : "worse";
        String smaller = ratio <= 1 ? "smaller" : "larger";
        String amount =
                ratio > 1 / CLEAR_FACTOR && ratio < CLEAR_FACTOR
                        ? Digits.percent(Math.abs(ratio - 1))
                        : Digits.factor(Math.max(ratio, 1 / ratio)) + " times";
        return "%s: its mean loss is %s %s".formatted(verdict, amount, smaller);
    }

    private String metric(String name, List<Evaluation> evaluations) {
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
        return metricMeaning.value(name, statistics.mean(), statistics.std());
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
