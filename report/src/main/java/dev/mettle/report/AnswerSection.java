package dev.mettle.report;

import dev.mettle.core.run.CertificateRecord;
import dev.mettle.core.run.RunSummary;
import dev.mettle.core.statistics.Robustness;
import dev.mettle.core.study.CertificateSettings;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The answer: what was found, in a sentence, or why nothing was; then a card for each winner. */
final class AnswerSection {
    /** How good the news is; decides colour and symbol of the box. */
    enum Tone {
        GOOD("good", "✓"),
        BAD("bad", "✗"),
        WAITING("waiting", "…");

        private final String style;
        private final String symbol;

        Tone(String style, String symbol) {
            this.style = style;
            this.symbol = symbol;
        }
    }

    private final RunDigest run;
    private final RunSummary summary;

    private AnswerSection(RunDigest run) {
        this.run = run;
        this.summary = run.summary();
    }

    /** Returns box and cards. */
    static Html of(RunDigest run) {
        return new AnswerSection(run).html();
    }

    private Html html() {
        List<Html> parts = new ArrayList<>();
        parts.add(AuditSection.warning(run));
        parts.add(summary.finished() ? found() : unfinished());
        for (RunSummary.Winner winner : summary.winners()) {
            parts.add(WinnerCard.of(run, winner));
        }
        parts.add(groupsWithoutWinner());
        return Html.of("<section id=\"answer\">\n%s\n</section>", Html.join(parts));
    }

    private Html found() {
        if (summary.winners().isEmpty()) {
            return everythingFailed();
        }
        RunSummary.Winner best = summary.winners().getFirst();
        if (best.certified()) {
            return certified(best);
        }
        Optional<CertificateRecord> refused = lastTried(best);
        if (refused.isPresent()) {
            return notCertified(best, refused.get());
        }
        return run.plan().certificate().isPresent() ? notYetCertified(best) : selectedOnly(best);
    }

    private Optional<CertificateRecord> lastTried(RunSummary.Winner winner) {
        return run.certificates().stream()
                .filter(certificate -> certificate.group().equals(winner.group()))
                .reduce((_, last) -> last);
    }

    private Html certified(RunSummary.Winner best) {
        CertificateRecord certificate = best.certificate().orElseThrow();
        LossMeaning meaning = new LossMeaning(run.plan());
        return box(
                Tone.GOOD,
                Html.of("Candidate %s is certified", name(best)),
                Html.of(
                        "<p>Of all future trainings of this model, at least <b>%s</b> will have %s"
                                + " of at most <b>%s</b> (confidence %s).</p><p>%s%s</p>%s",
                        Digits.wholePercent(certificate.coverage()),
                        meaning.aNoun(),
                        meaning.bound(certificate.bound()),
                        Digits.wholePercent(certificate.confidence()),
                        meaning.sentence(certificate.bound()),
                        metricBounds(best),
                        Caveats.html(run, best)));
    }

    /** Says what holds of the metrics that are losses themselves, each by itself. */
    private String metricBounds(RunSummary.Winner best) {
        MetricMeaning meaning = new MetricMeaning(run.plan());
        List<String> bounds = new ArrayList<>();
        best.metricBounds()
                .forEach((name, bound) ->
                        bounds.add(
                                "%s at most %s"
                                        .formatted(
                                                meaning.label(name), meaning.bound(name, bound))));
        return bounds.isEmpty()
                ? ""
                : " By the same trainings, each with the same confidence by itself: "
                        + String.join(", ", bounds)
                        + ".";
    }

    private Html notCertified(RunSummary.Winner best, CertificateRecord last) {
        int failures = run.losses(last).map(losses -> losses.failures()).orElse(0);
        return box(
                Tone.BAD,
                Html.of("Nothing is certified: %s did not pass", Names.id(last.candidate())),
                Html.of(
                        "<p>In attempt %s of %s, %s of %s fresh trainings failed, and the bound"
                            + " that %s of future trainings would keep (confidence %s) is infinite."
                            + " No promise can be made about future trainings.</p><p>The best"
                            + " candidate of the race, %s, is shown below for information"
                            + " only.</p>",
                        last.attempt(),
                        last.attempts(),
                        failures,
                        last.instances(),
                        Digits.wholePercent(last.coverage()),
                        Digits.wholePercent(last.confidence()),
                        name(best)));
    }

    private Html notYetCertified(RunSummary.Winner best) {
        CertificateSettings settings = run.plan().certificate().orElseThrow();
        if (best.losses().failures() > 0) {
            return box(
                    Tone.BAD,
                    Html.of("Nothing is certified: %s failed in the race already", name(best)),
                    Html.of(
                            "<p>%s of its %s trainings in the race failed, so its certificate was"
                                    + " not tried.</p>",
                            best.losses().failures(), best.losses().count()));
        }
        int trained = run.certifyInstances(best.candidate().id()).size();
        return box(
                Tone.WAITING,
                Html.of("Selected, not yet certified: candidate %s", name(best)),
                Html.of(
                        "<p>The race is over, the certificate is not: %s of the %s fresh trainings"
                                + " of an attempt are done. The same command goes on where the run"
                                + " stopped.</p>",
                        trained % settings.instances(), settings.instances()));
    }

    private Html selectedOnly(RunSummary.Winner best) {
        return box(
                Tone.WAITING,
                Html.of("Selected: candidate %s", name(best)),
                Html.of(
                        "<p>It has the best %s of losses in the race. This study asks for no"
                            + " certificate, so nothing is promised about future trainings, and the"
                            + " figures below are those by which it was picked: expect slightly"
                            + " worse ones.</p>%s",
                        run.plan().criterion(), Caveats.html(run, best)));
    }

    private Html everythingFailed() {
        RunSummary.Counts counts = summary.counts();
        List<Html> examples = new ArrayList<>();
        run.examplesOfFailure()
                .forEach((how, reason) -> examples.add(Html.of("<li>%s: %s</li>", how, reason)));
        return box(
                Tone.BAD,
                Html.text("No winner: every candidate failed"),
                Html.of(
                        "<p>All %s finalists have a failed training. Of %s trainings, %s exploded"
                            + " (their loss grew or was no finite number) and %s crashed (the"
                            + " trainer itself failed). Nothing was certified. The first of"
                            + " them:</p><ul>%s</ul><p>What to try: lower learning rates, another"
                            + " initialisation or optimizer, a wider <code>stability</code>"
                            + " threshold. The reasons of all trainings are in the ledger:"
                            + " <code>mettle ledger RUN --format csv</code>.</p>",
                        Digits.count(summary.finalists().size()),
                        Digits.count(counts.instances()),
                        Digits.count(counts.exploded()),
                        Digits.count(counts.crashed()),
                        Html.join(examples)));
    }

    private Html unfinished() {
        if (run.withoutRace()) {
            return withoutRace();
        }
        RunSummary.Counts counts = summary.counts();
        int left = run.candidates().size() - run.eliminations().size();
        return box(
                Tone.WAITING,
                Html.text("The race is not finished"),
                Html.of(
                        "<p>So far %s trainings are done, of at most %s (%s); %s of %s candidates"
                                + " are still in the race. There is no winner yet. The same command"
                                + " goes on where the run stopped.</p>",
                        Digits.count(counts.race()),
                        Digits.count(run.plan().trainingsAtMost()),
                        Digits.percent(
                                counts.race() / (double) Math.max(1, run.plan().trainingsAtMost())),
                        Digits.count(left),
                        Digits.count(run.candidates().size())));
    }

    /** A directory in which only single candidates were looked at. */
    private Html withoutRace() {
        List<Html> verdicts = new ArrayList<>();
        for (AssessmentSection.Assessed one : run.assessed()) {
            verdicts.add(
                    Html.of(
                            "<p>%s</p>",
                            AssessmentSection.sentence(Robustness.of(one.losses()), one.name())));
        }
        int trainings = run.besides().values().stream().mapToInt(Integer::intValue).sum();
        return box(
                Tone.WAITING,
                Html.text(
                        run.assessed().isEmpty()
                                ? "No race was run here"
                                : run.assessed().size() == 1
                                        ? "One candidate was assessed; no race was run here"
                                        : run.assessed().size()
                                                + " candidates were assessed; no race was run"
                                                + " here"),
                Html.of(
                        "%s<p>This run holds %s trainings that were asked for by name. To let all"
                                + " %s candidates race and to certify a winner: <code>mettle run"
                                + " STUDY</code>. These trainings stay.</p>",
                        Html.join(verdicts),
                        Digits.count(trainings),
                        Digits.count(run.candidates().size())));
    }

    private Html groupsWithoutWinner() {
        List<String> without =
                summary.finalists().stream()
                        .map(RunSummary.Finalist::group)
                        .distinct()
                        .filter(group ->
                                summary.winners().stream()
                                        .noneMatch(winner -> winner.group().equals(group)))
                        .toList();
        return summary.winners().isEmpty() || without.isEmpty()
                ? Html.NONE
                : Html.of(
                        "<p class=\"note\">Without a winner, because every finalist has a failed"
                                + " training: %s.</p>",
                        without.stream()
                                .map(group -> Names.group(run.plan(), group))
                                .reduce((a, b) -> a + ", " + b)
                                .orElse(""));
    }

    private String name(RunSummary.Winner winner) {
        String group = Names.group(run.plan(), winner.group());
        return Names.id(winner.candidate().id()) + (group.isEmpty() ? "" : " (" + group + ")");
    }

    /** Returns the box that holds the answer. */
    static Html box(Tone tone, Html title, Html body) {
        return Html.of(
                "<div class=\"box %s\"><p class=\"headline\"><span aria-hidden=\"true\">%s</span>"
                        + " %s</p>%s</div>",
                tone.style, tone.symbol, title, body);
    }
}
