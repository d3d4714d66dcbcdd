package dev.mettle.core.network;

import dev.mettle.core.data.Shape;

/** One layer of a network, as PyTorch names and means it. */
public sealed interface Layer {
    /**
     * Returns the shape of its output.
     *
     * @param in shape of its input
     * @param features number of the row's features
     * @throws NetworkShapeException when it does not fit its input
     */
    Shape output(Shape in, int features);

    /** Returns the number of weights and biases, for an input that fits. */
    default long parameters(Shape in) {
        return 0;
    }

    /** Returns multiplications and additions of one row, forward; padding counts as work. */
    default double flops(Shape in) {
        return 0;
    }

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

        @Override
        public Shape output(Shape in, int features) {
            int lost = padding == Padding.SAME ? 0 : kernel - 1;
            requireWindow("kernel", lost + 1, in);
            return new Shape(
                    channels,
                    (in.height() - lost - 1) / stride + 1,
                    (in.width() - lost - 1) / stride + 1);
        }

        @Override
        public long parameters(Shape in) {
            return channels * (1L + (long) in.channels() * kernel * kernel);
        }

        @Override
        public double flops(Shape in) {
            return 2.0 * output(in, 0).size() * in.channels() * kernel * kernel;
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
    record Activate(Activation function) implements Layer {
        @Override
        public Shape output(Shape in, int features) {
            return in;
        }
    }

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

        @Override
        public Shape output(Shape in, int features) {
            requireWindow("window", size, in);
            return new Shape(
                    in.channels(),
                    (in.height() - size) / stride + 1,
                    (in.width() - size) / stride + 1);
        }
    }

    /** Turns [channels, height, width] into one row, channel after channel. */
    record Flatten() implements Layer {
        @Override
        public Shape output(Shape in, int features) {
            return Shape.flat(in.size());
        }
    }

    /**
     * Fully connected layer with a bias.
     *
     * @param units outputs, at least 1
     */
    record Dense(int units) implements Layer {
        public Dense {
            requireAtLeastOne("units", units);
        }

        @Override
        public Shape output(Shape in, int features) {
            requireFlat("dense", in);
            return Shape.flat(units);
        }

        @Override
        public long parameters(Shape in) {
            return units * (1L + in.size());
        }

        @Override
        public double flops(Shape in) {
            return 2.0 * units * in.size();
        }
    }

    /**
     * Appends the row's scaled features: as values to a flat input, and to [channels, height,
     * width] as channels, each of which holds its feature at every pixel.
     */
    record ConcatFeatures() implements Layer {
        @Override
        public Shape output(Shape in, int features) {
            return appended(in, features);
        }
    }

    /**
     * Appends a learned vector that stands for the row's code of a categorical column, as
     * torch.nn.Embedding and torch.cat do; to [channels, height, width] as constant channels.
     *
     * @param column name of the column
     * @param categories its codes are 0 to {@code categories - 1}; at least 1
     * @param dim length of the vectors, at least 1
     */
    record Embedding(String column, int categories, int dim) implements Layer {
        public Embedding {
            requireAtLeastOne("categories", categories);
            requireAtLeastOne("dim", dim);
        }

        @Override
        public Shape output(Shape in, int features) {
            return appended(in, dim);
        }

        @Override
        public long parameters(Shape in) {
            return (long) categories * dim;
        }
    }

    private static Shape appended(Shape in, int channels) {
        return new Shape(Math.addExact(in.channels(), channels), in.height(), in.width());
    }

    private static void requireWindow(String what, int size, Shape in) {
        if (size > in.height() || size > in.width()) {
            throw new NetworkShapeException(
                    "its %s of %d x %d does not fit into the input of %d x %d."
                            .formatted(what, size, size, in.height(), in.width()));
        }
    }

    private static void requireFlat(String what, Shape in) {
        if (!in.isFlat()) {
            throw new NetworkShapeException(
                    "%s needs a flat input, but gets [%d, %d, %d]; put 'flatten' before it."
                            .formatted(what, in.channels(), in.height(), in.width()));
        }
    }

    private static void requireAtLeastOne(String what, int value) {
        if (value < 1) {
            throw new IllegalArgumentException("%s (%d) must be 1 or more.".formatted(what, value));
        }
    }
}
