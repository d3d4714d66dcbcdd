package dev.mettle.engine;

import dev.mettle.core.instance.Weights;
import dev.mettle.core.random.RandomStream;
import dev.mettle.core.random.Seed;
import dev.mettle.core.random.Stream;
import dev.mettle.core.study.Recipe;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.CancellationException;

/** One network in training: its weights, its optimiser and the order of its mini-batches. */
final class Training {
    private final NetworkPlan plan;
    private final Workspace workspace;
    private final Recipe recipe;
    private final Pace pace;
    private final GradientLimits limits;
    private final OptimizerSteps optimizer;
    private final Propagation propagation;
    private @Nullable Augmenter augmenter;

    /** Takes over the workspace. */
    Training(NetworkPlan plan, Workspace workspace, Recipe recipe) {
        this.plan = plan;
        this.workspace = workspace;
        this.recipe = recipe;
        this.pace = new Pace(recipe);
        this.limits = new GradientLimits(recipe.clip());
        this.optimizer = new OptimizerSteps(recipe.optimizer(), pace);
        workspace.attach(plan);
        optimizer.start(workspace, plan.weightFloats());
        this.propagation = new Propagation(plan, workspace, recipe.loss());
    }

    /** Draws the initial weights and biases. */
    void initialise(Seed seed) {
        Initialiser initialiser = new Initialiser(recipe.init(), seed);
        for (Learned layer : plan.learned()) {
            layer.initialise(workspace, initialiser);
        }
        workspace.noise(new RandomStream(seed, Stream.DROPOUT));
    }

    /**
     * Changes the inputs of mini-batches as the recipe says.
     *
     * @param seed of the order of mini-batches
     * @param zero what pixels that come in are: 0 in the unit of the array, scaled
     */
    void augment(Seed seed, float zero) {
        augmenter =
                recipe.augmentation().isOff()
                        ? null
                        : new Augmenter(recipe.augmentation(), plan.input().shape(), zero, seed);
    }

    /** Sets the weights. */
    void restore(Weights weights) {
        float[] values = weights.toArray();
        int at = 0;
        for (Learned layer : plan.learned()) {
            at = layer.restore(workspace, values, at);
        }
    }

    /** Returns the weights as they are now. */
    Weights weights() {
        float[] values = new float[plan.learned().stream().mapToInt(Learned::count).sum()];
        int at = 0;
        for (Learned layer : plan.learned()) {
            at = layer.export(workspace, values, at);
        }
        return Weights.of(values);
    }

    /** Returns whether every weight is a finite number. */
    boolean isFinite() {
        float[] values = weights().toArray();
        for (float value : values) {
            if (!Float.isFinite(value)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Trains one epoch on rows of the workspace's sample, in the order given; allocates nothing.
     *
     * @param order row numbers, each once
     * @return the mean loss of rows and outputs, each as its mini-batch saw it
     * @throws CancellationException when the thread was interrupted
     */
    float epoch(int[] order) {
        int rows = order.length;
        int steps = (rows + recipe.batch() - 1) / recipe.batch();
        double sum = 0;
        if (augmenter != null) {
            augmenter.nextEpoch();
        }
        for (int i = 0; i < steps; i++) {
            if (Thread.currentThread().isInterrupted()) {
                throw new CancellationException("interrupted while training.");
            }
            pace.begin(i, steps);
            int first = i * recipe.batch();
            sum += step(order, first, Math.min(first + recipe.batch(), rows));
        }
        float loss = (float) (sum / ((double) rows * propagation.terms()));
        pace.end(loss);
        return loss;
    }

    /** Trains one mini-batch at the present pace and returns its sum of losses. */
    double step(int[] order, int first, int last) {
        workspace.augment(augmenter);
        double sum = propagation.gradients(workspace.sample(), order, first, last);
        workspace.augment(null); // never when rows are evaluated
        limits.apply(workspace.gradients(), plan.weightFloats());
        optimizer.step(workspace, plan.weightFloats());
        return sum;
    }

    /** Returns the mean loss of rows of the workspace's sample, without training on them. */
    double loss(int[] rows) {
        double sum = propagation.losses(workspace.sample(), rows);
        return sum / ((double) rows.length * propagation.terms());
    }

    /** Keeps a copy of the weights, in the place of an earlier one. */
    void keep() {
        workspace.keep(plan);
    }

    /** Sets the weights to those kept. */
    void revert() {
        workspace.revert(plan);
    }

    /** Returns the number of the network's outputs. */
    int outputs() {
        return plan.output().shape().size();
    }

    /** Returns how rows go through the network. */
    Propagation propagation() {
        return propagation;
    }
}
