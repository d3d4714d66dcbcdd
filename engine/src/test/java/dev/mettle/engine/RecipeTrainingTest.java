package dev.mettle.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import dev.mettle.core.data.Dataset;
import dev.mettle.core.data.Scale;
import dev.mettle.core.data.Shape;
import dev.mettle.core.data.Task;
import dev.mettle.core.network.Activation;
import dev.mettle.core.study.Clipping;
import dev.mettle.core.study.Optimizer;
import dev.mettle.core.study.Recipe;
import dev.mettle.core.study.Schedule;
import dev.mettle.core.study.StudyDefaults;
import dev.mettle.core.study.Warmup;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Whole trainings with adagrad, lion, clipped gradients and schedules against PyTorch 1.13:
 * reference/engine/recipes.py made recipes.txt.
 */
class RecipeTrainingTest {
    private static final Shape IMAGE = new Shape(1, 15, 15);
    private static final int ROWS = 300;
    private static final Clipping NO_CLIP = Clipping.NONE;
    private static final Schedule CONSTANT = new Schedule.Constant();

    static Stream<Arguments> recipes() {
        Optimizer momentum = new Optimizer.Sgd(0.05, 0.9, false, 0);
        Clipping norm = new Clipping(OptionalDouble.empty(), OptionalDouble.of(0.5));
        Clipping value = new Clipping(OptionalDouble.of(0.03), OptionalDouble.empty());
        Schedule cycle = StudyDefaults.ONE_CYCLE;
        return Stream.of(
                Arguments.of(
                        "adagrad",
                        new Optimizer.Adagrad(0.02, 0.01, 0, 1e-10, 0),
                        NO_CLIP,
                        CONSTANT),
                Arguments.of("lion", new Optimizer.Lion(0.0005, 0.9, 0.99, 0.1), NO_CLIP, CONSTANT),
                Arguments.of("clip-norm", momentum, norm, CONSTANT),
                Arguments.of("clip-value", momentum, value, CONSTANT),
                Arguments.of("clip-both", adam(0.003), Fixture.clip(0.05, 0.3), CONSTANT),
                Arguments.of("one-cycle-sgd", new Optimizer.Sgd(0.01, 0, false, 0), NO_CLIP, cycle),
                Arguments.of("one-cycle-adam", adam(0.01), NO_CLIP, cycle),
                Arguments.of(
                        "one-cycle-adamw",
                        new Optimizer.AdamW(0.01, 0.9, 0.999, 1e-8, 0.1),
                        NO_CLIP,
                        cycle),
                Arguments.of(
                        "one-cycle-rmsprop",
                        new Optimizer.RmsProp(0.002, 0.99, 1e-8, 0, 0),
                        NO_CLIP,
                        cycle),
                Arguments.of(
                        "cosine-adamw",
                        new Optimizer.AdamW(0.003, 0.9, 0.999, 1e-8, 0.1),
                        NO_CLIP,
                        new Schedule.Cosine(0.01)),
                Arguments.of(
                        "plateau-adam",
                        adam(0.02),
                        NO_CLIP,
                        new Schedule.ReduceOnPlateau(0.2, 0, 0.2, 0, 0)),
                Arguments.of(
                        "step-adagrad",
                        new Optimizer.Adagrad(0.03, 0, 0, 1e-10, 0),
                        NO_CLIP,
                        new Schedule.Step(3, 0.3)));
    }

    private static Optimizer adam(double rate) {
        return new Optimizer.Adam(rate, 0.9, 0.999, 1e-8, 0);
    }

    @ParameterizedTest
    @MethodSource("recipes")
    void aWholeTrainingFollowsPyTorch(
            String name, Optimizer optimizer, Clipping clip, Schedule schedule) throws IOException {
        double[] expectedCurve = expected(name, "curve");
        double[] expectedPrediction = expected(name, "prediction");
        Dataset data = data(name.startsWith("clip") ? 4 : 1);
        Recipe recipe =
                Fixture.with(
                        Fixture.recipe(optimizer, 64, expectedCurve.length),
                        clip,
                        schedule,
                        Warmup.NONE,
                        Optional.empty());
        NetworkPlan plan = new NetworkPlan(WholeTrainingTest.conv(Activation.TANH), IMAGE, 0, 64);
        Workspace workspace = new Workspace();
        int[] order = IntStream.range(0, ROWS).toArray();
        workspace.sample().fill(data, order, Fixture.unscaled(order, data.task()));
        Training training = new Training(plan, workspace, recipe);
        training.restore(WholeTrainingTest.initial(plan));
        for (int epoch = 0; epoch < expectedCurve.length; epoch++) {
            assertThat((double) training.epoch(order))
                    .as("%s, epoch %d", name, epoch + 1)
                    .isCloseTo(expectedCurve[epoch], offset(3e-5 * expectedCurve[epoch]));
        }
        double[] predictions = new double[ROWS];
        training.propagation().predict(workspace.sample(), order, List.of(Scale.NONE), predictions);
        assertThat(Arrays.copyOf(predictions, expectedPrediction.length))
                .containsExactly(expectedPrediction, offset(3e-5));
    }

    /** The rows of WholeTrainingTest; every 37th target is that many times as large. */
    private static Dataset data(double outlier) {
        Dataset plain = WholeTrainingTest.data(ROWS, IMAGE, Task.regression("y"));
        double[] targets = new double[ROWS];
        for (int i = 0; i < ROWS; i++) {
            targets[i] = plain.target(i, 0) * (i % 37 == 0 ? outlier : 1);
        }
        return new Dataset(
                IMAGE, plain.inputs(), List.of(), new float[0], plain.task(), targets, "");
    }

    private static double[] expected(String name, String what) throws IOException {
        try (var stream = RecipeTrainingTest.class.getResourceAsStream("recipes.txt")) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith(name + " " + what + " "))
                    .flatMap(line -> Arrays.stream(line.split(" ")).skip(2))
                    .mapToDouble(Double::parseDouble)
                    .toArray();
        }
    }
}
