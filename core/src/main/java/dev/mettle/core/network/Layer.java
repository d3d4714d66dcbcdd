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
     * Cross-correlation, with a bias or without, of images (conv2d) or sequences (conv1d).
     *
     * @param channels output channels, at least 1, a multiple of {@code groups}
     * @param kernel height and width, and how it moves
     * @param groups into which input and output channels are divided; an output channel sees the
     *     input channels of its group alone
     * @param bias whether a number is added to each output channel
     */
    record Conv2d(int channels, Window kernel, int groups, boolean bias) implements Layer {
        public Conv2d {
            Requirements.atLeastOne("channels", channels);
            Requirements.atLeastOne("groups", groups);
            if (channels % groups != 0) {
                throw new IllegalArgumentException(
                        "groups (%d) must divide channels (%d).".formatted(groups, channels));
            }
        }

        /** A square kernel over images, with a bias. */
        public Conv2d(int channels, int kernel, int stride, Padding padding) {
            this(channels, new Window(kernel, stride, padding), 1, true);
        }

        @Override
        public Shape output(Shape in, int features) {
            if (in.channels() % groups != 0) {
                throw new NetworkShapeException(
                        "its groups (%d) must divide the %d channel%s of the input."
                                .formatted(groups, in.channels(), in.channels() == 1 ? "" : "s"));
            }
            return kernel.output("conv", in, channels);
        }

        @Override
        public long parameters(Shape in, int features) {
            return channels * ((bias ? 1 : 0) + taps(in));
        }

        @Override
        public double flops(Shape in, int features) {
            return 2.0 * output(in, features).size() * taps(in);
        }

        /** Returns the weights that belong to one output channel. */
        private long taps(Shape in) {
            return (long) in.channels() / groups * kernel.area();
        }
    }

    /** Zero padding of a convolution. */
    sealed interface Padding {
        /**
         * As many zeros as keep height and width; where their number is odd, one more goes after
         * than before, as in PyTorch.
         */
        Padding SAME = new Same();

        /** None. */
        Padding VALID = new Zeros(Extent.of(0));

        /** See {@link #SAME}. */
        record Same() implements Padding {}

        /**
         * So many zeros before the first pixel, and as many after the last one.
         *
         * @param each 0 or more
         */
        record Zeros(Extent each) implements Padding {
            public Zeros {
                if (each.least() < 0) {
                    throw new IllegalArgumentException(
                            "padding (%s) must be 0 or more.".formatted(each));
                }
            }
        }
    }

    /** An activation function; all but softmax work element by element. */
    record Activate(Activation function) implements Layer {
        @Override
        public Shape output(Shape in, int features) {
            return in;
        }
    }

    /**
     * Largest value of each window; sizes are rounded down. What a window holds of the padding is
     * left out. The gradient goes to the first of equal values.
     *
     * @param window padded by at most half of its size
     */
    record MaxPool(Window window) implements Layer {
        public MaxPool {
            Requirements.pool(window);
        }

        /** Square windows without padding, over images. */
        public MaxPool(int size, int stride) {
            this(new Window(size, stride, Padding.VALID));
        }

        @Override
        public Shape output(Shape in, int features) {
            return window.output("maxpool", in, in.channels());
        }
    }

    /**
     * Mean of each window, in which padding counts as zeros; sizes are rounded down.
     *
     * @param window padded by at most half of its size
     */
    record AveragePool(Window window) implements Layer {
        public AveragePool {
            Requirements.pool(window);
        }

        @Override
        public Shape output(Shape in, int features) {
            return window.output("avgpool", in, in.channels());
        }
    }

    /**
     * One number for each channel: [channels, 1, 1].
     *
     * @param largest the largest value, else the mean
     */
    record GlobalPool(boolean largest) implements Layer {
        @Override
        public Shape output(Shape in, int features) {
            return Shape.flat(in.channels());
        }

        /** Returns the pool with one window that does the same to this input. */
        public Layer over(Shape in) {
            Extent all = new Extent(in.height(), in.width());
            Window window = new Window(all, all, Extent.of(1), Padding.VALID, Axes.IMAGE);
            return largest ? new MaxPool(window) : new AveragePool(window);
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
            Requirements.atLeastOne("units", units);
        }

        @Override
        public Shape output(Shape in, int features) {
            Requirements.flat("dense", in);
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
            Requirements.atLeastOne("categories", categories);
            Requirements.atLeastOne("dim", dim);
        }

        @Override
        public Shape output(Shape in, int features) {
            return appended(in, dim);
        }

        @Override
        public long parameters(Shape in, int features) {
            return (long) categories * dim;
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
            Requirements.positive("eps", epsilon);
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
            Requirements.positive("eps", epsilon);
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

    private static Shape appended(Shape in, int channels) {
        return new Shape(Math.addExact(in.channels(), channels), in.height(), in.width());
    }
}
