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
    private final OptimizerSteps optimizer;
    private final Propagation propagation;
    private @Nullable Augmenter augmenter;

    /** Takes over the workspace. */
    Training(NetworkPlan plan, Workspace workspace, Recipe recipe) {
        this.plan = plan;
        this.workspace = workspace;
        this.recipe = recipe;
        this.optimizer = new OptimizerSteps(recipe.optimizer());
        workspace.attach(plan);
        this.propagation = new Propagation(plan, workspace, recipe.loss());
    }

    /** Draws the initial weights. */
    void initialise(Seed seed) {
        RandomStream random = new RandomStream(seed, Stream.WEIGHTS);
        for (WeightPlaces parameters : plan.parameters()) {
            parameters.initialise(workspace.weights(), recipe.init(), random);
        }
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
        for (WeightPlaces parameters : plan.parameters()) {
            at = parameters.restore(workspace.weights(), values, at);
        }
    }

    /** Returns the weights as they are now. */
    Weights weights() {
        int count = 0;
        for (WeightPlaces parameters : plan.parameters()) {
            count += parameters.count();
        }
        float[] values = new float[count];
        int at = 0;
        for (WeightPlaces parameters : plan.parameters()) {
            at = parameters.export(workspace.weights(), values, at);
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
     * Trains one epoch on the workspace's sample, in the order given; allocates nothing.
     *
     * @return the mean loss of rows and outputs, each as its mini-batch saw it
     * @throws CancellationException when the thread was interrupted
     */
    float epoch(int[] order) {
        ScaledRows rows = workspace.sample();
        double sum = 0;
        if (augmenter != null) {
            augmenter.nextEpoch();
        }
        for (int first = 0; first < rows.count(); first += recipe.batch()) {
            if (Thread.currentThread().isInterrupted()) {
                throw new CancellationException("interrupted while training.");
            }
            sum += step(order, first, Math.min(first + recipe.batch(), rows.count()));
        }
        return (float) (sum / ((double) rows.count() * propagation.terms()));
    }

    /** Trains one mini-batch and returns its sum of losses. */
    double step(int[] order, int first, int last) {
        workspace.augment(augmenter);
        double sum = propagation.gradients(workspace.sample(), order, first, last);
        workspace.augment(null); // never when rows are evaluated
        optimizer.step(workspace, plan.weightFloats());
        return sum;
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
