package dev.mettle.core.statistics.components;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mettle.core.statistics.components.Failures.Level;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.OptionalDouble;

class FailuresTest {
    private static boolean[] failed(int[] levels, int[]... cells) {
        boolean[] failed = new boolean[CrossedGrid.combinations(levels, (1 << levels.length) - 1)];
        for (int[] cell : cells) {
            int place = 0;
            for (int factor = 0; factor < levels.length; factor++) {
                place = place * levels[factor] + cell[factor];
            }
            failed[place] = true;
        }
        return failed;
    }

    /** Exact p-values by enumeration: reference/variance_components.py, clustering. */
    @Test
    void thePValuesOfClusteringAreThoseOfAllWaysToPlaceTheFailures() {
        int[] levels = {4, 5};
        Failures found =
                Failures.of(
                        levels,
                        failed(
                                levels,
                                new int[] {1, 0},
                                new int[] {1, 2},
                                new int[] {1, 4},
                                new int[] {3, 2},
                                new int[] {1, 3},
                                new int[] {0, 4}));
        assertThat(found.count()).isEqualTo(6);
        assertThat(found.byLevel()).containsExactly(List.of(1, 4, 0, 1), List.of(1, 0, 2, 1, 2));
        assertThat(found.clustering().get(0).orElseThrow())
                .isCloseTo(0.08333333333333333, within(0.01));
        assertThat(found.clustering().get(1).orElseThrow()).isCloseTo(0.64, within(0.015));
    }

    @Test
    void failuresOfOneSampleClusterBySampleAndNotByInit() {
        int[] levels = {8, 8};
        int[][] cells = new int[8][];
        for (int init = 0; init < 8; init++) {
            cells[init] = new int[] {init, 5};
        }
        Failures found = Failures.of(levels, failed(levels, cells));
        assertThat(found.clustering().get(0)).hasValue(1);
        assertThat(found.clustering().get(1).orElseThrow()).isLessThan(0.001);
        assertThat(found.removed()).containsExactly(new Level(1, 5));
        assertThat(found.removed(0)).isZero();
        assertThat(found.removed(1)).isEqualTo(1);
        assertThat(found.kept(1)).containsExactly(0, 1, 2, 3, 4, 6, 7);
    }

    @Test
    void theLevelThatFailsMostIsLeftOutFirstAndTiesGoByOrder() {
        int[] levels = {3, 6};
        // init 1 fails in 2 of 6, sample 4 in 2 of 3
        boolean[] failed = failed(levels, new int[] {1, 0}, new int[] {1, 4}, new int[] {2, 4});
        assertThat(Failures.of(levels, failed).removed())
                .containsExactly(new Level(1, 4), new Level(1, 0));
        int[] square = {4, 4};
        assertThat(Failures.of(square, failed(square, new int[] {2, 3})).removed())
                .containsExactly(new Level(0, 2));
    }

    @Test
    void threeSourcesAreLookedAtAlike() {
        int[] levels = {3, 4, 5};
        Failures found =
                Failures.of(
                        levels,
                        failed(
                                levels,
                                new int[] {0, 1, 2},
                                new int[] {1, 3, 2},
                                new int[] {2, 1, 2}));
        assertThat(found.byLevel().get(2)).containsExactly(0, 0, 3, 0, 0);
        assertThat(found.removed()).containsExactly(new Level(2, 2));
        assertThat(found.clustering().get(2).orElseThrow()).isCloseTo(0.04, within(0.01)); // 5/125
        assertThat(found.clustering().get(0).orElseThrow()).isGreaterThan(0.5);
    }

    @Test
    void withoutOrWithOneFailureThereIsNothingToTest() {
        int[] levels = {3, 3};
        assertThat(Failures.of(levels, failed(levels)).clustering())
                .containsExactly(OptionalDouble.empty(), OptionalDouble.empty());
        assertThat(Failures.of(levels, failed(levels)).removed()).isEmpty();
        assertThat(Failures.of(levels, failed(levels, new int[] {0, 0})).clustering())
                .containsOnly(OptionalDouble.empty());
    }

    @Test
    void whereEverythingFailedNothingIsLeft() {
        boolean[] all = new boolean[9];
        java.util.Arrays.fill(all, true);
        Failures found = Failures.of(new int[] {3, 3}, all);
        assertThat(found.kept(0)).isEmpty();
        assertThat(found.clustering()).containsOnly(OptionalDouble.empty());
    }

    @Test
    void theOrderOfLevelsDoesNotChangeTheTest() {
        int[] levels = {5, 4};
        Failures one =
                Failures.of(
                        levels,
                        failed(levels, new int[] {0, 0}, new int[] {0, 1}, new int[] {3, 1}));
        Failures other =
                Failures.of(
                        levels,
                        failed(levels, new int[] {4, 3}, new int[] {4, 2}, new int[] {1, 2}));
        assertThat(other.clustering()).isEqualTo(one.clustering());
    }
}
