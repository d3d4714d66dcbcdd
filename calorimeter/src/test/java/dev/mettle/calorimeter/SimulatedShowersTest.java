package dev.mettle.calorimeter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mettle.calorimeter.simulation.Showers;
import dev.mettle.calorimeter.simulation.Simulator;
import dev.mettle.core.study.DataSource;
import dev.mettle.core.study.Detector;
import dev.mettle.core.study.EnergySpectrum;
import dev.mettle.core.study.ShowerSet;

import org.junit.jupiter.api.Test;

import java.util.Arrays;

/** What physicists know of such showers: containment, resolution, S-curve, leakage. */
class SimulatedShowersTest {
    private static final double MOLIERE_RADIUS = 37; // mm

    private static Showers simulate(Detector detector, double least, double most, int events)
            throws InterruptedException {
        EnergySpectrum spectrum = new EnergySpectrum(EnergySpectrum.Kind.UNIFORM, least, most);
        return new Simulator(
                        new DataSource.Simulation(detector, ShowerSet.SIMPLE, spectrum, events, 7))
                .simulate(2, _ -> {});
    }

    /** At 10 GeV without noise: 91 ± 2 %, 97 ± 1.5 %, 99 ± 1 % within 1, 2, 3.5 Molière radii. */
    @Test
    void theEnergyIsContainedAsInMolieresRule() throws InterruptedException {
        int side = 255;
        double pitch = 2;
        Detector fine = new Detector(66, 2, 4, pitch, side, 0.1, 1e6, 0, 0, 0, 0, 1);
        Showers showers = simulate(fine, 10, 10, 200);
        double[] within = new double[3];
        double[] radii = {1, 2, 3.5};
        double all = 0;
        for (int event = 0; event < 200; event++) {
            for (int cell = 0; cell < side * side; cell++) {
                double energy = showers.cells()[event * side * side + cell];
                double x = (cell / side - side / 2) * pitch - showers.x()[event];
                double y = (cell % side - side / 2) * pitch - showers.y()[event];
                double r = Math.hypot(x, y) / MOLIERE_RADIUS;
                all += energy;
                for (int i = 0; i < 3; i++) {
                    within[i] += r < radii[i] ? energy : 0;
                }
            }
        }
        assertThat(within[0] / all).isCloseTo(0.91, within(0.02));
        assertThat(within[1] / all).isCloseTo(0.97, within(0.015));
        assertThat(within[2] / all).isCloseTo(0.99, within(0.01));
    }

    private static double[] sums(Showers showers) {
        int cells = showers.matrix() * showers.matrix();
        double[] sums = new double[showers.rows()];
        for (int i = 0; i < showers.cells().length; i++) {
            sums[i / cells] += showers.cells()[i];
        }
        return sums;
    }

    /**
     * sigma(E)/E of the plain sum of 225 cells is a/√E ⊕ b ⊕ n/E with a of 9 to 12 % for a sampling
     * term of 10 %, and n that of 225 times 10 MeV.
     */
    @Test
    void theResolutionHasItsThreeTerms() throws InterruptedException {
        double[] energies = {1, 1.5, 2, 3, 5, 10, 20, 50, 100};
        double[][] columns = new double[3][energies.length];
        double[] goal = new double[energies.length];
        for (int i = 0; i < energies.length; i++) {
            double e = energies[i];
            double[] sums = sums(simulate(Detector.SHASHLIK, e, e, 1000));
            Arrays.sort(sums);
            double sigma = (sums[840] - sums[160]) / 2 / e;
            double weight = 1 / (sigma * sigma); // equal relative errors
            columns[0][i] = weight / e;
            columns[1][i] = weight;
            columns[2][i] = weight / (e * e);
            goal[i] = sigma * sigma * weight;
        }
        double[] squares = LeastSquares.solve(columns, 3, goal);
        assertThat(Math.sqrt(squares[0])).isBetween(0.09, 0.12);
        assertThat(Math.sqrt(squares[1])).isBetween(0.005, 0.015);
        assertThat(Math.sqrt(squares[2])).isBetween(0.12, 0.18);
    }

    @Test
    void barycentresArePulledToTheMiddleOfCellsAndTheCurveUndoesIt() throws InterruptedException {
        Detector detector = Detector.SHASHLIK;
        Showers showers = simulate(detector, 10, 100, 3000);
        double[] cells = new double[3000];
        double[] places = new double[3000];
        double[] positions = new double[3000];
        double inner = 0;
        double outer = 0;
        for (int event = 0; event < 3000; event++) {
            double[] energy = new double[5];
            double sum = 0;
            for (int i = 0; i < 5; i++) {
                for (int j = 0; j < 5; j++) {
                    double cell = showers.cells()[event * 225 + (i + 5) * 15 + j + 5];
                    energy[i] += cell;
                    sum += cell;
                }
            }
            for (int i = 0; i < 5; i++) {
                places[event] += (i - 2) * energy[i] / sum;
            }
            positions[event] = showers.x()[event];
            double truth = positions[event] / detector.pitch();
            if (Math.abs(truth) < 0.2) {
                inner += places[event] * truth;
                outer += truth * truth;
            }
        }
        assertThat(inner / outer).isBetween(0.2, 0.6); // 1 without the S-curve
        SCurve curve = SCurve.fit(cells, places, positions, SCurve.MAX_EVALUATIONS);
        double raw = 0;
        double corrected = 0;
        for (int event = 0; event < 3000; event++) {
            raw += square(detector.pitch() * places[event] - positions[event]) / 3000;
            corrected += square(curve.predict(0, places[event]) - positions[event]) / 3000;
        }
        assertThat(Math.sqrt(corrected)).isLessThan(1.0).isLessThan(0.5 * Math.sqrt(raw));
        assertThat(curve.offset()).isCloseTo(0, within(0.1));
    }

    private static double square(double value) {
        return value * value;
    }

    /** More energy is lost through the rear the later a shower starts: a tail below the peak. */
    @Test
    void leakageThroughTheRearMakesATailThatGrowsWithThinnerStacks() throws InterruptedException {
        double thick = lowShare(66);
        double thin = lowShare(50);
        assertThat(thick).isBetween(0.002, 0.04);
        assertThat(thin).isGreaterThan(3 * thick);
    }

    private static double lowShare(int layers) throws InterruptedException {
        Detector detector = new Detector(layers, 2, 4, 20.2, 15, 0.1, 3000, 0, 0, 0, 0, 1);
        double[] sums = sums(simulate(detector, 80, 80, 1500));
        return Arrays.stream(sums).filter(sum -> sum < 0.95 * 80).count() / 1500.0;
    }

    @Test
    void theSumIsLinearInTheEnergy() throws InterruptedException {
        double low =
                Arrays.stream(sums(simulate(Detector.SHASHLIK, 5, 5, 1000))).average().orElseThrow()
                        / 5;
        double high =
                Arrays.stream(sums(simulate(Detector.SHASHLIK, 80, 80, 500)))
                                .average()
                                .orElseThrow()
                        / 80;
        assertThat(low).isCloseTo(0.99, within(0.01));
        assertThat(high / low).isCloseTo(1, within(0.015));
    }
}
