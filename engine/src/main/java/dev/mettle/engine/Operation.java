package dev.mettle.engine;

import dev.mettle.core.data.Shape;
import dev.mettle.core.network.Activation;
import dev.mettle.core.network.Layer;
import dev.mettle.core.network.Network;

import java.util.ArrayList;
import java.util.List;

/**
 * A layer as it is computed: a monotone activation goes after the pooling that follows it, and a
 * convolution takes pooling by 2 x 2 along. That is the definition of the result
 * (docs/math/maxpool.md).
 *
 * @param layer what it does
 * @param in shape of its input
 * @param out shape of its output, after the pooling
 * @param pooled whether a convolution is followed by pooling with windows of 2 x 2 and a stride of
 *     2
 */
record Operation(Layer layer, Shape in, Shape out, boolean pooled) {
    private static final int WINDOW = 2;

    /** Returns the operations of a network in the order in which they are computed. */
    static List<Operation> of(Network network, Shape input, int features) {
        List<Layer> layers = poolFirst(network.layers());
        List<Shape> shapes = new Network(layers).shapes(input, features);
        List<Operation> operations = new ArrayList<>();
        Shape in = input;
        for (int i = 0; i < layers.size(); i++) {
            boolean pooled =
                    layers.get(i) instanceof Layer.Conv2d
                            && i + 1 < layers.size()
                            && isPairwise(layers.get(i + 1));
            Shape out = shapes.get(pooled ? i + 1 : i);
            operations.add(new Operation(layers.get(i), in, out, pooled));
            in = out;
            i += pooled ? 1 : 0;
        }
        return operations;
    }

    /** Tells whether it has weights. */
    boolean isWeighted() {
        return layer instanceof Layer.Conv2d
                || layer instanceof Layer.Dense
                || layer instanceof Layer.Embedding;
    }

    private static List<Layer> poolFirst(List<Layer> layers) {
        List<Layer> ordered = new ArrayList<>(layers);
        for (int i = 1; i < ordered.size(); i++) {
            if (ordered.get(i) instanceof Layer.MaxPool) {
                for (int j = i; j > 0 && isMonotone(ordered.get(j - 1)); j--) {
                    Layer activation = ordered.get(j - 1);
                    ordered.set(j - 1, ordered.get(j));
                    ordered.set(j, activation);
                }
            }
        }
        return ordered;
    }

    private static boolean isMonotone(Layer layer) {
        return layer instanceof Layer.Activate(Activation function) && function.isMonotone();
    }

    private static boolean isPairwise(Layer layer) {
        return layer instanceof Layer.MaxPool(int size, int stride)
                && size == WINDOW
                && stride == WINDOW;
    }
}
