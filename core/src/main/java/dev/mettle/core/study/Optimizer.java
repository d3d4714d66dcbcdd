package dev.mettle.core.study;

/** How weights follow gradients: PyTorch's formulas and names. Every number is finite. */
public sealed interface Optimizer {
    /** Step size, positive. */
    double learningRate();

    /**
     * Weight decay: added to the gradient as weightDecay × weight (L2); for {@link AdamW} and
     * {@link Lion} taken off the weight.
     */
    double weightDecay();

    /**
     * Stochastic gradient descent (torch.optim.SGD, dampening 0).
     *
     * @param momentum in [0, 1)
     * @param nesterov needs a positive momentum
     */
    record Sgd(double learningRate, double momentum, boolean nesterov, double weightDecay)
            implements Optimizer {
        public Sgd {
            requireCommon(learningRate, weightDecay);
            requireFraction("momentum", momentum);
            if (nesterov && momentum == 0) {
                throw new IllegalArgumentException("nesterov needs a momentum above 0.");
            }
        }
    }

    /**
     * torch.optim.RMSprop, not centred.
     *
     * @param alpha smoothing of the squared gradient, in [0, 1)
     * @param epsilon added to the root, positive
     * @param momentum in [0, 1)
     */
    record RmsProp(
            double learningRate, double alpha, double epsilon, double momentum, double weightDecay)
            implements Optimizer {
        public RmsProp {
            requireCommon(learningRate, weightDecay);
            requireFraction("alpha", alpha);
            requirePositive("eps", epsilon);
            requireFraction("momentum", momentum);
        }
    }

    /**
     * Adam (Kingma and Ba 2015; torch.optim.Adam).
     *
     * @param beta1 in [0, 1)
     * @param beta2 in [0, 1)
     * @param epsilon added to the root, positive
     */
    record Adam(double learningRate, double beta1, double beta2, double epsilon, double weightDecay)
            implements Optimizer {
        public Adam {
            requireCommon(learningRate, weightDecay);
            requireFraction("beta1", beta1);
            requireFraction("beta2", beta2);
            requirePositive("eps", epsilon);
        }
    }

    /**
     * Adam with decoupled weight decay (Loshchilov and Hutter 2019; torch.optim.AdamW); parameters
     * as {@link Adam}.
     */
    record AdamW(
            double learningRate, double beta1, double beta2, double epsilon, double weightDecay)
            implements Optimizer {
        public AdamW {
            requireCommon(learningRate, weightDecay);
            requireFraction("beta1", beta1);
            requireFraction("beta2", beta2);
            requirePositive("eps", epsilon);
        }
    }

    /**
     * Adagrad (Duchi et al. 2011; torch.optim.Adagrad).
     *
     * @param rateDecay the learning rate of step t, from 0, is divided by 1 + t × rateDecay; 0 or
     *     more
     * @param accumulator what the sums of squared gradients start from, 0 or more
     * @param epsilon added to the root, positive
     */
    record Adagrad(
            double learningRate,
            double rateDecay,
            double accumulator,
            double epsilon,
            double weightDecay)
            implements Optimizer {
        public Adagrad {
            requireCommon(learningRate, weightDecay);
            requireNotNegative("lr_decay", rateDecay);
            requireNotNegative("initial_accumulator_value", accumulator);
            requirePositive("eps", epsilon);
        }
    }

    /**
     * Lion (Chen et al. 2023): steps of one size, in the direction of a mean gradient's signs, with
     * decoupled weight decay.
     *
     * @param beta1 of the mean whose signs are taken, in [0, 1)
     * @param beta2 of the mean that is remembered, in [0, 1)
     */
    record Lion(double learningRate, double beta1, double beta2, double weightDecay)
            implements Optimizer {
        public Lion {
            requireCommon(learningRate, weightDecay);
            requireFraction("beta1", beta1);
            requireFraction("beta2", beta2);
        }
    }

    private static void requireCommon(double learningRate, double weightDecay) {
        requirePositive("lr", learningRate);
        requireNotNegative("weight_decay", weightDecay);
    }

    private static void requireNotNegative(String name, double value) {
        if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("%s (%s) must be 0 or more.".formatted(name, value));
        }
    }

    private static void requirePositive(String name, double value) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("%s (%s) must be above 0.".formatted(name, value));
        }
    }

    private static void requireFraction(String name, double value) {
        if (!(value >= 0 && value < 1)) {
            throw new IllegalArgumentException("%s (%s) must be in [0, 1).".formatted(name, value));
        }
    }
}
