package dev.mettle.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.mettle.core.replay.Replay;
import dev.mettle.core.replay.Score;
import dev.mettle.core.replay.Truth;
import dev.mettle.core.statistics.Criterion;
import dev.mettle.core.statistics.Estimate;
import dev.mettle.core.statistics.Proportion;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Selection algorithms on a recorded table: what each costs, and how good its picks are. */
final class ReplaySection {
    private static final int MOST_PICKS = 10;

    private final Replay replay;

    private ReplaySection(Replay replay) {
        this.replay = replay;
    }

    static Section of(Replay replay) {
        ReplaySection section = new ReplaySection(replay);
        List<Block> blocks = new ArrayList<>();
        blocks.add(section.introduction());
        blocks.add(section.trainings());
        blocks.add(section.regrets());
        blocks.add(section.costs());
        blocks.add(section.keeps());
        blocks.add(section.picks());
        return new Section("replay", "What each algorithm costs and picks", blocks);
    }

    private Html introduction() {
        Truth truth = replay.truth();
        return Html.of(
                "<p>%s candidates have %s trainings each. Every algorithm ran on them %s times,"
                    + " each time with the trainings in another order, the same one for all"
                    + " algorithms. %s The best candidate is <code>%s</code>, true mean %s; regret"
                    + " is how much larger the pick's is.</p>",
                Digits.count(replay.table().candidates().size()),
                replay.table().instances(),
                replay.scores().getFirst().races().size(),
                truth.fresh() > 0
                        ? "Fresh trainings of %s candidates, which no algorithm saw, judge the picks."
                                .formatted(Digits.count(truth.fresh()))
                        : "The same trainings judge the picks, which flatters them.",
                Names.id(truth.best()),
                Digits.number(truth.leastMean()));
    }

    private Plot trainings() {
        ObjectNode spec = Plot.template("replay-trainings");
        ArrayNode rows = Plot.data(spec, "trainings");
        for (Score score : replay.scores()) {
            rows.addObject()
                    .put("algorithm", score.contestant().label())
                    .put("trainings", Math.round(score.trainings()));
        }
        return new Plot(
                "plot-replay-trainings",
                "What it costs",
                new Html(
                        "Trainings that the algorithm asks for, the mean over the repeats; without"
                                + " previews."),
                spec);
    }

    private Plot regrets() {
        ObjectNode spec = Plot.template("replay-regret");
        ArrayNode rows = Plot.data(spec, "regrets");
        for (Score score : replay.scores()) {
            double most = score.regrets().quantile(0.9);
            score.meanRegret()
                    .ifPresent(mean -> {
                        ObjectNode row =
                                rows.addObject()
                                        .put("algorithm", score.contestant().label())
                                        .put("regret", mean.value())
                                        .put("low", Math.max(0, mean.low()))
                                        .put("high", mean.high());
                        if (Double.isFinite(most)) {
                            row.put("most", most);
                        }
                    });
        }
        return new Plot(
                "plot-replay-regret",
                "What the pick costs: its regret",
                new Html(
                        "● mean over the repeats, with its 95\u00a0% interval; | nine in ten"
                                + " repeats are below."),
                spec);
    }

    private Html costs() {
        Table table =
                new Table(
                        List.of(
                                "algorithm",
                                "trainings",
                                "regret, mean",
                                "nine in ten below",
                                "regret in the 0.95 quantile",
                                "beyond the first, in points",
                                "cv of the pick",
                                "fails now and then"));
        Score first = replay.scores().getFirst();
        for (Score score : replay.scores()) {
            table.add(
                    List.of(
                            score.contestant().label(),
                            trainings(score),
                            percents(score.meanRegret()),
                            Digits.percent(score.regrets().quantile(0.9)),
                            percents(score.meanTailRegret()),
                            score.equals(first)
                                    ? "–"
                                    : score.regretBeyond(first)
                                            .map(ReplaySection::points)
                                            .orElse("–"),
                            score.meanCv().map(cv -> Digits.percent(cv.value())).orElse("∞"),
                            share(score.fails())));
        }
        return table.html();
    }

    private static String trainings(Score score) {
        String trainings = Digits.count(Math.round(score.trainings()));
        return score.previews() > 0
                ? "%s, and %s previews on fewer rows"
                        .formatted(trainings, Digits.count(Math.round(score.previews())))
                : trainings;
    }

    private Html keeps() {
        Table table =
                new Table(
                        List.of(
                                "algorithm",
                                "picks the best",
                                "picks one within " + tolerance(),
                                "keeps the best",
                                "keeps one within " + tolerance()));
        for (Score score : replay.scores()) {
            table.add(
                    List.of(
                            score.contestant().label(),
                            share(score.picksBest()),
                            share(score.picksGood()),
                            share(score.keepsBest()),
                            share(score.keepsGood())));
        }
        return Html.join(
                table.html(),
                Html.of(
                        "<p class=\"small\">Shares of the repeats. “Keeps”: it is among the"
                            + " finalists. Means are over the repeats whose pick never failed."
                            + " Intervals are 95\u00a0%% and show what the repeats leave open; that"
                            + " the table itself is one of many possible ones is not in"
                            + " them.</p>"));
    }

    private Html picks() {
        Table table =
                new Table(
                        List.of(
                                "algorithm",
                                "pick",
                                "how often",
                                "true mean",
                                "0.95 quantile",
                                "cv",
                                "failed"));
        for (Score score : replay.scores()) {
            score.picks().stream()
                    .limit(MOST_PICKS)
                    .forEach(pick -> {
                        Truth.TrueLoss loss = replay.truth().of(pick.candidate());
                        table.add(
                                List.of(
                                        score.contestant().label(),
                                        Html.of("<code>%s</code>", Names.id(pick.candidate())),
                                        Digits.percent(
                                                (double) pick.times() / score.races().size()),
                                        Digits.number(loss.mean()),
                                        Digits.number(loss.tail()),
                                        Digits.percent(loss.cv()),
                                        "%d of %d".formatted(loss.failures(), loss.instances())));
                    });
        }
        return Html.of("<details><summary>Who is picked</summary>%s</details>", table.html());
    }

    /** Returns the mean regret; +infinity where the picks of all repeats fail. */
    static double meanRegret(Score score) {
        return score.meanRegret().map(Estimate::value).orElse(Double.POSITIVE_INFINITY);
    }

    private static String tolerance() {
        return Digits.wholePercent(Criterion.TOLERANCE);
    }

    private static String points(Estimate difference) {
        return "%s (%s to %s)"
                .formatted(
                        Digits.number(100 * difference.value()),
                        Digits.number(100 * difference.low()),
                        Digits.number(100 * difference.high()));
    }

    private static String percents(Optional<Estimate> estimate) {
        return estimate.map(e ->
                        "%s (%s to %s)"
                                .formatted(
                                        Digits.percent(e.value()),
                                        Digits.percent(Math.max(0, e.low())),
                                        Digits.percent(e.high())))
                .orElse("∞");
    }

    private static String share(Proportion share) {
        return "%s (%s to %s)"
                .formatted(
                        Digits.percent(share.value()),
                        Digits.percent(share.low()),
                        Digits.percent(share.high()));
    }
}
