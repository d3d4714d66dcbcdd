package dev.mettle.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mettle.core.data.Scale;
import dev.mettle.core.data.Shape;
import dev.mettle.core.instance.Weights;
import dev.mettle.core.network.Activation;
import dev.mettle.core.network.Layer;
import dev.mettle.core.network.Layer.Padding;
import dev.mettle.core.network.Network;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Which weights that are not finite the predictions show, and that the rest are noticed too. */
class NotANumberTest {
    private static final int ROWS = 9;
    private static final Shape IMAGE = new Shape(1, 6, 6);
    private static final Network NETWORK =
            new Network(
                    List.of(
                            new Layer.Conv2d(4, 3, 1, Padding.VALID),
                            new Layer.Activate(Activation.RELU),
                            new Layer.MaxPool(2, 2),
                            new Layer.Flatten(),
                            new Layer.Dense(1)));

    private final double[] predictions = new double[ROWS];

    /** Predicts with all weights 0.1, one excepted, and returns whether all weights are finite. */
    private boolean predict(int index, float value) {
        NetworkPlan plan = new NetworkPlan(NETWORK, IMAGE, 0, ROWS);
        Workspace workspace = new Workspace();
        int[] order = IntStream.range(0, ROWS).toArray();
        workspace.sample().fill(Fixture.data(ROWS, IMAGE, 0), order, Fixture.unscaled(order, 0));
        Training training = new Training(plan, workspace, Fixture.recipe(Fixture.ADAM, ROWS, 1));
        float[] weights = new float[4 * 9 + 4 + 4 * 4 + 1];
        Arrays.fill(weights, 0.1f);
        weights[index] = value;
        training.restore(Weights.of(weights));
        training.propagation().predict(workspace.sample(), order, List.of(Scale.NONE), predictions);
        return training.isFinite();
    }

    @Test
    void finiteWeightsAreFiniteAndPredictFiniteNumbers() {
        assertThat(predict(3, 0.2f)).isTrue();
        assertThat(Arrays.stream(predictions)).allMatch(Double::isFinite);
    }

    @Test
    void aWeightThatIsNotANumberMakesEveryPredictionNotANumber() {
        for (int index = 0; index < 4 * 9 + 4 + 4 * 4 + 1; index++) {
            assertThat(predict(index, Float.NaN)).isFalse();
            assertThat(Arrays.stream(predictions)).allMatch(x -> Double.isNaN(x));
        }
    }

    /** The bias -∞ of a relu: its channel is 0 everywhere, the predictions are finite. */
    @Test
    void anInfiniteWeightThatReluHidesIsNoticedInTheWeights() {
        assertThat(predict(36, Float.NEGATIVE_INFINITY)).isFalse();
        assertThat(Arrays.stream(predictions)).allMatch(Double::isFinite);
    }
}
