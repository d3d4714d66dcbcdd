package dev.mettle.core.study;

/**
 * What a network starts from.
 *
 * @param method distribution of the weights
 * @param gain factor on the distribution's width, positive and finite; of {@link
 *     Initialisation#TRUNCATED_NORMAL} the standard deviation before the cut; of {@link
 *     Initialisation#PYTORCH} its own
 * @param biases what biases start from
 */
public record InitialWeights(Initialisation method, double gain, Biases biases) {
    public InitialWeights {
        if (!(gain > 0 && gain < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("gain (%s) must be above 0.".formatted(gain));
        }
        if (method == Initialisation.PYTORCH && gain != method.gain()) {
            throw new IllegalArgumentException("pytorch has no gain to choose.");
        }
    }

    /** What biases start from. */
    public sealed interface Biases {
        /**
         * All the same number.
         *
         * @param value finite; 0 is the usual choice
         */
        record Constant(double value) implements Biases {
            public Constant {
                if (!Double.isFinite(value)) {
                    throw new IllegalArgumentException(
                            "bias (%s) must be finite.".formatted(value));
                }
            }
        }

        /** Uniform in ±1 / √fanIn, the default of torch.nn.Linear and Conv2d. */
        record PyTorch() implements Biases {}
    }

    /** Returns a method with its own gain and biases: 0, those of PyTorch for PyTorch's. */
    public static InitialWeights of(Initialisation method) {
        return new InitialWeights(method, method.gain(), biases(method));
    }

    /** Returns what biases start from where a study does not say. */
    static Biases biases(Initialisation method) {
        return method == Initialisation.PYTORCH
                ? new Biases.PyTorch()
                : new Biases.Constant(StudyDefaults.BIAS);
    }
}
