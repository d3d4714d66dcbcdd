package dev.mettle.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mettle.core.data.Dataset;
import dev.mettle.core.data.Scale;
import dev.mettle.core.data.Shape;
import dev.mettle.core.data.Task;
import dev.mettle.core.instance.Weights;
import dev.mettle.core.network.Layer;
import dev.mettle.core.network.Network;
import dev.mettle.core.study.Optimizer;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Some epochs of a network, which a script of reference/engine has trained in PyTorch too. */
final class ReferenceTraining {
    private final NetworkPlan plan;
    private final Training training;
    private final Workspace workspace = new Workspace();
    private final int[] order;

    /** Starts from the numbers of the reference, with its rows. */
    ReferenceTraining(
            Shape shape, int rows, int batch, Optimizer optimizer, int epochs, Layer... layers) {
        Dataset data = WholeTrainingTest.data(rows, shape, Task.regression("y"));
        this.plan = new NetworkPlan(new Network(List.of(layers)), shape, 0, batch);
        this.order = IntStream.range(0, rows).toArray();
        workspace.sample().fill(data, order, Fixture.unscaled(order, data.task()));
        this.training = new Training(plan, workspace, Fixture.recipe(optimizer, batch, epochs));
        training.restore(initial(plan));
    }

    /** Trains, and compares every epoch's loss and then predictions with the reference's. */
    static ReferenceTraining check(
            String resource,
            String name,
            double tolerance,
            Shape shape,
            int rows,
            int batch,
            Optimizer optimizer,
            Layer... layers) {
        double[] curve = WholeTrainingTest.expected(resource, name, "curve");
        ReferenceTraining reference =
                new ReferenceTraining(shape, rows, batch, optimizer, curve.length, layers);
        for (int epoch = 0; epoch < curve.length; epoch++) {
            assertThat((double) reference.training.epoch(reference.order))
                    .as("%s, epoch %d", name, epoch + 1)
                    .isCloseTo(curve[epoch], within(tolerance * curve[epoch]));
        }
        double[] expected = WholeTrainingTest.expected(resource, name, "prediction");
        double[] predictions = reference.predictions();
        assertThat(Arrays.copyOf(predictions, expected.length))
                .as(name)
                .containsExactly(expected, within(tolerance));
        return reference;
    }

    private double[] predictions() {
        double[] predictions = new double[order.length];
        training.propagation().predict(workspace.sample(), order, List.of(Scale.NONE), predictions);
        return predictions;
    }

    /** Returns the running means and variances of all batch norms. */
    double[] moments() {
        float[] all = training.weights().toArray();
        double[] moments = new double[0];
        int at = 0;
        for (Learned layer : plan.learned()) {
            if (layer instanceof BatchMoments) {
                for (int i = at + layer.count() / 2; i < at + layer.count(); i++) {
                    moments = Arrays.copyOf(moments, moments.length + 1);
                    moments[moments.length - 1] = all[i];
                }
            }
            at += layer.count();
        }
        return moments;
    }

    /**
     * The numbers of the reference: weights as in training.py, biases 0.1 x, scales 1 + 0.1 x,
     * shifts 0.1 x, running means 0 and variances 1.
     */
    private static Weights initial(NetworkPlan plan) {
        float[] all = new float[0];
        int seed = 7;
        for (Learned layer : plan.learned()) {
            float[] own = initial(layer, seed);
            int at = all.length;
            all = Arrays.copyOf(all, at + own.length);
            System.arraycopy(own, 0, all, at, own.length);
            seed += 2;
        }
        return Weights.of(all);
    }

    private static float[] initial(Learned layer, int seed) {
        int count =
                switch (layer) {
                    case Parameters p -> p.outputs() * p.taps();
                    case Affine a -> a.scales();
                    case BatchMoments m -> m.affine().scales();
                    case EmbeddingWeights _ -> throw new IllegalStateException();
                };
        float[] own = new float[layer.count()];
        int learned = layer instanceof BatchMoments ? 2 * count : own.length;
        float[] first = WholeTrainingTest.numbers(count, seed);
        float[] second = WholeTrainingTest.numbers(learned - count, seed + 1);
        for (int i = 0; i < count; i++) {
            own[i] =
                    layer instanceof Parameters p
                            ? first[i] * (float) Math.sqrt(3.0 / p.taps())
                            : first[i] * 0.1f + 1;
        }
        for (int i = count; i < learned; i++) {
            own[i] = second[i - count] * 0.1f;
        }
        if (layer instanceof BatchMoments) {
            Arrays.fill(own, 3 * count, 4 * count, 1f);
        }
        return own;
    }
}
