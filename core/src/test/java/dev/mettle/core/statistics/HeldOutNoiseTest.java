package dev.mettle.core.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.mettle.core.data.Series;
import dev.mettle.core.random.Purpose;
import dev.mettle.core.random.RandomStream;
import dev.mettle.core.random.Seed;
import dev.mettle.core.random.Stream;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

class HeldOutNoiseTest {
    /**
     * Expected: reference/loss_statistics.py, 400,000 bootstrap draws of blocks and 100,000 random
     * halves.
     */
    @Test
    void theClosedFormsAreThoseOfResampling() {
        List<Series> losses = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            double[] row = new double[20];
            for (int b = 0; b < 20; b++) {
                row[b] = 1 + .005 * i + .01 * (b * 7 % 20) + .02 * ((i * 5 + b * 3 + i * b) % 7);
            }
            losses.add(Series.of(row));
        }
        HeldOutNoise noise = HeldOutNoise.of(losses).orElseThrow();
        assertThat(noise.levelStandardError()).isCloseTo(0.014034935554339868, within(5e-5));
        assertThat(noise.spreadShare().orElseThrow()).isCloseTo(0.06528205622489713, within(1e-3));
        assertThat(noise.instances()).isEqualTo(6);
        assertThat(noise.blocks()).isEqualTo(20);
    }

    /**
     * Instances differ by deviation 1, each of 20 blocks adds noise 4: 16/20 of 1 + 16/20 is 44 %.
     */
    @Test
    void theShareIsTheOnePutIn() {
        RandomStream random =
                new RandomStream(
                        new Seed(5, Purpose.ASSESS, Seed.Source.INIT, 0), Stream.RESAMPLES);
        List<Series> losses = new ArrayList<>();
        for (int i = 0; i < 4000; i++) {
            double own = random.nextGaussian();
            double[] row = new double[20];
            Arrays.setAll(row, b -> 10 * b + own + 4 * random.nextGaussian());
            losses.add(Series.of(row));
        }
        assertThat(HeldOutNoise.of(losses).orElseThrow().spreadShare().orElseThrow())
                .isCloseTo(0.8 / 1.8, within(0.03));
    }

    @Test
    void instancesThatDifferEquallyOnAllRowsHaveNoShare() {
        HeldOutNoise noise =
                HeldOutNoise.of(List.of(Series.of(1, 2, 3), Series.of(2, 3, 4))).orElseThrow();
        assertThat(noise.spreadShare()).hasValue(0);
        assertThat(noise.levelStandardError()).isCloseTo(1 / Math.sqrt(3), within(1e-15));
    }

    @Test
    void instancesWhoseDifferencesCancelHaveNothingButNoise() {
        HeldOutNoise noise =
                HeldOutNoise.of(List.of(Series.of(1, 2.5), Series.of(2, 1))).orElseThrow();
        assertThat(noise.spreadShare()).hasValue(1);
    }

    @Test
    void equalInstancesHaveNoSpreadToShare() {
        Series row = Series.of(0.1, 0.7, 0.3);
        assertThat(HeldOutNoise.of(List.of(row, row, row)).orElseThrow().spreadShare()).isEmpty();
        assertThat(HeldOutNoise.of(List.of(row)).orElseThrow().spreadShare()).isEmpty();
    }

    @Test
    void failedInstancesAreLeftOut() {
        List<Series> losses =
                List.of(
                        Series.EMPTY,
                        Series.of(1, 2, 3),
                        Series.of(1, Double.NaN, 3),
                        Series.of(2, 3, 4),
                        Series.of(1, Double.POSITIVE_INFINITY, 3));
        assertThat(HeldOutNoise.of(losses).orElseThrow().instances()).isEqualTo(2);
    }

    @Test
    void nothingIsKnownFromNoInstanceOrOneBlock() {
        assertThat(HeldOutNoise.of(List.of())).isEmpty();
        assertThat(HeldOutNoise.of(List.of(Series.EMPTY))).isEmpty();
        assertThat(HeldOutNoise.of(List.of(Series.of(1), Series.of(2)))).isEmpty();
    }

    @Test
    void differentNumbersOfBlocksAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HeldOutNoise.of(List.of(Series.of(1, 2), Series.of(1, 2, 3))));
    }
}
