package dev.mettle.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;

import dev.mettle.core.data.Shape;
import dev.mettle.core.data.Task;
import dev.mettle.core.network.Activation;
import dev.mettle.core.network.Layer;
import dev.mettle.core.network.Network;
import dev.mettle.core.random.Purpose;
import dev.mettle.core.random.Seed;
import dev.mettle.core.study.Augmentation;
import dev.mettle.core.study.Clipping;
import dev.mettle.core.study.Loss;
import dev.mettle.core.study.Optimizer;
import dev.mettle.core.study.Recipe;
import dev.mettle.core.study.Schedule;
import dev.mettle.core.study.StudyDefaults;
import dev.mettle.core.study.Warmup;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A training step allocates nothing once compiled: a single vector that is boxed would show here.
 */
class AllocationTest {
    private static final Shape IMAGE = new Shape(1, 15, 15);
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int ROWS = 256;
    private static final long PATIENCE_NANOS = 20_000_000_000L;

    static Stream<Arguments> trainings() {
        return Stream.of(
                Arguments.of(Activation.RELU, Fixture.ADAM),
                Arguments.of(Activation.LEAKY_RELU, new Optimizer.Sgd(0.001, 0.9, true, 0)),
                Arguments.of(Activation.ELU, new Optimizer.RmsProp(0.001, 0.99, 1e-8, 0.5, 0)),
                Arguments.of(Activation.SILU, new Optimizer.AdamW(0.001, 0.9, 0.999, 1e-8, 0.1)),
                Arguments.of(Activation.TANH, Fixture.ADAM),
                Arguments.of(Activation.SIGMOID, Fixture.ADAM),
                Arguments.of(Activation.SELU, Fixture.ADAM),
                Arguments.of(Activation.GELU, Fixture.ADAM),
                Arguments.of(Activation.SOFTPLUS, Fixture.ADAM),
                Arguments.of(Activation.SOFTMAX, Fixture.ADAM));
    }

    static Stream<Arguments> losses() {
        return Stream.of(
                Arguments.of(new Loss.Mae(), 1),
                Arguments.of(new Loss.Huber(0.5), 2),
                Arguments.of(new Loss.LogCosh(), 1),
                Arguments.of(new Loss.Quantile(0.9), 3),
                Arguments.of(new Loss.CrossEntropy(0.1), 10),
                Arguments.of(new Loss.Bce(), 1));
    }

    @ParameterizedTest
    @MethodSource("losses")
    void noLossAllocates(Loss loss, int outputs) {
        Network network =
                new Network(
                        List.of(
                                new Layer.Dense(16),
                                new Layer.Activate(Activation.RELU),
                                new Layer.Dense(outputs)));
        int[] order = IntStream.range(0, ROWS).toArray();
        Task task = Fixture.task(loss, outputs);
        Workspace workspace = new Workspace();
        workspace
                .sample()
                .fill(Fixture.table(ROWS, 12, task), order, Fixture.unscaled(order, task));
        NetworkPlan plan = new NetworkPlan(network, Shape.flat(12), 0, 60);
        assertAllocatesNothing(
                new Training(plan, workspace, Fixture.recipe(loss, Fixture.ADAM, 60, 1)), order);
    }

    @Test
    void appendedCategoriesAndAugmentationAllocateNothing() {
        Shape shape = new Shape(2, 7, 6);
        int[] order = IntStream.range(0, ROWS).toArray();
        Workspace workspace = new Workspace();
        workspace
                .sample()
                .fill(InputTrainingTest.data(ROWS, shape), order, Fixture.unscaled(order, 2));
        Training training =
                new Training(
                        new NetworkPlan(InputTrainingTest.image(), shape, 2, 60),
                        workspace,
                        InputTrainingTest.recipe(
                                Fixture.ADAM,
                                60,
                                1,
                                new Augmentation(2, Augmentation.Flip.BOTH, 0.1)));
        training.augment(new Seed(1, Purpose.RACE, Seed.Source.INIT, 0), 0);
        assertAllocatesNothing(training, order);
    }

    @ParameterizedTest
    @MethodSource("trainings")
    void aTrainingStepAllocatesNothing(Activation function, Optimizer optimizer) {
        Network network = Fixture.convolutional(function, true);
        int[] order = IntStream.range(0, ROWS).toArray();
        Workspace workspace = new Workspace();
        workspace.sample().fill(Fixture.data(ROWS, IMAGE, 2), order, Fixture.unscaled(order, 2));
        NetworkPlan plan = new NetworkPlan(network, IMAGE, 2, 60);
        assertAllocatesNothing(
                new Training(plan, workspace, Fixture.recipe(optimizer, 60, 1)), order);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void deepNetworksAllocateNothing(int which) {
        Shape image = new Shape(1, 9, 9);
        int[] order = IntStream.range(0, ROWS).toArray();
        Workspace workspace = new Workspace();
        workspace.sample().fill(Fixture.data(ROWS, image, 2), order, Fixture.unscaled(order, 2));
        NetworkPlan plan = new NetworkPlan(DeepNetworks.whole().get(which), image, 2, 60);
        assertAllocatesNothing(
                new Training(plan, workspace, Fixture.recipe(Fixture.ADAM, 60, 1)), order);
    }

    static Stream<Recipe> recipes() {
        Recipe plain = Fixture.recipe(new Optimizer.Lion(1e-4, 0.9, 0.99, 0.1), 60, 20);
        Recipe adagrad = Fixture.recipe(new Optimizer.Adagrad(0.01, 0.1, 0, 1e-10, 0), 60, 20);
        Recipe adam = Fixture.recipe(Fixture.ADAM, 60, 20);
        Clipping clip = Fixture.clip(0.1, 0.5);
        return Stream.of(
                Fixture.with(plain, clip, new Schedule.Cosine(0.1), Warmup.NONE, Optional.empty()),
                Fixture.with(
                        adagrad,
                        clip,
                        new Schedule.ReduceOnPlateau(0.5, 1, 0.01, 1, 0),
                        new Warmup(5, 0.1),
                        Optional.empty()),
                Fixture.with(
                        adam, clip, StudyDefaults.ONE_CYCLE, new Warmup(3, 0.5), Optional.empty()));
    }

    @ParameterizedTest
    @MethodSource("recipes")
    void neitherClippingNorAScheduleAllocates(Recipe recipe) {
        int[] order = IntStream.range(0, ROWS).toArray();
        Workspace workspace = new Workspace();
        workspace.sample().fill(Fixture.data(ROWS, IMAGE, 2), order, Fixture.unscaled(order, 2));
        NetworkPlan plan =
                new NetworkPlan(Fixture.convolutional(Activation.RELU, true), IMAGE, 2, 60);
        assertAllocatesNothing(new Training(plan, workspace, recipe), order);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void windowsAllocateNothing(int which) {
        GradientCheckTest.Case c = WindowNetworks.whole().get(which);
        int[] order = IntStream.range(0, ROWS).toArray();
        Workspace workspace = new Workspace();
        workspace
                .sample()
                .fill(Fixture.data(ROWS, c.shape(), 2), order, Fixture.unscaled(order, 2));
        NetworkPlan plan = new NetworkPlan(c.network(), c.shape(), 2, 60);
        assertAllocatesNothing(
                new Training(plan, workspace, Fixture.recipe(Fixture.ADAM, 60, 1)), order);
    }

    private static void assertAllocatesNothing(Training training, int[] order) {
        training.initialise(new Seed(1, Purpose.RACE, Seed.Source.INIT, 0));
        long start = System.nanoTime();
        long allocated = Long.MAX_VALUE;
        while (allocated > 0 && System.nanoTime() - start < PATIENCE_NANOS) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            for (int epoch = 0; epoch < 10; epoch++) {
                training.epoch(order);
            }
            allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
        }
        assertThat(allocated).as("bytes in 50 steps after the warm-up").isZero();
    }
}
