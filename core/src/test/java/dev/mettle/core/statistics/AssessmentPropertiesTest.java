package dev.mettle.core.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mettle.core.data.Series;
import dev.mettle.core.random.Purpose;
import dev.mettle.core.random.RandomStream;
import dev.mettle.core.random.Seed;
import dev.mettle.core.random.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What must hold of everything that an assessment says: intervals, noise and verdict. Of the
 * criteria themselves: {@link CriterionTest}.
 */
class AssessmentPropertiesTest {
    private static final double INFINITY = Double.POSITIVE_INFINITY;
    private static final int VECTORS = 20;

    private static List<Estimate> all(Losses losses) {
        LossSummary summary = LossSummary.of(losses);
        List<Estimate> all = new ArrayList<>(summary.estimates());
        all.add(summary.meanByBootstrap());
        all.add(summary.failureRate());
        return all;
    }

    private static RandomStream stream(int index) {
        return new RandomStream(
                new Seed(4, Purpose.ASSESS, Seed.Source.INIT, index), Stream.RESAMPLES);
    }

    private static double[] positive(RandomStream random, int count) {
        double[] losses = new double[count];
        Arrays.setAll(losses, _ -> StrictMath.exp(0.3 * random.nextGaussian()));
        return losses;
    }

    /** Logarithms of doubled losses are rounded anew, so intervals of cv agree to rounding only. */
    @ParameterizedTest
    @ValueSource(ints = {2, 5, 20})
    void doubledLossesDoubleEveryIntervalButThoseOfCvAndFailures(int count) {
        RandomStream random = stream(count);
        for (int vector = 0; vector < VECTORS; vector++) {
            double[] losses = positive(random, count);
            List<Estimate> once = all(Losses.of(losses));
            List<Estimate> twice =
                    all(Losses.of(Arrays.stream(losses).map(loss -> 2 * loss).toArray()));
            for (int i = 0; i < once.size(); i++) {
                String name = once.get(i).name();
                double factor = name.equals("cv") || name.equals("failure_rate") ? 1 : 2;
                assertSame(twice.get(i).value(), factor * once.get(i).value());
                assertSame(twice.get(i).low(), factor * once.get(i).low());
                assertSame(twice.get(i).high(), factor * once.get(i).high());
                assertSame(twice.get(i).standardError(), factor * once.get(i).standardError());
            }
        }
    }

    private static void assertSame(double actual, double expected) {
        if (Double.isInfinite(expected)) {
            assertThat(actual).isEqualTo(expected);
        } else {
            assertThat(actual).isCloseTo(expected, within(1e-9 * Math.abs(expected) + 1e-15));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 5, 20})
    void theOrderOfTheLossesReachesNothing(int count) {
        RandomStream random = stream(count);
        for (int vector = 0; vector < VECTORS; vector++) {
            double[] losses = positive(random, count);
            int[] order = new int[count];
            Arrays.setAll(order, i -> i);
            random.shuffle(order, count);
            Losses permuted = Losses.of(Arrays.stream(order).mapToDouble(i -> losses[i]).toArray());
            assertThat(all(permuted)).isEqualTo(all(Losses.of(losses)));
            assertThat(Robustness.of(permuted)).isEqualTo(Robustness.of(Losses.of(losses)));
        }
    }

    /** iqr excepted, whose first quartile may rise by more than its third. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 20, 40})
    void anotherFailureLowersNeitherValueNorUpperLimitAndEndsEveryHopeOfRobust(int count) {
        RandomStream random = stream(count);
        for (int vector = 0; vector < VECTORS; vector++) {
            double[] losses = positive(random, count);
            double[] more = Arrays.copyOf(losses, count + 1);
            more[count] = INFINITY;
            List<Estimate> before = all(Losses.of(losses));
            List<Estimate> after = all(Losses.of(more));
            for (int i = 0; i < before.size(); i++) {
                if (!before.get(i).name().equals("iqr")) {
                    assertThat(after.get(i).value())
                            .as(before.get(i).name())
                            .isGreaterThanOrEqualTo(before.get(i).value());
                }
            }
            assertThat(Robustness.of(Losses.of(more)).verdict()).isEqualTo(Robustness.Verdict.NO);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 20})
    void doubledLossesDoubleTheHeldOutLevelAndKeepTheShare(int instances) {
        RandomStream random = stream(instances);
        List<Series> once = new ArrayList<>();
        List<Series> twice = new ArrayList<>();
        for (int i = 0; i < instances; i++) {
            double[] blocks = positive(random, 20);
            once.add(Series.of(blocks));
            twice.add(Series.of(Arrays.stream(blocks).map(loss -> 2 * loss).toArray()));
        }
        HeldOutNoise noise = HeldOutNoise.of(once).orElseThrow();
        HeldOutNoise doubled = HeldOutNoise.of(twice).orElseThrow();
        assertThat(doubled.levelStandardError()).isEqualTo(2 * noise.levelStandardError());
        assertThat(doubled.spreadShare()).isEqualTo(noise.spreadShare());
        assertThat(HeldOutNoise.of(once.reversed()).orElseThrow().levelStandardError())
                .isCloseTo(noise.levelStandardError(), within(1e-15));
    }
}
