package dev.mettle.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mettle.core.data.Dataset;
import dev.mettle.core.data.Scale;
import dev.mettle.core.data.Shape;
import dev.mettle.core.data.Task;
import dev.mettle.core.instance.Weights;
import dev.mettle.core.network.Activation;
import dev.mettle.core.network.Layer;
import dev.mettle.core.network.Layer.Padding;
import dev.mettle.core.network.Network;
import dev.mettle.core.study.Optimizer;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Trainings of networks with normalisations and residual blocks against PyTorch
 * (reference/engine/deep_training.py): curves, predictions by running moments, and those moments.
 */
class DeepTrainingTest {
    private static final Shape IMAGE = new Shape(2, 6, 5);
    private static final Layer NORM = new Layer.BatchNorm(1e-5, 0.1);
    private static final Layer RELU = new Layer.Activate(Activation.RELU);
    private static final Layer TANH = new Layer.Activate(Activation.TANH);
    private static final Layer SAME = new Layer.Conv2d(5, 3, 1, Padding.SAME);

    private static Layer block(Layer... layers) {
        return new Layer.Residual(List.of(layers), List.of());
    }

    @Test
    void batchNormFollowsPyTorch() {
        check(
                "batchnorm",
                IMAGE,
                150,
                64,
                new Optimizer.Sgd(0.05, 0.9, false, 0),
                SAME,
                NORM,
                RELU,
                new Layer.MaxPool(2, 2),
                new Layer.Conv2d(3, 2, 1, Padding.VALID),
                new Layer.BatchNorm(1e-3, 0.3),
                new Layer.Activate(Activation.SILU),
                new Layer.Flatten(),
                new Layer.Dense(6),
                NORM,
                TANH,
                new Layer.Dense(1));
    }

    @Test
    void batchNormOfATableFollowsPyTorch() {
        check(
                "one-block",
                Shape.flat(7),
                45,
                20,
                new Optimizer.Sgd(0.05, 0.9, false, 0),
                NORM,
                new Layer.Dense(9),
                NORM,
                RELU,
                new Layer.Dense(1));
    }

    @Test
    void residualBlocksWithShortcutsFollowPyTorch() {
        check(
                "residual",
                IMAGE,
                140,
                70,
                new Optimizer.Sgd(0.02, 0.9, true, 0),
                SAME,
                NORM,
                RELU,
                block(SAME, NORM, RELU, SAME, NORM),
                RELU,
                new Layer.Residual(
                        List.of(
                                new Layer.Conv2d(6, 3, 1, Padding.SAME),
                                NORM,
                                RELU,
                                new Layer.Conv2d(7, 2, 2, Padding.VALID),
                                NORM),
                        List.of(new Layer.Conv2d(7, 2, 2, Padding.VALID), NORM)),
                RELU,
                new Layer.Flatten(),
                new Layer.Dense(1));
    }

    @Test
    void preActivatedBlocksFollowPyTorch() {
        check(
                "pre-activation",
                IMAGE,
                70,
                35,
                new Optimizer.Sgd(0.02, 0, false, 0.001),
                SAME,
                block(NORM, RELU, SAME, NORM, TANH, SAME),
                block(TANH, SAME),
                NORM,
                RELU,
                new Layer.Flatten(),
                new Layer.Dense(1));
    }

    @Test
    void layerNormFollowsPyTorch() {
        check(
                "layernorm",
                IMAGE,
                70,
                32,
                new Optimizer.AdamW(0.003, 0.9, 0.999, 1e-8, 0.05),
                SAME,
                new Layer.LayerNorm(1e-5),
                TANH,
                new Layer.Flatten(),
                new Layer.Dense(9),
                new Layer.LayerNorm(1e-3),
                RELU,
                block(new Layer.Dense(9), TANH),
                new Layer.Dense(1));
    }

    private static void check(
            String name, Shape shape, int rows, int batch, Optimizer optimizer, Layer... layers) {
        double[] curve = WholeTrainingTest.expected("deep-training.txt", name, "curve");
        Network network = new Network(List.of(layers));
        Dataset data = WholeTrainingTest.data(rows, shape, Task.regression("y"));
        NetworkPlan plan = new NetworkPlan(network, shape, 0, batch);
        Workspace workspace = new Workspace();
        int[] order = IntStream.range(0, rows).toArray();
        workspace.sample().fill(data, order, Fixture.unscaled(order, data.task()));
        Training training =
                new Training(plan, workspace, Fixture.recipe(optimizer, batch, curve.length));
        training.restore(initial(plan));
        for (int epoch = 0; epoch < curve.length; epoch++) {
            assertThat((double) training.epoch(order))
                    .as("%s, epoch %d", name, epoch + 1)
                    .isCloseTo(curve[epoch], within(1e-4 * curve[epoch]));
        }
        double[] expected = WholeTrainingTest.expected("deep-training.txt", name, "prediction");
        double[] predictions = new double[rows];
        training.propagation().predict(workspace.sample(), order, List.of(Scale.NONE), predictions);
        assertThat(Arrays.copyOf(predictions, expected.length))
                .as(name)
                .containsExactly(expected, within(1e-4));
        assertThat(moments(plan, training))
                .as(name)
                .containsExactly(
                        WholeTrainingTest.expected("deep-training.txt", name, "moments"),
                        within(1e-4));
    }

    private static double[] moments(NetworkPlan plan, Training training) {
        float[] all = training.weights().toArray();
        double[] moments = new double[0];
        int at = 0;
        for (Learned layer : plan.learned()) {
            if (layer instanceof BatchMoments) {
                for (int i = at + layer.count() / 2; i < at + layer.count(); i++) {
                    moments = Arrays.copyOf(moments, moments.length + 1);
                    moments[moments.length - 1] = all[i];
                }
            }
            at += layer.count();
        }
        return moments;
    }

    /** The numbers of the reference: weights as in training.py, scales 1 + 0.1 x, shifts 0.1 x. */
    private static Weights initial(NetworkPlan plan) {
        float[] all = new float[0];
        int seed = 7;
        for (Learned layer : plan.learned()) {
            int count =
                    switch (layer) {
                        case Parameters p -> p.outputs() * p.taps();
                        case Affine a -> a.scales();
                        case BatchMoments m -> m.affine().scales();
                        case EmbeddingWeights _ -> throw new IllegalStateException();
                    };
            int shifts = layer instanceof Parameters p ? p.outputs() : count;
            int at = all.length;
            all = Arrays.copyOf(all, at + layer.count());
            float[] first = WholeTrainingTest.numbers(count, seed);
            float[] second = WholeTrainingTest.numbers(shifts, seed + 1);
            float scale = layer instanceof Parameters p ? (float) Math.sqrt(3.0 / p.taps()) : 0.1f;
            for (int i = 0; i < count; i++) {
                all[at + i] = first[i] * scale + (layer instanceof Parameters ? 0 : 1);
            }
            for (int i = 0; i < shifts; i++) {
                all[at + count + i] = second[i] * 0.1f;
            }
            if (layer instanceof BatchMoments) {
                Arrays.fill(all, at + 3 * count, at + 4 * count, 1f);
            }
            seed += 2;
        }
        return Weights.of(all);
    }
}
