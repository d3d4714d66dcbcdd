package dev.mettle.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mettle.core.data.Dataset;
import dev.mettle.core.data.Scale;
import dev.mettle.core.data.Shape;
import dev.mettle.core.network.Activation;
import dev.mettle.core.network.Layer;
import dev.mettle.core.network.Layer.Padding;
import dev.mettle.core.network.Network;
import dev.mettle.core.random.Purpose;
import dev.mettle.core.random.Seed;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Predictions and all gradients of whole networks against plain loops in double, differenced
 * centrally.
 */
class GradientCheckTest {
    private static final double STEP = 1e-6;

    record Case(String name, Shape shape, int features, int rows, Network network) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Case of(String name, Shape shape, int features, int rows, Layer... layers) {
        return new Case(name, shape, features, rows, new Network(List.of(layers)));
    }

    static Layer conv(int channels, int kernel, int stride, Padding padding) {
        return new Layer.Conv2d(channels, kernel, stride, padding);
    }

    static Layer act(Activation function) {
        return new Layer.Activate(function);
    }

    static Stream<Case> cases() {
        Layer flatten = new Layer.Flatten();
        Layer one = new Layer.Dense(1);
        return Stream.of(
                of(
                        "same, pooled twice, features",
                        new Shape(1, 9, 9),
                        3,
                        37,
                        conv(5, 3, 1, Padding.SAME),
                        act(Activation.RELU),
                        new Layer.MaxPool(2, 2),
                        conv(6, 3, 1, Padding.SAME),
                        act(Activation.TANH),
                        new Layer.MaxPool(2, 2),
                        flatten,
                        new Layer.ConcatFeatures(),
                        new Layer.Dense(7),
                        act(Activation.SILU),
                        new Layer.ConcatFeatures(),
                        one),
                of(
                        "kernel 5 same on 7 x 6 after pooling",
                        new Shape(2, 15, 13),
                        0,
                        5,
                        conv(4, 5, 1, Padding.SAME),
                        act(Activation.ELU),
                        new Layer.MaxPool(2, 2),
                        conv(3, 5, 1, Padding.SAME),
                        act(Activation.LEAKY_RELU),
                        new Layer.MaxPool(2, 2),
                        flatten,
                        one),
                of(
                        "valid without pooling",
                        new Shape(3, 6, 7),
                        0,
                        33,
                        conv(4, 3, 1, Padding.VALID),
                        act(Activation.SIGMOID),
                        conv(5, 2, 1, Padding.VALID),
                        act(Activation.SILU),
                        flatten,
                        new Layer.Dense(5),
                        act(Activation.LEAKY_RELU),
                        one),
                of(
                        "strides",
                        new Shape(2, 11, 10),
                        0,
                        7,
                        conv(4, 3, 2, Padding.VALID),
                        act(Activation.TANH),
                        conv(6, 2, 3, Padding.VALID),
                        act(Activation.ELU),
                        flatten,
                        one),
                of(
                        "stride and pooling",
                        new Shape(1, 14, 17),
                        0,
                        3,
                        conv(4, 3, 1, Padding.VALID),
                        act(Activation.TANH),
                        conv(3, 4, 2, Padding.VALID),
                        act(Activation.SIGMOID),
                        new Layer.MaxPool(2, 2),
                        flatten,
                        one),
                of(
                        "even kernels, silu before pooling",
                        new Shape(1, 8, 8),
                        0,
                        40,
                        conv(3, 4, 1, Padding.SAME),
                        act(Activation.SILU),
                        new Layer.MaxPool(2, 2),
                        conv(4, 2, 1, Padding.SAME),
                        act(Activation.RELU),
                        new Layer.MaxPool(3, 1),
                        flatten,
                        one),
                of(
                        "overlapping and gapped windows",
                        new Shape(2, 12, 12),
                        0,
                        6,
                        conv(3, 3, 1, Padding.SAME),
                        new Layer.MaxPool(3, 2),
                        conv(4, 2, 1, Padding.VALID),
                        act(Activation.ELU),
                        new Layer.MaxPool(1, 2),
                        flatten,
                        one),
                of(
                        "pooling and activation before the first weights",
                        new Shape(1, 9, 9),
                        0,
                        4,
                        new Layer.MaxPool(2, 2),
                        act(Activation.TANH),
                        conv(4, 3, 1, Padding.VALID),
                        act(Activation.SILU),
                        flatten,
                        new Layer.Dense(3),
                        act(Activation.TANH),
                        one),
                of(
                        "a convolution that ends in one number",
                        new Shape(2, 4, 4),
                        0,
                        35,
                        conv(6, 3, 1, Padding.SAME),
                        act(Activation.TANH),
                        conv(1, 4, 1, Padding.VALID)),
                of(
                        "convolutions after dense and flatten",
                        new Shape(2, 3, 3),
                        0,
                        150,
                        flatten,
                        conv(5, 3, 1, Padding.SAME),
                        act(Activation.TANH),
                        new Layer.Dense(6),
                        act(Activation.SIGMOID),
                        conv(4, 3, 1, Padding.SAME),
                        act(Activation.SILU),
                        flatten,
                        one),
                of(
                        "dense on a table with features",
                        Shape.flat(6),
                        2,
                        1,
                        new Layer.ConcatFeatures(),
                        new Layer.Dense(5),
                        act(Activation.ELU),
                        new Layer.Dense(9),
                        act(Activation.SIGMOID),
                        one),
                of(
                        "many blocks",
                        Shape.flat(5),
                        0,
                        300,
                        new Layer.Dense(7),
                        act(Activation.TANH),
                        one),
                of("one dense layer", Shape.flat(3), 0, 2, one));
    }

    @ParameterizedTest
    @MethodSource({
        "cases",
        "dev.mettle.engine.DeepNetworks#cases",
        "dev.mettle.engine.WindowNetworks#cases",
        "dev.mettle.engine.InputGradientCases#cases"
    })
    void gradientsEqualCentralDifferences(Case c) {
        int[] order = IntStream.range(0, c.rows()).toArray();
        Dataset data =
                Fixture.withCodes(Fixture.data(c.rows(), c.shape(), c.features()), c.network());
        NetworkPlan plan = new NetworkPlan(c.network(), c.shape(), c.features(), c.rows());
        Workspace workspace = new Workspace();
        workspace.sample().fill(data, order, Fixture.unscaled(order, c.features()));
        Training training =
                new Training(plan, workspace, Fixture.recipe(Fixture.ADAM, c.rows(), 1));
        training.initialise(new Seed(3, Purpose.ASSESS, Seed.Source.INIT, 0));
        float[] start = training.weights().toArray();
        for (int i = 0; i < start.length; i++) {
            start[i] += 0.01f * (i % 7 - 3); // biases too
        }
        training.restore(dev.mettle.core.instance.Weights.of(start));
        double loss =
                training.propagation().gradients(workspace.sample(), order, 0, c.rows()) / c.rows();
        float[] gradient = exportGradients(training, workspace);
        double[] weights = IntStream.range(0, start.length).mapToDouble(i -> start[i]).toArray();
        Reference reference = new Reference(c, data);
        assertThat(loss).isCloseTo(reference.loss(weights), within(1e-5 * loss));
        if (c.network().all().noneMatch(Layer.BatchNorm.class::isInstance)) {
            checkPredictions(c, training, workspace, order, reference.predictions(weights));
        }
        for (int i = 0; i < weights.length; i += 1 + weights.length / 150) {
            assertThat((double) gradient[i])
                    .as("weight %d", i)
                    .isCloseTo(reference.slope(weights, i), within(2e-5 * (1 + loss)));
        }
    }

    private static void checkPredictions(
            Case c, Training training, Workspace workspace, int[] order, double[] expected) {
        double[] predictions = new double[c.rows()];
        training.propagation().predict(workspace.sample(), order, List.of(Scale.NONE), predictions);
        assertThat(predictions).containsExactly(expected, within(1e-5));
    }

    /** Returns the gradients in the order of the weights; running moments have none. */
    static float[] exportGradients(Training training, Workspace workspace) {
        float[] weights = workspace.weights().clone();
        float[] gradients = workspace.gradients();
        System.arraycopy(gradients, 0, workspace.weights(), 0, gradients.length);
        Arrays.fill(workspace.state(), 0f);
        float[] exported = training.weights().toArray();
        System.arraycopy(weights, 0, workspace.weights(), 0, weights.length);
        return exported;
    }

    /** The loss of all rows in double. */
    private record Reference(Case c, Dataset data) {
        double[] predictions(double[] weights) {
            DoubleNetwork network = new DoubleNetwork(c.network(), c.shape(), c.features());
            double[][] rows = new double[c.rows()][];
            double[][] more = new double[c.rows()][];
            List<Map<String, Integer>> codes = new ArrayList<>();
            for (int row = 0; row < c.rows(); row++) {
                rows[row] = row(data.inputs(), row, c.shape().size());
                more[row] = row(data.features(), row, c.features());
                codes.add(Fixture.codes(data, row));
            }
            return Arrays.stream(network.outputs(weights, rows, more, codes))
                    .mapToDouble(outputs -> outputs[0])
                    .toArray();
        }

        double loss(double[] weights) {
            double[] predictions = predictions(weights);
            double sum = 0;
            for (int row = 0; row < predictions.length; row++) {
                double difference = predictions[row] - data.targets()[row];
                sum += difference * difference;
            }
            return sum / predictions.length;
        }

        double slope(double[] weights, int i) {
            double[] changed = weights.clone();
            changed[i] = weights[i] + STEP;
            double above = loss(changed);
            changed[i] = weights[i] - STEP;
            return (above - loss(changed)) / (2 * STEP);
        }

        private static double[] row(float[] values, int row, int columns) {
            return IntStream.range(row * columns, (row + 1) * columns)
                    .mapToDouble(i -> values[i])
                    .toArray();
        }
    }
}
