package dev.mettle.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mettle.core.data.Shape;
import dev.mettle.core.data.Task;
import dev.mettle.core.network.Layer;
import dev.mettle.core.network.Network;
import dev.mettle.core.study.Candidate;
import dev.mettle.core.study.Clipping;
import dev.mettle.core.study.RestoreBest;
import dev.mettle.core.study.Schedule;
import dev.mettle.core.study.Warmup;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

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
    void costIsInterpolatedBetweenMeasurementsAndProportionalToRowsAndEpochs() {
        Shape input = Shape.flat(40);
        double low = dense(4, 2).network().trainingFlops(input, 3);
        double high = dense(512, 2).network().trainingFlops(input, 3);
        TrainingCost cost =
                new TrainingCost(
                        input,
                        3,
                        List.of(
                                new TrainingCost.Probe(low, 1e-6, 1e-7),
                                new TrainingCost.Probe(high, 9e-6, 5e-7)));
        assertThat(cost.secondsPerInstance(dense(4, 2), 1000, 100))
                .isCloseTo(2.01e-3, within(1e-12));
        assertThat(cost.secondsPerInstance(dense(4, 4), 1000, 100))
                .isCloseTo(4.01e-3, within(1e-12));
        assertThat(cost.secondsPerInstance(dense(4, 2), 2000, 200))
                .isCloseTo(4.02e-3, within(1e-12));
        assertThat(cost.secondsPerInstance(dense(512, 2), 1000, 100))
                .isCloseTo(18.05e-3, within(1e-12));
        double part = (dense(128, 2).network().trainingFlops(input, 3) - low) / (high - low);
        assertThat(cost.secondsPerInstance(dense(128, 2), 1000, 100))
                .isCloseTo(2e-3 * (1 + 8 * part) + 1e-5 * (1 + 4 * part), within(1e-12));
    }

    @Test
    void rowsThatAreSetAsideAreOnlyEvaluated() {
        Candidate last = dense(4, 10);
        Candidate best =
                Fixture.candidate(
                        last.network(),
                        Fixture.with(
                                last.recipe(),
                                Clipping.NONE,
                                new Schedule.Constant(),
                                Warmup.NONE,
                                Optional.of(new RestoreBest(3, 0.2))));
        TrainingCost cost =
                new TrainingCost(
                        Shape.flat(40),
                        3,
                        List.of(
                                new TrainingCost.Probe(
                                        last.network().trainingFlops(Shape.flat(40), 3),
                                        1e-6,
                                        1e-7)));
        assertThat(cost.secondsPerInstance(last, 1000, 0)).isCloseTo(10e-3, within(1e-12));
        assertThat(cost.secondsPerInstance(best, 1000, 0)).isCloseTo(8.2e-3, within(1e-12));
    }

    @Test
    void severalCandidatesAreMeasured() {
        List<Candidate> candidates = List.of(dense(512, 2), dense(4, 2), dense(64, 2));
        TrainingCost cost =
                TrainingCost.measure(
                        Shape.flat(40),
                        3,
                        List.of(),
                        Task.regression("y"),
                        candidates,
                        Duration.ofMillis(20));
        for (Candidate candidate : candidates) {
            assertThat(cost.secondsPerInstance(candidate, 1000, 100)).isPositive().isFinite();
        }
    }

    @Test
    void oneCandidateAloneCanBeMeasured() {
        TrainingCost cost =
                TrainingCost.measure(
                        Shape.flat(5),
                        0,
                        List.of(),
                        Task.regression("y"),
                        List.of(dense(8, 1)),
                        Duration.ofMillis(20));
        assertThat(cost.secondsPerInstance(dense(8, 1), 100, 10)).isPositive().isFinite();
    }
}
