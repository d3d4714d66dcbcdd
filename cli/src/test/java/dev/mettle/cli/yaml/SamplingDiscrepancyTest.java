package dev.mettle.cli.yaml;

import static dev.mettle.cli.yaml.StudyText.SHORTEST;
import static dev.mettle.cli.yaml.StudyText.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mettle.cli.sampling.SobolPoints;
import dev.mettle.core.study.Candidate;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** How evenly candidates fill a space of three ranges. */
class SamplingDiscrepancyTest {
    private static final int COUNT = 64;
    private static final String STUDY =
            SHORTEST.replace("{lr: 0.001}", "{name: sgd, lr: $a, momentum: $b, weight_decay: $c}")
                    + """
                    space:
                      a: {min: 1, max: 2}
                      b: {min: 0, max: 0.9}
                      c: {min: 0, max: 1}
                    """;

    @ParameterizedTest
    @CsvSource({"16, 0.05390478788431378", "64, 0.013868227195862197"}) // reference/sobol.py
    void theDiscrepancyOfPlainPointsIsThatOfSciPy(int count, double expected) {
        Supplier<double[]> points = new SobolPoints().points(3);
        List<double[]> first = IntStream.range(0, count).mapToObj(_ -> points.get()).toList();
        assertThat(discrepancy(first)).isCloseTo(expected, within(1e-12));
    }

    @Test
    void pointsOfSobolFillASpaceMoreEvenlyThanRandomOnesWithAnySeed() {
        double sobol = 0;
        double random = 0;
        for (int seed = 1; seed <= 20; seed++) {
            double scrambled = discrepancy(points("sobol", seed));
            assertThat(scrambled).isLessThan(discrepancy(points("random", seed)));
            sobol += scrambled / 20;
            random += discrepancy(points("random", seed)) / 20;
        }
        assertThat(sobol).isLessThan(random / 3);
    }

    private static List<double[]> points(String method, int seed) {
        String sampling = "seed: %d\nsampling: {method: %s, count: %d}\n";
        return read(STUDY + sampling.formatted(seed, method, COUNT)).candidates().stream()
                .map(candidate ->
                        new double[] {
                            number(candidate, "a") - 1,
                            number(candidate, "b") / 0.9,
                            number(candidate, "c")
                        })
                .toList();
    }

    private static double number(Candidate candidate, String name) {
        return Double.parseDouble(candidate.settings().getOrDefault(name, ""));
    }

    /** L2-star discrepancy by Warnock's formula. */
    private static double discrepancy(List<double[]> points) {
        int n = points.size();
        double single = 0;
        double pairs = 0;
        for (double[] x : points) {
            double product = 1;
            for (double coordinate : x) {
                product *= (1 - coordinate * coordinate) / 2;
            }
            single += product;
            for (double[] y : points) {
                double both = 1;
                for (int d = 0; d < x.length; d++) {
                    both *= 1 - Math.max(x[d], y[d]);
                }
                pairs += both;
            }
        }
        return Math.sqrt(Math.pow(3, -3) - 2.0 / n * single + pairs / n / n);
    }
}
