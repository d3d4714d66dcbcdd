package dev.mettle.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mettle.core.data.Dataset;
import dev.mettle.core.data.Scale;
import dev.mettle.core.data.Shape;
import dev.mettle.core.data.Task;
import dev.mettle.core.instance.Weights;
import dev.mettle.core.network.Activation;
import dev.mettle.core.network.Layer;
import dev.mettle.core.network.Layer.Padding;
import dev.mettle.core.network.Network;
import dev.mettle.core.study.Initialisation;
import dev.mettle.core.study.Loss;
import dev.mettle.core.study.Optimizer;
import dev.mettle.core.study.Recipe;
import dev.mettle.core.study.StabilityStop;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Whole trainings against PyTorch 1.13: reference/engine/training.py made training.txt. Every
 * optimiser, activation and loss occurs at least once.
 */
class WholeTrainingTest {
    private static final Shape IMAGE = new Shape(1, 15, 15);

    @Test
    void convolutionsWithReluAndAdamFollowPyTorch() {
        check(
                "relu-adam",
                conv(Activation.RELU),
                IMAGE,
                300,
                64,
                new Optimizer.Adam(0.003, 0.9, 0.999, 1e-8, 0));
    }

    @Test
    void eluAndAdamWFollowPyTorch() {
        check(
                "elu-adamw",
                conv(Activation.ELU),
                IMAGE,
                300,
                64,
                new Optimizer.AdamW(0.002, 0.9, 0.999, 1e-8, 0.05));
    }

    @Test
    void tanhAndRmsPropFollowPyTorch() {
        check(
                "tanh-rmsprop",
                conv(Activation.TANH),
                IMAGE,
                300,
                64,
                new Optimizer.RmsProp(0.001, 0.99, 1e-8, 0.5, 0.01));
    }

    @Test
    void siluAndNesterovFollowPyTorch() {
        check(
                "silu-nesterov",
                conv(Activation.SILU),
                IMAGE,
                300,
                64,
                new Optimizer.Sgd(0.02, 0.9, true, 0.001));
    }

    @Test
    void sigmoidAndPlainSgdFollowPyTorch() {
        check(
                "sigmoid-sgd",
                conv(Activation.SIGMOID),
                IMAGE,
                300,
                64,
                new Optimizer.Sgd(0.05, 0, false, 0));
    }

    @Test
    void leakyReluAndAdamWithDecayFollowPyTorch() {
        check(
                "leaky-adam-decay",
                conv(Activation.LEAKY_RELU),
                IMAGE,
                300,
                50,
                new Optimizer.Adam(0.002, 0.9, 0.999, 1e-8, 0.02));
    }

    @Test
    void stridesEvenKernelsAndOverlappingWindowsFollowPyTorch() {
        Network network =
                new Network(
                        List.of(
                                new Layer.Conv2d(5, 3, 2, Padding.VALID),
                                new Layer.Activate(Activation.RELU),
                                new Layer.Conv2d(4, 4, 1, Padding.SAME),
                                new Layer.Activate(Activation.TANH),
                                new Layer.MaxPool(3, 1),
                                new Layer.Conv2d(3, 2, 2, Padding.VALID),
                                new Layer.Activate(Activation.SILU),
                                new Layer.MaxPool(2, 1),
                                new Layer.Flatten(),
                                new Layer.Dense(1)));
        check(
                "strided",
                network,
                new Shape(2, 15, 13),
                70,
                16,
                new Optimizer.Adam(0.01, 0.9, 0.999, 1e-8, 0));
    }

    @Test
    void aNetworkWithoutConvolutionFollowsPyTorch() {
        Network network =
                new Network(
                        List.of(
                                new Layer.Dense(20),
                                new Layer.Activate(Activation.TANH),
                                new Layer.Dense(7),
                                new Layer.Activate(Activation.ELU),
                                new Layer.Dense(1)));
        check("dense", network, Shape.flat(8), 101, 10, new Optimizer.Sgd(0.05, 0.5, false, 0));
    }

    static Stream<Arguments> losses() {
        return Stream.of(
                Arguments.of("mse-3", new Loss.Mse(), 3),
                Arguments.of("mae", new Loss.Mae(), 1),
                Arguments.of("mae-2", new Loss.Mae(), 2),
                Arguments.of("huber", new Loss.Huber(0.3), 1),
                Arguments.of("log-cosh", new Loss.LogCosh(), 2),
                Arguments.of("quantile", new Loss.Quantile(0.9), 1),
                Arguments.of("cross-entropy", new Loss.CrossEntropy(0), 10),
                Arguments.of("cross-entropy-smooth", new Loss.CrossEntropy(0.1), 3),
                Arguments.of("bce", new Loss.Bce(), 1));
    }

    @ParameterizedTest
    @MethodSource("losses")
    void everyLossFollowsPyTorch(String name, Loss loss, int outputs) {
        Network network =
                new Network(
                        List.of(
                                new Layer.Dense(20),
                                new Layer.Activate(Activation.TANH),
                                new Layer.Dense(outputs)));
        Dataset data = data(101, Shape.flat(8), Fixture.task(loss, outputs));
        check(name, network, data, loss, 20, new Optimizer.Adam(0.01, 0.9, 0.999, 1e-8, 0));
    }

    @Test
    void kernelsOfFiveFollowPyTorch() {
        Network network =
                new Network(
                        List.of(
                                new Layer.Conv2d(4, 5, 1, Padding.SAME),
                                new Layer.Activate(Activation.RELU),
                                new Layer.MaxPool(2, 2),
                                new Layer.Conv2d(8, 5, 1, Padding.SAME),
                                new Layer.Activate(Activation.RELU),
                                new Layer.MaxPool(2, 2),
                                new Layer.Flatten(),
                                new Layer.Dense(16),
                                new Layer.Activate(Activation.RELU),
                                new Layer.Dense(1)));
        check("kernel5", network, IMAGE, 130, 128, new Optimizer.Adam(0.003, 0.9, 0.999, 1e-8, 0));
    }

    static Network conv(Activation function) {
        Layer activation = new Layer.Activate(function);
        return new Network(
                List.of(
                        new Layer.Conv2d(4, 3, 1, Padding.VALID),
                        activation,
                        new Layer.MaxPool(2, 2),
                        new Layer.Conv2d(6, 3, 1, Padding.SAME),
                        activation,
                        new Layer.MaxPool(2, 2),
                        new Layer.Flatten(),
                        new Layer.Dense(16),
                        activation,
                        new Layer.Dense(1)));
    }

    private static void check(
            String name, Network network, Shape shape, int rows, int batch, Optimizer optimizer) {
        Dataset data = data(rows, shape, Task.regression("y"));
        check(name, network, data, new Loss.Mse(), batch, optimizer);
    }

    private static void check(
            String name, Network network, Dataset data, Loss loss, int batch, Optimizer optimizer) {
        double[] expectedCurve = expected(name, "curve");
        double[] expectedPrediction = expected(name, "prediction");
        Recipe recipe =
                new Recipe(
                        loss,
                        optimizer,
                        Initialisation.KAIMING_UNIFORM,
                        batch,
                        expectedCurve.length,
                        new StabilityStop.Off());
        NetworkPlan plan = new NetworkPlan(network, data.inputShape(), 0, batch);
        Workspace workspace = new Workspace();
        int[] order = IntStream.range(0, data.rows()).toArray();
        workspace.sample().fill(data, order, Fixture.unscaled(order, data.task()));
        Training training = new Training(plan, workspace, recipe);
        training.restore(initial(plan));
        double[] curve = new double[expectedCurve.length];
        for (int epoch = 0; epoch < curve.length; epoch++) {
            curve[epoch] = training.epoch(order);
        }
        double[] predictions = new double[data.rows() * training.outputs()];
        training.propagation().predict(workspace.sample(), order, List.of(Scale.NONE), predictions);
        // ten times what RoundingGrowthTest finds after 200 steps (docs/math/agreement.md)
        for (int epoch = 0; epoch < curve.length; epoch++) {
            assertThat(curve[epoch])
                    .as("%s, epoch %d", name, epoch + 1)
                    .isCloseTo(
                            expectedCurve[epoch],
                            org.assertj.core.data.Offset.offset(3e-5 * expectedCurve[epoch]));
        }
        double[] first = Arrays.copyOf(predictions, expectedPrediction.length);
        assertThat(first)
                .as(name)
                .containsExactly(expectedPrediction, org.assertj.core.data.Offset.offset(3e-5));
    }

    /** The numbers that training.py makes. */
    static float[] numbers(int count, int seed) {
        float[] values = new float[count];
        int x = seed;
        for (int i = 0; i < count; i++) {
            x = 1664525 * x + 1013904223;
            values[i] = (x >>> 16) / 32768f - 1;
        }
        return values;
    }

    static Dataset data(int rows, Shape shape, Task task) {
        float[] inputs = numbers(rows * shape.size(), 1);
        int count = task.targetCount();
        double[] targets = new double[rows * count];
        int half = Math.max(1, shape.size() / 2);
        for (int i = 0; i < rows; i++) {
            double sum = 0;
            for (int d = 0; d < half; d++) {
                double x = inputs[i * shape.size() + d];
                sum += x * x;
            }
            for (int t = 0; t < count; t++) {
                targets[i * count + t] =
                        switch (task) {
                            case Task.Regression _ ->
                                    ((float) (sum / half) * 3f - 1f) * (t + 1) - 0.25f * t;
                            case Task.Classification(_, var classes) -> i * 7 % 43 % classes.size();
                        };
            }
        }
        return new Dataset(shape, inputs, List.of(), new float[0], task, targets, "");
    }

    static Weights initial(NetworkPlan plan) {
        float[] all = new float[0];
        int seed = 7;
        for (WeightPlaces places : plan.parameters()) {
            Parameters parameters = (Parameters) places;
            float scale = (float) Math.sqrt(3.0 / parameters.taps());
            int count = parameters.outputs() * parameters.taps();
            float[] weights = numbers(count, seed);
            float[] biases = numbers(parameters.outputs(), seed + 1);
            int at = all.length;
            all = Arrays.copyOf(all, at + count + biases.length);
            for (int i = 0; i < count; i++) {
                all[at + i] = weights[i] * scale;
            }
            for (int i = 0; i < biases.length; i++) {
                all[at + count + i] = biases[i] * 0.1f;
            }
            seed += 2;
        }
        return Weights.of(all);
    }

    private static double[] expected(String name, String what) {
        try (var stream = WholeTrainingTest.class.getResourceAsStream("training.txt")) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith(name + " " + what + " "))
                    .flatMap(line -> Arrays.stream(line.split(" ")).skip(2))
                    .mapToDouble(Double::parseDouble)
                    .toArray();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
