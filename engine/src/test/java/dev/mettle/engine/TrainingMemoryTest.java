package dev.mettle.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mettle.core.data.Shape;
import dev.mettle.core.data.Task;
import dev.mettle.core.network.Activation;
import dev.mettle.core.network.Layer;
import dev.mettle.core.network.Network;
import dev.mettle.core.study.Candidate;
import dev.mettle.core.study.Clipping;
import dev.mettle.core.study.RestoreBest;
import dev.mettle.core.study.Schedule;
import dev.mettle.core.study.Warmup;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;

class TrainingMemoryTest {
    private static final long MIB = 1L << 20;
    private static final Shape IMAGE = new Shape(1, 15, 15);
    private static final Task TASK = Task.regression("y");

    private static Candidate convolution(int channels, int batch) {
        return Fixture.candidate(
                new Network(
                        List.of(
                                new Layer.Conv2d(channels, 3, 1, Layer.Padding.SAME),
                                new Layer.Activate(Activation.RELU),
                                new Layer.Flatten(),
                                new Layer.Dense(1))),
                Fixture.recipe(Fixture.ADAM, batch, 1));
    }

    private static TrainingMemory of(int sample, int heldOut, Candidate... candidates) {
        return TrainingMemory.of(IMAGE, 2, 0, TASK, List.of(candidates), sample, heldOut);
    }

    @Test
    void rowsTakeTheirArraysRoundedUpToRegionsOfTheCollector() {
        // 18,000 x 225 floats are 15.4 MiB: 4 regions; 10,000 x 225 are 8.6 MiB: 3 regions
        long small = 4 * (18_000 + 10_000) * (2 + 1);
        assertThat(of(18_000, 10_000, convolution(4, 64)).rowBytes())
                .isEqualTo(16 * MIB + 12 * MIB + small);
    }

    @Test
    void theLargestNetworkCountsWhereverItStands() {
        TrainingMemory alone = of(100, 100, convolution(64, 256));
        TrainingMemory among =
                of(
                        100,
                        100,
                        convolution(1, 64),
                        convolution(2, 64),
                        convolution(64, 256),
                        convolution(3, 64),
                        convolution(4, 64),
                        convolution(5, 64));
        assertThat(among).isEqualTo(alone);
        assertThat(among.largest()).isEqualTo(convolution(64, 256).id());
        // the values of a whole mini-batch lie side by side where a dense layer reads them
        assertThat(alone.networkBytes()).isGreaterThan(64L * 225 * 256 * 4);
        assertThat(of(100, 100, convolution(128, 256)).networkBytes())
                .isGreaterThan(alone.networkBytes());
    }

    @Test
    void theEstimateIsWhatAWorkspaceHolds() {
        NetworkPlan plan = new NetworkPlan(convolution(64, 256).network(), IMAGE, 2, 256);
        Workspace workspace = new Workspace();
        workspace.attach(plan);
        assertThat(Workspace.floats(plan))
                .containsExactly(
                        (long) workspace.arena().length,
                        (long) workspace.weights().length,
                        (long) workspace.gradients().length,
                        (long) workspace.firstState().length,
                        (long) workspace.secondState().length,
                        (long) workspace.state().length,
                        (long) workspace.sums().length,
                        (long) workspace.zeros().length);
    }

    @Test
    void theWeightsOfTheBestEpochCountWhereTheyAreKept() {
        Candidate last = convolution(4, 64);
        Candidate best =
                Fixture.candidate(
                        last.network(),
                        Fixture.with(
                                last.recipe(),
                                Clipping.NONE,
                                new Schedule.Constant(),
                                Warmup.NONE,
                                Optional.of(new RestoreBest(1, 0.5))));
        int weights = new NetworkPlan(last.network(), IMAGE, 2, 64).weightFloats();
        assertThat(of(100, 100, best).networkBytes())
                .isEqualTo(of(100, 100, last).networkBytes() + 4L * weights);
    }

    @Test
    void aNetworkBeyondAnyArrayIsRefused() {
        assertThatThrownBy(() -> of(100, 100, convolution(90_000, 4096)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("too large to be trained", "more than 8 GB", "4,096");
    }
}
