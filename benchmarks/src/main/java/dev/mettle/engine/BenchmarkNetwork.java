package dev.mettle.engine;

import dev.mettle.core.data.Shape;
import dev.mettle.core.network.Activation;
import dev.mettle.core.network.Layer;
import dev.mettle.core.network.Layer.Padding;
import dev.mettle.core.network.Network;

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

    private static BenchmarkNetwork conv(
            int first, int second, int kernel, Padding padding, int hidden, int batch) {
        Layer relu = new Layer.Activate(Activation.RELU);
        Layer pool = new Layer.MaxPool(2, 2);
        return new BenchmarkNetwork(
                IMAGE,
                new Network(
                        List.of(
                                new Layer.Conv2d(first, kernel, 1, padding),
                                relu,
                                pool,
                                new Layer.Conv2d(second, kernel, 1, padding),
                                relu,
                                pool,
                                new Layer.Flatten(),
                                new Layer.Dense(hidden),
                                relu,
                                new Layer.Dense(1))),
                batch);
    }
}
