package dev.mettle.engine;

import static dev.mettle.engine.GradientCheckTest.act;
import static dev.mettle.engine.GradientCheckTest.of;

import dev.mettle.core.data.Shape;
import dev.mettle.core.network.Activation;
import dev.mettle.core.network.Axes;
import dev.mettle.core.network.Extent;
import dev.mettle.core.network.Layer;
import dev.mettle.core.network.Layer.Padding;
import dev.mettle.core.network.Window;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Networks with convolutions, pools and activations of every kind, for tests. */
final class WindowNetworks {
    private static final Layer TANH = act(Activation.TANH);
    private static final Layer FLATTEN = new Layer.Flatten();
    private static final Layer ONE = new Layer.Dense(1);

    private WindowNetworks() {}

    static Extent two(int height, int width) {
        return new Extent(height, width);
    }

    static Padding zeros(int height, int width) {
        return new Padding.Zeros(two(height, width));
    }

    static Window window(Extent size, Extent stride, Extent dilation, Padding padding) {
        return new Window(size, stride, dilation, padding, Axes.IMAGE);
    }

    /** A convolution in one group, with a bias. */
    static Layer conv(int channels, Extent size, Extent stride, Extent dilation, Padding padding) {
        return new Layer.Conv2d(channels, window(size, stride, dilation, padding), 1, true);
    }

    static Layer grouped(int channels, int groups, boolean bias) {
        return new Layer.Conv2d(channels, new Window(3, 1, Padding.SAME), groups, bias);
    }

    static Layer sequence(int channels, int size, int stride, int dilation, Padding padding) {
        Window window =
                new Window(two(1, size), two(1, stride), two(1, dilation), padding, Axes.SEQUENCE);
        return new Layer.Conv2d(channels, window, 1, true);
    }

    static Window pool(int size, int stride, int padding) {
        return new Window(size, stride, zeros(padding, padding));
    }

    static Stream<GradientCheckTest.Case> cases() {
        return Stream.of(shapes(), strides(), groups(), pools(), activations())
                .flatMap(cases -> cases);
    }

    /**
     * Small networks with all kinds of windows, groups and the later activations, with features.
     */
    static List<GradientCheckTest.Case> whole() {
        Extent one = Extent.of(1);
        return List.of(
                of(
                        "images",
                        new Shape(2, 7, 6),
                        2,
                        8,
                        new Layer.Conv2d(4, new Window(3, 1, Padding.SAME), 2, false),
                        act(Activation.SELU),
                        new Layer.MaxPool(pool(3, 2, 1)),
                        new Layer.Conv2d(
                                8, window(two(3, 2), two(2, 1), one, zeros(1, 1)), 4, true),
                        act(Activation.GELU),
                        new Layer.Conv2d(
                                10, window(two(2, 3), one, two(1, 2), zeros(1, 2)), 2, true),
                        new Layer.AveragePool(pool(3, 1, 1)),
                        act(Activation.SOFTMAX),
                        new Layer.Conv2d(6, 1, 1, Padding.VALID),
                        act(Activation.SOFTPLUS),
                        new Layer.GlobalPool(false),
                        new Layer.ConcatFeatures(),
                        ONE),
                of(
                        "sequences",
                        new Shape(3, 1, 20),
                        2,
                        8,
                        sequence(5, 4, 2, 1, zeros(0, 1)),
                        act(Activation.GELU),
                        new Layer.AveragePool(
                                new Window(two(1, 2), one, one, zeros(0, 1), Axes.SEQUENCE)),
                        sequence(4, 3, 1, 2, Padding.SAME),
                        act(Activation.SELU),
                        new Layer.GlobalPool(true),
                        new Layer.ConcatFeatures(),
                        ONE));
    }

    /** A case whose layers follow a convolution, so that they have a gradient by input. */
    private static GradientCheckTest.Case after(String name, Shape shape, Layer... layers) {
        List<Layer> all = new ArrayList<>();
        all.add(new Layer.Conv2d(shape.channels(), 1, 1, Padding.VALID));
        all.add(TANH);
        all.addAll(List.of(layers));
        all.add(FLATTEN);
        all.add(ONE);
        return of(name, shape, 0, 5, all.toArray(Layer[]::new));
    }

    private static Stream<GradientCheckTest.Case> shapes() {
        Extent one = Extent.of(1);
        Shape image = new Shape(3, 7, 9);
        Layer wide = conv(5, two(3, 5), one, one, Padding.SAME);
        Layer even = conv(4, two(2, 4), one, one, Padding.SAME);
        Layer spread = conv(4, Extent.of(3), one, two(1, 2), Padding.SAME);
        Layer spreadValid = conv(2, two(2, 3), one, two(3, 1), Padding.VALID);
        return Stream.of(
                of("wide kernels first", image, 0, 40, wide, TANH, even, TANH, FLATTEN, ONE),
                after("a wide kernel", image, wide, TANH),
                after("a column", image, conv(3, two(4, 1), one, one, Padding.VALID), TANH),
                after("a row with padding", image, conv(3, two(1, 4), one, one, zeros(0, 2)), TANH),
                after("much padding", image, conv(2, one, one, one, zeros(2, 1)), TANH),
                after(
                        "padding on one axis",
                        image,
                        conv(5, two(3, 3), one, one, zeros(1, 0)),
                        TANH),
                after("dilation", image, spread, TANH, spreadValid, TANH),
                of("dilation first", image, 0, 3, spread, TANH, spreadValid, TANH, FLATTEN, ONE),
                after("pooled wide kernel", image, wide, TANH, new Layer.MaxPool(2, 2)),
                after("a narrow image", new Shape(2, 9, 1), wide, TANH, spread),
                of(
                        "sequences",
                        new Shape(2, 1, 21),
                        0,
                        35,
                        sequence(5, 5, 2, 1, zeros(0, 2)),
                        TANH,
                        sequence(4, 3, 1, 2, Padding.SAME),
                        act(Activation.RELU),
                        new Layer.MaxPool(
                                new Window(
                                        two(1, 3),
                                        two(1, 2),
                                        Extent.of(1),
                                        zeros(0, 1),
                                        Axes.SEQUENCE)),
                        sequence(3, 2, 1, 1, Padding.VALID),
                        FLATTEN,
                        ONE));
    }

    private static Stream<GradientCheckTest.Case> strides() {
        Extent one = Extent.of(1);
        Shape image = new Shape(3, 9, 8);
        return Stream.of(
                after("strides", image, conv(5, two(3, 4), two(2, 3), one, zeros(1, 2)), TANH),
                after(
                        "strides beyond the kernel",
                        image,
                        conv(4, two(2, 1), two(3, 2), one, zeros(0, 0))),
                after(
                        "stride and dilation",
                        image,
                        conv(4, Extent.of(3), two(2, 2), two(3, 2), zeros(2, 1)),
                        TANH),
                after(
                        "stride and dilation alike",
                        image,
                        conv(4, two(3, 2), two(2, 3), two(2, 3), zeros(1, 1)),
                        TANH),
                after(
                        "a stride as large as the image",
                        image,
                        conv(2, two(3, 3), two(9, 5), one, zeros(1, 1))),
                after(
                        "stride and pooling",
                        image,
                        conv(4, two(2, 2), two(2, 1), one, zeros(1, 0)),
                        new Layer.MaxPool(2, 2)),
                after(
                        "a stride over a narrow image",
                        new Shape(2, 9, 2),
                        conv(3, two(3, 2), two(2, 2), one, zeros(1, 1))),
                after(
                        "a long kernel",
                        new Shape(1, 3, 17),
                        conv(3, two(2, 9), two(1, 4), one, zeros(0, 4))));
    }

    private static Stream<GradientCheckTest.Case> groups() {
        Shape six = new Shape(6, 5, 6);
        Shape eight = new Shape(8, 4, 5);
        Extent one = Extent.of(1);
        Layer spread =
                new Layer.Conv2d(
                        12, window(two(3, 2), two(2, 1), two(1, 2), zeros(1, 1)), 6, false);
        return Stream.of(
                after("two groups of 3 to 4", six, grouped(8, 2, true), TANH),
                after("two groups of 4 to 5", eight, grouped(10, 2, true), TANH),
                after("two groups of 3 to 6, no bias", six, grouped(12, 2, false), TANH),
                after("three groups of 2 to 3", six, grouped(9, 3, true), TANH),
                after("two groups of 4 to 2", eight, grouped(4, 2, false), TANH),
                after("depthwise", six, grouped(6, 6, true), TANH),
                after("depthwise, two for each", six, grouped(12, 6, false), TANH),
                after("depthwise, five for each", new Shape(2, 5, 5), grouped(10, 2, true), TANH),
                after("depthwise with stride and dilation", six, spread, TANH),
                after(
                        "depthwise and pooling",
                        six,
                        grouped(6, 6, true),
                        TANH,
                        new Layer.MaxPool(2, 2)),
                after(
                        "groups of four and pooling",
                        eight,
                        grouped(8, 2, true),
                        TANH,
                        new Layer.MaxPool(2, 2)),
                of("depthwise first", six, 0, 33, grouped(6, 6, true), TANH, FLATTEN, ONE),
                of("groups first", six, 0, 33, grouped(10, 2, false), TANH, FLATTEN, ONE),
                of(
                        "groups first, pooled",
                        six,
                        0,
                        70,
                        grouped(8, 2, true),
                        new Layer.MaxPool(2, 2),
                        FLATTEN,
                        ONE),
                after(
                        "separable",
                        six,
                        grouped(6, 6, false),
                        conv(5, one, one, one, Padding.VALID),
                        TANH),
                after("no bias", six, grouped(5, 1, false), TANH, new Layer.MaxPool(2, 2)));
    }

    private static Stream<GradientCheckTest.Case> pools() {
        Shape image = new Shape(3, 7, 8);
        Window pairs = window(two(3, 2), two(1, 2), Extent.of(1), zeros(1, 1));
        Window row = new Window(two(1, 3), two(1, 2), Extent.of(1), zeros(0, 1), Axes.SEQUENCE);
        Layer conv = new Layer.Conv2d(5, 3, 1, Padding.SAME);
        Layer average = new Layer.AveragePool(pool(3, 2, 1));
        return Stream.of(
                after("padded maximum", image, TANH, new Layer.MaxPool(pool(3, 2, 1))),
                after("maximum over pairs", image, new Layer.MaxPool(pairs), TANH),
                after("padded maximum after conv", image, conv, TANH, new Layer.MaxPool(pairs)),
                after("mean", image, new Layer.AveragePool(pool(2, 2, 0)), TANH),
                after("padded, overlapping mean", image, average, conv, TANH),
                after("mean over pairs", image, conv, new Layer.AveragePool(pairs), TANH),
                after("mean over a sequence", new Shape(4, 1, 9), new Layer.AveragePool(row), TANH),
                after("global mean", image, conv, TANH, new Layer.GlobalPool(false)),
                after("global maximum", image, conv, TANH, new Layer.GlobalPool(true)),
                of(
                        "means before the first weights",
                        image,
                        0,
                        3,
                        average,
                        conv,
                        act(Activation.SILU),
                        new Layer.GlobalPool(false),
                        new Layer.Dense(3),
                        TANH,
                        ONE));
    }

    private static Stream<GradientCheckTest.Case> activations() {
        Shape image = new Shape(3, 5, 4);
        Layer conv = new Layer.Conv2d(4, 3, 1, Padding.SAME);
        return Stream.of(Activation.SELU, Activation.GELU, Activation.SOFTPLUS, Activation.SOFTMAX)
                .map(function ->
                        after(
                                function.toString(),
                                image,
                                act(function),
                                conv,
                                act(function),
                                new Layer.MaxPool(2, 2),
                                FLATTEN,
                                new Layer.Dense(5),
                                act(function)));
    }
}
