package dev.mettle.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.mettle.core.data.Series;
import dev.mettle.core.instance.Evaluation;
import dev.mettle.core.instance.InstanceResult;
import dev.mettle.core.run.LossWords;
import dev.mettle.core.run.MetricRange;
import dev.mettle.core.run.RunPlan;
import dev.mettle.core.statistics.Criterion;
import dev.mettle.core.statistics.Estimate;
import dev.mettle.core.statistics.HeldOutNoise;
import dev.mettle.core.statistics.LossSummary;
import dev.mettle.core.statistics.Losses;
import dev.mettle.core.statistics.Robustness;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The loss distribution of one candidate.
 *
 * @param candidate its id or name
 * @param losses of its instances
 * @param instances the instances, if Mettle trained them
 * @param plan of their run, which names losses and metrics; empty for losses made elsewhere
 */
record Assessment(
        String candidate, Losses losses, List<InstanceResult> instances, Optional<RunPlan> plan) {
    private static final String MEAN = new Criterion.Mean().label();
    private static final String ROW = "%-15s %-13s %-29s %-13s %s";

    /** Returns the assessment as lines for people: the verdict first. */
    String text() {
        List<String> lines = new ArrayList<>();
        Robustness robustness = Robustness.of(losses);
        lines.add(robustness.sentence(candidate));
        lines.add(
                "%d instances, %d failed%s"
                        .formatted(
                                losses.count(),
                                losses.failures(),
                                plan.map(p -> "; loss: " + LossWords.of(p).withUnit()).orElse("")));
        lines.add(row("", "value", "95 % interval", "noise", "method"));
        LossSummary summary = LossSummary.of(losses);
        for (Estimate estimate : summary.estimates()) {
            lines.add(row(estimate));
            if (estimate.name().equals(MEAN)) {
                lines.add(row(summary.meanByBootstrap()));
            }
        }
        lines.add(row(summary.failureRate()));
        plan.map(p -> new MetricText(p).lines(MetricRange.of(instances)))
                .orElse(List.of())
                .forEach(line -> lines.add(line.strip()));
        noise().ifPresent(noise ->
                lines.add(
                        "held-out set: other rows would move the mean loss by about "
                                + Numbers.shown(noise.levelStandardError())
                                + " (one standard error)"
                                + share(noise)));
        robustness.warning().ifPresent(warning -> lines.add("warning: " + warning));
        return String.join("\n", lines);
    }

    private static String row(Estimate estimate) {
        return row(
                estimate.name(),
                Numbers.shown(estimate.value()),
                "%s to %s".formatted(Numbers.shown(estimate.low()), Numbers.shown(estimate.high())),
                Numbers.shown(estimate.standardError()),
                estimate.method());
    }

    private static String share(HeldOutNoise noise) {
        return noise.spreadShare().isEmpty()
                ? ""
                : "; these rows make %s of the variance between instances"
                        .formatted(Numbers.percent(noise.spreadShare().getAsDouble()));
    }

    private static String row(String... cells) {
        return ROW.formatted((Object[]) cells).stripTrailing();
    }

    private Optional<HeldOutNoise> noise() {
        List<Series> blocks =
                instances.stream()
                        .map(result -> result.outcome().known().map(Evaluation::lossByBlock))
                        .flatMap(Optional::stream)
                        .toList();
        return HeldOutNoise.of(blocks);
    }

    /** Returns the assessment as a JSON document. */
    ObjectNode document() {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("candidate", candidate);
        document.put("instances", losses.count());
        document.put("failures", losses.failures());
        document.set("losses", RunJson.losses(losses));
        RunJson.metrics(document, MetricRange.of(instances));
        ObjectNode criteria = document.putObject("criteria");
        LossSummary summary = LossSummary.of(losses);
        for (Estimate estimate : summary.estimates()) {
            put(criteria, estimate);
        }
        Estimate bootstrap = summary.meanByBootstrap();
        criteria.withObject("/" + MEAN)
                .putObject("studentised")
                .put("low", bootstrap.low())
                .put("high", bootstrap.high())
                .put("method", bootstrap.method());
        put(criteria, summary.failureRate());
        Robustness robustness = Robustness.of(losses);
        document.put("robust", robustness.verdict().label());
        document.put("robust_reason", robustness.reason());
        document.put("verdict", robustness.sentence(candidate));
        robustness
                .instancesToDecide()
                .ifPresent(count -> document.put("instances_to_decide", count));
        ArrayNode warnings = document.putArray("warnings");
        robustness.warning().ifPresent(warnings::add);
        noise().ifPresent(noise -> {
            ObjectNode node = document.putObject("held_out_noise");
            node.put("level", noise.levelStandardError());
            noise.spreadShare().ifPresent(share -> node.put("share_of_spread", share));
        });
        return document;
    }

    private static void put(ObjectNode criteria, Estimate estimate) {
        criteria.putObject(estimate.name())
                .put("value", estimate.value())
                .put("low", estimate.low())
                .put("high", estimate.high())
                .put("standard_error", estimate.standardError())
                .put("method", estimate.method());
    }
}
