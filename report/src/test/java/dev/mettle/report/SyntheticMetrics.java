package dev.mettle.report;

import dev.mettle.core.data.Task;
import dev.mettle.core.instance.HeldOut;
import dev.mettle.core.run.RunPlan;
import dev.mettle.core.study.HeldOutLoss;

import java.util.LinkedHashMap;
import java.util.Random;
import java.util.SequencedMap;

/** Metrics of synthetic instances, which go with their loss. */
final class SyntheticMetrics {
    private SyntheticMetrics() {}

    /** The error rate that a synthetic classification of this cross-entropy has. */
    static double errorRate(double entropy) {
        return entropy / 3;
    }

    static SequencedMap<String, Double> of(RunPlan plan, double value, Random random) {
        SequencedMap<String, Double> metrics = new LinkedHashMap<>();
        switch (plan.task()) {
            case Task.Classification _ -> {
                boolean byEntropy = plan.loss() instanceof HeldOutLoss.CrossEntropy;
                double rate = byEntropy ? errorRate(value) : value;
                metrics.put(HeldOut.CROSS_ENTROPY, byEntropy ? value : 3 * value);
                metrics.put(HeldOut.ERROR_RATE, rate);
                metrics.put(HeldOut.ACCURACY, 1 - rate);
                metrics.put(HeldOut.AUC, 1 - rate / 10);
            }
            case Task.Regression(var targets) -> {
                for (String name : targets) {
                    String suffix = targets.size() == 1 ? "" : "." + name;
                    if (targets.size() > 1) {
                        metrics.put(HeldOut.LOSS + suffix, 2 * value);
                    }
                    metrics.put(HeldOut.RMSE + suffix, Math.sqrt(value) * 1.03);
                    metrics.put(HeldOut.SIGMA_EFF + suffix, Math.sqrt(value) * 0.87);
                    metrics.put(HeldOut.BIAS + suffix, 0.002 * random.nextGaussian());
                }
            }
        }
        return metrics;
    }
}
