package dev.mettle.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mettle.core.data.Shape;
import dev.mettle.core.data.Task;
import dev.mettle.core.network.Layer;
import dev.mettle.core.network.Network;
import dev.mettle.core.study.Candidate;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

class TrainingCostTest {
    private static Candidate dense(int units, int epochs) {
        return Fixture.candidate(
                new Network(
                        List.of(
                                new Layer.Dense(units),
                                new Layer.ConcatFeatures(),
                                new Layer.Dense(1))),
                Fixture.recipe(Fixture.ADAM, 64, epochs));
    }

    @Test
    void costGrowsWithEpochsRowsAndSize() {
        List<Candidate> candidates =
                List.of(dense(512, 2), dense(4, 2), dense(64, 2), dense(128, 2));
        TrainingCost cost =
                TrainingCost.measure(
                        Shape.flat(40),
                        3,
                        Task.regression("y"),
                        candidates,
                        Duration.ofMillis(100));
        double small = cost.secondsPerInstance(dense(4, 2), 1000, 100);
        assertThat(small).isPositive().isLessThan(60);
        assertThat(cost.secondsPerInstance(dense(512, 2), 1000, 100)).isGreaterThan(small);
        assertThat(cost.secondsPerInstance(dense(4, 4), 1000, 100)).isGreaterThan(1.5 * small);
        assertThat(cost.secondsPerInstance(dense(4, 2), 2000, 100)).isGreaterThan(1.5 * small);
        assertThat(cost.secondsPerInstance(dense(4, 2), 1000, 200)).isGreaterThan(small);
        double between = cost.secondsPerInstance(dense(128, 2), 1000, 100);
        assertThat(between).isBetween(small, cost.secondsPerInstance(dense(512, 2), 1000, 100));
    }

    @Test
    void oneCandidateAloneCanBeMeasured() {
        TrainingCost cost =
                TrainingCost.measure(
                        Shape.flat(5),
                        0,
                        Task.regression("y"),
                        List.of(dense(8, 1)),
                        Duration.ofMillis(20));
        assertThat(cost.secondsPerInstance(dense(8, 1), 100, 10)).isPositive().isFinite();
    }
}
