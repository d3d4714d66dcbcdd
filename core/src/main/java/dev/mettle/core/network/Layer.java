package dev.mettle.core.network;

/** One layer of a network, as PyTorch names and means it. */
public sealed interface Layer {
    /**
     * Cross-correlation with a bias.
     *
     * @param channels output channels, at least 1
     * @param kernel height and width of the kernel, at least 1
     * @param stride step in both directions, at least 1; 1 when padding is {@link Padding#SAME}, as
     *     in PyTorch
     * @param padding zero padding
     */
    record Conv2d(int channels, int kernel, int stride, Padding padding) implements Layer {
        public Conv2d {
            requireAtLeastOne("channels", channels);
            requireAtLeastOne("kernel", kernel);
            requireAtLeastOne("stride", stride);
            if (padding == Padding.SAME && stride != 1) {
                throw new IllegalArgumentException(
                        "stride (%d) must be 1 with padding: same; use padding: valid."
                                .formatted(stride));
            }
        }
    }

    /** Zero padding of a convolution. */
    enum Padding {
        /**
         * As many zeros as keep height and width; with an even kernel the odd one goes after, as in
         * PyTorch.
         */
        SAME,
        /** None. */
        VALID
    }

    /** An activation function, element by element. */
    record Activate(Activation function) implements Layer {}

    /**
     * Largest value of each window, without padding; sizes are rounded down. The gradient goes to
     * the first of equal values.
     *
     * @param size height and width of the window, at least 1
     * @param stride step, at least 1
     */
    record MaxPool(int size, int stride) implements Layer {
        public MaxPool {
            requireAtLeastOne("size", size);
            requireAtLeastOne("stride", stride);
        }
    }

    /** Turns [channels, height, width] into one row, channel after channel. */
    record Flatten() implements Layer {}

    /**
     * Fully connected layer with a bias.
     *
     * @param units outputs, at least 1
     */
    record Dense(int units) implements Layer {
        public Dense {
            requireAtLeastOne("units", units);
        }
    }

    /** Appends the row's scaled features to a flat input. */
    record ConcatFeatures() implements Layer {}

    private static void requireAtLeastOne(String what, int value) {
        if (value < 1) {
            throw new IllegalArgumentException("%s (%d) must be 1 or more.".formatted(what, value));
        }
    }
}
