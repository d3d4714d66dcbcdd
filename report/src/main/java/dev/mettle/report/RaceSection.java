package dev.mettle.report;

import dev.mettle.core.selection.Elimination;
import dev.mettle.core.statistics.Criterion;

import java.util.ArrayList;
import java.util.List;

/** How the candidates were narrowed down. */
final class RaceSection {
    private static final int MOST_ELIMINATIONS = 1000;

    private RaceSection() {}

    /** Returns plots and tables of the race, as far as it went. */
    static Section of(RunDigest run) {
        RaceProgress progress = RaceProgress.of(run);
        List<Block> parts = new ArrayList<>();
        if (progress.iterations().isEmpty()) {
            parts.add(new Html("<p>Nothing is trained yet.</p>"));
            return new Section("race", "The race", parts);
        }
        parts.add(introduction(run));
        parts.add(RoundsTable.of(run.summary().rounds(), run.plan()));
        if (!run.eliminations().isEmpty()) {
            parts.add(AlivePlot.of(progress));
            DropPlot drops = new DropPlot(run, progress);
            parts.add(drops.plot());
            parts.add(drops.table());
        }
        if (progress.iterations().size() > 1) {
            CriterionPlot.of(run, progress).ifPresent(parts::add);
        }
        parts.add(iterations(progress));
        parts.add(eliminations(run));
        return new Section("race", "The race", parts);
    }

    private static Html introduction(RunDigest run) {
        return Html.of(
                "<p>%s raced by the algorithm <code>%s</code> on the criterion <code>%s</code>,"
                    + " with up to %s trainings each.%s Training number j of every candidate uses"
                    + " the same training sample, so that candidates are compared on equal ground."
                    + " %s</p>",
                candidates(run.candidates().size()),
                run.plan().algorithm(),
                run.plan().criterion(),
                run.plan().instances(),
                previews(run),
                run.eliminations().isEmpty()
                        ? "No candidate was dropped."
                        : dropped(run.eliminations().size()));
    }

    private static String previews(RunDigest run) {
        long dropped = run.eliminations().stream().filter(one -> one.iteration() == 0).count();
        return run.summary().counts().previews() == 0
                ? ""
                : " Before it, a preview of each, a training on fewer rows, told who may race: %s"
                        .formatted(
                                dropped == 0
                                        ? "nobody was left out."
                                        : Digits.count(dropped)
                                                + " were left out (iteration 0 below).");
    }

    private static String candidates(int count) {
        return Digits.count(count) + (count == 1 ? " candidate" : " candidates");
    }

    private static String dropped(int count) {
        return Digits.count(count) + (count == 1 ? " was" : " were") + " dropped on the way.";
    }

    private static Html iterations(RaceProgress progress) {
        Table table =
                new Table(
                        List.of(
                                "iteration",
                                "candidates trained",
                                "failed",
                                "dropped after it",
                                "trainings so far"));
        for (RaceProgress.Iteration iteration : progress.iterations()) {
            table.add(
                    List.of(
                            iteration.number(),
                            Digits.count(iteration.trained()),
                            Digits.count(iteration.failed()),
                            Digits.count(iteration.dropped()),
                            Digits.count(iteration.trainings())));
        }
        return Html.of("<details><summary>The race in numbers</summary>%s</details>", table.html());
    }

    private static Html eliminations(RunDigest run) {
        List<Elimination> eliminations = run.eliminations();
        if (eliminations.isEmpty()) {
            return Html.NONE;
        }
        Table table =
                new Table(
                        List.of(
                                "candidate",
                                "after",
                                run.plan().criterion(),
                                "bar",
                                "reason",
                                "settings"));
        List<Elimination> shown =
                eliminations.subList(
                        Math.max(0, eliminations.size() - MOST_ELIMINATIONS), eliminations.size());
        LossMeaning meaning = new LossMeaning(run.plan());
        boolean cv = run.plan().criterion().equals(new Criterion.Cv().label());
        for (Elimination elimination :
                shown.reversed()) { // the last ones dropped were the closest calls
            table.add(
                    List.of(
                            Html.of("<code>%s</code>", Names.id(elimination.candidate())),
                            elimination.iteration(),
                            shown(elimination, elimination.criterion(), meaning, cv),
                            shown(elimination, elimination.bar(), meaning, cv),
                            DropReason.text(elimination),
                            Html.of(
                                    "<span class=\"wide\">%s</span>",
                                    Names.settings(run.candidate(elimination.candidate())))));
        }
        String more =
                shown.size() < eliminations.size()
                        ? ", the last %s of %s"
                                .formatted(
                                        Digits.count(shown.size()),
                                        Digits.count(eliminations.size()))
                        : " (" + Digits.count(eliminations.size()) + ")";
        return Html.of(
                "<details><summary>Dropped candidates and why%s; last dropped"
                        + " first</summary>%s</details>",
                more, table.html());
    }

    /** Returns a number that was compared: a cv, or a criterion in the unit of the loss. */
    private static String shown(
            Elimination elimination, double value, LossMeaning meaning, boolean cv) {
        return cv || DropReason.comparesCv(elimination)
                ? Digits.percent(value)
                : meaning.shown(value);
    }
}
