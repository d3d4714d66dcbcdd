package dev.mettle.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mettle.core.data.Shape;
import dev.mettle.core.network.Layer;
import dev.mettle.core.network.Network;
import dev.mettle.core.study.Optimizer;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Six steps of every optimiser against PyTorch 1.13: reference/engine/optimisers.py made
 * optimisers.txt.
 */
class OptimizerStepsTest {
    private static final float[] START = {1, -2, 0.5f, 0};

    static Stream<Arguments> optimizers() {
        return Stream.of(
                Arguments.of("sgd", new Optimizer.Sgd(0.1, 0, false, 0)),
                Arguments.of("sgd-decay", new Optimizer.Sgd(0.1, 0, false, 0.05)),
                Arguments.of("sgd-momentum", new Optimizer.Sgd(0.1, 0.9, false, 0.01)),
                Arguments.of("sgd-nesterov", new Optimizer.Sgd(0.1, 0.8, true, 0.01)),
                Arguments.of("rmsprop", new Optimizer.RmsProp(0.01, 0.99, 1e-8, 0, 0)),
                Arguments.of("rmsprop-momentum", new Optimizer.RmsProp(0.02, 0.9, 1e-8, 0.7, 0.03)),
                Arguments.of("adagrad", new Optimizer.Adagrad(0.1, 0, 0, 1e-10, 0)),
                Arguments.of("adagrad-decays", new Optimizer.Adagrad(0.2, 0.3, 0, 1e-6, 0.05)),
                Arguments.of("adagrad-accumulator", new Optimizer.Adagrad(0.1, 0, 0.5, 1e-10, 0)),
                Arguments.of("adam", new Optimizer.Adam(0.01, 0.9, 0.999, 1e-8, 0)),
                Arguments.of("adam-decay", new Optimizer.Adam(0.02, 0.8, 0.95, 1e-6, 0.1)),
                Arguments.of("adamw", new Optimizer.AdamW(0.02, 0.9, 0.999, 1e-8, 0.2)),
                Arguments.of("lion", new Optimizer.Lion(0.01, 0.6, 0.2, 0)),
                Arguments.of("lion-decay", new Optimizer.Lion(0.03, 0.8, 0.95, 0.5)));
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void sixStepsEqualPyTorch(String name, Optimizer optimizer) throws IOException {
        NetworkPlan plan =
                new NetworkPlan(new Network(List.of(new Layer.Dense(1))), Shape.flat(1), 0, 1);
        Workspace workspace = new Workspace();
        workspace.attach(plan);
        System.arraycopy(START, 0, workspace.weights(), 0, START.length);
        Pace pace = new Pace(Fixture.recipe(optimizer, 1, 1));
        OptimizerSteps steps = new OptimizerSteps(optimizer, pace);
        steps.start(workspace, plan.weightFloats());
        for (int t = 1; t <= 6; t++) {
            for (int i = 0; i < START.length; i++) {
                workspace.gradients()[i] = (float) (Math.sin(3 * t + i) * Math.pow(10, i - 2));
            }
            steps.step(workspace, plan.weightFloats());
        }
        double[] expected = expected(name);
        for (int i = 0; i < START.length; i++) {
            assertThat((double) workspace.weights()[i])
                    .isCloseTo(expected[i], within(3e-7 * (1 + Math.abs(expected[i]))));
        }
    }

    private static double[] expected(String name) throws IOException {
        try (var stream = OptimizerStepsTest.class.getResourceAsStream("optimisers.txt")) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.split(" "))
                    .filter(words -> words[0].equals(name))
                    .flatMapToDouble(
                            words -> Arrays.stream(words).skip(1).mapToDouble(Double::parseDouble))
                    .toArray();
        }
    }
}
