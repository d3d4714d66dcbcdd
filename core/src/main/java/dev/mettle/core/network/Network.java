package dev.mettle.core.network;

import dev.mettle.core.data.Shape;

import java.util.ArrayList;
import java.util.List;

/**
 * A sequence of layers.
 *
 * @param layers at least one
 */
public record Network(List<Layer> layers) {
    public Network {
        layers = List.copyOf(layers);
        if (layers.isEmpty()) {
            throw new IllegalArgumentException("a network needs at least one layer.");
        }
    }

    /**
     * Returns the output shape of every layer.
     *
     * @param input shape of a row's input
     * @param features number of features that a {@link Layer.ConcatFeatures} appends
     * @throws NetworkShapeException when a layer does not fit its input
     */
    public List<Shape> shapes(Shape input, int features) {
        List<Shape> shapes = new ArrayList<>(layers.size());
        Shape shape = input;
        for (int i = 0; i < layers.size(); i++) {
            shape = outputShape(i, shape, features);
            shapes.add(shape);
        }
        return shapes;
    }

    /** Returns the number of weights and biases, for this input; errors as in {@link #shapes}. */
    public long parameters(Shape input, int features) {
        List<Shape> shapes = shapes(input, features);
        long sum = 0;
        for (int i = 0; i < layers.size(); i++) {
            Shape in = i == 0 ? input : shapes.get(i - 1);
            sum +=
                    switch (layers.get(i)) {
                        case Layer.Conv2d c ->
                                c.channels()
                                        * (1L + (long) in.channels() * c.kernel() * c.kernel());
                        case Layer.Dense d -> d.units() * (1L + in.size());
                        case Layer.Activate _,
                                Layer.MaxPool _,
                                Layer.Flatten _,
                                Layer.ConcatFeatures _ ->
                                0;
                    };
        }
        return sum;
    }

    /**
     * Returns multiplications and additions of one training step per row: forward, gradient by
     * input (but for the first layer with weights) and gradient by weight. Nominal: padding counts
     * as work.
     */
    public double trainingFlops(Shape input, int features) {
        List<Shape> shapes = shapes(input, features);
        double sum = 0;
        boolean first = true;
        for (int i = 0; i < layers.size(); i++) {
            Shape in = i == 0 ? input : shapes.get(i - 1);
            double forward =
                    switch (layers.get(i)) {
                        case Layer.Conv2d c ->
                                2.0
                                        * shapes.get(i).size()
                                        * in.channels()
                                        * c.kernel()
                                        * c.kernel();
                        case Layer.Dense d -> 2.0 * d.units() * in.size();
                        case Layer.Activate _,
                                Layer.MaxPool _,
                                Layer.Flatten _,
                                Layer.ConcatFeatures _ ->
                                0;
                    };
            sum += forward * (first ? 2 : 3);
            first &= forward == 0;
        }
        return sum;
    }

    private Shape outputShape(int index, Shape in, int features) {
        return switch (layers.get(index)) {
            case Layer.Conv2d c -> {
                int lost = c.padding() == Layer.Padding.SAME ? 0 : c.kernel() - 1;
                requireWindow(index, "kernel", lost + 1, in);
                yield new Shape(
                        c.channels(),
                        (in.height() - lost - 1) / c.stride() + 1,
                        (in.width() - lost - 1) / c.stride() + 1);
            }
            case Layer.MaxPool p -> {
                requireWindow(index, "window", p.size(), in);
                yield new Shape(
                        in.channels(),
                        (in.height() - p.size()) / p.stride() + 1,
                        (in.width() - p.size()) / p.stride() + 1);
            }
            case Layer.Activate _ -> in;
            case Layer.Flatten _ -> Shape.flat(in.size());
            case Layer.Dense d -> {
                requireFlat(index, "dense", in);
                yield Shape.flat(d.units());
            }
            case Layer.ConcatFeatures _ -> {
                requireFlat(index, "concat", in);
                yield Shape.flat(in.size() + features);
            }
        };
    }

    private static void requireWindow(int index, String what, int size, Shape in) {
        if (size > in.height() || size > in.width()) {
            throw new NetworkShapeException(
                    index,
                    "its %s of %d x %d does not fit into the input of %d x %d."
                            .formatted(what, size, size, in.height(), in.width()));
        }
    }

    private static void requireFlat(int index, String what, Shape in) {
        if (!in.isFlat()) {
            throw new NetworkShapeException(
                    index,
                    "%s needs a flat input, but gets [%d, %d, %d]; put 'flatten' before it."
                            .formatted(what, in.channels(), in.height(), in.width()));
        }
    }
}
