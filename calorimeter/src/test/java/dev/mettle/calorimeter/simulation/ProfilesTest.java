package dev.mettle.calorimeter.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mettle.core.random.Purpose;
import dev.mettle.core.random.RandomStream;
import dev.mettle.core.random.Seed;
import dev.mettle.core.random.Stream;
import dev.mettle.core.study.Detector;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProfilesTest {
    private static final Stack STACK = Stack.of(Detector.SHASHLIK);

    /**
     * Published figures of 66 x (2 mm lead + 4 mm scintillator); the formulas give them to 1.5 %.
     */
    @Test
    void theStackHasItsEffectiveConstants() {
        assertThat(STACK.z()).isCloseTo(70.0, within(0.1));
        assertThat(STACK.radiationLength()).isCloseTo(16.4, within(0.1));
        assertThat(STACK.criticalEnergy()).isCloseTo(0.0093, within(0.0002));
        assertThat(STACK.moliereRadius()).isCloseTo(37, within(0.6));
        assertThat(STACK.samplingFrequency()).isCloseTo(2.73, within(0.01));
        assertThat(STACK.eHat()).isCloseTo(0.652, within(0.001));
        assertThat(STACK.depth()).isCloseTo(24.2, within(0.1));
    }

    @Test
    void leadAloneIsLead() {
        Detector lead = new Detector(100, 5, 1e-9, 20, 15, 0.1, 3000, 0, 0, 0, 0, 1);
        Stack stack = Stack.of(lead);
        assertThat(stack.z()).isCloseTo(82, within(1e-6));
        assertThat(stack.radiationLength()).isCloseTo(5.612, within(1e-6));
        assertThat(stack.criticalEnergy()).isBetween(0.0070, 0.0080); // 7.4 MeV
        assertThat(stack.moliereRadius()).isBetween(15.0, 17.5); // 16.0 mm
    }

    @ParameterizedTest
    @CsvSource({"82, 1", "82, 10", "32, 100"})
    void theMaximumOfAHomogeneousShowerIsWhereTheFormulaSays(double z, double energy) {
        double lnY = StrictMath.log(energy / 0.0074);
        LongitudinalProfile profile = LongitudinalProfile.homogeneous(z, lnY);
        double[] below = new double[4001];
        profile.sharesBelow(0.01, 40, 4000, below);
        int largest = 1;
        for (int i = 1; i < 4000; i++) {
            if (below[i + 1] - below[i] > below[largest + 1] - below[largest]) {
                largest = i;
            }
        }
        assertThat((largest + 0.5) * 0.01).isCloseTo(lnY - 0.812, within(0.02));
        assertThat(below[4000]).isCloseTo(1, within(1e-3));
    }

    @Test
    void samplingShowersAreShorterAndFluctuate() {
        double lnY = StrictMath.log(10 / STACK.criticalEnergy());
        LongitudinalProfile mean = LongitudinalProfile.sampling(STACK, lnY);
        assertThat(mean.maximum())
                .isCloseTo(lnY - 0.812 - 0.55 / 2.73 - 0.69 * 0.348, within(0.005));
        RandomStream random =
                new RandomStream(new Seed(1, Purpose.RACE, Seed.Source.SAMPLE, 0), Stream.SHOWER);
        int count = 20_000;
        double[] sums = new double[5];
        for (int i = 0; i < count; i++) {
            LongitudinalProfile drawn = LongitudinalProfile.draw(STACK, lnY, random);
            double t = StrictMath.log(drawn.maximum()) - StrictMath.log(mean.maximum());
            double a = StrictMath.log(drawn.alpha()) - StrictMath.log(mean.alpha());
            sums[0] += t;
            sums[1] += t * t;
            sums[2] += a;
            sums[3] += a * a;
            sums[4] += t * a;
        }
        double sigmaT = 1 / (-2.5 + 1.25 * lnY);
        double sigmaA = 1 / (-0.82 + 0.79 * lnY);
        assertThat(sums[0] / count).isCloseTo(0, within(0.005));
        assertThat(Math.sqrt(sums[1] / count)).isCloseTo(sigmaT, within(0.03 * sigmaT));
        assertThat(Math.sqrt(sums[3] / count)).isCloseTo(sigmaA, within(0.03 * sigmaA));
        assertThat(sums[4] / Math.sqrt(sums[1] * sums[3]))
                .isCloseTo(0.784 - 0.023 * lnY, within(0.03));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.05, 0.3, 1, 10, 100, 1000})
    void everyProfileStaysInItsBounds(double energy) {
        RandomStream random =
                new RandomStream(new Seed(2, Purpose.RACE, Seed.Source.SAMPLE, 0), Stream.SHOWER);
        double lnE = StrictMath.log(energy);
        double lnY = lnE - StrictMath.log(STACK.criticalEnergy());
        for (int i = 0; i < 2000; i++) {
            LongitudinalProfile drawn = LongitudinalProfile.draw(STACK, lnY, random);
            assertThat(drawn.alpha()).isGreaterThanOrEqualTo(LongitudinalProfile.LEAST_ALPHA);
            assertThat(drawn.maximum()).isGreaterThanOrEqualTo(1).isFinite();
            assertThat(drawn.ofSpots(6).alpha()).isGreaterThan(1); // scintillator almost alone
        }
        for (RadialProfile radial :
                new RadialProfile[] {
                    new RadialProfile(STACK, lnE), RadialProfile.homogeneous(82, lnE)
                }) {
            for (double tau = 0; tau < 20; tau += 0.05) {
                assertThat(radial.coreWeight(tau)).isBetween(0.0, 1.0);
                assertThat(radial.core(tau)).isPositive().isFinite();
                assertThat(radial.tail(tau)).isPositive().isFinite();
            }
        }
    }

    /** By hand, at E = 10 GeV and tau = 1: z = 70, e = 0.652, Fs = 2.73. */
    @Test
    void theRadialProfileHasItsFormulas() {
        RadialProfile radial = new RadialProfile(STACK, StrictMath.log(10));
        assertThat(radial.core(1)).isCloseTo(0.12026, within(3e-4));
        assertThat(radial.tail(1)).isCloseTo(0.5811, within(3e-3));
        assertThat(radial.coreWeight(1)).isCloseTo(0.9177, within(3e-3));
    }
}
