package dev.mettle.report;

import dev.mettle.core.run.RunSummary;
import dev.mettle.core.statistics.HeldOutNoise;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the answer rests on, in plain words. */
final class ConditionsSection {
    private ConditionsSection() {}

    /** Returns the conditions of every certificate that decides; empty when none was tried. */
    static Optional<Section> of(RunDigest run) {
        List<Html> parts = new ArrayList<>();
        for (RunSummary.Winner winner : run.summary().winners()) {
            if (winner.certificate().isPresent()) {
                parts.add(of(run, winner));
            }
        }
        if (parts.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new Section(
                        "conditions",
                        "What the certificate rests on",
                        Html.of(
                                "<p>The bound assumes nothing about how losses are distributed:"
                                    + " only that the certificate's trainings are independent of"
                                    + " one another and of the selection, which fresh seeds make"
                                    + " sure. It holds under these conditions:</p>%s",
                                Html.join(parts))));
    }

    private static Html of(RunDigest run, RunSummary.Winner winner) {
        List<Html> items = new ArrayList<>();
        winner.conditions().forEach(condition -> items.add(Html.of("<li>%s</li>", condition)));
        shareOfTestRows(winner).ifPresent(items::add);
        String title =
                run.summary().winners().size() > 1
                        ? Names.of(run.plan(), winner.candidate(), winner.group())
                        : "";
        return Html.join(
                title.isEmpty() ? Html.NONE : Html.of("<h3>%s</h3>", title),
                Html.of("<ul>%s</ul>", Html.join(items)));
    }

    private static Optional<Html> shareOfTestRows(RunSummary.Winner winner) {
        return HeldOutNoise.of(
                        winner.instances().stream()
                                .map(result -> result.outcome().known())
                                .flatMap(Optional::stream)
                                .map(evaluation -> evaluation.lossByBlock())
                                .toList())
                .filter(noise -> noise.spreadShare().isPresent())
                .map(noise ->
                        Html.of(
                                "<li>The finite test set makes about %s of the variance between"
                                        + " these trainings by itself; the rest belongs to the"
                                        + " trainings.</li>",
                                Digits.factor(100 * noise.spreadShare().orElse(0)) + "\u00a0%"));
    }
}
