package dev.mettle.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mettle.core.data.Dataset;
import dev.mettle.core.data.Task;
import dev.mettle.core.network.Activation;
import dev.mettle.core.network.Layer;
import dev.mettle.core.network.Network;
import dev.mettle.core.random.Purpose;
import dev.mettle.core.random.Seed;
import dev.mettle.core.study.Loss;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Loss and gradients of whole networks against plain loops in double, differenced centrally. */
class LossGradientTest {
    private static final double STEP = 1e-6;
    private static final int COLUMNS = 11;

    static Stream<Arguments> cases() {
        List<Loss> regressions =
                List.of(
                        new Loss.Mse(),
                        new Loss.Mae(),
                        new Loss.Huber(0.6),
                        new Loss.LogCosh(),
                        new Loss.Quantile(0.8));
        Stream<Arguments> several =
                regressions.stream()
                        .flatMap(loss ->
                                Stream.of(
                                        Arguments.of(loss, 1, 37),
                                        Arguments.of(loss, 3, 5),
                                        Arguments.of(loss, 6, 150)));
        Stream<Arguments> classes =
                Stream.of(
                        Arguments.of(new Loss.Bce(), 1, 5),
                        Arguments.of(new Loss.Bce(), 1, 150),
                        Arguments.of(new Loss.CrossEntropy(0), 2, 37),
                        Arguments.of(new Loss.CrossEntropy(0), 10, 150),
                        Arguments.of(new Loss.CrossEntropy(0.2), 3, 1),
                        Arguments.of(new Loss.CrossEntropy(0.1), 10, 40));
        return Stream.concat(several, classes);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void gradientsEqualCentralDifferences(Loss loss, int outputs, int rows) {
        Network network =
                new Network(
                        List.of(
                                new Layer.Dense(7),
                                new Layer.Activate(Activation.TANH),
                                new Layer.Dense(outputs)));
        Task task = Fixture.task(loss, outputs);
        Dataset data = Fixture.table(rows, COLUMNS, task);
        int[] order = IntStream.range(0, rows).toArray();
        NetworkPlan plan = new NetworkPlan(network, data.inputShape(), 0, rows);
        Workspace workspace = new Workspace();
        workspace.sample().fill(data, order, Fixture.unscaled(order, task));
        Training training =
                new Training(plan, workspace, Fixture.recipe(loss, Fixture.ADAM, rows, 1));
        training.initialise(new Seed(3, Purpose.ASSESS, Seed.Source.INIT, 0));
        float[] start = training.weights().toArray();
        double sum = training.propagation().gradients(workspace.sample(), order, 0, rows);
        double mean = sum / ((double) rows * training.propagation().terms());
        float[] gradient = new float[start.length];
        int at = 0;
        for (WeightPlaces parameters : plan.parameters()) {
            at = parameters.export(workspace.gradients(), gradient, at);
        }
        double[] weights = IntStream.range(0, start.length).mapToDouble(i -> start[i]).toArray();
        Reference reference = new Reference(loss, network, data);
        assertThat(mean).isCloseTo(reference.mean(weights), within(1e-5 * (1 + mean)));
        for (int i = 0; i < weights.length; i++) {
            assertThat((double) gradient[i])
                    .as("weight %d", i)
                    .isCloseTo(reference.slope(weights, i), within(2e-5 * (1 + mean)));
        }
    }

    /** The mean loss of all rows in double. */
    private record Reference(Loss loss, Network network, Dataset data) {
        double mean(double[] weights) {
            DoubleNetwork plain = new DoubleNetwork(network, data.inputShape(), 0);
            double sum = 0;
            int terms = 0;
            for (int row = 0; row < data.rows(); row++) {
                double[] inputs = new double[COLUMNS];
                for (int d = 0; d < COLUMNS; d++) {
                    inputs[d] = data.inputs()[row * COLUMNS + d];
                }
                double[] out = plain.outputs(weights, inputs, new double[0]);
                terms += data.task().targetCount();
                sum +=
                        data.task() instanceof Task.Regression
                                ? numbers(out, row)
                                : classes(out, row);
            }
            return sum / terms;
        }

        private double numbers(double[] out, int row) {
            double sum = 0;
            for (int o = 0; o < out.length; o++) {
                double d = out[o] - (float) data.target(row, o);
                double size = Math.abs(d);
                sum +=
                        switch (loss) {
                            case Loss.Mae _ -> size;
                            case Loss.Huber(double delta) ->
                                    size <= delta ? d * d / 2 : delta * (size - delta / 2);
                            case Loss.LogCosh _ -> Math.log(Math.cosh(d));
                            case Loss.Quantile(double q) -> Math.max(-q * d, (1 - q) * d);
                            default -> d * d;
                        };
            }
            return sum;
        }

        private double classes(double[] out, int row) {
            double[] logits = out.length == 1 ? new double[] {0, out[0]} : out;
            double smoothing = loss instanceof Loss.CrossEntropy(double share) ? share : 0;
            double sum = 0;
            for (double z : logits) {
                sum += Math.exp(z);
            }
            double entropy = 0;
            for (int k = 0; k < logits.length; k++) {
                double wanted =
                        smoothing / logits.length + (data.target(row, 0) == k ? 1 - smoothing : 0);
                entropy -= wanted * (logits[k] - Math.log(sum));
            }
            return entropy;
        }

        double slope(double[] weights, int i) {
            double[] changed = weights.clone();
            changed[i] = weights[i] + STEP;
            double above = mean(changed);
            changed[i] = weights[i] - STEP;
            return (above - mean(changed)) / (2 * STEP);
        }
    }
}
