package dev.mettle.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mettle.core.data.Sample;
import dev.mettle.core.data.Scale;
import dev.mettle.core.data.Shape;
import dev.mettle.core.data.Task;
import dev.mettle.core.network.Activation;
import dev.mettle.core.study.Optimizer;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How far 200 steps of training stray from PyTorch's in float64, beside how far PyTorch's own in
 * float32 do: reference/engine/rounding_growth.py made rounding-growth.txt. Started as a program it
 * prints the table of docs/math/agreement.md.
 */
class RoundingGrowthTest {
    private static final int ROWS = 300;
    private static final int BATCH = 60;
    private static final int[] STEPS = {1, 10, 50, 100, 200};

    /** Both strayings are sums of hundreds of roundings; they differ by luck. */
    private static final double FACTOR = 2;

    /** A few float32 roundings of the predictions. */
    private static final double LEAST = 5e-7;

    private record Run(String name, Activation activation, Optimizer optimizer) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Run> runs() {
        return Stream.of(
                new Run(
                        "relu-adam",
                        Activation.RELU,
                        new Optimizer.Adam(0.003, 0.9, 0.999, 1e-8, 0)),
                new Run(
                        "leaky_relu-adam-decay",
                        Activation.LEAKY_RELU,
                        new Optimizer.Adam(0.002, 0.9, 0.999, 1e-8, 0.02)),
                new Run(
                        "elu-adamw",
                        Activation.ELU,
                        new Optimizer.AdamW(0.002, 0.9, 0.999, 1e-8, 0.05)),
                new Run(
                        "silu-nesterov",
                        Activation.SILU,
                        new Optimizer.Sgd(0.02, 0.9, true, 0.001)),
                new Run(
                        "tanh-rmsprop",
                        Activation.TANH,
                        new Optimizer.RmsProp(0.001, 0.99, 1e-8, 0.5, 0.01)),
                new Run("sigmoid-sgd", Activation.SIGMOID, new Optimizer.Sgd(0.05, 0, false, 0)));
    }

    @ParameterizedTest
    @MethodSource("runs")
    void trainingsStrayFromFloat64NoFurtherThanPyTorchsFloat32(Run run) {
        double[] exact = expected(run.name(), "float64");
        double[] single = expected(run.name(), "float32");
        double[] actual = train(run, exact.length);
        for (int steps : STEPS) {
            assertThat(straying(actual, exact, steps))
                    .as("%s, %d steps", run, steps)
                    .isLessThan(FACTOR * straying(single, exact, steps) + LEAST);
        }
    }

    /** Prints the largest relative differences up to each step. */
    public static void main(String[] arguments) {
        System.out.println("| training | steps | Mettle - float64 | PyTorch float32 - float64 |");
        System.out.println("|---|---|---|---|");
        runs().forEach(run -> {
            double[] exact = expected(run.name(), "float64");
            double[] single = expected(run.name(), "float32");
            double[] actual = train(run, exact.length);
            for (int steps : STEPS) {
                System.out.printf(
                        Locale.ROOT,
                        "| %s | %d | %.1e | %.1e |%n",
                        run,
                        steps,
                        straying(actual, exact, steps),
                        straying(single, exact, steps));
            }
        });
    }

    /** Returns the largest relative difference of the first losses. */
    private static double straying(double[] losses, double[] exact, int steps) {
        double largest = 0;
        for (int i = 0; i < steps; i++) {
            largest = Math.max(largest, Math.abs(losses[i] - exact[i]) / exact[i]);
        }
        return largest;
    }

    private static double[] train(Run run, int steps) {
        Shape image = new Shape(1, 15, 15);
        NetworkPlan plan =
                new NetworkPlan(WholeTrainingTest.conv(run.activation()), image, 0, BATCH);
        Workspace workspace = new Workspace();
        int[] order = IntStream.range(0, ROWS).toArray();
        Sample sample = new Sample(order, List.of(Scale.NONE), List.of(), List.of(Scale.NONE));
        workspace
                .sample()
                .fill(WholeTrainingTest.data(ROWS, image, Task.regression("y")), order, sample);
        Training training =
                new Training(plan, workspace, Fixture.recipe(run.optimizer(), BATCH, 1));
        training.restore(WholeTrainingTest.initial(plan));
        double[] losses = new double[steps];
        for (int step = 0; step < steps; step++) {
            int first = step * BATCH % ROWS;
            losses[step] = training.step(order, first, first + BATCH) / BATCH;
        }
        return losses;
    }

    private static double[] expected(String name, String kind) {
        try (var stream = RoundingGrowthTest.class.getResourceAsStream("rounding-growth.txt")) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith(name + " " + kind + " "))
                    .flatMap(line -> Arrays.stream(line.split(" ")).skip(2))
                    .mapToDouble(Double::parseDouble)
                    .toArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
