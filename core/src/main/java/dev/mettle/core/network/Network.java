package dev.mettle.core.network;

import dev.mettle.core.data.Shape;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

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

    /** Returns all layers, those inside residual blocks too. */
    public Stream<Layer> all() {
        return layers.stream().flatMap(Layer::all);
    }

    /**
     * Returns the output shape of every layer.
     *
     * @param input shape of a row's input
     * @param features number of the row's features
     * @throws NetworkShapeException when a layer does not fit its input
     */
    public List<Shape> shapes(Shape input, int features) {
        return shapes(layers, 0, input, features);
    }

    /** Takes the number that the first layer has in an exception. */
    static List<Shape> shapes(List<Layer> layers, int first, Shape input, int features) {
        List<Shape> shapes = new ArrayList<>(layers.size());
        Shape shape = input;
        for (int i = 0; i < layers.size(); i++) {
            try {
                shape = layers.get(i).output(shape, features);
            } catch (NetworkShapeException e) {
                throw e.inLayer(first + i);
            }
            shapes.add(shape);
        }
        return shapes;
    }

    /** Returns the number of weights and biases, for this input; errors as in {@link #shapes}. */
    public long parameters(Shape input, int features) {
        return parameters(layers, input, features);
    }

    static long parameters(List<Layer> layers, Shape input, int features) {
        List<Shape> shapes = shapes(layers, 0, input, features);
        long sum = 0;
        for (int i = 0; i < layers.size(); i++) {
            sum += layers.get(i).parameters(i == 0 ? input : shapes.get(i - 1), features);
        }
        return sum;
    }

    static double flops(List<Layer> layers, Shape input, int features) {
        List<Shape> shapes = shapes(layers, 0, input, features);
        double sum = 0;
        for (int i = 0; i < layers.size(); i++) {
            sum += layers.get(i).flops(i == 0 ? input : shapes.get(i - 1), features);
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
            double forward = layers.get(i).flops(i == 0 ? input : shapes.get(i - 1), features);
            sum += forward * (first ? 2 : 3);
            first &= forward == 0;
        }
        return sum;
    }
}
