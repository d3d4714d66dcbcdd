package dev.mettle.core.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mettle.core.random.Purpose;
import dev.mettle.core.random.RandomStream;
import dev.mettle.core.random.Seed;
import dev.mettle.core.random.Stream;

import org.junit.jupiter.api.Test;

import java.util.Arrays;

/** Expected numbers: reference/loss_statistics.py. */
class EmpiricalDistributionTest {
    @Test
    void theHalfHeightIsMassarts() {
        assertThat(EmpiricalDistribution.halfHeight(20))
                .isCloseTo(0.3036807309541526, within(1e-12));
        assertThat(EmpiricalDistribution.halfHeight(100))
                .isCloseTo(0.13581015157406195, within(1e-12));
    }

    @Test
    void theShareCountsTiesAndNeverReachesFailures() {
        EmpiricalDistribution all =
                new EmpiricalDistribution(Losses.of(1, 2, 2, 3, Double.POSITIVE_INFINITY));
        assertThat(all.at(0.5)).isZero();
        assertThat(all.at(2)).isEqualTo(0.6);
        assertThat(all.at(100)).isEqualTo(0.8);
        assertThat(all.low(0.5)).isZero();
        assertThat(all.high(100)).isEqualTo(1);
    }

    /** Of 2,000 bands at least 95 % hold the whole distribution; four deviations are 2 %. */
    @Test
    void theBandHoldsTheWholeDistributionAsOftenAsItClaims() {
        RandomStream random =
                new RandomStream(
                        new Seed(9, Purpose.ASSESS, Seed.Source.INIT, 0), Stream.RESAMPLES);
        int n = 20;
        int held = 0;
        for (int repeat = 0; repeat < 2000; repeat++) {
            double[] uniform = new double[n];
            Arrays.setAll(uniform, _ -> random.nextDouble());
            Losses losses = Losses.of(uniform);
            double band = EmpiricalDistribution.halfHeight(n);
            boolean inside = true;
            for (int i = 1; i <= n; i++) { // F(x) = x; F_n jumps at each loss
                double x = losses.ordered(i);
                inside &= Math.abs((double) i / n - x) <= band;
                inside &= Math.abs((i - 1.0) / n - x) <= band;
            }
            held += inside ? 1 : 0;
        }
        assertThat(held / 2000.0).isBetween(0.94, 0.98);
    }
}
