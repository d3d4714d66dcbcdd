package dev.mettle.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mettle.core.study.Clipping;
import dev.mettle.core.study.Optimizer;
import dev.mettle.core.study.Recipe;
import dev.mettle.core.study.Schedule;
import dev.mettle.core.study.StudyDefaults;
import dev.mettle.core.study.Warmup;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Learning rates and momenta of every step against PyTorch 1.13: reference/engine/schedules.py made
 * schedules.txt.
 */
class PaceTest {
    private static final int EPOCHS = 12;
    private static final int STEPS = 3;
    private static final Optimizer SGD = new Optimizer.Sgd(0.02, 0.5, false, 0);
    private static final float[] LOSSES = {
        1, 0.8f, 0.8f, 0.79999f, 0.9f, 0.7f, 0.7f, 0.7f, 0.7f, Float.NaN, 0.7f, 0.7f
    };

    private static Schedule.OneCycle cycle(double rise, Optional<Schedule.Momentum> momentum) {
        return new Schedule.OneCycle(rise, 25, 1e4, momentum);
    }

    static Stream<Arguments> schedules() {
        Schedule constant = new Schedule.Constant();
        Schedule step = new Schedule.Step(5, 0.3);
        Schedule exponential = new Schedule.Exponential(0.8);
        Schedule plateau = new Schedule.ReduceOnPlateau(0.5, 1, 1e-4, 0, 0);
        Optional<Schedule.Momentum> usual = StudyDefaults.ONE_CYCLE.momentum();
        Schedule other =
                new Schedule.OneCycle(0.5, 10, 100, Optional.of(new Schedule.Momentum(0.8, 0.9)));
        return Stream.of(
                Arguments.of("constant", constant, Warmup.NONE),
                Arguments.of("step", step, Warmup.NONE),
                Arguments.of("exponential", exponential, Warmup.NONE),
                Arguments.of("cosine", new Schedule.Cosine(0), Warmup.NONE),
                Arguments.of("cosine-min", new Schedule.Cosine(0.1), Warmup.NONE),
                Arguments.of("one-cycle", StudyDefaults.ONE_CYCLE, Warmup.NONE),
                Arguments.of("one-cycle-adam", other, Warmup.NONE),
                Arguments.of("one-cycle-falls", cycle(0, Optional.empty()), Warmup.NONE),
                Arguments.of("one-cycle-short", cycle(0.02, usual), Warmup.NONE),
                Arguments.of("plateau", plateau, Warmup.NONE),
                Arguments.of(
                        "plateau-cooldown",
                        new Schedule.ReduceOnPlateau(0.1, 0, 0.05, 2, 0.05),
                        Warmup.NONE),
                Arguments.of("warmup-constant", constant, new Warmup(4, 1. / 3)),
                Arguments.of("warmup-step", step, new Warmup(3, 0.1)),
                Arguments.of("warmup-exponential", exponential, new Warmup(2, 0.5)),
                Arguments.of("warmup-cosine", new Schedule.Cosine(0.01), new Warmup(5, 1. / 3)),
                Arguments.of("warmup-plateau", plateau, new Warmup(4, 1. / 3)));
    }

    private static Pace pace(Schedule schedule, Warmup warmup) {
        Recipe plain = Fixture.recipe(SGD, 1, EPOCHS);
        return new Pace(Fixture.with(plain, Clipping.NONE, schedule, warmup, Optional.empty()));
    }

    /** Returns rates and momenta of every step. */
    private static double[][] run(Pace pace, int epochs) {
        double[] rates = new double[epochs * STEPS];
        double[] momenta = new double[epochs * STEPS];
        for (int i = 0; i < rates.length; i++) {
            pace.begin(i % STEPS, STEPS);
            rates[i] = pace.rate();
            momenta[i] = pace.momentum(0.5);
            if (i % STEPS == STEPS - 1) {
                pace.end(LOSSES[i / STEPS % EPOCHS]);
            }
        }
        return new double[][] {rates, momenta};
    }

    @ParameterizedTest
    @MethodSource("schedules")
    void everyStepHasTheRateOfPyTorch(String name, Schedule schedule, Warmup warmup)
            throws IOException {
        double[][] actual = run(pace(schedule, warmup), EPOCHS);
        assertThat(actual[0]).containsExactly(expected(name, "rate"), within(1e-16));
        double[] momenta = expected(name, "momentum");
        if (momenta.length > 0) {
            assertThat(actual[1]).containsExactly(momenta, within(1e-14));
        } else {
            assertThat(actual[1]).containsOnly(0.5);
        }
    }

    /** PyTorch divides by 0 here. */
    @Test
    void aCycleThatOnlyRisesEndsAtTheTop() {
        double[] rates = run(pace(cycle(1, Optional.empty()), Warmup.NONE), EPOCHS)[0];
        assertThat(rates).isSorted();
        assertThat(rates[0]).isCloseTo(0.02 / 25, within(1e-15));
        assertThat(rates[rates.length - 1]).isCloseTo(0.02, within(1e-15));
        Recipe one =
                Fixture.with(
                        Fixture.recipe(SGD, 1, 1),
                        Clipping.NONE,
                        cycle(1, Optional.empty()),
                        Warmup.NONE,
                        Optional.empty());
        Pace pace = new Pace(one);
        pace.begin(0, 1);
        assertThat(pace.rate()).isCloseTo(0.02, within(1e-15));
    }

    /** As PyTorch with OneCycleLR made first, so that its first rate is the one LinearLR knows. */
    @Test
    void aWarmUpLeadsToTheFirstRateOfACycle() {
        Warmup warmup = new Warmup(4, 0.25);
        double[][] actual = run(pace(StudyDefaults.ONE_CYCLE, warmup), EPOCHS);
        double first = 0.02 / 25;
        for (int i = 0; i <= 12; i++) {
            assertThat(actual[0][i]).isCloseTo(first * (0.25 + 0.75 * i / 12), within(1e-16));
            assertThat(actual[1][i]).isCloseTo(0.95, within(1e-15));
        }
        assertThat(Arrays.stream(actual[0]).max().orElseThrow()).isBetween(0.0199, 0.02);
        assertThat(actual[0][35]).isCloseTo(first / 1e4, within(1e-18));
    }

    @Test
    void theCosineIsAccurate() {
        for (int i = 0; i <= 10_000; i++) {
            double x = i / 10_000.0;
            // StrictMath sees a rounded πx: 2 · 10⁻¹⁶ of its own error, twice
            assertThat(CosinePi.of(x)).isCloseTo(StrictMath.cos(Math.PI * x), within(7e-16));
        }
        assertThat(CosinePi.of(0)).isEqualTo(1);
        assertThat(CosinePi.of(0.5)).isZero();
        assertThat(CosinePi.of(1)).isEqualTo(-1);
    }

    @Test
    void epochsBehindTheLastAreLikeIt() {
        for (Schedule schedule :
                new Schedule[] {new Schedule.Cosine(0.1), StudyDefaults.ONE_CYCLE}) {
            double[] rates = run(pace(schedule, Warmup.NONE), 2 * EPOCHS)[0];
            assertThat(rates[rates.length - 1]).isEqualTo(rates[EPOCHS * STEPS - 1]);
        }
    }

    /** A denormal float would make every step a hundred times slower. */
    @Test
    void aRateThatIsAlmostNothingIsNothing() {
        double[] rates = run(pace(new Schedule.Exponential(1e-6), Warmup.NONE), 10)[0];
        assertThat(rates[3 * STEPS]).isCloseTo(0.02e-18, within(1e-32));
        assertThat(rates[9 * STEPS]).isZero();
    }

    private static double[] expected(String name, String what) throws IOException {
        try (var stream = PaceTest.class.getResourceAsStream("schedules.txt")) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith(name + " " + what + " "))
                    .flatMap(line -> Arrays.stream(line.split(" ")).skip(2))
                    .mapToDouble(Double::parseDouble)
                    .toArray();
        }
    }
}
