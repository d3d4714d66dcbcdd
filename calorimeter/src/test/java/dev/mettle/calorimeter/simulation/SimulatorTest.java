package dev.mettle.calorimeter.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.mettle.core.study.DataSource;
import dev.mettle.core.study.Detector;
import dev.mettle.core.study.EnergySpectrum;
import dev.mettle.core.study.ShowerSet;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

class SimulatorTest {
    private static final EnergySpectrum SPECTRUM =
            new EnergySpectrum(EnergySpectrum.Kind.UNIFORM, 1, 100);

    private static DataSource.Simulation settings(
            Detector detector, ShowerSet set, int events, long seed) {
        return new DataSource.Simulation(detector, set, SPECTRUM, events, seed);
    }

    private static Showers simulate(DataSource.Simulation settings, int threads)
            throws InterruptedException {
        return new Simulator(settings).simulate(threads, _ -> {});
    }

    private static Detector detector(
            int matrix, double noise, int dead, int miscalibrated, long seed) {
        return new Detector(
                66, 2, 4, 20.2, matrix, 0.1, 3000, noise, 0.01, dead, miscalibrated, seed);
    }

    @ParameterizedTest
    @EnumSource(ShowerSet.class)
    void theNumberOfThreadsDoesNotChangeABit(ShowerSet set) throws InterruptedException {
        DataSource.Simulation settings = settings(Detector.SHASHLIK, set, 300, 3);
        Showers one = simulate(settings, 1);
        for (int threads = 2; threads <= 3; threads++) {
            Showers several = simulate(settings, threads);
            assertThat(several.cells()).isEqualTo(one.cells());
            assertThat(several.energy()).isEqualTo(one.energy());
            assertThat(several.pileUp()).isEqualTo(one.pileUp());
        }
    }

    @Test
    void anEventDoesNotDependOnHowManyThereAre() throws InterruptedException {
        float[] many = simulate(settings(Detector.SHASHLIK, ShowerSet.SIMPLE, 200, 4), 2).cells();
        float[] few = simulate(settings(Detector.SHASHLIK, ShowerSet.SIMPLE, 70, 4), 2).cells();
        assertThat(few).isEqualTo(Arrays.copyOf(many, few.length));
    }

    @Test
    void anotherSeedMakesOtherEvents() throws InterruptedException {
        float[] one = simulate(settings(Detector.SHASHLIK, ShowerSet.SIMPLE, 20, 1), 1).energy();
        float[] other = simulate(settings(Detector.SHASHLIK, ShowerSet.SIMPLE, 20, 2), 1).energy();
        for (int event = 0; event < 20; event++) {
            assertThat(one[event]).isNotEqualTo(other[event]);
        }
    }

    @Test
    void anotherNoiseLeavesTheShowersAsTheyAre() throws InterruptedException {
        Showers quiet = simulate(settings(detector(15, 0, 0, 0, 1), ShowerSet.SIMPLE, 50, 1), 1);
        Showers noisy = simulate(settings(detector(15, 0.01, 0, 0, 1), ShowerSet.SIMPLE, 50, 1), 1);
        double squares = 0;
        for (int i = 0; i < quiet.cells().length; i++) {
            double noise = noisy.cells()[i] - quiet.cells()[i];
            squares += noise * noise;
        }
        assertThat(Math.sqrt(squares / quiet.cells().length)).isCloseTo(0.01, within(0.0003));
        assertThat(noisy.energy()).isEqualTo(quiet.energy());
    }

    @Test
    void theSimpleSetIsAsDescribed() throws InterruptedException {
        Showers showers = simulate(settings(Detector.SHASHLIK, ShowerSet.SIMPLE, 2000, 5), 2);
        double meanEnergy = 0;
        for (int event = 0; event < 2000; event++) {
            assertThat(showers.energy()[event]).isBetween(1f, 100f);
            assertThat(Math.abs(showers.x()[event])).isLessThanOrEqualTo(10.1f);
            assertThat(Math.abs(showers.y()[event])).isLessThanOrEqualTo(10.1f);
            assertThat(showers.theta()[event]).isZero();
            assertThat(showers.pileUp()[event]).isZero();
            meanEnergy += showers.energy()[event] / 2000;
        }
        // standard error 28.6 / √2000 = 0.64
        assertThat(meanEnergy).isCloseTo(50.5, within(3.0));
    }

    @Test
    void theComplexSetIsAsDescribed() throws InterruptedException {
        Showers showers = simulate(settings(Detector.SHASHLIK, ShowerSet.COMPLEX, 2000, 6), 2);
        int withPileUp = 0;
        double tilt = 0;
        for (int event = 0; event < 2000; event++) {
            assertThat(Math.abs(showers.x()[event])).isLessThanOrEqualTo(30.3f);
            assertThat(showers.theta()[event]).isBetween(0f, 0.26180f); // 15 degrees
            float share = showers.pileUp()[event] / showers.energy()[event];
            if (share > 0) {
                assertThat(share).isBetween(0.05f, 0.5f);
                withPileUp++;
            }
            tilt += Math.cos(showers.theta()[event]) / 2000;
        }
        assertThat(withPileUp).isBetween(900, 1100); // 1000 ± 22
        // uniform on the sphere: the cosine is uniform between that of 15 degrees and 1
        assertThat(tilt).isCloseTo((1 + Math.cos(Math.toRadians(15))) / 2, within(0.001));
    }

    @Test
    void logUniformEnergiesHaveAUniformLogarithm() throws InterruptedException {
        EnergySpectrum spectrum = new EnergySpectrum(EnergySpectrum.Kind.LOG_UNIFORM, 1, 100);
        Showers showers =
                simulate(
                        new DataSource.Simulation(
                                Detector.SHASHLIK, ShowerSet.SIMPLE, spectrum, 2000, 1),
                        2);
        long below = IntStream.range(0, 2000).filter(i -> showers.energy()[i] < 10).count();
        assertThat(below).isBetween(900L, 1100L);
    }

    @Test
    void deadCellsReadZeroAndChangeNoOther() throws InterruptedException {
        float[] sound =
                simulate(settings(detector(15, 0.01, 0, 0, 9), ShowerSet.SIMPLE, 10, 1), 1).cells();
        float[] holed =
                simulate(settings(detector(15, 0.01, 12, 0, 9), ShowerSet.SIMPLE, 10, 1), 1)
                        .cells();
        int dead = 0;
        for (int cell = 0; cell < 225; cell++) {
            boolean dark = true;
            for (int event = 0; event < 10; event++) {
                float value = holed[event * 225 + cell];
                dark &= value == 0;
                assertThat(value == 0 || value == sound[event * 225 + cell]).isTrue();
            }
            dead += dark ? 1 : 0;
        }
        assertThat(dead).isEqualTo(12);
    }

    @Test
    void miscalibratedCellsHaveGainsOfTheirOwn() throws InterruptedException {
        Detector even = new Detector(66, 2, 4, 20.2, 15, 0.1, 3000, 0, 0, 0, 0, 9);
        Detector uneven = new Detector(66, 2, 4, 20.2, 15, 0.1, 3000, 0, 0, 0, 30, 9);
        float[] one = simulate(settings(even, ShowerSet.SIMPLE, 40, 1), 1).cells();
        float[] other = simulate(settings(uneven, ShowerSet.SIMPLE, 40, 1), 1).cells();
        long changed =
                IntStream.range(0, 225)
                        .filter(cell ->
                                IntStream.range(0, 40)
                                        .anyMatch(
                                                e -> one[e * 225 + cell] != other[e * 225 + cell]))
                        .count();
        assertThat(changed).isEqualTo(30);
        for (int i = 0; i < one.length; i++) {
            if (one[i] > 0) {
                assertThat(other[i] / one[i]).isBetween(0.69999f, 1.30001f);
            }
        }
    }

    @Test
    void progressEndsWithAllEvents() throws InterruptedException {
        AtomicInteger last = new AtomicInteger();
        new Simulator(settings(Detector.SHASHLIK, ShowerSet.SIMPLE, 130, 1)).simulate(2, last::set);
        assertThat(last.get()).isEqualTo(130);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1})
    void thereMustBeAThread(int threads) {
        Simulator simulator = new Simulator(settings(Detector.SHASHLIK, ShowerSet.SIMPLE, 1, 1));
        assertThatThrownBy(() -> simulator.simulate(threads, _ -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("threads");
    }
}
