package dev.mettle.core.statistics.components;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.mettle.core.statistics.TailCheck;
import dev.mettle.core.statistics.components.Decomposition.Determined;
import dev.mettle.core.statistics.components.Decomposition.Undetermined;
import dev.mettle.core.statistics.components.VarianceComponents.Component;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.OptionalDouble;

class DecompositionTest {
    private static final int[] TWO = {5, 6};
    private static final double INFINITY = Double.POSITIVE_INFINITY;

    private static Decomposition decompose(int[] levels, double[] losses) {
        return Decomposition.of(ReferenceGrids.grid(levels, losses), OptionalDouble.empty());
    }

    private static Determined determined(Decomposition decomposition) {
        return (Determined) decomposition.result();
    }

    /** Simulated log-losses: init 60 %, sample 30 %, interaction 10 % of variance 0.01. */
    private static double[] losses(int[] levels, int repetition) {
        return Arrays.stream(
                        ReferenceGrids.simulated(
                                levels, new double[] {0.006, 0.003, 0.001}, repetition))
                .map(value -> StrictMath.exp(value - 5))
                .toArray();
    }

    private static void assertSame(Decomposition one, Decomposition other) {
        assertThat(other.verdict()).isEqualTo(one.verdict());
        assertThat(other.failures().clustering()).isEqualTo(one.failures().clustering());
        for (Component component : determined(one).components().components()) {
            Component same = determined(other).components().of(component.term());
            assertThat(same.raw()).isCloseTo(component.raw(), within(1e-15));
            assertThat(same.share().low()).isCloseTo(component.share().low(), within(1e-9));
            assertThat(same.share().high()).isCloseTo(component.share().high(), within(1e-9));
        }
    }

    @Test
    void theVerdictNamesTheLargestPartWithItsInterval() {
        assertThat(decompose(TWO, ReferenceGrids.TWO).verdict())
                .isEqualTo(
                        "The initial weights make 53 % (95 %: 14 to 91 %) of the variance of"
                                + " log-loss, the training sample 40 %, the interaction of the two"
                                + " 7 %; the probability that this is the largest part is only"
                                + " 0.63.");
        int[] large = {24, 24};
        double[] ofInit =
                Arrays.stream(
                                ReferenceGrids.simulated(
                                        large, new double[] {0.008, 0.001, 0.001}, 3))
                        .map(StrictMath::exp)
                        .toArray();
        assertThat(decompose(large, ofInit).verdict())
                .startsWith("The initial weights make ")
                .endsWith("; the initial weights dominate with probability 0.998.");
    }

    @Test
    void logLossesAreDecomposedSoTheUnitOfTheLossDoesNotMatter() {
        double[] twice = Arrays.stream(ReferenceGrids.TWO).map(loss -> 2 * loss).toArray();
        assertSame(decompose(TWO, ReferenceGrids.TWO), decompose(TWO, twice));
    }

    @Test
    void theOrderOfInitsAndOfSamplesDoesNotMatter() {
        int[] levels = {9, 8};
        double[] losses = losses(levels, 1);
        losses[8 * 4 + 2] = INFINITY;
        losses[8 * 4 + 7] = INFINITY;
        double[] permuted = new double[losses.length];
        for (int init = 0; init < 9; init++) {
            for (int sample = 0; sample < 8; sample++) {
                permuted[8 * ((init * 2 + 5) % 9) + (sample * 3 + 1) % 8] =
                        losses[8 * init + sample];
            }
        }
        assertSame(decompose(levels, losses), decompose(levels, permuted));
    }

    @Test
    void exchangingInitsAndSamplesExchangesTheirComponents() {
        int[] levels = {9, 8};
        double[] losses = losses(levels, 2);
        double[] turned = new double[losses.length];
        for (int cell = 0; cell < losses.length; cell++) {
            turned[cell % 8 * 9 + cell / 8] = losses[cell];
        }
        VarianceComponents one = determined(decompose(levels, losses)).components();
        VarianceComponents other = determined(decompose(new int[] {8, 9}, turned)).components();
        assertThat(other.of(1).raw()).isCloseTo(one.of(2).raw(), within(1e-15));
        assertThat(other.of(2).raw()).isCloseTo(one.of(1).raw(), within(1e-15));
        assertThat(other.of(3).raw()).isCloseTo(one.of(3).raw(), within(1e-15));
    }

    @Test
    void aFailedTrainingIsReportedAndItsLevelLeftOut() {
        double[] losses = ReferenceGrids.TWO.clone();
        losses[3] = INFINITY; // init 0, sample 3: one of 6 of the init, one of 5 of the sample
        Decomposition found = decompose(TWO, losses);
        assertThat(found.failures().count()).isEqualTo(1);
        assertThat(found.levels()).containsExactly(5, 5);
        assertThat(found.warnings())
                .anySatisfy(warning ->
                        assertThat(warning)
                                .contains(
                                        "1 of 30 trainings failed",
                                        "5x5 grid",
                                        "1 of 6 samples in which",
                                        "say nothing about failures"));
        double[] without = new double[25];
        for (int cell = 0; cell < 25; cell++) {
            int sample = cell % 5;
            without[cell] = ReferenceGrids.TWO[cell / 5 * 6 + (sample < 3 ? sample : sample + 1)];
        }
        assertThat(determined(found).components())
                .isEqualTo(determined(decompose(new int[] {5, 5}, without)).components());
    }

    @Test
    void whenTooFewLevelsAreLeftTheComponentsAreUndeterminedAndItSaysWhy() {
        double[] losses = ReferenceGrids.TWO.clone();
        for (int init = 0; init < 5; init++) { // two diagonals
            losses[6 * init + init] = INFINITY;
            losses[6 * init + (init + 3) % 6] = INFINITY;
        }
        Decomposition found = decompose(TWO, losses);
        assertThat(found.result()).isInstanceOf(Undetermined.class);
        assertThat(found.verdict())
                .contains("undetermined: 10 of 30 trainings failed", "of 5x6 are left", "3 levels");
        assertThat(found.ranges()).isEmpty();
        Arrays.fill(losses, INFINITY);
        assertThat(decompose(TWO, losses).verdict()).contains("none of 5x6 are left");
        assertThat(decompose(new int[] {2, 6}, Arrays.copyOf(ReferenceGrids.TWO, 12)).verdict())
                .contains("undetermined: the grid is 2x6, and 3 levels of each source are needed");
        Arrays.fill(losses, 0.5);
        assertThat(decompose(TWO, losses).verdict()).contains("all losses are equal");
    }

    @Test
    void lossesThatAreNotPositiveAreDecomposedThemselves() {
        double[] losses = ReferenceGrids.TWO.clone();
        losses[0] = -0.001;
        Decomposition found = decompose(TWO, losses);
        assertThat(found.logarithmic()).isFalse();
        assertThat(found.quantity()).isEqualTo("loss");
        assertThat(found.verdict()).contains("of the variance of loss,");
        assertThat(found.warnings()).anyMatch(warning -> warning.contains("A loss is 0 or less"));
        assertThat(determined(found).components())
                .isEqualTo(
                        VarianceComponents.of(CrossedGrid.of(TWO, losses), SurrogateDraws.of(TWO)));
    }

    @Test
    void fewLevelsGiveAWarning() {
        int[] levels = {4, 6};
        assertThat(decompose(levels, Arrays.copyOf(ReferenceGrids.TWO, 24)).warnings())
                .containsExactly(
                        "Only 4 levels of init: a variance from so few is known from 0.32 to 14"
                                + " times its estimate. Use 5 or more.");
        assertThat(decompose(TWO, ReferenceGrids.TWO).warnings()).isEmpty();
    }

    @Test
    void heavyTailsGiveAWarning() {
        int[] levels = {12, 12};
        double[] losses = losses(levels, 4);
        assertThat(decompose(levels, losses).warnings()).isEmpty();
        losses[40] *= 1.5;
        assertThat(decompose(levels, losses).warnings())
                .singleElement()
                .asString()
                .contains("The tails of the residuals (excess kurtosis", "too narrow");
    }

    /** Expected numbers: reference/variance_components.py, tails. */
    @Test
    void kurtosisAndItsScoreAreThoseOfTheReference() {
        TailCheck residuals = determined(decompose(TWO, ReferenceGrids.TWO)).tails().getLast();
        assertThat(residuals.excessKurtosis()).isCloseTo(0.312393939640049, within(1e-10));
        assertThat(residuals.score()).isCloseTo(0.9013043237048024, within(1e-10));
        TailCheck samples = determined(decompose(TWO, ReferenceGrids.TWO)).tails().get(1);
        assertThat(samples.excessKurtosis()).isCloseTo(-0.577365205989055, within(1e-10));
        assertThat(samples.score()).isCloseTo(0.5664513229381958, within(1e-10));
        TailCheck heavy =
                TailCheck.of(
                        new double[] {
                            0.1, -0.2, 0.05, 0.3, -0.15, 0.12, -0.08, 4.0, 0.02, -0.11, 0.07, 0.19
                        });
        assertThat(heavy.excessKurtosis()).isCloseTo(6.785368714127031, within(1e-12));
        assertThat(heavy.score()).isCloseTo(3.8046110884903896, within(1e-12));
        assertThat(heavy.heavy()).isTrue();
        assertThat(TailCheck.of(new double[7]).score()).isZero();
        assertThat(TailCheck.of(new double[] {0, 0, 0, 0, 9}).heavy()).isFalse();
    }

    @Test
    void aFinitePoolGivesASecondSetOfShares() {
        LossGrid grid = ReferenceGrids.grid(TWO, ReferenceGrids.TWO);
        Determined found = (Determined) Decomposition.of(grid, OptionalDouble.of(0.2)).result();
        VarianceComponents corrected = found.corrected().orElseThrow();
        assertThat(corrected.of(2).raw())
                .isCloseTo(found.components().of(2).raw() / 0.8, within(1e-15));
        assertThat(corrected.of(1).raw()).isEqualTo(found.components().of(1).raw());
        assertThat(corrected.of(1).share().value())
                .isLessThan(found.components().of(1).share().value());
        assertThat(determined(decompose(TWO, ReferenceGrids.TWO)).corrected()).isEmpty();
    }

    @Test
    void rangesAreTheSpreadsThatAnExperimentWithOneFixedLevelWouldSee() {
        Decomposition found =
                decompose(new int[] {3, 3}, new double[] {-1, 0, 2, -2, 0, 2, -3, 0, 2});
        SpreadRange inits = found.ranges().get(0);
        assertThat(inits.count()).isEqualTo(3);
        assertThat(inits.smallest()).isZero();
        assertThat(inits.median()).isZero();
        assertThat(inits.largest()).isCloseTo(1, within(1e-14));
        assertThat(found.ranges().get(1).smallest()).isCloseTo(Math.sqrt(7.0 / 3), within(1e-14));
    }

    @Test
    void threeSourcesAreNamed() {
        Decomposition found = decompose(new int[] {3, 4, 3}, ReferenceGrids.THREE);
        assertThat(found.verdict())
                .startsWith("The initial weights make 57 % (95 %: ")
                .contains("the training sample 13 %, the order of mini-batches 21 %;");
        LossGrid grid = found.grid();
        assertThat(grid.term(4)).isEqualTo("order");
        assertThat(grid.term(5)).isEqualTo("init x order");
        assertThat(grid.termWords(7)).isEqualTo("interaction of init, sample and order");
        assertThat(found.ranges()).extracting(SpreadRange::count).containsExactly(12, 9, 12);
    }

    @Test
    void whereTheInteractionIsLargestItIsNamedInFull() {
        int[] levels = {12, 12};
        double[] values = ReferenceGrids.simulated(levels, new double[] {0, 0.001, 0.01}, 1);
        assertThat(
                        decompose(levels, Arrays.stream(values).map(StrictMath::exp).toArray())
                                .verdict())
                .startsWith("The interaction of initial weights and training sample makes ")
                .contains(
                        "of log-loss, the initial weights ",
                        "interaction of initial weights and training sample dominates with");
    }

    @Test
    void aGridWhoseSizeDoesNotFitIsRefused() {
        assertThatThrownBy(() -> ReferenceGrids.grid(TWO, new double[29]))
                .hasMessageContaining("30 cells does not fit 29");
        assertThatThrownBy(() -> ReferenceGrids.grid(new int[] {1, 1}, new double[] {Double.NaN}))
                .hasMessageContaining("NaN");
    }
}
