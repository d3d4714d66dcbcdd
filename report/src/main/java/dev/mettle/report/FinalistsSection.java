package dev.mettle.report;

import dev.mettle.core.instance.InstanceResult;
import dev.mettle.core.run.CandidateRecord;
import dev.mettle.core.run.CertificateRecord;
import dev.mettle.core.run.MetricRange;
import dev.mettle.core.run.RunSummary;
import dev.mettle.core.statistics.Criterion;
import dev.mettle.core.statistics.CriterionLabel;
import dev.mettle.core.statistics.Estimate;
import dev.mettle.core.statistics.LossSummary;
import dev.mettle.core.statistics.Losses;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The finalists' losses: a plot of the best, and a table of all. */
final class FinalistsSection {
    /** Rows of the table of the race. */
    static final int MOST_ROWS = 200;

    private static final Html NO_PLOT =
            new Html(
                    "<p class=\"note\">There is no plot of losses: not one finalist has a finite"
                            + " loss.</p>");

    private FinalistsSection() {}

    /** Returns the section; empty while there are no finalists. */
    static Optional<Section> of(RunDigest run) {
        if (!run.summary().finished()) {
            return Optional.empty();
        }
        return Optional.of(
                new Section(
                        "finalists",
                        "Losses of the finalists",
                        List.of(
                                LossPlot.of(run).map(Block.class::cast).orElse(NO_PLOT),
                                certificates(run),
                                race(run))));
    }

    private static Html certificates(RunDigest run) {
        Table table = table(run);
        boolean any = false;
        for (CertificateRecord certificate : run.certificates()) {
            List<InstanceResult> instances = run.instances(certificate);
            if (!instances.isEmpty()) {
                any = true;
                table.add(
                        row(
                                run,
                                run.candidate(certificate.candidate()),
                                certificate.group(),
                                RunDigest.losses(instances),
                                MetricRange.of(instances)));
            }
        }
        return any
                ? Html.join(
                        new Html("<h3>Fresh trainings of the certificate, on the test rows</h3>"),
                        table.html())
                : Html.NONE;
    }

    private static Html race(RunDigest run) {
        List<RunSummary.Finalist> finalists = run.summary().finalists();
        Table table = table(run);
        for (RunSummary.Finalist finalist :
                finalists.subList(0, Math.min(MOST_ROWS, finalists.size()))) {
            table.add(
                    row(
                            run,
                            finalist.candidate(),
                            finalist.group(),
                            finalist.losses(),
                            run.raceMetrics(finalist.candidate().id())));
        }
        String more =
                finalists.size() > MOST_ROWS
                        ? " The best %d of %s are shown; the ledger has all."
                                .formatted(MOST_ROWS, Digits.count(finalists.size()))
                        : "";
        return Html.join(
                new Html("<h3>Trainings of the race, on the validation rows</h3>"),
                table.html(),
                Html.of(
                        "<p class=\"small\">Losses in %s; ∞ because a training failed. The interval"
                            + " of the mean is Student's, 95 %%; those of other criteria are 95 %%"
                            + " too. cv is the standard deviation over the mean. The race picked"
                            + " the finalists by these losses, so they flatter a little.%s%s</p>",
                        new LossMeaning(run.plan()).unit(),
                        new MetricMeaning(run.plan()).besideTheLoss().isEmpty()
                                ? ""
                                : " Metrics are those of the trainings that completed.",
                        more));
    }

    private static Table table(RunDigest run) {
        List<Object> headings = new ArrayList<>(List.of("candidate"));
        run.plan().per().ifPresent(headings::add);
        headings.addAll(
                List.of(
                        "trainings",
                        "failed",
                        "mean",
                        "interval of the mean",
                        "median",
                        "max",
                        "iqr",
                        "std",
                        "cv"));
        besideTheUsual(run)
                .ifPresent(criterion -> {
                    headings.add(criterion.label());
                    headings.add("interval of " + criterion.label());
                });
        MetricMeaning meaning = new MetricMeaning(run.plan());
        for (String metric : meaning.besideTheLoss()) {
            headings.add(meaning.label(metric) + ", mean");
            headings.add(MetricMeaning.largerIsBetter(metric) ? "min" : "max");
        }
        headings.addAll(List.of("weights", "settings"));
        return new Table(headings);
    }

    private static List<Object> row(
            RunDigest run,
            CandidateRecord candidate,
            String group,
            Losses losses,
            Map<String, MetricRange> metrics) {
        LossMeaning meaning = new LossMeaning(run.plan());
        List<Object> row = new ArrayList<>();
        row.add(Html.of("<code>%s</code>", Names.id(candidate.id())));
        run.plan().per().ifPresent(_ -> row.add(group));
        row.add(losses.count());
        row.add(losses.failures());
        row.add(meaning.shown(losses.mean()));
        row.add(meaning.interval(LossSummary.estimate(losses, new Criterion.Mean())));
        row.add(meaning.shown(losses.quantile(0.5)));
        row.add(meaning.shown(losses.max()));
        row.add(meaning.shown(losses.iqr()));
        row.add(meaning.shown(losses.std()));
        row.add(Digits.percent(losses.cv()));
        besideTheUsual(run)
                .ifPresent(criterion -> {
                    Estimate estimate = LossSummary.estimate(losses, criterion);
                    row.add(shown(criterion, estimate.value(), meaning));
                    row.add(interval(criterion, estimate, meaning));
                });
        MetricMeaning names = new MetricMeaning(run.plan());
        for (String metric : names.besideTheLoss()) {
            MetricRange range = metrics.get(metric);
            row.add(range == null ? "–" : names.value(metric, range.mean()));
            row.add(range == null ? "–" : names.value(metric, worst(metric, range)));
        }
        row.add(Digits.count(candidate.parameters()));
        row.add(Html.of("<span class=\"wide\">%s</span>", Names.settings(candidate)));
        return row;
    }

    private static double worst(String metric, MetricRange range) {
        return MetricMeaning.largerIsBetter(metric) ? range.min() : range.max();
    }

    /** Returns the study's criterion unless it is the mean, whose interval is always shown. */
    private static Optional<Criterion> besideTheUsual(RunDigest run) {
        return CriterionLabel.parse(run.plan().criterion())
                .filter(criterion -> !(criterion instanceof Criterion.Mean));
    }

    private static String shown(Criterion criterion, double value, LossMeaning meaning) {
        return criterion instanceof Criterion.Cv ? Digits.percent(value) : meaning.shown(value);
    }

    private static String interval(Criterion criterion, Estimate estimate, LossMeaning meaning) {
        return Double.isFinite(estimate.low()) && Double.isFinite(estimate.high())
                ? shown(criterion, estimate.low(), meaning)
                        + " to "
                        + shown(criterion, estimate.high(), meaning)
                : "–";
    }
}
