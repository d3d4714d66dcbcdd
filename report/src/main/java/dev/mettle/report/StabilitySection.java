package dev.mettle.report;

import dev.mettle.core.run.RaceTables;
import dev.mettle.core.selection.LossTable;
import dev.mettle.core.selection.Ranked;
import dev.mettle.core.stability.Choices;
import dev.mettle.core.stability.FreshJudgement;
import dev.mettle.core.stability.NoBestCandidateException;
import dev.mettle.core.stability.Stability;
import dev.mettle.core.stability.StabilitySettings;
import dev.mettle.core.stability.StabilityVerdict;
import dev.mettle.core.statistics.Criterion;
import dev.mettle.core.statistics.CriterionLabel;
import dev.mettle.core.statistics.Proportion;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.UnaryOperator;

/** How the choice of a candidate depends on the number of instances per candidate. */
final class StabilitySection {
    /**
     * Losses that may be looked at: a report of 6,912 candidates with 50 instances then takes some
     * ten seconds longer.
     */
    private static final long LOSSES = 17_500_000;

    private static final int FEWEST_REPEATS = 20;
    private static final int MOST_TABLES = 4;

    /**
     * The stability of one choice.
     *
     * @param title what is chosen among, such as "bias=true"; empty where there is one choice alone
     * @param settings returns a candidate's settings in words, empty where none are known
     */
    record Choice(String title, Stability stability, UnaryOperator<String> settings) {}

    private StabilitySection() {}

    /**
     * Returns the section of a run; empty unless its race is over and every candidate has all
     * instances.
     */
    static Optional<Section> of(RunDigest run) {
        Optional<Criterion> criterion = CriterionLabel.parse(run.plan().criterion());
        if (!run.summary().finished() || criterion.isEmpty() || run.plan().instances() < 2) {
            return Optional.empty();
        }
        List<Choice> choices = new ArrayList<>();
        RaceTables.of(run.plan(), run.candidates(), run.raceLosses())
                .ifPresent(tables ->
                        tables.byGroup()
                                .forEach((group, table) -> {
                                    if (choices.size() < MOST_TABLES
                                            && table.candidates().size() > 1) {
                                        choice(run, group, table, criterion.get())
                                                .ifPresent(choices::add);
                                    }
                                }));
        return choices.isEmpty() ? Optional.empty() : Optional.of(of(choices));
    }

    private static Optional<Choice> choice(
            RunDigest run, String group, LossTable table, Criterion criterion) {
        long cells = (long) table.candidates().size() * table.instances();
        int repeats = Math.clamp(LOSSES / cells, FEWEST_REPEATS, StabilitySettings.REPEATS);
        try {
            Stability stability =
                    Stability.of(
                            table, StabilitySettings.usual(criterion, table.instances(), repeats));
            return Optional.of(
                    new Choice(
                            Names.group(run.plan(), group),
                            stability,
                            id -> Names.settings(run.candidate(id))));
        } catch (NoBestCandidateException _) {
            return Optional.empty(); // the answer says already that every candidate failed
        }
    }

    /** Returns the section of choices, at least one. */
    static Section of(List<Choice> choices) {
        List<Block> blocks = new ArrayList<>();
        blocks.add(introduction(choices.getFirst().stability()));
        for (int i = 0; i < choices.size(); i++) {
            Choice choice = choices.get(i);
            if (!choice.title().isEmpty()) {
                blocks.add(Html.of("<h3>%s</h3>", choice.title()));
            }
            StabilityVerdict verdict = StabilityVerdict.of(choice.stability());
            blocks.add(
                    Html.of(
                            "<p><b>%s</b></p>\n<p>%s</p>",
                            Sentences.unbroken(verdict.sentence()),
                            Sentences.unbroken(verdict.caution())));
            StabilityPlots plots = new StabilityPlots(choice.stability(), i + 1);
            blocks.add(plots.probabilities());
            blocks.add(plots.regrets());
            blocks.add(plots.picks());
            blocks.add(table(choice.stability()));
            blocks.add(pickTable(choice));
        }
        return new Section("stability", "How stable the choice is", blocks);
    }

    private static Html introduction(Stability stability) {
        return Html.of(
                "<p>Every candidate has all its %s trainings, so one can ask what would have been"
                    + " picked by fewer, or by others. In each of %s repeats, trainings are drawn"
                    + " with replacement, the same ones for all candidates; the candidate with the"
                    + " best <code>%s</code> of them is the pick, and the full table judges it."
                    + " <code>mettle stability</code> asks for other numbers.</p>",
                stability.instances(),
                stability.settings().repeats(),
                stability.settings().criterion().label());
    }

    private static Html table(Stability stability) {
        Table table =
                new Table(
                        List.of(
                                "trainings per candidate",
                                "trainings in all",
                                "saved",
                                "picks the best",
                                "within " + tolerance(),
                                "regret, median",
                                "mean",
                                "nine in ten below",
                                "place, median",
                                "nine in ten below"));
        for (Stability.AtCount at : stability.counts()) {
            table.add(row(Integer.toString(at.instances()), at.exhaustive(), stability));
        }
        for (Stability.AtCount at : stability.counts()) {
            table.add(row("race, up to %d".formatted(at.instances()), at.progressive(), stability));
        }
        return Html.join(table.html(), fresh(stability), notes(stability));
    }

    private static List<Object> row(String name, Choices choices, Stability stability) {
        return List.of(
                name,
                Digits.count(Math.round(choices.trainings())),
                Digits.percent(1 - choices.trainings() / stability.trainings()),
                share(choices.best()),
                share(choices.within(Criterion.TOLERANCE)),
                Digits.percent(choices.regrets().quantile(0.5)),
                Digits.percent(choices.regrets().mean()),
                Digits.percent(choices.regrets().quantile(0.9)),
                Digits.number(choices.ranks().quantile(0.5)),
                Digits.number(choices.ranks().quantile(0.9)));
    }

    private static Html fresh(Stability stability) {
        Table table =
                new Table(
                        List.of(
                                "trainings per candidate",
                                "two such studies pick the same",
                                "within %s of the other half's best".formatted(tolerance()),
                                "pick fails in the other half",
                                "regret, at least",
                                "at most"));
        boolean any = false;
        for (Stability.AtCount at : stability.counts()) {
            if (at.fresh().isPresent()) {
                any = true;
                FreshJudgement fresh = at.fresh().get();
                table.add(
                        List.of(
                                Integer.toString(at.instances()),
                                share(fresh.agreement()),
                                share(fresh.within()),
                                share(fresh.failed()),
                                percent(fresh.atLeast()),
                                percent(fresh.atMost())));
            }
        }
        return any
                ? Html.join(
                        Html.of(
                                "<p>Judged by trainings that had no part in the choice: the table"
                                    + " is split at random, %s trainings choose and %s judge.</p>",
                                stability.instances() / 2,
                                stability.instances() - stability.instances() / 2),
                        table.html())
                : Html.NONE;
    }

    private static Html notes(Stability stability) {
        return Html.of(
                "<p class=\"small\">Regret: how much worse the pick's %s over all %s trainings is"
                    + " than that of the best; ∞ if a training of it failed though none of the"
                    + " best's did. “Race” is the algorithm <code>progressive</code> with its usual"
                    + " settings, which drops candidates on the way. “Saved” compares with all %s"
                    + " trainings of the table. Intervals are 95\u00a0%% of Clopper and Pearson and"
                    + " show what %s repeats leave open; that the table itself is one of many"
                    + " possible ones is not in them.</p>",
                stability.settings().criterion().label(),
                stability.instances(),
                Digits.count(stability.trainings()),
                stability.settings().repeats());
    }

    private static Html pickTable(Choice choice) {
        Stability stability = choice.stability();
        List<Object> headings = new ArrayList<>(List.of("candidate", "place"));
        headings.add(stability.settings().criterion().label());
        stability.counts().forEach(at -> headings.add("picked by " + at.instances()));
        headings.add("settings");
        Table table = new Table(headings);
        List<StabilityPlots.Row> rows = new StabilityPlots(stability, 0).rows();
        Map<String, Ranked> ranking = StabilityPlots.byId(stability);
        for (StabilityPlots.Row row : rows) {
            Ranked ranked = ranking.getOrDefault(row.candidate(), stability.best());
            List<Object> cells = new ArrayList<>();
            cells.add(Html.of("<code>%s</code>", Names.id(row.candidate())));
            cells.add(Digits.count(row.rank()));
            cells.add(Digits.number(ranked.criterion()));
            row.shares().forEach(share -> cells.add(Digits.percent(share)));
            cells.add(
                    Html.of(
                            "<span class=\"wide\">%s</span>",
                            choice.settings().apply(row.candidate())));
            table.add(cells);
        }
        return Html.of(
                "<details><summary>Who is picked, in numbers</summary>%s</details>", table.html());
    }

    private static String tolerance() {
        return Digits.wholePercent(Criterion.TOLERANCE);
    }

    private static String percent(OptionalDouble share) {
        return share.isPresent() ? Digits.percent(share.getAsDouble()) : "–";
    }

    private static String share(Proportion proportion) {
        return "%s (%s to %s)"
                .formatted(
                        Digits.percent(proportion.value()),
                        Digits.percent(proportion.low()),
                        Digits.percent(proportion.high()));
    }
}
