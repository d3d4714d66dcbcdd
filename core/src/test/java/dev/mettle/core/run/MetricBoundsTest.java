package dev.mettle.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mettle.core.data.Series;
import dev.mettle.core.data.Task;
import dev.mettle.core.instance.Evaluation;
import dev.mettle.core.instance.HeldOut;
import dev.mettle.core.instance.InstanceKey;
import dev.mettle.core.instance.InstanceResult;
import dev.mettle.core.instance.Outcome;
import dev.mettle.core.random.Purpose;
import dev.mettle.core.study.HeldOutLoss;
import dev.mettle.core.study.ScaleKind;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Bounds of 5 instances by rank 2 are the second largest value, worked out by hand. */
class MetricBoundsTest {
    private static final Task DIGITS =
            new Task.Classification("digit", Task.Classification.numbered(10));
    private static final Task TWO = new Task.Regression(List.of("energy", "x"));

    @Test
    void theErrorRateOfACrossEntropyIsBoundedByTheSameRank() {
        double[] rates = {0.02, 0.05, 0.01, 0.04, 0.03};
        assertThat(bounds(DIGITS, new HeldOutLoss.CrossEntropy(), HeldOut.ERROR_RATE, rates))
                .isEqualTo(Map.of(HeldOut.ERROR_RATE, 0.04));
    }

    @Test
    void theCrossEntropyOfAnErrorRateIsBoundedToo() {
        double[] entropies = {0.5, 0.1, 0.2, 0.7, 0.3};
        assertThat(bounds(DIGITS, new HeldOutLoss.ErrorRate(), HeldOut.CROSS_ENTROPY, entropies))
                .isEqualTo(Map.of(HeldOut.CROSS_ENTROPY, 0.5));
    }

    @Test
    void everyOutputsOwnLossIsBounded() {
        List<InstanceResult> instances = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            instances.add(completed(i, Map.of("loss.energy", i + 1.0, "loss.x", 10.0 - i)));
        }
        assertThat(MetricBounds.of(certificate(2), plan(TWO, new HeldOutLoss.Mse()), instances))
                .containsExactly(Map.entry("loss.energy", 4.0), Map.entry("loss.x", 9.0));
    }

    @Test
    void aFailedInstanceIsInfiniteEvenWhereItsMetricIsKnown() {
        List<InstanceResult> instances = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            instances.add(completed(i, Map.of(HeldOut.ERROR_RATE, 0.01 * i)));
        }
        Evaluation known =
                new Evaluation(
                        1, Series.EMPTY, new LinkedHashMap<>(Map.of(HeldOut.ERROR_RATE, 0.0)));
        instances.add(result(4, new Outcome.Exploded("grew", Optional.of(known), 3, Series.EMPTY)));
        RunPlan plan = plan(DIGITS, new HeldOutLoss.CrossEntropy());
        assertThat(MetricBounds.of(certificate(1), plan, instances))
                .isEqualTo(Map.of(HeldOut.ERROR_RATE, Double.POSITIVE_INFINITY));
        assertThat(MetricBounds.of(certificate(2), plan, instances))
                .isEqualTo(Map.of(HeldOut.ERROR_RATE, 0.03));
        assertThat(MetricRange.of(instances).get(HeldOut.ERROR_RATE))
                .isEqualTo(new MetricRange(0.015, Math.sqrt(0.0005 / 3), 0, 0.03));
    }

    @Test
    void oneTargetHasNoOtherBoundThanItsLoss() {
        assertThat(
                        bounds(
                                Task.regression("y"),
                                new HeldOutLoss.Mse(),
                                HeldOut.MAE,
                                new double[] {1, 2, 3, 4, 5}))
                .isEmpty();
    }

    private static Map<String, Double> bounds(
            Task task, HeldOutLoss loss, String metric, double[] values) {
        List<InstanceResult> instances = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            instances.add(completed(i, Map.of(metric, values[i])));
        }
        return MetricBounds.of(certificate(2), plan(task, loss), instances);
    }

    private static InstanceResult completed(int index, Map<String, Double> metrics) {
        Evaluation evaluation = new Evaluation(1, Series.EMPTY, new LinkedHashMap<>(metrics));
        return result(index, new Outcome.Completed(evaluation, 3, Series.EMPTY, Optional.empty()));
    }

    private static InstanceResult result(int index, Outcome outcome) {
        return new InstanceResult(
                InstanceKey.paired("c", Purpose.CERTIFY, index), 1, 2, outcome, 5);
    }

    private static CertificateRecord certificate(int rank) {
        return new CertificateRecord("c", "", 1, 1, 5, 0.5, 0.5, rank, 1, true, 1, "t");
    }

    private static RunPlan plan(Task task, HeldOutLoss loss) {
        return new RunPlan(
                task,
                task.targetNames().stream().map(_ -> ScaleKind.NONE).toList(),
                loss,
                10,
                100,
                20,
                20,
                0,
                "progressive",
                "mean",
                5,
                99,
                Optional.empty(),
                Optional.empty());
    }
}
