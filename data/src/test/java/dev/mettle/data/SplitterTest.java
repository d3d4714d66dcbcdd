package dev.mettle.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mettle.core.data.Partition;
import dev.mettle.core.study.DataException;
import dev.mettle.core.study.DataSettings;
import dev.mettle.core.study.ScaleKind;
import dev.mettle.core.study.TargetSettings;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Pinned rows: reference/data/split.py. */
class SplitterTest {
    private static DataSettings settings(long splitSeed, int validation, int test) {
        return new DataSettings(
                "data.npz",
                splitSeed,
                "cells",
                ScaleKind.NONE,
                TargetSettings.regression("energy", ScaleKind.NONE),
                List.of(),
                validation,
                test);
    }

    @Test
    void theFirstRowsNeverChange() {
        Partition partition = Splitter.split(1000, settings(1, 100, 200));
        assertThat(Arrays.copyOf(partition.test(), 6)).containsExactly(221, 339, 391, 412, 46, 9);
        assertThat(Arrays.copyOf(partition.validation(), 6))
                .containsExactly(367, 101, 410, 302, 222, 129);
        assertThat(Arrays.copyOf(partition.pool(), 6)).containsExactly(0, 1, 2, 3, 4, 5);
    }

    @Test
    void everyRowIsInOnePart() {
        Partition partition = Splitter.split(1000, settings(7, 150, 250));
        assertThat(partition.test()).hasSize(250);
        assertThat(partition.validation()).hasSize(150);
        assertThat(partition.pool()).hasSize(600).isSorted();
        int[] all = IntStream.of(partition.pool()).toArray();
        int[] together =
                IntStream.concat(
                                IntStream.of(all),
                                IntStream.concat(
                                        IntStream.of(partition.validation()),
                                        IntStream.of(partition.test())))
                        .sorted()
                        .toArray();
        assertThat(together).containsExactly(IntStream.range(0, 1000).toArray());
    }

    @Test
    void theSizeOfValidationChangesNoTestRow() {
        int[] few = Splitter.split(1000, settings(1, 1, 200)).test();
        int[] many = Splitter.split(1000, settings(1, 799, 200)).test();
        assertThat(few).containsExactly(many);
    }

    @Test
    void anotherSplitSeedGivesAnotherSplit() {
        assertThat(Splitter.split(1000, settings(2, 100, 200)).test())
                .isNotEqualTo(Splitter.split(1000, settings(1, 100, 200)).test());
    }

    @Test
    void heldOutRowsAreInRandomOrder() {
        int[] test = Splitter.split(1000, settings(1, 100, 500)).test();
        long ascents = IntStream.range(1, 500).filter(i -> test[i] > test[i - 1]).count();
        // 249.5 ascents are expected, their standard deviation is sqrt(501/12) = 6.5
        assertThat(ascents).isBetween(224L, 275L);
    }

    @Test
    void aPoolOfOneRowIsTheLeast() {
        assertThat(Splitter.split(10, settings(1, 4, 5)).pool()).hasSize(1);
        assertThatThrownBy(() -> Splitter.split(10, settings(1, 5, 5)))
                .isInstanceOfSatisfying(
                        DataException.class, e -> assertThat(e.key()).isEqualTo("validation"))
                .hasMessageContaining("data.npz has 10 rows");
        assertThatThrownBy(
                        () -> Splitter.split(10, settings(1, Integer.MAX_VALUE, Integer.MAX_VALUE)))
                .isInstanceOfSatisfying(
                        DataException.class, e -> assertThat(e.key()).isEqualTo("test"));
    }
}
