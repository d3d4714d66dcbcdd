package dev.mettle.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.mettle.core.data.Dataset;
import dev.mettle.core.data.Partition;
import dev.mettle.core.data.Sample;
import dev.mettle.core.data.Shape;
import dev.mettle.core.data.Task;
import dev.mettle.core.instance.InstanceKey;
import dev.mettle.core.instance.Outcome;
import dev.mettle.core.network.Activation;
import dev.mettle.core.network.Layer;
import dev.mettle.core.network.Network;
import dev.mettle.core.random.Purpose;
import dev.mettle.core.study.HeldOutLoss;
import dev.mettle.core.study.Loss;
import dev.mettle.core.study.Recipe;
import dev.mettle.core.study.StabilityStop;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Whole instances with every loss, several outputs and classes. */
class TaskTrainingTest {
    private static final int ROWS = 400;
    private static final InstanceKey KEY = InstanceKey.paired("candidate", Purpose.CERTIFY, 0);

    private static NetworkTrainer trainer(Task task, HeldOutLoss loss, int sample) {
        Dataset data = Fixture.table(ROWS, 12, task);
        Partition partition = Fixture.partition(ROWS);
        int[] rows = Arrays.copyOf(partition.pool(), sample);
        return new NetworkTrainer(
                5,
                data,
                partition,
                Fixture.source(sample, (_, _) -> Fixture.unscaled(rows, task)),
                loss);
    }

    private static Network network(int outputs) {
        return new Network(
                List.of(
                        new Layer.Dense(16),
                        new Layer.Activate(Activation.RELU),
                        new Layer.Dense(outputs)));
    }

    static Stream<Arguments> losses() {
        return Stream.of(
                Arguments.of(new Loss.Mse(), 3),
                Arguments.of(new Loss.Mae(), 1),
                Arguments.of(new Loss.Huber(0.5), 2),
                Arguments.of(new Loss.LogCosh(), 5),
                Arguments.of(new Loss.Quantile(0.7), 1),
                Arguments.of(new Loss.CrossEntropy(0), 10),
                Arguments.of(new Loss.CrossEntropy(0.2), 3),
                Arguments.of(new Loss.Bce(), 1));
    }

    @ParameterizedTest
    @MethodSource("losses")
    void everyLossLearnsWhatFollowsFromTheInputs(Loss loss, int outputs) {
        Task task = Fixture.task(loss, outputs);
        Recipe recipe = Fixture.recipe(loss, Fixture.ADAM, 20, 60);
        Outcome outcome =
                trainer(task, loss.heldOut(), 150)
                        .train(Fixture.candidate(network(outputs), recipe), KEY);
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Completed.class,
                        completed -> {
                            assertThat(completed.curve().get(59))
                                    .isLessThan(0.7 * completed.curve().get(0));
                            assertThat(completed.evaluation().metrics())
                                    .containsKey(
                                            task instanceof Task.Classification
                                                    ? "auc"
                                                    : outputs == 1 ? "mae" : "loss.0");
                        });
    }

    /** Three rows in one block: what 29 lanes without a row hold must not change a bit. */
    @ParameterizedTest
    @MethodSource("losses")
    void lanesWithoutARowContributeNothing(Loss loss, int outputs) {
        NetworkTrainer trainer = trainer(Fixture.task(loss, outputs), loss.heldOut(), 3);
        Outcome small =
                trainer.train(
                        Fixture.candidate(
                                network(outputs), Fixture.recipe(loss, Fixture.ADAM, 3, 5)),
                        KEY);
        Outcome large =
                trainer.train(
                        Fixture.candidate(
                                network(outputs), Fixture.recipe(loss, Fixture.ADAM, 500, 5)),
                        KEY);
        assertThat(small).isEqualTo(large);
        assertThat(small.loss()).isFinite();
    }

    @Test
    void theNumberOfOutputsMustBeThatOfTheLoss() {
        Task task = Fixture.task(new Loss.CrossEntropy(0), 3);
        Recipe recipe = Fixture.recipe(new Loss.CrossEntropy(0), Fixture.ADAM, 10, 1);
        assertThatThrownBy(() ->
                        trainer(task, new HeldOutLoss.ErrorRate(), 30)
                                .train(Fixture.candidate(network(4), recipe), KEY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must end in 3 outputs, but its last layer has 4");
    }

    /** Row 0 of the table has a class of its own: a constant model is all there is to learn. */
    @Test
    void aSampleOfOneClassIsNotCalledDiverged() {
        Task task = Fixture.task(new Loss.Bce(), 1);
        Recipe plain = Fixture.recipe(new Loss.Bce(), Fixture.ADAM, 1, 2);
        Recipe recipe =
                new Recipe(
                        plain.loss(),
                        plain.optimizer(),
                        plain.init().method(),
                        1,
                        2,
                        new StabilityStop.On(0.1, 30));
        assertThat(
                        trainer(task, new HeldOutLoss.CrossEntropy(), 1)
                                .train(Fixture.candidate(network(1), recipe), KEY))
                .isInstanceOf(Outcome.Completed.class);
    }

    @Test
    void aConstantModelHasTheLossOfItsFormula() {
        int[] rows = IntStream.range(0, 4).toArray();
        assertThat(numbers(new Loss.Mse(), 0, 2, 4, 6)).isCloseTo(5, within(1e-12));
        assertThat(numbers(new Loss.Mae(), 0, 2, 4, 6)).isCloseTo(2, within(1e-12));
        assertThat(numbers(new Loss.Huber(1), 0, 2, 4, 6)).isCloseTo(1.5, within(1e-12));
        assertThat(numbers(new Loss.LogCosh(), 0, 2, 4, 6))
                .isCloseTo((Math.log(Math.cosh(3)) + Math.log(Math.cosh(1))) / 2, within(1e-12));
        assertThat(numbers(new Loss.Quantile(0.9), 0, 2, 4, 6)).isCloseTo(1, within(1e-12));
        Task task = Fixture.task(new Loss.Bce(), 1);
        Sample sample = Fixture.unscaled(rows, task);
        Dataset labels =
                new Dataset(
                        Shape.flat(1),
                        new float[4],
                        List.of(),
                        new float[0],
                        task,
                        new double[] {0, 1, 0, 0},
                        "");
        double entropy = -Math.log(4 / 6.0) * 4 / 6 - Math.log(2 / 6.0) * 2 / 6;
        assertThat(new ConstantModel(labels, sample).loss(new Loss.Bce()))
                .isCloseTo(entropy, within(1e-12));
        double p = 0.8 * 2 / 6 + 0.1;
        assertThat(new ConstantModel(labels, sample).loss(new Loss.CrossEntropy(0.2)))
                .isCloseTo(-p * Math.log(p) - (1 - p) * Math.log(1 - p), within(1e-12));
    }

    private static double numbers(Loss loss, double... targets) {
        Task task = Task.regression("y");
        Dataset data =
                new Dataset(
                        Shape.flat(1),
                        new float[targets.length],
                        List.of(),
                        new float[0],
                        task,
                        targets,
                        "");
        int[] rows = IntStream.range(0, targets.length).toArray();
        return new ConstantModel(data, Fixture.unscaled(rows, task)).loss(loss);
    }
}
