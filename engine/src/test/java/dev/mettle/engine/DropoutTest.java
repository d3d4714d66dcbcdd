package dev.mettle.engine;

import static dev.mettle.engine.kernel.Lanes.BLOCK;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mettle.core.data.Dataset;
import dev.mettle.core.data.Scale;
import dev.mettle.core.data.Shape;
import dev.mettle.core.network.Activation;
import dev.mettle.core.network.Extent;
import dev.mettle.core.network.Layer;
import dev.mettle.core.network.Network;
import dev.mettle.core.random.Purpose;
import dev.mettle.core.random.RandomStream;
import dev.mettle.core.random.Seed;
import dev.mettle.core.random.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

class DropoutTest {
    private static final int ROWS = 150;
    private static final int BLOCKS = 4;
    private static final Shape SHAPE = new Shape(3, 4, 5);

    private final Workspace workspace = new Workspace();
    private final int[] order = IntStream.range(0, ROWS).toArray();

    private Training training(int init, Layer... layers) {
        Shape table = Shape.flat(7);
        Dataset data = Fixture.data(ROWS, table, 0);
        workspace.sample().fill(data, order, Fixture.unscaled(order, 0));
        NetworkPlan plan = new NetworkPlan(new Network(List.of(layers)), table, 0, ROWS);
        Training training = new Training(plan, workspace, Fixture.recipe(Fixture.ADAM, ROWS, 1));
        training.initialise(seed(init));
        return training;
    }

    private static Seed seed(int init) {
        return new Seed(3, Purpose.ASSESS, Seed.Source.INIT, init);
    }

    /** A dropout layer by itself, in memory of its own. */
    private final class Alone {
        private final Tensor in = Tensor.plain(new Storage(), SHAPE, BLOCKS);
        private final Tensor out =
                Tensor.framed(new Storage(), SHAPE, Extent.of(1), Extent.of(1), BLOCKS);
        private final Tensor gradientIn = Tensor.plain(new Storage(), SHAPE, BLOCKS);
        private final Tensor gradientOut = Tensor.plain(new Storage(), SHAPE, BLOCKS);
        private final DropoutStage stage;

        Alone(double probability, int place) {
            training(0, new Layer.Dense(1));
            Storage mask = new Storage();
            mask.need(SHAPE.size() * BLOCK, BLOCKS);
            int offset = 1000;
            for (Storage storage :
                    List.of(
                            in.storage(),
                            out.storage(),
                            gradientIn.storage(),
                            gradientOut.storage(),
                            mask)) {
                offset = storage.place(offset);
            }
            stage = new DropoutStage(probability, place, in, out, gradientIn, gradientOut, mask);
            workspace.noise(new RandomStream(seed(0), Stream.DROPOUT));
        }

        /** Sends ones through it and returns what comes out, row by row of the shape. */
        float[] step() {
            workspace.select(workspace.sample(), order, 0, ROWS);
            workspace.beginStep();
            fill(in, 1);
            stage.forward(workspace, 0, BLOCKS);
            return values(out);
        }

        void fill(Tensor tensor, float value) {
            for (int block = 0; block < BLOCKS; block++) {
                int from = tensor.slot(block);
                Arrays.fill(workspace.arena(), from, from + SHAPE.size() * BLOCK, value);
            }
        }

        float[] values(Tensor tensor) {
            float[] values = new float[BLOCKS * SHAPE.size() * BLOCK];
            int[] positions = tensor.positions();
            for (int block = 0; block < BLOCKS; block++) {
                for (int n = 0; n < positions.length; n++) {
                    System.arraycopy(
                            workspace.arena(),
                            tensor.slot(block) + positions[n],
                            values,
                            (block * positions.length + n) * BLOCK,
                            BLOCK);
                }
            }
            return values;
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.25, 0.5, 0.9})
    void valuesAreDroppedWithTheProbabilityAndTheOthersMakeUpForIt(double probability) {
        Alone layer = new Alone(probability, 0);
        double zeros = 0;
        double sum = 0;
        int count = 0;
        for (int step = 0; step < 20; step++) {
            for (float factor : layer.step()) {
                assertThat(factor)
                        .satisfiesAnyOf(
                                f -> assertThat(f).isZero(),
                                f ->
                                        assertThat((double) f * (1 - probability))
                                                .isCloseTo(1, within(1e-3)));
                zeros += factor == 0 ? 1 : 0;
                sum += factor;
                count++;
            }
        }
        double error = Math.sqrt(probability * (1 - probability) / count);
        assertThat(zeros / count).isCloseTo(probability, within(4 * error));
        assertThat(sum / count).isCloseTo(1, within(4 * error / (1 - probability)));
    }

    @Test
    void theGradientPassesWhereTheValueDid() {
        Alone layer = new Alone(0.5, 0);
        float[] passed = layer.step();
        layer.fill(layer.gradientOut, 1);
        layer.stage.backward(workspace, 0, BLOCKS);
        assertThat(layer.values(layer.gradientIn)).containsExactly(passed);
    }

    @Test
    void everyStepBlockAndLayerDropsOthersAndTheSameAgain() {
        Alone layer = new Alone(0.5, 0);
        float[] first = layer.step();
        float[] second = layer.step();
        assertThat(agreement(first, second)).isCloseTo(0.5, within(0.03));
        assertThat(new Alone(0.5, 0).step()).containsExactly(first);
        int half = first.length / 2;
        assertThat(
                        agreement(
                                Arrays.copyOf(first, half),
                                Arrays.copyOfRange(first, half, first.length)))
                .isCloseTo(0.5, within(0.05));
        assertThat(agreement(new Alone(0.5, BLOCKS * SHAPE.size()).step(), first))
                .isCloseTo(0.5, within(0.03));
    }

    private static double agreement(float[] one, float[] other) {
        return IntStream.range(0, one.length)
                .mapToDouble(i -> (one[i] == 0) == (other[i] == 0) ? 1 : 0)
                .average()
                .orElseThrow();
    }

    @Test
    void whatIsPredictedHasNothingDropped() {
        Layer tanh = new Layer.Activate(Activation.TANH);
        Layer one = new Layer.Dense(1);
        Layer dropout = new Layer.Dropout(0.9);
        double[] with = predictions(training(0, new Layer.Dense(9), tanh, dropout, one));
        double[] without = predictions(training(0, new Layer.Dense(9), tanh, one));
        assertThat(with).containsExactly(without);
    }

    private double[] predictions(Training training) {
        training.propagation().gradients(workspace.sample(), order, 0, ROWS);
        double[] predictions = new double[ROWS];
        training.propagation().predict(workspace.sample(), order, List.of(Scale.NONE), predictions);
        return predictions;
    }

    /** The loss is that of the weights that the gradients were computed for, mask by mask. */
    @Test
    void inANetworkTheGradientsAreThoseOfTheLossThatTheStepSaw() {
        Layer tanh = new Layer.Activate(Activation.TANH);
        Layer[] layers = {
            new Layer.Dense(6),
            tanh,
            new Layer.Dropout(0.3),
            new Layer.Dense(5),
            new Layer.Dropout(0.5),
            tanh,
            new Layer.Dense(1)
        };
        Training training = training(0, layers);
        float[] start = training.weights().toArray();
        step(training, start);
        float[] gradient = GradientCheckTest.exportGradients(training, workspace);
        for (int i = 0; i < start.length; i += 3) {
            float[] up = start.clone();
            float[] down = start.clone();
            up[i] += 0.01f;
            down[i] -= 0.01f;
            double slope = (step(training, up) - step(training, down)) / ((double) up[i] - down[i]);
            assertThat((double) gradient[i])
                    .as("weight %d", i)
                    .isCloseTo(slope, within(2e-3 * (1 + Math.abs(slope))));
        }
    }

    /** Returns the loss of the first step. */
    private double step(Training training, float[] weights) {
        training.restore(dev.mettle.core.instance.Weights.of(weights));
        workspace.noise(new RandomStream(seed(0), Stream.DROPOUT));
        return training.propagation().gradients(workspace.sample(), order, 0, ROWS) / ROWS;
    }
}
