package dev.mettle.core.network;

import dev.mettle.core.data.Shape;

import java.util.List;
import java.util.stream.Stream;

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
    default long parameters(Shape in, int features) {
        return 0;
    }

    /** Returns multiplications and additions of one row, forward; padding counts as work. */
    default double flops(Shape in, int features) {
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
        public long parameters(Shape in, int features) {
            return channels * (1L + (long) in.channels() * kernel * kernel);
        }

        @Override
        public double flops(Shape in, int features) {
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
        public long parameters(Shape in, int features) {
            return units * (1L + in.size());
        }

        @Override
        public double flops(Shape in, int features) {
            return 2.0 * units * in.size();
        }
    }

    /** Appends the row's scaled features to a flat input. */
    record ConcatFeatures() implements Layer {
        @Override
        public Shape output(Shape in, int features) {
            requireFlat("concat", in);
            return Shape.flat(in.size() + features);
        }
    }

    /**
     * Batch normalisation of each channel (Ioffe and Szegedy 2015), with a learned scale and shift:
     * by mean and variance of the mini-batch in training, by their running means afterwards
     * (docs/math/normalisation.md).
     *
     * @param epsilon added to the variance, positive
     * @param momentum share of a mini-batch in the running means, in (0, 1]
     */
    record BatchNorm(double epsilon, double momentum) implements Layer {
        public BatchNorm {
            requirePositive("eps", epsilon);
            if (!(momentum > 0 && momentum <= 1)) {
                throw new IllegalArgumentException(
                        "momentum (%s) must be in (0, 1].".formatted(momentum));
            }
        }

        @Override
        public Shape output(Shape in, int features) {
            return in;
        }

        @Override
        public long parameters(Shape in, int features) {
            return 2L * in.channels();
        }
    }

    /**
     * Normalisation of each row over all of its values (Ba, Kiros and Hinton 2016), with a learned
     * scale and shift of each (docs/math/normalisation.md).
     *
     * @param epsilon added to the variance, positive
     */
    record LayerNorm(double epsilon) implements Layer {
        public LayerNorm {
            requirePositive("eps", epsilon);
        }

        @Override
        public Shape output(Shape in, int features) {
            return in;
        }

        @Override
        public long parameters(Shape in, int features) {
            return 2L * in.size();
        }
    }

    /**
     * In training each value is 0 with a probability, and the others are larger to make up for it
     * (Srivastava et al. 2014); afterwards nothing (docs/math/dropout.md).
     *
     * @param probability in [0, 1)
     */
    record Dropout(double probability) implements Layer {
        public Dropout {
            if (!(probability >= 0 && probability < 1)) {
                throw new IllegalArgumentException(
                        "dropout (%s) must be in [0, 1).".formatted(probability));
            }
        }

        @Override
        public Shape output(Shape in, int features) {
            return in;
        }
    }

    /**
     * A residual block (He et al. 2016): what its body makes of the input, plus the input, or what
     * the shortcut makes of it.
     *
     * @param body at least one layer
     * @param shortcut empty: the input itself
     */
    record Residual(List<Layer> body, List<Layer> shortcut) implements Layer {
        public Residual {
            body = List.copyOf(body);
            shortcut = List.copyOf(shortcut);
            if (body.isEmpty()) {
                throw new IllegalArgumentException("a residual block needs a layer.");
            }
        }

        @Override
        public Shape output(Shape in, int features) {
            Shape out = last(in, Network.shapes(body, 0, in, features));
            Shape added = last(in, Network.shapes(shortcut, body.size(), in, features));
            if (!out.equals(added)) {
                throw new NetworkShapeException(
                        shortcut.isEmpty()
                                ? ("residual: its layers make %s of %s, so their input can't be"
                                                + " added; keep the shape, or add a shortcut, such"
                                                + " as a conv2d with a kernel of 1.")
                                        .formatted(text(out), text(in))
                                : "residual: its layers give %s, its shortcut %s; they must give the same."
                                        .formatted(text(out), text(added)));
            }
            return out;
        }

        private static String text(Shape shape) {
            return "[%d, %d, %d]".formatted(shape.channels(), shape.height(), shape.width());
        }

        private static Shape last(Shape in, List<Shape> shapes) {
            return shapes.isEmpty() ? in : shapes.getLast();
        }

        @Override
        public long parameters(Shape in, int features) {
            return Network.parameters(body, in, features)
                    + Network.parameters(shortcut, in, features);
        }

        @Override
        public double flops(Shape in, int features) {
            return Network.flops(body, in, features) + Network.flops(shortcut, in, features);
        }
    }

    /** Returns this layer and those inside it. */
    default Stream<Layer> all() {
        return this instanceof Residual(List<Layer> body, List<Layer> shortcut)
                ? Stream.concat(
                        Stream.of(this),
                        Stream.concat(body.stream(), shortcut.stream()).flatMap(Layer::all))
                : Stream.of(this);
    }

    private static void requirePositive(String what, double value) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("%s (%s) must be above 0.".formatted(what, value));
        }
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
