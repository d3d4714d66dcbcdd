package dev.mettle.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mettle.core.data.Shape;
import dev.mettle.core.network.Activation;
import dev.mettle.core.network.Layer;
import dev.mettle.core.network.Layer.Padding;
import dev.mettle.core.study.Optimizer;

import org.junit.jupiter.api.Test;

import java.util.List;

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
        ReferenceTraining trained =
                ReferenceTraining.check(
                        "deep-training.txt", name, 1e-4, shape, rows, batch, optimizer, layers);
        assertThat(trained.moments())
                .as(name)
                .containsExactly(
                        WholeTrainingTest.expected("deep-training.txt", name, "moments"),
                        within(1e-4));
    }
}
