package dev.mettle.engine;

import static dev.mettle.engine.WindowNetworks.conv;
import static dev.mettle.engine.WindowNetworks.pool;
import static dev.mettle.engine.WindowNetworks.two;
import static dev.mettle.engine.WindowNetworks.window;
import static dev.mettle.engine.WindowNetworks.zeros;

import dev.mettle.core.data.Shape;
import dev.mettle.core.network.Activation;
import dev.mettle.core.network.Axes;
import dev.mettle.core.network.Extent;
import dev.mettle.core.network.Layer;
import dev.mettle.core.network.Layer.Padding;
import dev.mettle.core.network.Window;
import dev.mettle.core.study.Optimizer;

import org.junit.jupiter.api.Test;

/**
 * Trainings of networks with convolutions, pools and activations of every kind against PyTorch 1.13
 * (reference/engine/layers.py).
 */
class LayerTrainingTest {
    private static final Shape IMAGE = new Shape(3, 11, 10);
    private static final Extent ONE = Extent.of(1);
    private static final Optimizer ADAM = new Optimizer.Adam(0.005, 0.9, 0.999, 1e-8, 0);
    private static final Optimizer SGD = new Optimizer.Sgd(0.02, 0.9, false, 0);
    private static final Layer RELU = new Layer.Activate(Activation.RELU);
    private static final Layer TANH = new Layer.Activate(Activation.TANH);
    private static final Layer SELU = new Layer.Activate(Activation.SELU);
    private static final Layer GELU = new Layer.Activate(Activation.GELU);
    private static final Layer SOFTPLUS = new Layer.Activate(Activation.SOFTPLUS);
    private static final Layer SOFTMAX = new Layer.Activate(Activation.SOFTMAX);
    private static final Layer FLATTEN = new Layer.Flatten();
    private static final Layer END = new Layer.Dense(1);

    private static Layer grouped(int channels, Window kernel, int groups, boolean bias) {
        return new Layer.Conv2d(channels, kernel, groups, bias);
    }

    private static Window sequence(int size, int stride, int dilation, Padding padding) {
        return new Window(two(1, size), two(1, stride), two(1, dilation), padding, Axes.SEQUENCE);
    }

    @Test
    void kernelsOfAnyShapeFollowPyTorch() {
        check(
                "windows",
                IMAGE,
                70,
                32,
                ADAM,
                conv(6, two(3, 5), ONE, ONE, zeros(1, 2)),
                TANH,
                conv(5, two(4, 3), two(2, 1), ONE, zeros(2, 1)),
                SELU,
                conv(4, two(2, 3), ONE, two(2, 3), zeros(1, 3)),
                GELU,
                conv(3, two(3, 3), ONE, two(2, 2), Padding.SAME),
                RELU,
                conv(5, two(3, 3), two(2, 2), two(2, 2), zeros(2, 2)),
                SOFTPLUS,
                FLATTEN,
                END);
    }

    @Test
    void groupsFollowPyTorch() {
        Window same = new Window(3, 1, Padding.SAME);
        Window strided = window(two(3, 2), two(2, 1), ONE, Padding.VALID);
        check(
                "groups",
                new Shape(6, 9, 8),
                70,
                24,
                ADAM,
                grouped(12, same, 6, false),
                GELU,
                new Layer.Conv2d(8, 1, 1, Padding.VALID),
                RELU,
                grouped(8, same, 2, true),
                RELU,
                new Layer.MaxPool(2, 2),
                grouped(10, same, 2, false),
                SELU,
                grouped(10, strided, 10, true),
                new Layer.Activate(Activation.SILU),
                FLATTEN,
                END);
    }

    @Test
    void poolsFollowPyTorch() {
        check(
                "pools",
                IMAGE,
                70,
                32,
                SGD,
                new Layer.Conv2d(6, 3, 1, Padding.SAME),
                RELU,
                new Layer.MaxPool(pool(3, 2, 1)),
                new Layer.Conv2d(8, 3, 1, Padding.SAME),
                SOFTPLUS,
                new Layer.AveragePool(window(two(3, 2), two(2, 1), ONE, zeros(1, 0))),
                new Layer.Conv2d(6, 1, 1, Padding.VALID),
                GELU,
                new Layer.GlobalPool(false),
                END);
    }

    @Test
    void theLargestOfAChannelFollowsPyTorch() {
        check(
                "global-maximum",
                IMAGE,
                70,
                32,
                SGD,
                new Layer.AveragePool(pool(2, 2, 0)),
                new Layer.Conv2d(7, 3, 1, Padding.VALID),
                SELU,
                new Layer.GlobalPool(true),
                END);
    }

    @Test
    void sequencesFollowPyTorch() {
        check(
                "sequences",
                new Shape(4, 1, 31),
                90,
                32,
                ADAM,
                grouped(8, sequence(5, 2, 1, zeros(0, 2)), 1, true),
                RELU,
                new Layer.MaxPool(sequence(3, 2, 1, zeros(0, 1))),
                grouped(6, sequence(3, 1, 2, Padding.SAME), 1, false),
                TANH,
                new Layer.AveragePool(sequence(2, 2, 1, Padding.VALID)),
                grouped(6, sequence(3, 1, 1, Padding.VALID), 3, true),
                RELU,
                FLATTEN,
                END);
    }

    @Test
    void softmaxFollowsPyTorch() {
        check(
                "softmax",
                new Shape(3, 6, 5),
                70,
                32,
                ADAM,
                new Layer.Conv2d(5, 3, 1, Padding.SAME),
                SOFTMAX,
                new Layer.Conv2d(4, 3, 1, Padding.VALID),
                RELU,
                FLATTEN,
                new Layer.Dense(6),
                SOFTMAX,
                END);
    }

    private static void check(
            String name, Shape shape, int rows, int batch, Optimizer optimizer, Layer... layers) {
        ReferenceTraining.check("layers.txt", name, 3e-5, shape, rows, batch, optimizer, layers);
    }
}
