package dev.mettle.report;

import dev.mettle.core.run.SizeStudy;
import dev.mettle.core.run.SizeWords;
import dev.mettle.core.statistics.Losses;
import dev.mettle.core.statistics.MinimalSize;
import dev.mettle.core.statistics.SizeStep;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** From how many training rows on candidates are robust. */
final class SizesSection {
    private SizesSection() {}

    /** Returns the section; empty unless instances were trained at several sizes. */
    static Optional<Section> of(RunDigest run) {
        return run.sizes().map(study -> of(run, study));
    }

    private static Section of(RunDigest run, SizeStudy study) {
        SizeWords words = new SizeWords(study);
        List<Block> blocks = new ArrayList<>();
        blocks.add(Html.of("<p><b>%s.</b></p>", capital(words.verdict())));
        blocks.add(list(words.details()));
        SizePlots plots = new SizePlots(run.plan(), study);
        plots.losses().ifPresent(blocks::add);
        plots.spreads().ifPresent(blocks::add);
        blocks.add(
                Html.of(
                        "<details><summary>Each size in numbers</summary>%s</details>",
                        table(run, study)));
        blocks.add(Html.of("<p>What this rests on:</p>%s", list(words.caveats())));
        return new Section("sizes", "How much data it needs", blocks);
    }

    /** Begins a sentence; a name of settings, such as bias=true, is left as it is. */
    private static String capital(String words) {
        String sentence = Sentences.unbroken(words);
        int end = sentence.indexOf(' ');
        return sentence.substring(0, end).matches("[a-z]+")
                ? sentence.substring(0, 1).toUpperCase(Locale.ROOT) + sentence.substring(1)
                : sentence;
    }

    private static Html list(List<String> sentences) {
        return Html.of(
                "<ul>%s</ul>",
                Html.join(
                        sentences.stream()
                                .map(sentence -> Html.of("<li>%s</li>", capital(sentence)))
                                .toList()));
    }

    private static Html table(RunDigest run, SizeStudy study) {
        LossMeaning meaning = new LossMeaning(run.plan());
        Table table =
                new Table(
                        List.of(
                                "candidate",
                                "rows",
                                "of the pool",
                                "failed",
                                "median " + meaning.noun(),
                                "10 % to 90 %",
                                "cv",
                                "one-sided %s limits"
                                        .formatted(Digits.wholePercent(1 - study.alpha())),
                                "at most with an endless pool",
                                "by itself"));
        for (SizeStudy.Candidate candidate : study.candidates()) {
            for (int k = 0; k < candidate.sizes().size(); k++) {
                SizeStep step = candidate.minimal().steps().get(k);
                Losses losses = candidate.sizes().get(k).sorted();
                table.add(
                        List.of(
                                candidate.name(),
                                Digits.count(step.rows()),
                                Digits.percent((double) step.rows() / run.plan().pool()),
                                "%d of %d".formatted(step.failures(), step.instances()),
                                meaning.shown(losses.quantile(0.5)),
                                meaning.shown(losses.quantile(0.1))
                                        + " to "
                                        + meaning.shown(losses.quantile(0.9)),
                                Digits.percent(step.cv()),
                                step.failures() > 0
                                        ? "–"
                                        : Digits.percent(step.lower())
                                                + " to "
                                                + Digits.percent(step.upper()),
                                Digits.percent(
                                        step.cv()
                                                / MinimalSize.poolFactor(
                                                        step.rows(), run.plan().pool())),
                                proof(step)));
            }
        }
        return table.html();
    }

    private static String proof(SizeStep step) {
        return switch (step.proof()) {
            case ROBUST -> "robust";
            case NOT_ROBUST -> step.failures() > 0 ? "not robust: failed" : "not robust";
            case OPEN -> "open";
        };
    }
}
