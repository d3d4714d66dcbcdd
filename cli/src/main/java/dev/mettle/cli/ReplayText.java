package dev.mettle.cli;

import dev.mettle.core.replay.Replay;
import dev.mettle.core.replay.Score;
import dev.mettle.core.replay.Truth;
import dev.mettle.core.statistics.Criterion;
import dev.mettle.core.statistics.Estimate;
import dev.mettle.core.statistics.Proportion;
import dev.mettle.core.statistics.SignificantDigits;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What {@code replay} found, as lines for people. */
final class ReplayText {
    private static final int MOST_PICKED = 4;
    private static final int SHARE = 22;

    private final ReplayResult result;
    private final Replay replay;
    private final int name;

    private ReplayText(ReplayResult result) {
        this.result = result;
        this.replay = result.replay();
        this.name =
                replay.scores().stream()
                        .mapToInt(score -> score.contestant().label().length())
                        .max()
                        .orElse(0);
    }

    static String of(ReplayResult result) {
        return new ReplayText(result).text();
    }

    private String text() {
        List<String> lines = new ArrayList<>();
        lines.add(
                "%,d repeats of %s: %,d candidates, %d instances each, in another order each time"
                        .formatted(
                                result.repeats(),
                                result.source(),
                                replay.table().candidates().size(),
                                replay.table().instances()));
        lines.add(truth());
        costs(lines);
        keeps(lines);
        pairs(lines);
        picks(lines);
        return String.join("\n", lines);
    }

    private String truth() {
        Truth truth = replay.truth();
        String judge =
                result.truth()
                        .map(file ->
                                "judged by %s, fresh instances of %,d candidates"
                                        .formatted(file, truth.fresh()))
                        .orElse(
                                "judged by the same losses, which flatters who was picked by them"
                                        + " (--truth takes fresh ones)");
        return "%s; the best is %s, mean %s"
                .formatted(judge, truth.best(), Numbers.shown(truth.leastMean()));
    }

    private void costs(List<String> lines) {
        lines.add("");
        lines.add(
                row(
                        "",
                        "trainings",
                        "regret in the mean",
                        "9 in 10 below",
                        "in the 0.95 quantile",
                        "cv of the pick",
                        "fails now and then"));
        for (Score score : replay.scores()) {
            lines.add(
                    row(
                            score.contestant().label(),
                            "%,d".formatted(Math.round(score.trainings())),
                            percents(score.meanRegret()),
                            percent(score.regrets().quantile(0.9)),
                            percents(score.meanTailRegret()),
                            score.meanCv().map(cv -> percent(cv.value())).orElse("infinite"),
                            share(score.fails())));
        }
        for (Score score : replay.scores()) {
            if (score.previews() > 0) {
                lines.add(
                        "%s also trains %,d previews on fewer rows"
                                .formatted(
                                        score.contestant().label(), Math.round(score.previews())));
            }
        }
    }

    private String row(
            String first,
            String trainings,
            String mean,
            String most,
            String tail,
            String cv,
            String fails) {
        return ("%-" + Math.max(1, name) + "s  %9s  %-24s %-13s  %-24s %-14s  %s")
                .formatted(first, trainings, mean, most, tail, cv, fails)
                .stripTrailing();
    }

    private void keeps(List<String> lines) {
        String tolerance = Numbers.share(Criterion.TOLERANCE);
        String format =
                "%-"
                        + Math.max(1, name)
                        + "s  %-"
                        + SHARE
                        + "s  %-"
                        + SHARE
                        + "s  %-"
                        + SHARE
                        + "s  %s";
        lines.add("");
        lines.add(
                format.formatted(
                        "",
                        "picks the best",
                        "one within " + tolerance,
                        "keeps the best",
                        "one within " + tolerance));
        for (Score score : replay.scores()) {
            lines.add(
                    format.formatted(
                            score.contestant().label(),
                            share(score.picksBest()),
                            share(score.picksGood()),
                            share(score.keepsBest()),
                            share(score.keepsGood())));
        }
    }

    private void pairs(List<String> lines) {
        if (replay.scores().size() < 2) {
            return;
        }
        Score first = replay.scores().getFirst();
        lines.add("");
        lines.add(
                "regret beyond that of %s, repeat by repeat".formatted(first.contestant().label()));
        for (Score score : replay.scores().subList(1, replay.scores().size())) {
            lines.add(
                    ("%-" + Math.max(1, name) + "s  %s")
                            .formatted(
                                    score.contestant().label(),
                                    score.regretBeyond(first)
                                            .map(ReplayText::points)
                                            .orElse("unknown: one of them fails in every repeat")));
        }
    }

    private static String points(Estimate difference) {
        return "%+.2f points (95 %%: %+.2f to %+.2f)"
                .formatted(
                        100 * difference.value(), 100 * difference.low(), 100 * difference.high());
    }

    private void picks(List<String> lines) {
        lines.add("");
        lines.add("picked most often: how often, true mean, cv");
        for (Score score : replay.scores()) {
            lines.add(
                    ("%-" + Math.max(1, name) + "s  %s")
                            .formatted(
                                    score.contestant().label(),
                                    score.picks().stream()
                                            .limit(MOST_PICKED)
                                            .map(pick -> pick(pick, score))
                                            .collect(Collectors.joining("; "))));
        }
    }

    private String pick(Score.Pick pick, Score score) {
        Truth.TrueLoss loss = replay.truth().of(pick.candidate());
        return "%s %s, %s, %s%s"
                .formatted(
                        pick.candidate(),
                        percent((double) pick.times() / score.races().size()),
                        Numbers.shown(loss.mean()),
                        percent(loss.cv()),
                        result.truth().isPresent() && !loss.fresh() ? " (not fresh)" : "");
    }

    private static String percents(Optional<Estimate> estimate) {
        return estimate.map(e ->
                        "%s (%s to %s)"
                                .formatted(
                                        percent(e.value()),
                                        percent(Math.max(0, e.low())),
                                        percent(e.high())))
                .orElse("infinite");
    }

    private static String share(Proportion share) {
        return "%s (%.0f to %.0f %%)"
                .formatted(percent(share.value()), 100 * share.low(), 100 * share.high());
    }

    private static String percent(double share) {
        return Double.isInfinite(share)
                ? "infinite"
                : share == 0 ? "0 %" : SignificantDigits.of(100 * share, 2) + " %";
    }
}
