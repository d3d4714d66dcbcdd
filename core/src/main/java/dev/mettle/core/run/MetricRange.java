package dev.mettle.core.run;

import dev.mettle.core.instance.Evaluation;
import dev.mettle.core.instance.InstanceResult;
import dev.mettle.core.instance.Outcome;
import dev.mettle.core.statistics.Losses;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * A metric over the instances that completed; failed ones have none.
 *
 * @param mean arithmetic mean
 * @param std standard deviation, with n - 1; 0 for one instance
 * @param min smallest value
 * @param max largest value
 */
public record MetricRange(double mean, double std, double min, double max) {
    /** Returns all metrics of instances in the order in which they first occur. */
    public static SequencedMap<String, MetricRange> of(List<InstanceResult> instances) {
        List<Evaluation> evaluations = new ArrayList<>();
        for (InstanceResult instance : instances) {
            if (instance.outcome() instanceof Outcome.Completed completed) {
                evaluations.add(completed.evaluation());
            }
        }
        return ofEvaluations(evaluations);
    }

    /** Returns all metrics of evaluations in the order in which they first occur. */
    public static SequencedMap<String, MetricRange> ofEvaluations(List<Evaluation> evaluations) {
        SequencedMap<String, List<Double>> values = new LinkedHashMap<>();
        for (Evaluation evaluation : evaluations) {
            evaluation
                    .metrics()
                    .forEach((name, value) -> {
                        if (Double.isFinite(value)) {
                            values.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
                        }
                    });
        }
        SequencedMap<String, MetricRange> ranges = new LinkedHashMap<>();
        values.forEach((name, list) -> ranges.put(name, range(list)));
        return ranges;
    }

    private static MetricRange range(List<Double> values) {
        Losses losses = Losses.of(values.stream().mapToDouble(Double::doubleValue).toArray());
        return new MetricRange(losses.mean(), losses.std(), losses.min(), losses.max());
    }
}
