package dev.mettle.report;

import dev.mettle.core.run.CertificateRecord;
import dev.mettle.core.run.RunSummary;

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
                        List.of(basis(), Html.join(parts))));
    }

    private static Html basis() {
        return new Html(
                """
                <p>The bound assumes nothing about how losses are distributed: only that the certificate's trainings are independent of one another and of the selection, which fresh seeds make sure.</p>\
                """);
    }

    /** What was done, what it promises, what it does not promise. */
    private static Html words(RunDigest run, CertificateRecord certificate) {
        LossMeaning meaning = new LossMeaning(run.plan());
        Html done =
                Html.of(
                        "<li><b>What was done.</b> After the race had picked the candidate, it was"
                            + " trained %s times more, each time with fresh initial weights and a"
                            + " fresh training sample. That the %s of these losses would be the"
                            + " bound was fixed before any of them was seen.</li>",
                        certificate.instances(), WinnerCard.ordinal(certificate.rank()));
        if (!certificate.certified()) {
            return Html.join(
                    done,
                    new Html(
                            "<li><b>What came out.</b> Too many trainings failed, so that loss is"
                                    + " infinite, and nothing is promised.</li>"));
        }
        return Html.join(
                done,
                Html.of(
                        "<li><b>What it promises.</b> Train this model again under the conditions"
                            + " below, as often as you like: at least %s of all trainings end with"
                            + " %s of at most %s. The procedure that says so is right in at least"
                            + " %s of the cases in which it is used.</li>",
                        Digits.wholePercent(certificate.coverage()),
                        meaning.aNoun(),
                        meaning.bound(certificate.bound()),
                        Digits.wholePercent(certificate.confidence())),
                Html.of(
                        "<li><b>What it does not promise.</b> Up to %s of future trainings may end"
                            + " above the bound, by any amount. It says nothing about data from"
                            + " elsewhere, nor that the losses are alike (that is robustness), nor"
                            + " that they are good (compare the baseline).</li>",
                        Digits.wholePercent(1 - certificate.coverage())));
    }

    private static Html of(RunDigest run, RunSummary.Winner winner) {
        List<Html> items = new ArrayList<>();
        winner.conditions().forEach(condition -> items.add(Html.of("<li>%s</li>", condition)));
        String title =
                run.summary().winners().size() > 1
                        ? Names.of(run.plan(), winner.candidate(), winner.group())
                        : "";
        return Html.join(
                title.isEmpty() ? Html.NONE : Html.of("<h3>%s</h3>", title),
                winner.certificate()
                        .map(certificate -> Html.of("<ul>%s</ul>", words(run, certificate)))
                        .orElse(Html.NONE),
                Html.of("<p>It holds under these conditions:</p><ul>%s</ul>", Html.join(items)));
    }
}
