package dev.mettle.cli;

import dev.mettle.core.stability.Choices;
import dev.mettle.core.stability.FreshJudgement;
import dev.mettle.core.stability.Stability;
import dev.mettle.core.stability.StabilityVerdict;
import dev.mettle.core.statistics.Criterion;
import dev.mettle.core.statistics.Proportion;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** The answer of {@code stability} as lines for people: the verdict first. */
final class StabilityText {
    private static final String PICKS = "%9s  %9s  %6s  %-22s  %-22s  %-26s  %s";
    private static final String FRESH = "%9s  %-22s  %-22s  %s";
    private static final int MOST_PICKED = 5;

    private final Stability stability;

    private StabilityText(Stability stability) {
        this.stability = stability;
    }

    /**
     * Returns the lines.
     *
     * @param choice what is chosen among, such as "bias=true"; empty where there is one choice
     */
    static String of(String choice, Stability stability) {
        return new StabilityText(stability).text(choice);
    }

    private String text(String choice) {
        StabilityVerdict verdict = StabilityVerdict.of(stability);
        List<String> lines = new ArrayList<>();
        lines.add((choice.isEmpty() ? "" : choice + ": ") + verdict.sentence());
        if (!verdict.caution().isEmpty()) {
            lines.add(verdict.caution());
        }
        lines.add("");
        lines.add(
                "best of the full table: %s, %s %s (%,d candidates, %d instances each: %,d trainings)"
                        .formatted(
                                stability.best().candidate(),
                                stability.settings().criterion().label(),
                                Numbers.shown(stability.best().criterion()),
                                stability.ranking().size(),
                                stability.instances(),
                                stability.trainings()));
        picks(
                "picked by n instances of every candidate, %d repeats"
                        .formatted(stability.settings().repeats()),
                false,
                lines);
        picks("picked by the race 'progressive' with up to n instances", true, lines);
        fresh(lines);
        who(lines);
        return String.join("\n", lines);
    }

    private void picks(String title, boolean race, List<String> lines) {
        lines.add("");
        lines.add(title);
        lines.add(
                row(
                        PICKS,
                        "instances",
                        "trainings",
                        "saved",
                        "the best",
                        "within %s of it".formatted(tolerance()),
                        "regret: mean, 90 % below",
                        "place: median, 90 % within"));
        for (Stability.AtCount at : stability.counts()) {
            Choices choices = race ? at.progressive() : at.exhaustive();
            lines.add(
                    row(
                            PICKS,
                            at.instances(),
                            "%,d".formatted(Math.round(choices.trainings())),
                            percent(1 - choices.trainings() / stability.trainings()),
                            share(choices.best()),
                            share(choices.within(Criterion.TOLERANCE)),
                            percent(choices.regrets().mean())
                                    + ", "
                                    + percent(choices.regrets().quantile(0.9)),
                            place(choices, 0.5) + ", " + place(choices, 0.9)));
        }
    }

    private static String place(Choices choices, double quantile) {
        return "%.0f".formatted(Math.ceil(choices.ranks().quantile(quantile)));
    }

    private void fresh(List<String> lines) {
        if (stability.counts().stream().allMatch(at -> at.fresh().isEmpty())) {
            return;
        }
        int half = stability.instances() / 2;
        lines.add("");
        lines.add(
                "judged by instances that had no part in the choice (%d choose, %d judge)"
                        .formatted(half, stability.instances() - half));
        lines.add(
                row(
                        FRESH,
                        "instances",
                        "two studies agree",
                        "within %s of their best".formatted(tolerance()),
                        "true regret"));
        for (Stability.AtCount at : stability.counts()) {
            at.fresh().ifPresent(fresh -> lines.add(fresh(at.instances(), fresh)));
        }
    }

    private static String fresh(int instances, FreshJudgement fresh) {
        String regret =
                fresh.atLeast().isPresent() && fresh.atMost().isPresent()
                        ? "%s to %s".formatted(regret(fresh.atLeast()), regret(fresh.atMost()))
                        : "unknown: %s of the picks have a failed instance"
                                .formatted(percent(fresh.failed().value()));
        return row(FRESH, instances, share(fresh.agreement()), share(fresh.within()), regret);
    }

    /** Below 0 by chance alone. */
    private static String regret(OptionalDouble regret) {
        return percent(Math.max(0, regret.orElse(0)));
    }

    private void who(List<String> lines) {
        lines.add("");
        Stability.AtCount last = stability.counts().getLast();
        List<String> picked =
                last.exhaustive().picks().stream()
                        .limit(MOST_PICKED)
                        .map(pick ->
                                "%s (place %d) %s"
                                        .formatted(
                                                pick.candidate(),
                                                pick.rank(),
                                                percent(
                                                        (double) pick.times()
                                                                / last.exhaustive().repeats())))
                        .toList();
        int others = last.exhaustive().picks().size() - picked.size();
        lines.add(
                "most often picked by %d: %s%s"
                        .formatted(
                                last.instances(),
                                String.join(", ", picked),
                                others > 0 ? ", %d others".formatted(others) : ""));
    }

    private static String row(String format, Object... cells) {
        return format.formatted(cells).stripTrailing();
    }

    private static String tolerance() {
        return Numbers.share(Criterion.TOLERANCE);
    }

    private static String share(Proportion proportion) {
        return "%s (%s to %s)"
                .formatted(
                        percent(proportion.value()),
                        whole(proportion.low()),
                        percent(proportion.high()));
    }

    private static String whole(double share) {
        return String.format(Locale.ROOT, "%.0f", 100 * share);
    }

    /** Returns a share in percent: whole from 10 % on, else with a decimal. */
    private static String percent(double share) {
        if (Double.isInfinite(share)) {
            return "infinite";
        }
        return String.format(Locale.ROOT, share >= 0.0995 ? "%.0f %%" : "%.1f %%", 100 * share)
                .replaceFirst("^-?0\\.0 %$", share == 0 ? "0 %" : "0.0 %");
    }
}
