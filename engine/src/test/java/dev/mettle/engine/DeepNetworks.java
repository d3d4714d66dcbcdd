package dev.mettle.engine;

import static dev.mettle.engine.GradientCheckTest.act;
import static dev.mettle.engine.GradientCheckTest.conv;
import static dev.mettle.engine.GradientCheckTest.of;

import dev.mettle.core.data.Shape;
import dev.mettle.core.network.Activation;
import dev.mettle.core.network.Layer;
import dev.mettle.core.network.Layer.Padding;
import dev.mettle.core.network.Network;

import java.util.List;
import java.util.stream.Stream;

/** Networks with normalisations and residual blocks, for tests. */
final class DeepNetworks {
    private static final Layer NORM = new Layer.BatchNorm(1e-3, 0.1);
    private static final Layer ROWS = new Layer.LayerNorm(1e-3);
    private static final Layer FLATTEN = new Layer.Flatten();
    private static final Layer ONE = new Layer.Dense(1);
    private static final Layer SAME = conv(5, 3, 1, Padding.SAME);
    private static final Layer TANH = act(Activation.TANH);
    private static final Layer SILU = act(Activation.SILU);

    private DeepNetworks() {}

    private static Layer block(Layer... layers) {
        return new Layer.Residual(List.of(layers), List.of());
    }

    static Stream<GradientCheckTest.Case> cases() {
        return Stream.concat(norms(), blocks());
    }

    /** Networks for images, with features, that have every layer of this kind. */
    static List<Network> whole() {
        return List.of(
                new Network(
                        List.of(
                                SAME,
                                NORM,
                                TANH,
                                block(SAME, NORM, SILU, SAME, NORM),
                                act(Activation.RELU),
                                new Layer.MaxPool(2, 2),
                                new Layer.Dropout(0.2),
                                FLATTEN,
                                new Layer.ConcatFeatures(),
                                new Layer.Dense(9),
                                new Layer.Dropout(0.5),
                                TANH,
                                ONE)),
                new Network(
                        List.of(
                                SAME,
                                ROWS,
                                SILU,
                                block(TANH, SAME),
                                FLATTEN,
                                new Layer.Dense(8),
                                ROWS,
                                block(new Layer.Dropout(0.1), new Layer.Dense(8), TANH),
                                NORM,
                                ONE)));
    }

    private static Stream<GradientCheckTest.Case> norms() {
        Shape image = new Shape(2, 6, 5);
        return Stream.of(
                of("norm after conv, part of a block", image, 0, 5, SAME, NORM, TANH, FLATTEN, ONE),
                of(
                        "norms, more than a group of blocks, pooling",
                        image,
                        0,
                        150,
                        SAME,
                        NORM,
                        TANH,
                        new Layer.MaxPool(2, 2),
                        conv(3, 2, 1, Padding.VALID),
                        NORM,
                        SILU,
                        FLATTEN,
                        new Layer.Dense(6),
                        NORM,
                        TANH,
                        ONE),
                of("norm of the input", image, 0, 40, NORM, SAME, TANH, FLATTEN, ONE),
                of(
                        "norm before pooling",
                        image,
                        0,
                        33,
                        SAME,
                        NORM,
                        new Layer.MaxPool(2, 2),
                        FLATTEN,
                        ONE),
                of(
                        "norm of a table",
                        Shape.flat(7),
                        0,
                        70,
                        NORM,
                        new Layer.Dense(6),
                        NORM,
                        SILU,
                        ONE),
                of("norm at the end", Shape.flat(3), 0, 20, new Layer.Dense(4), TANH, ONE, NORM),
                of(
                        "rows of an image",
                        image,
                        0,
                        40,
                        SAME,
                        ROWS,
                        TANH,
                        conv(3, 3, 1, Padding.SAME),
                        ROWS,
                        FLATTEN,
                        ONE),
                of(
                        "rows of a table, features",
                        Shape.flat(7),
                        2,
                        37,
                        ROWS,
                        new Layer.Dense(5),
                        SILU,
                        new Layer.ConcatFeatures(),
                        ROWS,
                        ONE));
    }

    private static Stream<GradientCheckTest.Case> blocks() {
        Shape image = new Shape(5, 6, 4);
        return Stream.of(
                of(
                        "block of convolutions",
                        image,
                        0,
                        36,
                        SAME,
                        TANH,
                        block(SAME, TANH, SAME),
                        TANH,
                        FLATTEN,
                        ONE),
                of("block on the input", image, 0, 5, block(SAME, TANH), FLATTEN, ONE),
                of(
                        "blocks with norms",
                        image,
                        0,
                        150,
                        SAME,
                        NORM,
                        TANH,
                        block(SAME, NORM, TANH, SAME, NORM),
                        TANH,
                        block(SAME, NORM, TANH, SAME, NORM),
                        TANH,
                        FLATTEN,
                        ONE),
                of(
                        "pre-activated blocks",
                        image,
                        0,
                        40,
                        SAME,
                        block(NORM, TANH, SAME, NORM, SILU, SAME),
                        block(NORM, TANH, SAME),
                        NORM,
                        TANH,
                        FLATTEN,
                        ONE),
                of(
                        "shortcuts",
                        image,
                        0,
                        70,
                        SAME,
                        TANH,
                        new Layer.Residual(
                                List.of(
                                        conv(6, 3, 1, Padding.SAME),
                                        NORM,
                                        TANH,
                                        conv(7, 2, 2, Padding.VALID),
                                        NORM),
                                List.of(conv(7, 1, 2, Padding.VALID), NORM)),
                        TANH,
                        new Layer.Residual(
                                List.of(conv(3, 3, 1, Padding.SAME), TANH),
                                List.of(conv(3, 1, 1, Padding.VALID))),
                        FLATTEN,
                        ONE),
                of(
                        "activation first and last",
                        image,
                        0,
                        35,
                        SAME,
                        block(TANH, SAME, TANH),
                        block(SILU, SAME, SILU),
                        FLATTEN,
                        ONE),
                of(
                        "blocks in blocks",
                        image,
                        0,
                        36,
                        SAME,
                        block(block(SAME, TANH), SAME, NORM, block(TANH, SAME)),
                        FLATTEN,
                        ONE),
                of(
                        "blocks that begin and end blocks",
                        image,
                        0,
                        36,
                        SAME,
                        block(block(block(SAME), TANH), block(SAME)),
                        FLATTEN,
                        ONE),
                of(
                        "pooling in a block",
                        image,
                        0,
                        36,
                        new Layer.Residual(
                                List.of(SAME, TANH, new Layer.MaxPool(2, 2)),
                                List.of(new Layer.MaxPool(2, 2))),
                        FLATTEN,
                        ONE),
                of(
                        "blocks of dense layers",
                        Shape.flat(5),
                        2,
                        150,
                        new Layer.Dense(6),
                        TANH,
                        block(new Layer.Dense(6), SILU),
                        block(ROWS, new Layer.Dense(8), TANH, new Layer.Dense(6)),
                        block(NORM, TANH, new Layer.Dense(6)),
                        new Layer.ConcatFeatures(),
                        ONE),
                of(
                        "flatten in a block",
                        Shape.flat(6),
                        0,
                        40,
                        new Layer.Dense(6),
                        block(FLATTEN, TANH, new Layer.Dense(6)),
                        TANH,
                        ONE),
                of(
                        "features inside a block",
                        Shape.flat(6),
                        2,
                        40,
                        new Layer.Dense(6),
                        TANH,
                        block(new Layer.ConcatFeatures(), new Layer.Dense(6), TANH),
                        ONE),
                of(
                        "a norm of what a block adds",
                        image,
                        0,
                        40,
                        SAME,
                        block(SAME, TANH),
                        NORM,
                        TANH,
                        block(NORM),
                        FLATTEN,
                        ONE));
    }
}
