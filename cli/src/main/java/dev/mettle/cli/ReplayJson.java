package dev.mettle.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.mettle.core.replay.Replay;
import dev.mettle.core.replay.Score;
import dev.mettle.core.replay.Truth;
import dev.mettle.core.statistics.Criterion;
import dev.mettle.core.statistics.Estimate;

import java.nio.file.Path;
import java.util.Optional;

/** What {@code replay} found, as a JSON document. */
final class ReplayJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private ReplayJson() {}

    static ObjectNode of(ReplayResult result, Optional<Path> report) {
        Replay replay = result.replay();
        Truth truth = replay.truth();
        ObjectNode document = JSON.objectNode();
        document.put("table", result.source());
        result.truth()
                .ifPresentOrElse(f -> document.put("truth", f), () -> document.putNull("truth"));
        document.put("candidates", replay.table().candidates().size());
        document.put("instances", replay.table().instances());
        document.put("repeats", result.repeats());
        document.put("tolerance", Criterion.TOLERANCE);
        document.putObject("best")
                .put("candidate", truth.best())
                .put("mean", truth.leastMean())
                .put("fresh_candidates", truth.fresh());
        ArrayNode notes = document.putArray("notes");
        result.notes().forEach(notes::add);
        ArrayNode scores = document.putArray("algorithms");
        replay.scores().forEach(score -> scores.add(score(score, replay.scores().getFirst())));
        report.ifPresent(file -> document.put("report", file.toString()));
        return document;
    }

    private static ObjectNode score(Score score, Score first) {
        ObjectNode node = JSON.objectNode();
        node.put("algorithm", score.contestant().label());
        node.put("criterion", score.contestant().settings().criterion().label());
        node.put("trainings", score.trainings());
        node.put("previews", score.previews());
        node.put("most_trainings", score.mostTrainings());
        ObjectNode regret = estimate(score.meanRegret());
        regret.put("median", score.regrets().quantile(0.5));
        regret.put("quantile_0.9", score.regrets().quantile(0.9));
        node.set("regret", regret);
        node.set("tail_regret", estimate(score.meanTailRegret()));
        node.set("regret_beyond_first", estimate(score.regretBeyond(first)));
        node.set("cv", estimate(score.meanCv()));
        node.set("picks_best", RunJson.proportion(score.picksBest()));
        node.set("picks_within_tolerance", RunJson.proportion(score.picksGood()));
        node.set("keeps_best", RunJson.proportion(score.keepsBest()));
        node.set("keeps_within_tolerance", RunJson.proportion(score.keepsGood()));
        node.set("fails", RunJson.proportion(score.fails()));
        node.set("not_fresh", RunJson.proportion(score.picksUnjudged()));
        ArrayNode picks = node.putArray("picks");
        for (Score.Pick pick : score.picks()) {
            Truth.TrueLoss loss = score.truth().of(pick.candidate());
            picks.addObject()
                    .put("candidate", pick.candidate())
                    .put("times", pick.times())
                    .put("mean", loss.mean())
                    .put("quantile_0.95", loss.tail())
                    .put("cv", loss.cv())
                    .put("instances", loss.instances())
                    .put("failures", loss.failures())
                    .put("fresh", loss.fresh());
        }
        return node;
    }

    private static ObjectNode estimate(Optional<Estimate> estimate) {
        ObjectNode node = JSON.objectNode();
        estimate.ifPresentOrElse(
                e -> node.put("mean", e.value()).put("low", e.low()).put("high", e.high()),
                () -> node.putNull("mean"));
        return node;
    }
}
