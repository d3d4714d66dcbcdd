package dev.mettle.report;

import dev.mettle.core.run.RunSummary;
import dev.mettle.core.statistics.Robustness;

import java.util.ArrayList;
import java.util.List;

/**
 * What a reader of the headline must not miss: a certificate says that losses stay below a bound,
 * not that they are alike, nor that they are good.
 */
final class Caveats {
    private Caveats() {}

    /** Returns a plain sentence each; none for a winner without them. */
    static List<Html> of(RunDigest run, RunSummary.Winner winner) {
        List<Html> caveats = new ArrayList<>();
        if (winner.certified() && winner.robustness().verdict() == Robustness.Verdict.NO) {
            caveats.add(
                    Html.of(
                            "<b>Certified, but not robust:</b> its losses differ from training to"
                                + " training by %s (cv; robust is at most %s). Every one of them is"
                                + " likely to stay below the bound, but where below it a retrained"
                                + " model ends is a matter of luck.",
                            Digits.percent(winner.losses().cv()),
                            Digits.wholePercent(Robustness.Limits.DEFAULT.cv())));
        }
        for (Beside beside : Beside.of(run, winner)) {
            if (beside.muchBetterThanWinner()) {
                caveats.add(
                        Html.of(
                                "<b>The baseline “%s” does much better:</b> its mean %s is %s, the"
                                        + " winner's %s, %s times as large.%s",
                                beside.baseline().name(),
                                new LossMeaning(run.plan()).noun(),
                                new LossMeaning(run.plan()).shown(beside.losses().mean()),
                                new LossMeaning(run.plan()).shown(winner.losses().mean()),
                                Digits.factor(beside.ratio()),
                                winner.certified()
                                        ? " The certificate holds, but nothing speaks for using"
                                                + " this network in place of the baseline."
                                        : ""));
            }
        }
        return caveats;
    }

    /** Returns the sentences of {@link #of} as paragraphs. */
    static Html html(RunDigest run, RunSummary.Winner winner) {
        return Html.join(
                of(run, winner).stream()
                        .map(caveat ->
                                Html.of(
                                        "<p class=\"caveat\"><span aria-hidden=\"true\">⚠</span>"
                                                + " %s</p>",
                                        caveat))
                        .toList());
    }
}
