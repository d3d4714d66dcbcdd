package dev.mettle.core.run;

import dev.mettle.core.data.Task;
import dev.mettle.core.instance.HeldOut;
import dev.mettle.core.instance.InstanceResult;
import dev.mettle.core.instance.Outcome;
import dev.mettle.core.statistics.Losses;
import dev.mettle.core.statistics.ToleranceBound;
import dev.mettle.core.study.HeldOutLoss;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * Tolerance bounds of the metrics that are losses themselves, from the instances of a certificate
 * and with its rank: of a classification the other one of {@value HeldOut#CROSS_ENTROPY} and
 * {@value HeldOut#ERROR_RATE}, of several targets each one's own {@value HeldOut#LOSS}. The rank
 * follows from the number of instances alone, so each bound has the coverage and the confidence of
 * the certificate, but by itself: that several hold together has a lower confidence
 * (docs/math/certificate.md).
 */
final class MetricBounds {
    private MetricBounds() {}

    /**
     * Returns the bounds by the name of the metric; none for a regression of one target. An
     * instance that did not complete, or has no such metric, counts as +infinity.
     *
     * @param instances those of the certificate; at least as many as its rank
     */
    static SequencedMap<String, Double> of(
            CertificateRecord certificate, RunPlan plan, List<InstanceResult> instances) {
        SequencedMap<String, Double> bounds = new LinkedHashMap<>();
        for (String metric : metrics(plan)) {
            Losses values =
                    Losses.of(instances.stream().mapToDouble(i -> value(i, metric)).toArray());
            bounds.put(metric, ToleranceBound.bound(values, certificate.rank()));
        }
        return Collections.unmodifiableSequencedMap(bounds);
    }

    private static List<String> metrics(RunPlan plan) {
        return switch (plan.task()) {
            case Task.Classification _ when plan.loss() instanceof HeldOutLoss.ErrorRate ->
                    List.of(HeldOut.CROSS_ENTROPY);
            case Task.Classification _ -> List.of(HeldOut.ERROR_RATE);
            case Task.Regression(var targets) when targets.size() > 1 ->
                    targets.stream().map(target -> HeldOut.LOSS + "." + target).toList();
            case Task.Regression _ -> List.of();
        };
    }

    private static double value(InstanceResult instance, String metric) {
        return instance.outcome() instanceof Outcome.Completed completed
                ? completed.evaluation().metrics().getOrDefault(metric, Double.POSITIVE_INFINITY)
                : Double.POSITIVE_INFINITY;
    }
}
