package dev.mettle.engine;

import dev.mettle.core.data.Shape;
import dev.mettle.core.network.Activation;
import dev.mettle.core.network.Layer;
import dev.mettle.engine.kernel.Lanes;

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

    /**
     * Returns the first operation of some layers, which takes one of them or two.
     *
     * @param layers in the order of {@link #poolFirst}
     */
    static Operation of(List<Layer> layers, Shape in, int features) {
        Layer layer =
                layers.getFirst() instanceof Layer.GlobalPool global
                        ? global.over(in)
                        : layers.getFirst();
        Shape out = layer.output(in, features);
        boolean pooled =
                layer instanceof Layer.Conv2d conv
                        && isInFours(conv)
                        && layers.size() > 1
                        && isPairwise(layers.get(1));
        return new Operation(layer, in, pooled ? layers.get(1).output(out, features) : out, pooled);
    }

    /** Tells whether it has weights. */
    boolean isWeighted() {
        return switch (layer) {
            case Layer.Conv2d _,
                    Layer.Dense _,
                    Layer.Embedding _,
                    Layer.BatchNorm _,
                    Layer.LayerNorm _ ->
                    true;
            case Layer.Activate _,
                    Layer.MaxPool _,
                    Layer.AveragePool _,
                    Layer.GlobalPool _,
                    Layer.Flatten _,
                    Layer.ConcatFeatures _,
                    Layer.Dropout _ ->
                    false;
            case Layer.Residual _ -> throw new IllegalStateException("a block is several steps.");
        };
    }

    /** Returns the layers in the order in which they are computed. */
    static List<Layer> poolFirst(List<Layer> layers) {
        List<Layer> ordered = new ArrayList<>(layers);
        for (int i = 1; i < ordered.size(); i++) {
            if (isMaximum(ordered.get(i))) {
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

    private static boolean isMaximum(Layer layer) {
        return layer instanceof Layer.MaxPool || layer.equals(new Layer.GlobalPool(true));
    }

    private static boolean isPairwise(Layer layer) {
        return layer.equals(new Layer.MaxPool(WINDOW, WINDOW));
    }

    /** Tells whether four output channels always belong to one group. */
    private static boolean isInFours(Layer.Conv2d layer) {
        return layer.groups() == 1 || layer.channels() / layer.groups() % Lanes.CHANNELS == 0;
    }
}
