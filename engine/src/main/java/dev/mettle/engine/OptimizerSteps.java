package dev.mettle.engine;

import dev.mettle.core.study.Optimizer;
import dev.mettle.engine.kernel.AdagradStep;
import dev.mettle.engine.kernel.AdamStep;
import dev.mettle.engine.kernel.LionStep;
import dev.mettle.engine.kernel.RmsPropStep;
import dev.mettle.engine.kernel.SgdStep;

import java.util.Arrays;

/**
 * The steps of one training's optimiser (docs/math/optimisers.md). Factors are computed in double,
 * weights in float.
 */
final class OptimizerSteps {
    private final Optimizer optimizer;
    private final Pace pace;
    private long steps;
    private double power1 = 1;
    private double power2 = 1;

    OptimizerSteps(Optimizer optimizer, Pace pace) {
        this.optimizer = optimizer;
        this.pace = pace;
    }

    /** Prepares what is remembered of the first {@code length} weights, which is 0 so far. */
    void start(Workspace workspace, int length) {
        if (optimizer instanceof Optimizer.Adagrad adagrad) {
            Arrays.fill(workspace.firstState(), 0, length, (float) adagrad.accumulator());
        }
    }

    /** Steps the first {@code length} weights along their gradients, at the pace's rate. */
    void step(Workspace workspace, int length) {
        steps++;
        switch (optimizer) {
            case Optimizer.Sgd sgd ->
                    SgdStep.vector(
                            workspace.weights(),
                            workspace.gradients(),
                            workspace.firstState(),
                            length,
                            (float) pace.rate(),
                            (float) pace.momentum(sgd.momentum()),
                            sgd.nesterov(),
                            (float) sgd.weightDecay());
            case Optimizer.RmsProp rms ->
                    RmsPropStep.vector(
                            workspace.weights(),
                            workspace.gradients(),
                            workspace.secondState(),
                            workspace.firstState(),
                            length,
                            (float) pace.rate(),
                            (float) rms.alpha(),
                            (float) (1 - rms.alpha()),
                            (float) rms.epsilon(),
                            (float) pace.momentum(rms.momentum()),
                            (float) rms.weightDecay());
            case Optimizer.Adagrad a ->
                    AdagradStep.vector(
                            workspace.weights(),
                            workspace.gradients(),
                            workspace.firstState(),
                            length,
                            (float) (pace.rate() / (1 + (steps - 1) * a.rateDecay())),
                            (float) a.epsilon(),
                            (float) a.weightDecay());
            case Optimizer.Lion lion -> lion(workspace, length, lion);
            case Optimizer.Adam a ->
                    adam(workspace, length, a.beta1(), a.beta2(), a.epsilon(), a.weightDecay(), 0);
            case Optimizer.AdamW a ->
                    adam(workspace, length, a.beta1(), a.beta2(), a.epsilon(), 0, a.weightDecay());
        }
    }

    private void lion(Workspace workspace, int length, Optimizer.Lion lion) {
        double beta1 = pace.momentum(lion.beta1());
        LionStep.vector(
                workspace.weights(),
                workspace.gradients(),
                workspace.firstState(),
                length,
                (float) beta1,
                (float) (1 - beta1),
                (float) lion.beta2(),
                (float) (1 - lion.beta2()),
                (float) pace.rate(),
                (float) (1 - pace.rate() * lion.weightDecay()));
    }

    private void adam(
            Workspace workspace,
            int length,
            double ownBeta1,
            double beta2,
            double epsilon,
            double decay,
            double decoupledDecay) {
        double rate = pace.rate();
        double beta1 = pace.momentum(ownBeta1);
        // PyTorch takes the power of the present beta, also where it moves
        power1 = pace.movesMomentum() ? power(beta1, steps) : power1 * beta1;
        power2 *= beta2;
        AdamStep.vector(
                workspace.weights(),
                workspace.gradients(),
                workspace.firstState(),
                workspace.secondState(),
                length,
                (float) beta1,
                (float) (1 - beta1),
                (float) beta2,
                (float) (1 - beta2),
                (float) (rate / (1 - power1)),
                (float) (1 / Math.sqrt(1 - power2)),
                (float) epsilon,
                (float) decay,
                (float) (1 - rate * decoupledDecay));
    }

    /** Returns a power by squaring; StrictMath.pow allocates. */
    private static double power(double base, long exponent) {
        double power = 1;
        double square = base;
        for (long rest = exponent; rest > 0; rest >>= 1) {
            power *= (rest & 1) == 1 ? square : 1;
            square *= square;
        }
        return power;
    }
}
