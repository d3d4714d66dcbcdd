package dev.mettle.report;

import dev.mettle.core.statistics.Criterion;
import dev.mettle.core.statistics.Estimate;
import dev.mettle.core.statistics.HeldOutNoise;
import dev.mettle.core.statistics.LossSummary;
import dev.mettle.core.statistics.Losses;
import dev.mettle.core.statistics.Robustness;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The loss distribution of candidates that were assessed: a strip of each, then one by one the
 * verdict, the distribution and every criterion with its interval.
 */
final class AssessmentSection {
    /** Candidates with plots of their own; tables show all. */
    private static final int MOST_PLOTS = 8;

    private static final int MOST_STRIPS = 24;

    /**
     * A candidate whose losses are known.
     *
     * @param name short
     * @param settings in words; empty where none are known
     * @param losses of its instances
     * @param noise of the finite held-out set, where it is known
     * @param rows the held-out rows, such as "1,000 validation rows"; only with {@code noise}
     */
    record Assessed(
            String name,
            String settings,
            Losses losses,
            Optional<HeldOutNoise> noise,
            String rows) {}

    private AssessmentSection() {}

    /** Returns the section of a run; empty where nothing was assessed. */
    static Optional<Section> of(RunDigest run) {
        List<Assessed> assessed = run.assessed();
        return assessed.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        of(
                                assessed,
                                new LossMeaning(run.plan()).text(),
                                LossStrips.onLossAxis(run.plan()),
                                new Html(
                                        "<p>Candidates that <code>mettle assess</code> looked at:"
                                            + " trainings of their own, each with fresh initial"
                                            + " weights and a fresh sample, which no selection has"
                                            + " seen.</p>")));
    }

    /**
     * Returns the section.
     *
     * @param assessed at least one
     * @param criterion marked in the strips; a loss, not a spread
     */
    static Section of(
            List<Assessed> assessed, LossText text, Criterion criterion, Html introduction) {
        List<Block> blocks = new ArrayList<>(List.of(introduction));
        strips(assessed, text, criterion).ifPresent(blocks::add);
        for (int i = 0; i < assessed.size(); i++) {
            blocks.addAll(blocks(assessed.get(i), text, i + 1));
        }
        if (assessed.size() > MOST_PLOTS) {
            blocks.add(
                    Html.of(
                            "<p class=\"note\">The first %s of %s candidates have plots of their"
                                    + " own.</p>",
                            MOST_PLOTS, assessed.size()));
        }
        return new Section("assessment", "Assessment", blocks);
    }

    private static Optional<Plot> strips(
            List<Assessed> assessed, LossText text, Criterion criterion) {
        List<LossStrips.Strip> strips =
                assessed.stream()
                        .limit(MOST_STRIPS)
                        .map(one ->
                                new LossStrips.Strip(
                                        "%s — %d trainings"
                                                .formatted(one.name(), one.losses().count()),
                                        LossStrips.Kind.ASSESSMENT,
                                        one.losses(),
                                        OptionalDouble.empty()))
                        .toList();
        return new LossStrips(criterion, text, strips)
                .plot(
                        "plot-assessment-losses",
                        assessed.size() == 1
                                ? "Every training of the candidate assessed"
                                : "Every training of the candidates assessed",
                        assessed.size() > MOST_STRIPS
                                ? Html.of(
                                        " Shown are the first %s of %s.",
                                        MOST_STRIPS, assessed.size())
                                : Html.NONE);
    }

    private static List<Block> blocks(Assessed one, LossText text, int number) {
        Robustness robustness = Robustness.of(one.losses());
        List<Block> blocks = new ArrayList<>();
        blocks.add(
                Html.of(
                        "<h3>%s</h3>\n%s<p><b>%s</b> %s</p>",
                        one.name(),
                        one.settings().isEmpty()
                                ? Html.NONE
                                : Html.of("<p class=\"small\">%s</p>\n", one.settings()),
                        sentence(robustness, one.name()),
                        Sentences.unbroken(robustness.warning().orElse(""))));
        one.noise()
                .ifPresent(noise ->
                        blocks.add(
                                NoiseSection.sentence(
                                        text, "On these " + one.rows(), one.losses(), noise)));
        if (number <= MOST_PLOTS && one.losses().failures() < one.losses().count()) {
            DistributionPlots plots = new DistributionPlots(one.name(), text, one.losses());
            blocks.add(plots.histogram("plot-assessment-%d-histogram".formatted(number)));
            blocks.add(plots.shares("plot-assessment-%d-shares".formatted(number)));
        }
        blocks.add(table(one.losses(), text));
        return blocks;
    }

    /** Returns the verdict as a sentence that begins with a capital. */
    static String sentence(Robustness robustness, String name) {
        String sentence = robustness.sentence(name);
        return Sentences.unbroken(
                sentence.startsWith("whether") ? "W" + sentence.substring(1) : sentence);
    }

    private static Html table(Losses losses, LossText text) {
        Table table =
                new Table(List.of("criterion", "value", "95\u00a0% interval", "noise", "how"));
        LossSummary summary = LossSummary.of(losses);
        for (Estimate estimate : summary.estimates()) {
            table.add(row(estimate, estimate.name(), text));
            if (estimate.name().equals(new Criterion.Mean().label())) {
                table.add(row(summary.meanByBootstrap(), estimate.name(), text));
            }
        }
        table.add(row(summary.failureRate(), "failure rate", text));
        return Html.join(
                table.html(),
                new Html(
                        "<p class=\"small\">“noise” is the standard deviation of the statistic"
                            + " itself, between repetitions of all trainings. A dash means that so"
                            + " few trainings give no limit on that side.</p>"));
    }

    private static List<Object> row(Estimate estimate, String name, LossText text) {
        boolean percent =
                estimate.name().equals(new Criterion.Cv().label()) || name.equals("failure rate");
        LossText shown = percent ? new LossText("", "", true) : text;
        return List.of(
                name,
                shown.shown(estimate.value()),
                limits(estimate, shown),
                Double.isInfinite(estimate.standardError()) && Double.isFinite(estimate.value())
                        ? "–"
                        : shown.shown(estimate.standardError()),
                Html.of("<span class=\"how\">%s</span>", estimate.method()));
    }

    private static String limits(Estimate estimate, LossText text) {
        if (estimate.low() == Double.POSITIVE_INFINITY) {
            return "∞"; // certain
        }
        return limit(estimate.low(), text) + " to " + limit(estimate.high(), text);
    }

    private static String limit(double limit, LossText text) {
        return Double.isInfinite(limit) ? "–" : text.shown(limit);
    }
}
