package dev.mettle.engine;

import dev.mettle.core.data.Shape;
import dev.mettle.core.network.Activation;
import dev.mettle.core.network.Layer;
import dev.mettle.core.network.Layer.Padding;

import java.util.List;
import java.util.stream.Stream;

/** Networks for {@link GradientCheckTest} that append features and categories at any depth. */
final class InputGradientCases {
    private static final Layer FEATURES = new Layer.ConcatFeatures();
    private static final Layer FLATTEN = new Layer.Flatten();
    private static final Layer TANH = new Layer.Activate(Activation.TANH);
    private static final Layer SILU = new Layer.Activate(Activation.SILU);
    private static final Layer POOL = new Layer.MaxPool(2, 2);
    private static final Layer ONE = new Layer.Dense(1);

    private InputGradientCases() {}

    private static Layer conv(int channels, int kernel, Padding padding) {
        return new Layer.Conv2d(channels, kernel, 1, padding);
    }

    private static Layer region(int dim) {
        return new Layer.Embedding("region", 7, dim);
    }

    private static Layer month(int dim) {
        return new Layer.Embedding("month", 12, dim);
    }

    static Stream<GradientCheckTest.Case> cases() {
        return Stream.of(
                GradientCheckTest.of(
                        "features as channels of the input",
                        new Shape(2, 7, 6),
                        3,
                        37,
                        FEATURES,
                        conv(5, 3, Padding.SAME),
                        TANH,
                        FLATTEN,
                        ONE),
                GradientCheckTest.of(
                        "features as channels after a pool, after a convolution, and flat",
                        new Shape(1, 9, 10),
                        2,
                        37,
                        conv(5, 3, Padding.SAME),
                        TANH,
                        POOL,
                        FEATURES,
                        conv(3, 2, Padding.VALID),
                        SILU,
                        FEATURES,
                        conv(2, 3, Padding.SAME),
                        FEATURES,
                        POOL,
                        FEATURES,
                        FLATTEN,
                        FEATURES,
                        ONE),
                GradientCheckTest.of(
                        "convolutions with features after dense layers",
                        new Shape(1, 3, 3),
                        3,
                        150,
                        FLATTEN,
                        new Layer.Dense(6),
                        FEATURES,
                        conv(5, 3, Padding.SAME),
                        SILU,
                        FEATURES,
                        ONE),
                GradientCheckTest.of(
                        "two embeddings before dense layers",
                        Shape.flat(6),
                        0,
                        75,
                        region(3),
                        month(5),
                        new Layer.Dense(9),
                        TANH,
                        ONE),
                GradientCheckTest.of(
                        "a wide embedding, features, and the same column again later",
                        Shape.flat(3),
                        2,
                        140,
                        new Layer.Dense(5),
                        TANH,
                        region(19),
                        FEATURES,
                        new Layer.Dense(7),
                        SILU,
                        region(1),
                        ONE),
                GradientCheckTest.of(
                        "embeddings as channels of an image",
                        new Shape(2, 6, 5),
                        1,
                        70,
                        month(2),
                        conv(5, 3, Padding.SAME),
                        TANH,
                        region(3),
                        FEATURES,
                        conv(3, 3, Padding.VALID),
                        SILU,
                        POOL,
                        region(2),
                        FLATTEN,
                        month(1),
                        ONE),
                GradientCheckTest.of(
                        "activations on both sides of what shares their memory",
                        new Shape(1, 5, 5),
                        2,
                        40,
                        conv(3, 3, Padding.SAME),
                        TANH,
                        FEATURES,
                        TANH,
                        FLATTEN,
                        TANH,
                        new Layer.Dense(4),
                        TANH,
                        month(2),
                        TANH,
                        ONE),
                GradientCheckTest.of(
                        "blocks that begin with features and end with a vector",
                        Shape.flat(4),
                        2,
                        70,
                        new Layer.Dense(3),
                        TANH,
                        new Layer.Residual(
                                List.of(FEATURES, new Layer.Dense(3), TANH, region(2)),
                                List.of(month(2))),
                        TANH,
                        new Layer.Residual(
                                List.of(region(1), TANH, FEATURES),
                                List.of(new Layer.Dense(8), TANH)),
                        ONE),
                GradientCheckTest.of(
                        "an embedding as the last layer but one of a single block",
                        Shape.flat(2),
                        0,
                        5,
                        new Layer.Dense(3),
                        month(4),
                        ONE));
    }
}
