package dev.mettle.report;

import dev.mettle.core.run.GeneralizationRecord;
import dev.mettle.core.statistics.Criterion;
import dev.mettle.core.statistics.CriterionLabel;
import dev.mettle.core.statistics.Generalization;
import dev.mettle.core.statistics.Generalization.Case;
import dev.mettle.core.statistics.Proportion;
import dev.mettle.core.statistics.RankCorrelation;
import dev.mettle.core.statistics.Robustness.Verdict;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedSet;

/** What became of candidates on other data. */
final class GeneralizationSection {
    private static final List<Verdict> VERDICTS =
            List.of(Verdict.YES, Verdict.UNDECIDED, Verdict.NO);

    private final RunDigest run;
    private final GeneralizationRecord record;
    private final Generalization found;
    private final SequencedSet<Criterion> criteria = new LinkedHashSet<>();

    private GeneralizationSection(RunDigest run, RunDigest.Elsewhere elsewhere) {
        this.run = run;
        this.record = elsewhere.record();
        this.found = elsewhere.found();
        Criterion own = CriterionLabel.parse(run.plan().criterion()).orElse(new Criterion.Mean());
        criteria.add(own instanceof Criterion.Cv ? new Criterion.Mean() : own);
        criteria.add(new Criterion.Cv());
    }

    /** Returns the section; empty unless candidates were trained on other data. */
    static Optional<Section> of(RunDigest run) {
        List<Block> blocks = new ArrayList<>();
        int number = 0;
        for (RunDigest.Elsewhere elsewhere : run.elsewhere()) {
            new GeneralizationSection(run, elsewhere).add(++number, blocks);
        }
        return blocks.isEmpty()
                ? Optional.empty()
                : Optional.of(new Section("generalize", "Does it generalise", blocks));
    }

    private void add(int number, List<Block> blocks) {
        blocks.add(
                Html.of(
                        "<p class=\"box\"><b>%s</b></p><p>%s trainings of each candidate on both"
                            + " data sets, measured on validation rows: %s selected ones and %s,"
                            + " drawn at random, of the %s dropped. Loss there: %s.</p>",
                        found.sentence(
                                run.provenance().study(),
                                record.study(),
                                GeneralizationSection::percent),
                        record.instances(),
                        found.of(true).size(),
                        found.of(false).size(),
                        Digits.count(found.dropped()),
                        record.loss().withUnit()));
        int plot = 0;
        for (Criterion criterion : criteria) {
            new GeneralizationPlot(run, record, found, criterion)
                    .plot("plot-generalize-%d-%s".formatted(number, plot++ == 0 ? "loss" : "cv"))
                    .ifPresent(blocks::add);
        }
        blocks.add(failing());
        blocks.add(verdicts());
        blocks.add(correlations());
        blocks.add(all());
    }

    /** Returns a share of a few candidates: more digits would promise too much. */
    private static String percent(double share) {
        return Math.round(100 * share) + "\u00a0%";
    }

    private Html failing() {
        if (found.failing().isEmpty()) {
            return new Html("<p>No candidate that is robust here is known to fail there.</p>");
        }
        Table table = new Table(List.of("candidate", "", "cv here", "cv there", "why", "settings"));
        for (Case one : found.failing()) {
            table.add(
                    List.of(
                            Html.of("<code>%s</code>", Names.id(one.candidate())),
                            kind(one.selected()),
                            Digits.percent(one.lossesHere().cv()),
                            Digits.percent(one.lossesThere().cv()),
                            Html.of("<span class=\"wide\">%s</span>", one.robustThere().reason()),
                            settings(one)));
        }
        return Html.join(new Html("<h3>Robust here, not robust there</h3>"), table.html());
    }

    private Html settings(Case one) {
        return Html.of(
                "<span class=\"wide\">%s</span>", Names.settings(run.candidate(one.candidate())));
    }

    private static String kind(boolean selected) {
        return selected ? "selected" : "dropped";
    }

    private Html verdicts() {
        Table table =
                new Table(
                        List.of(
                                "",
                                "robust there",
                                "undecided there",
                                "not robust there",
                                "share robust there",
                                "95 % interval"));
        for (boolean selected : new boolean[] {true, false}) {
            for (Verdict here : VERDICTS) {
                int sum =
                        VERDICTS.stream()
                                .mapToInt(there -> found.count(selected, here, there))
                                .sum();
                if (sum > 0) {
                    table.add(row(selected, here, sum));
                }
            }
        }
        return Html.join(
                new Html("<h3>Verdicts here and there</h3>"),
                table.html(),
                Html.of(
                        "<p class=\"small\">Robust is a cv of at most 10 %% without a failed"
                                + " training; undecided, where the interval of the cv holds the"
                                + " limit. Intervals are Clopper and Pearson's.%s</p>",
                        found.selectedLessDropped()
                                .map(GeneralizationSection::difference)
                                .orElse("")));
    }

    private List<Object> row(boolean selected, Verdict here, int sum) {
        List<Object> row = new ArrayList<>();
        row.add(
                "%s, %s"
                        .formatted(
                                kind(selected),
                                switch (here) {
                                    case YES -> "robust here";
                                    case UNDECIDED -> "undecided here";
                                    case NO -> "not robust here";
                                }));
        for (Verdict there : VERDICTS) {
            row.add(found.count(selected, here, there));
        }
        Proportion share = new Proportion(found.count(selected, here, Verdict.YES), sum);
        row.add(percent(share.value()));
        row.add(percent(share.low()) + " to " + percent(share.high()));
        return row;
    }

    private static String difference(Proportion.Difference difference) {
        return " Whatever they are here, the share robust there is larger by %s points among the selected than among the dropped (95 %% interval %s to %s points; Fisher's exact test: p = %s)."
                .formatted(
                        points(difference.value()),
                        points(difference.low()),
                        points(difference.high()),
                        Digits.factor(difference.pValue()));
    }

    /** Returns a difference of shares in percentage points. */
    private static String points(double difference) {
        return Long.toString(Math.round(100 * difference)).replace('-', '−');
    }

    private Html correlations() {
        Table table =
                new Table(
                        List.of(
                                "order by, over",
                                "Kendall's τ_b",
                                "95 % interval",
                                "pairs in the same order"));
        for (Criterion criterion : criteria) {
            Generalization.Agreement agreement = found.agreement(criterion);
            add(table, criterion, "dropped candidates, from those drawn", agreement.dropped());
            add(
                    table,
                    criterion,
                    found.of(false).isEmpty()
                            ? "selected candidates alone"
                            : "all candidates, drawn ones weighted",
                    agreement.all());
            add(table, criterion, "here alone, half against half", agreement.repeated());
        }
        return Html.join(
                new Html("<h3>Does the order of the candidates stay?</h3>"),
                table.html(),
                new Html(
                        "<p class=\"small\">1: the same order here and there; 0: no relation."
                            + " Candidates that were selected are no random ones: the first line"
                            + " leaves them out, in the second each drawn one stands for as many as"
                            + " were dropped for it. The third compares every second training here"
                            + " with the others: it shows how well the order can be known at"
                            + " all.</p>"));
    }

    private static void add(
            Table table, Criterion criterion, String over, Optional<RankCorrelation> found) {
        found.ifPresent(correlation ->
                table.add(
                        List.of(
                                criterion.label() + ", " + over,
                                two(correlation.tau()),
                                two(correlation.low()) + " to " + two(correlation.high()),
                                percent(correlation.concordant()))));
    }

    private static String two(double value) {
        return String.format(Locale.ROOT, "%.2f", value).replace('-', '−');
    }

    private Html all() {
        LossMeaning meaning = new LossMeaning(run.plan());
        Table table =
                new Table(
                        List.of(
                                "candidate",
                                "",
                                "mean here",
                                "mean there",
                                "cv here",
                                "cv there",
                                "robust here",
                                "robust there",
                                "settings"));
        for (Case one : found.cases()) {
            double there = one.lossesThere().mean();
            table.add(
                    List.of(
                            Html.of("<code>%s</code>", Names.id(one.candidate())),
                            kind(one.selected()),
                            meaning.shown(one.lossesHere().mean()),
                            record.loss().isShare() ? Digits.percent(there) : Digits.number(there),
                            Digits.percent(one.lossesHere().cv()),
                            Digits.percent(one.lossesThere().cv()),
                            one.robustHere().verdict().label(),
                            one.robustThere().verdict().label(),
                            settings(one)));
        }
        return Html.of(
                "<details><summary>All %s candidates in numbers</summary>%s</details>",
                found.cases().size(), table.html());
    }
}
