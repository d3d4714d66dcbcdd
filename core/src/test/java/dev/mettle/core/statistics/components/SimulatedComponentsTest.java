package dev.mettle.core.statistics.components;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mettle.core.statistics.components.VarianceComponents.Component;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tables whose components are known: init 60 %, sample 30 %, interaction 10 %. */
class SimulatedComponentsTest {
    private static final double[] TRUTH = {0.6, 0.3, 0.1};

    @Test
    void theIntervalsOfATableOfKnownComponentsContainThem() {
        int[] levels = {16, 16};
        double[] values = ReferenceGrids.simulated(levels, TRUTH, 0);
        VarianceComponents found =
                VarianceComponents.of(CrossedGrid.of(levels, values), SurrogateDraws.of(levels));
        for (Component component : found.components()) {
            double truth = TRUTH[component.term() - 1];
            assertThat(component.variance().contains(truth)).as("%s", component).isTrue();
            assertThat(component.share().contains(truth)).as("%s", component).isTrue();
        }
        assertThat(found.largest().term()).isEqualTo(1);
    }

    /** Widths: simulations with independent code gave 0.61, 0.40 and 0.33. */
    @ParameterizedTest
    @CsvSource({"7, 0.61", "16, 0.40", "24, 0.33"})
    void theIntervalsCoverAndAreAsWideAsExpected(int size, double width) {
        int repetitions = 300;
        int[] levels = {size, size};
        SurrogateDraws draws = SurrogateDraws.of(levels);
        int[] covered = new int[3];
        double wide = 0;
        for (int i = 0; i < repetitions; i++) {
            double[] values = ReferenceGrids.simulated(levels, TRUTH, i);
            VarianceComponents found = VarianceComponents.of(CrossedGrid.of(levels, values), draws);
            for (Component component : found.components()) {
                int term = component.term() - 1;
                covered[term] += component.share().contains(TRUTH[term]) ? 1 : 0;
            }
            wide += found.of(1).share().high() - found.of(1).share().low();
        }
        for (int count : covered) { // 95 %, three standard errors of 1.3 % to either side
            assertThat((double) count / repetitions).isBetween(0.91, 0.99);
        }
        assertThat(wide / repetitions).isBetween(width - 0.02, width + 0.02);
    }

    @Test
    void theIntervalsOfThreeSourcesCover() {
        double[] truth = {0.3, 0.25, 0.1, 0.15, 0.05, 0.05, 0.1};
        int[] levels = {7, 7, 5};
        SurrogateDraws draws = SurrogateDraws.of(levels);
        int repetitions = 200;
        int[] covered = new int[truth.length];
        for (int i = 0; i < repetitions; i++) {
            CrossedGrid grid = CrossedGrid.of(levels, ReferenceGrids.simulated(levels, truth, i));
            for (Component component : VarianceComponents.of(grid, draws).components()) {
                int term = component.term() - 1;
                covered[term] += component.share().contains(truth[term]) ? 1 : 0;
            }
        }
        for (int count : covered) {
            assertThat((double) count / repetitions).isBetween(0.90, 1.0);
        }
    }
}
