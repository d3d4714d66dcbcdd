package dev.mettle.report;

import dev.mettle.core.run.RoundResult;
import dev.mettle.core.run.RunPlan;

import java.util.ArrayList;
import java.util.List;

/** What each round drew, of a study that has several, and how far it came. */
final class RoundsTable {
    private RoundsTable() {}

    /** Returns the table with its explanation; nothing without rounds. */
    static Html of(List<RoundResult> rounds, RunPlan plan) {
        if (rounds.isEmpty()) {
            return Html.NONE;
        }
        int instances = rounds.getFirst().instances();
        LossMeaning meaning = new LossMeaning(plan);
        Table table =
                new Table(
                        List.of(
                                "round",
                                "new candidates",
                                "duplicates",
                                "excluded",
                                "finalists from it",
                                "best %s so far".formatted(plan.criterion())));
        for (RoundResult round : rounds) {
            List<Object> cells = new ArrayList<>();
            cells.add(round.record().round());
            cells.add(Digits.count(round.record().candidates()));
            cells.add(Digits.count(round.record().duplicates()));
            cells.add(Digits.count(round.record().excluded()));
            cells.add(Digits.count(round.finalists()));
            cells.add(
                    round.best().isPresent() ? meaning.shown(round.best().getAsDouble()) : "none");
            table.add(cells);
        }
        return Html.of(
                "<p>The candidates were drawn in rounds: the first from the whole space, each later"
                    + " one around the best of the round before, with which its candidates raced."
                    + " The best so far is taken over the first %s trainings of a candidate, the"
                    + " same number in every round; the plots below count all rounds"
                    + " together.</p>%s",
                Digits.count(instances), table.html());
    }
}
