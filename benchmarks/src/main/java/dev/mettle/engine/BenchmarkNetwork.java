package dev.mettle.engine;

import dev.mettle.core.data.Shape;
import dev.mettle.core.network.Activation;
import dev.mettle.core.network.Extent;
import dev.mettle.core.network.Layer;
import dev.mettle.core.network.Layer.Padding;
import dev.mettle.core.network.Network;
import dev.mettle.core.network.Window;

import java.util.ArrayList;
import java.util.List;

/**
 * The networks that are measured; pytorch/step.py has the same ones by the same names.
 *
 * @param input shape of a row
 * @param network its layers
 * @param batch rows of a mini-batch
 */
record BenchmarkNetwork(Shape input, Network network, int batch) {
    private static final Shape IMAGE = new Shape(1, 15, 15);
    private static final Layer RELU = new Layer.Activate(Activation.RELU);
    private static final Layer NORM = new Layer.BatchNorm(1e-5, 0.1);

    /** Rows of an epoch of a large network, and epochs of its instances. */
    private static final int FEW_ROWS = 512;

    private static final int FEW_EPOCHS = 2;

    /** Operations of one row's training step that make a network a large one. */
    private static final double LARGE = 1e8;

    /**
     * Returns the network of a name.
     *
     * @throws IllegalArgumentException for another name
     */
    static BenchmarkNetwork named(String name) {
        return switch (name) {
            case "small" -> conv(8, 16, 3, Padding.VALID, 64, 256);
            case "wide" -> conv(16, 32, 3, Padding.VALID, 128, 256);
            case "five" -> conv(4, 8, 5, Padding.SAME, 64, 256);
            case "batch32" -> conv(8, 16, 3, Padding.VALID, 64, 32);
            case "same" -> conv(8, 16, 3, Padding.SAME, 64, 256);
            case "tiny" -> conv(4, 8, 3, Padding.VALID, 16, 64);
            case "largest" -> conv(12, 32, 5, Padding.SAME, 64, 256);
            case "resnet20" -> residual(20, 128);
            case "dense" ->
                    new BenchmarkNetwork(
                            Shape.flat(8),
                            new Network(
                                    List.of(
                                            new Layer.Dense(64),
                                            new Layer.Activate(Activation.RELU),
                                            new Layer.Dense(64),
                                            new Layer.Activate(Activation.RELU),
                                            new Layer.Dense(1))),
                            64);
            default ->
                    throw new IllegalArgumentException(
                            "there is no benchmark network '%s'.".formatted(name));
        };
    }

    /** Returns the nominal operations of one row's training step. */
    double trainingFlops() {
        return network.trainingFlops(input, 0);
    }

    /** Returns the rows of an epoch. */
    int rows() {
        return isLarge() ? FEW_ROWS : BenchmarkTraining.ROWS;
    }

    /** Returns the epochs of an instance. */
    int epochs() {
        return isLarge() ? FEW_EPOCHS : BenchmarkTraining.EPOCHS;
    }

    private boolean isLarge() {
        return trainingFlops() > LARGE;
    }

    /**
     * A residual network for images of 32 x 32 (He et al. 2016, section 4.2): a convolution, blocks
     * of two with 16, 32 and 64 channels, the mean over the image, one output.
     */
    private static BenchmarkNetwork residual(int depth, int batch) {
        List<Layer> layers = new ArrayList<>(List.of(convolution(16, 3, 1), NORM, RELU));
        for (int channels = 16; channels <= 64; channels *= 2) {
            for (int block = 0; block < (depth - 2) / 6; block++) {
                int stride = channels > 16 && block == 0 ? 2 : 1;
                List<Layer> body =
                        List.of(
                                convolution(channels, 3, stride),
                                NORM,
                                RELU,
                                convolution(channels, 3, 1),
                                NORM);
                List<Layer> shortcut =
                        stride == 1 ? List.of() : List.of(convolution(channels, 1, stride), NORM);
                layers.add(new Layer.Residual(body, shortcut));
                layers.add(RELU);
            }
        }
        layers.addAll(
                List.of(new Layer.GlobalPool(false), new Layer.Flatten(), new Layer.Dense(1)));
        return new BenchmarkNetwork(new Shape(3, 32, 32), new Network(layers), batch);
    }

    private static Layer convolution(int channels, int kernel, int stride) {
        Padding padding = new Padding.Zeros(Extent.of(kernel / 2));
        return new Layer.Conv2d(channels, new Window(kernel, stride, padding), 1, false);
    }

    private static BenchmarkNetwork conv(
            int first, int second, int kernel, Padding padding, int hidden, int batch) {
        Layer pool = new Layer.MaxPool(2, 2);
        return new BenchmarkNetwork(
                IMAGE,
                new Network(
                        List.of(
                                new Layer.Conv2d(first, kernel, 1, padding),
                                RELU,
                                pool,
                                new Layer.Conv2d(second, kernel, 1, padding),
                                RELU,
                                pool,
                                new Layer.Flatten(),
                                new Layer.Dense(hidden),
                                RELU,
                                new Layer.Dense(1))),
                batch);
    }
}
