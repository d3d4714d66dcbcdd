package dev.mettle.calorimeter.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mettle.core.random.Purpose;
import dev.mettle.core.random.RandomStream;
import dev.mettle.core.random.Seed;
import dev.mettle.core.random.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;

/**
 * Samples against their distribution functions. The largest distance between the two is below 2 /
 * √n except in about one of 1,500 cases (Kolmogorov); the seeds are fixed.
 */
class SamplersTest {
    private static final int COUNT = 100_000;
    private static final double LARGEST_DISTANCE = 2 / Math.sqrt(COUNT);

    private static RandomStream random(int seed) {
        return new RandomStream(new Seed(seed, Purpose.RACE, Seed.Source.SAMPLE, 0), Stream.SHOWER);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.05, 0.3, 1, 2.5, 40, 3000})
    void gammaNumbersFollowTheirDistribution(double shape) {
        RandomStream random = random(1);
        double[] drawn = new double[COUNT];
        Arrays.setAll(drawn, _ -> GammaSampler.draw(random, shape));
        Arrays.sort(drawn);
        double lnGamma = GammaFunction.lnGamma(shape);
        double distance = 0;
        for (int i = 0; i < COUNT; i++) {
            double below = GammaFunction.share(shape, lnGamma, drawn[i]);
            distance = Math.max(distance, Math.abs(below - (i + 0.5) / COUNT));
        }
        assertThat(distance).isLessThan(LARGEST_DISTANCE);
        assertThat(drawn[0]).isNotNegative();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.01, 0.5, 3, 9.9, 10.1, 50, 3000, 300_000})
    void poissonNumbersFollowTheirDistribution(double mean) {
        RandomStream random = random(2);
        double[] drawn = new double[COUNT];
        Arrays.setAll(drawn, _ -> PoissonSampler.draw(random, mean));
        Arrays.sort(drawn);
        double distance = 0;
        for (int i = 0; i < COUNT; i++) {
            boolean lastOfItsKind = i == COUNT - 1 || drawn[i + 1] > drawn[i];
            if (lastOfItsKind) {
                double shape = drawn[i] + 1;
                double atMost = 1 - GammaFunction.share(shape, GammaFunction.lnGamma(shape), mean);
                distance = Math.max(distance, Math.abs(atMost - (i + 1.0) / COUNT));
            }
        }
        assertThat(distance).isLessThan(LARGEST_DISTANCE);
        assertThat(Arrays.stream(drawn).allMatch(n -> n == Math.rint(n) && n >= 0)).isTrue();
    }

    @Test
    void aMeanOfZeroOrLessGivesZero() {
        assertThat(PoissonSampler.draw(random(3), 0)).isZero();
        assertThat(PoissonSampler.draw(random(3), -1)).isZero();
    }

    @Test
    void veryLargeMeansKeepTheirPrecision() {
        RandomStream random = random(4);
        double sum = 0;
        for (int i = 0; i < 1000; i++) {
            sum += PoissonSampler.draw(random, 1e12) - 1e12;
        }
        assertThat(sum / 1000).isCloseTo(0, within(5 * 1e6 / Math.sqrt(1000)));
    }
}
