package dev.mettle.engine;

import dev.mettle.core.study.Optimizer;
import dev.mettle.engine.kernel.AdamStep;
import dev.mettle.engine.kernel.RmsPropStep;
import dev.mettle.engine.kernel.SgdStep;

/**
 * The steps of one training's optimiser (docs/math/optimisers.md). Factors are computed in double,
 * weights in float.
 */
final class OptimizerSteps {
    private final Optimizer optimizer;
    private double power1 = 1;
    private double power2 = 1;

    OptimizerSteps(Optimizer optimizer) {
        this.optimizer = optimizer;
    }

    /** Steps the first {@code length} weights along their gradients. */
    void step(Workspace workspace, int length) {
        switch (optimizer) {
            case Optimizer.Sgd sgd ->
                    SgdStep.vector(
                            workspace.weights(),
                            workspace.gradients(),
                            workspace.firstState(),
                            length,
                            (float) sgd.learningRate(),
                            (float) sgd.momentum(),
                            sgd.nesterov(),
                            (float) sgd.weightDecay());
            case Optimizer.RmsProp rms ->
                    RmsPropStep.vector(
                            workspace.weights(),
                            workspace.gradients(),
                            workspace.secondState(),
                            workspace.firstState(),
                            length,
                            (float) rms.learningRate(),
                            (float) rms.alpha(),
                            (float) (1 - rms.alpha()),
                            (float) rms.epsilon(),
                            (float) rms.momentum(),
                            (float) rms.weightDecay());
            case Optimizer.Adam a ->
                    adam(
                            workspace,
                            length,
                            a.learningRate(),
                            a.beta1(),
                            a.beta2(),
                            a.epsilon(),
                            a.weightDecay(),
                            0);
            case Optimizer.AdamW a ->
                    adam(
                            workspace,
                            length,
                            a.learningRate(),
                            a.beta1(),
                            a.beta2(),
                            a.epsilon(),
                            0,
                            a.weightDecay());
        }
    }

    private void adam(
            Workspace workspace,
            int length,
            double rate,
            double beta1,
            double beta2,
            double epsilon,
            double decay,
            double decoupledDecay) {
        power1 *= beta1;
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
}
