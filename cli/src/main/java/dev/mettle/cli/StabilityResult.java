package dev.mettle.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.mettle.core.stability.Choices;
import dev.mettle.core.stability.FreshJudgement;
import dev.mettle.core.stability.Stability;
import dev.mettle.core.stability.StabilityVerdict;
import dev.mettle.core.statistics.Criterion;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The answer of {@code stability} as a JSON document.
 *
 * @param source file or run
 * @param isRun which of the two
 * @param per dimension for each of whose values there is a choice
 * @param byGroup the answers, by value of {@code per}; one with the name "" without
 * @param report the page written
 */
record StabilityResult(
        String source,
        boolean isRun,
        Optional<String> per,
        Map<String, Stability> byGroup,
        Optional<Path> report) {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** Returns the document. */
    ObjectNode document() {
        ObjectNode document = JSON.objectNode();
        document.put(isRun ? "run" : "table", source);
        if (per.isEmpty()) {
            byGroup.values().forEach(stability -> document.setAll(choice(stability)));
        } else {
            document.put("per", per.get());
            ObjectNode groups = document.putObject("choices");
            byGroup.forEach((group, stability) -> groups.set(group, choice(stability)));
        }
        report.ifPresent(file -> document.put("report", file.toString()));
        return document;
    }

    private static ObjectNode choice(Stability stability) {
        StabilityVerdict verdict = StabilityVerdict.of(stability);
        ObjectNode node = JSON.objectNode();
        node.put("verdict", verdict.sentence());
        node.put("caution", verdict.caution());
        verdict.enough()
                .ifPresentOrElse(
                        count -> node.put("enough_instances", count),
                        () -> node.putNull("enough_instances"));
        node.put("candidates", stability.ranking().size());
        node.put("instances", stability.instances());
        node.put("trainings", stability.trainings());
        node.put("criterion", stability.settings().criterion().label());
        node.put("repeats", stability.settings().repeats());
        node.put("tolerance", Criterion.TOLERANCE);
        node.putObject("best")
                .put("candidate", stability.best().candidate())
                .put("criterion", stability.best().criterion());
        ArrayNode counts = node.putArray("by_instances");
        for (Stability.AtCount at : stability.counts()) {
            ObjectNode one = counts.addObject().put("instances", at.instances());
            one.set("exhaustive", choices(at.exhaustive(), stability));
            one.set("progressive", choices(at.progressive(), stability));
            at.fresh().ifPresent(fresh -> one.set("fresh", fresh(fresh)));
        }
        return node;
    }

    private static ObjectNode choices(Choices choices, Stability stability) {
        ObjectNode node = JSON.objectNode();
        node.put("trainings", choices.trainings());
        node.put("saving", 1 - choices.trainings() / stability.trainings());
        node.set("best", RunJson.proportion(choices.best()));
        node.set("within_tolerance", RunJson.proportion(choices.within(Criterion.TOLERANCE)));
        node.set("failed", RunJson.proportion(choices.failed()));
        node.putObject("regret")
                .put("mean", choices.regrets().mean())
                .put("median", choices.regrets().quantile(0.5))
                .put("quantile_0.9", choices.regrets().quantile(0.9));
        node.putObject("rank")
                .put("mean", choices.ranks().mean())
                .put("median", choices.ranks().quantile(0.5))
                .put("quantile_0.9", choices.ranks().quantile(0.9));
        ArrayNode picks = node.putArray("picks");
        for (Choices.Pick pick : choices.picks()) {
            picks.addObject()
                    .put("candidate", pick.candidate())
                    .put("rank", pick.rank())
                    .put("regret", pick.regret())
                    .put("times", pick.times());
        }
        return node;
    }

    private static ObjectNode fresh(FreshJudgement fresh) {
        ObjectNode node = JSON.objectNode();
        node.put("chosen_by", fresh.chosenBy());
        node.put("judged_by", fresh.judgedBy());
        node.set("agreement", RunJson.proportion(fresh.agreement()));
        node.set("within_tolerance", RunJson.proportion(fresh.within()));
        node.set("failed", RunJson.proportion(fresh.failed()));
        fresh.atLeast().ifPresent(regret -> node.put("regret_at_least", regret));
        fresh.atMost().ifPresent(regret -> node.put("regret_at_most", regret));
        return node;
    }
}
