package dev.mettle.core.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mettle.core.random.Purpose;
import dev.mettle.core.random.RandomStream;
import dev.mettle.core.random.Seed;
import dev.mettle.core.random.Stream;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

import java.util.Arrays;

/** Expected numbers: reference/loss_statistics.py, by 400,000 resamples. */
class StudentisedBootstrapTest {
    private static final double INFINITY = Double.POSITIVE_INFINITY;

    private static Estimate mean(Losses losses) {
        return LossSummary.of(losses).meanByBootstrap();
    }

    /**
     * A limit is the 50th of 1,999 sorted scores, give or take seven places (a standard deviation):
     * some 5 % of its distance from the mean.
     */
    private static Offset<Double> noise(double limit, Losses losses) {
        return within(0.1 * Math.abs(limit - losses.mean()));
    }

    @Test
    void theLimitsAreThoseOfManyMoreResamples() {
        Losses twenty = ReferenceLosses.TWENTY;
        Estimate estimate = mean(twenty);
        assertThat(estimate.name()).isEqualTo("mean");
        assertThat(estimate.value()).isEqualTo(twenty.mean());
        assertThat(estimate.low())
                .isCloseTo(0.012852706846817167, noise(0.012852706846817167, twenty));
        assertThat(estimate.high())
                .isCloseTo(0.015347117678957392, noise(0.015347117678957392, twenty));
        assertThat(estimate.standardError())
                .isCloseTo(0.0004761399064627075, within(1e-15)); // that of Student's
        assertThat(estimate.method()).isEqualTo("studentised bootstrap, 1,999 resamples");
        Losses skewed = ReferenceLosses.SKEWED;
        assertThat(mean(skewed).low()).isCloseTo(1.1169, noise(1.1169, skewed));
        assertThat(mean(skewed).high()).isCloseTo(2.2781, noise(2.2781, skewed));
    }

    @Test
    void doubledLossesDoubleTheLimitsAndTheOrderDoesNotMatter() {
        double[] losses = ReferenceLosses.SKEWED.toArray();
        Estimate once = mean(Losses.of(losses));
        Estimate twice = mean(Losses.of(Arrays.stream(losses).map(x -> 2 * x).toArray()));
        assertThat(twice.low()).isEqualTo(2 * once.low());
        assertThat(twice.high()).isEqualTo(2 * once.high());
        assertThat(twice.standardError()).isEqualTo(2 * once.standardError());
        double[] turned = new double[losses.length];
        Arrays.setAll(turned, i -> losses[losses.length - 1 - i]);
        assertThat(mean(Losses.of(turned))).isEqualTo(once);
    }

    @Test
    void lossesThatSayNothingGiveNoLimits() {
        assertThat(mean(Losses.of(3)).high()).isEqualTo(INFINITY);
        Estimate two = mean(Losses.of(1, 2)); // half of all resamples are equal losses
        assertThat(two.low()).isEqualTo(-INFINITY);
        assertThat(two.high()).isEqualTo(INFINITY);
        Estimate equal = mean(Losses.of(2, 2, 2));
        assertThat(equal.low()).isEqualTo(2);
        assertThat(equal.high()).isEqualTo(2);
        Estimate failed = mean(Losses.of(1, 2, INFINITY));
        assertThat(failed.low()).isEqualTo(INFINITY);
        double huge = Double.MAX_VALUE;
        for (Losses strange : new Losses[] {Losses.of(-huge, huge), Losses.of(huge, huge, 1)}) {
            assertThat(mean(strange).low()).isLessThanOrEqualTo(mean(strange).high());
        }
    }

    /**
     * Log-normal losses with sigma 1, n = 20: Student's interval covers 86.7 %, this one 92.2 %
     * (reference/interval_coverage.py); four deviations of 1,000 repeats are 3.4 %.
     */
    @Test
    void itCoversTheMeanOfSkewedLossesMoreOftenThanStudentsInterval() {
        RandomStream random =
                new RandomStream(
                        new Seed(10, Purpose.ASSESS, Seed.Source.INIT, 0), Stream.RESAMPLES);
        double truth = Math.exp(0.5);
        int covered = 0;
        int student = 0;
        for (int repeat = 0; repeat < 1000; repeat++) {
            double[] losses = new double[20];
            Arrays.setAll(losses, _ -> StrictMath.exp(random.nextGaussian()));
            Estimate own = mean(Losses.of(losses));
            Estimate other = LossSummary.estimate(Losses.of(losses), new Criterion.Mean());
            covered += own.low() <= truth && truth <= own.high() ? 1 : 0;
            student += other.low() <= truth && truth <= other.high() ? 1 : 0;
        }
        assertThat(covered / 1000.0).isCloseTo(0.922, within(0.036));
        assertThat(covered).isGreaterThan(student);
    }
}
