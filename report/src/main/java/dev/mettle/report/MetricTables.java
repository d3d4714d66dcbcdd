package dev.mettle.report;

import dev.mettle.core.data.Task;
import dev.mettle.core.instance.HeldOut;
import dev.mettle.core.run.CertificateRecord;
import dev.mettle.core.run.MetricRange;
import dev.mettle.core.run.RunSummary;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * The losses and metrics of a winner that no baseline stands beside: of a classification a row for
 * each number, of several targets a column for each target.
 */
final class MetricTables {
    private static final String NONE = "–";

    private final RunDigest run;
    private final RunSummary.Winner winner;
    private final MetricMeaning meaning;
    private final Map<String, MetricRange> metrics;
    private final boolean certified;

    private MetricTables(RunDigest run, RunSummary.Winner winner) {
        this.run = run;
        this.winner = winner;
        this.meaning = new MetricMeaning(run.plan());
        this.metrics = MetricRange.of(winner.instances());
        this.certified = winner.certified();
    }

    /** Returns the table of a winner and a note on how to read it. */
    static Html of(RunDigest run, RunSummary.Winner winner) {
        MetricTables tables = new MetricTables(run, winner);
        return switch (run.plan().task()) {
            case Task.Classification _ -> tables.ofClasses();
            case Task.Regression(var targets) -> tables.ofTargets(targets);
        };
    }

    private Html ofClasses() {
        List<Object> headings = new ArrayList<>(List.of("", "mean", "smallest", "largest"));
        if (certified) {
            headings.add("certified bound");
        }
        Table table = new Table(headings);
        String loss = lossMetric();
        metrics.forEach((name, range) -> {
            List<Object> row =
                    new ArrayList<>(
                            List.of(
                                    meaning.label(name),
                                    meaning.value(name, range.mean(), range.std()),
                                    meaning.value(name, range.min()),
                                    meaning.value(name, range.max())));
            if (certified) {
                row.add(name.equals(loss) ? meaning.bound(name, bound()) : ownBound(name));
            }
            table.add(row);
        });
        return Html.join(
                table.html(),
                note(
                        "Accuracy is 1 − error rate. AUC is the area under the receiver operating"
                                + " characteristic: the probability that a row of a class is given"
                                + " a higher score for it than a row of another; with more than two"
                                + " classes, the mean over the classes."));
    }

    private String lossMetric() {
        return new LossMeaning(run.plan()).isShare() ? HeldOut.ERROR_RATE : HeldOut.CROSS_ENTROPY;
    }

    private double bound() {
        return winner.certificate().map(CertificateRecord::bound).orElse(Double.POSITIVE_INFINITY);
    }

    private String ownBound(String metric) {
        Double bound = winner.metricBounds().get(metric);
        return bound == null ? NONE : meaning.bound(metric, bound);
    }

    private Html ofTargets(List<String> targets) {
        Set<String> kinds = new LinkedHashSet<>();
        metrics.keySet().forEach(name -> kinds.add(MetricMeaning.kind(name)));
        kinds.remove(HeldOut.LOSS);
        List<Object> headings = new ArrayList<>(List.of(""));
        headings.addAll(targets);
        Table table = new Table(headings);
        table.add(row("its loss", targets, target -> shown(loss(target))));
        table.add(row("largest loss", targets, target -> largest(loss(target))));
        if (certified) {
            table.add(row("certified bound", targets, target -> ownBound(loss(target))));
        }
        kinds.forEach(kind ->
                table.add(row(heading(kind), targets, target -> shown(kind + "." + target))));
        return Html.join(table.html(), note(units(targets)));
    }

    private static List<Object> row(
            String name, List<String> targets, Function<String, String> value) {
        List<Object> row = new ArrayList<>(List.of(name));
        targets.forEach(target -> row.add(value.apply(target)));
        return row;
    }

    private static String loss(String target) {
        return HeldOut.LOSS + "." + target;
    }

    private String largest(String metric) {
        MetricRange range = metrics.get(metric);
        return range == null ? NONE : meaning.value(metric, range.max());
    }

    /** Returns mean and spread of a metric over a winner's trainings; a dash where none has it. */
    static String mean(MetricMeaning meaning, String metric, RunSummary.Winner winner) {
        MetricRange range = MetricRange.of(winner.instances()).get(metric);
        return range == null ? NONE : meaning.value(metric, range.mean(), range.std());
    }

    private static String heading(String kind) {
        return switch (kind) {
            case HeldOut.RMSE -> "RMS error";
            case HeldOut.MAE -> "mean absolute error";
            case HeldOut.R2 -> "R²";
            case HeldOut.SIGMA_EFF -> "σ_eff";
            default -> kind;
        };
    }

    private String shown(String metric) {
        MetricRange range = metrics.get(metric);
        return range == null ? NONE : meaning.value(metric, range.mean(), range.std());
    }

    private String units(List<String> targets) {
        List<String> names = IntStream.range(0, targets.size()).mapToObj(meaning::ownLoss).toList();
        return "The losses: %s. σ_eff is half the width of the central 68\u00a0%% of the errors, bias their mean; in percent they are relative errors, else in the target's own unit."
                .formatted(String.join("; ", names));
    }

    private Html note(String text) {
        return Html.of(
                "<p class=\"small\">Means over the trainings ± their standard deviation. %s%s</p>",
                text,
                certified && !winner.metricBounds().isEmpty()
                        ? " Each certified bound holds by itself with the confidence of the"
                                + " certificate; that all of them hold at once is less sure, as the"
                                + " conditions say."
                        : "");
    }
}
