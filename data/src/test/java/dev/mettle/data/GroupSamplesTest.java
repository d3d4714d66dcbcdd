package dev.mettle.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mettle.core.data.Dataset;
import dev.mettle.core.data.Partition;
import dev.mettle.core.data.RowGroups;
import dev.mettle.core.data.Shape;
import dev.mettle.core.data.Task;
import dev.mettle.core.random.Purpose;
import dev.mettle.core.random.Seed;
import dev.mettle.core.study.DataSettings;
import dev.mettle.core.study.SplitSettings;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Samples of rows that belong together. */
class GroupSamplesTest {
    private static final int ROWS = 600;
    private static final int GROUPS = 90;

    private static final int[] CODES =
            IntStream.range(0, ROWS).map(row -> row * row % GROUPS).toArray();

    private static final Partition PARTS =
            new Partition(
                    IntStream.range(0, ROWS).filter(row -> CODES[row] > 20).toArray(),
                    new int[] {0},
                    new int[] {0});

    private static PoolSampler sampler() {
        DataSettings settings =
                Splits.settings("t.csv", new SplitSettings.Groups("who", Splits.counts(1, 1)));
        Dataset data =
                new Dataset(
                                Shape.flat(2),
                                new float[2 * ROWS],
                                List.of(),
                                new float[0],
                                Task.regression("z"),
                                IntStream.range(0, ROWS).asDoubleStream().toArray(),
                                "")
                        .with(new RowGroups("who", CODES));
        return new PoolSampler(data, PARTS, settings, 100);
    }

    private static Seed seed(int index) {
        return new Seed(1, Purpose.RACE, Seed.Source.SAMPLE, index);
    }

    @Test
    void allGroupsOfASampleButTheLastAreWhole() {
        PoolSampler sampler = sampler();
        for (int index = 0; index < 50; index++) {
            int[] rows = sampler.draw(seed(index), 100).rows();
            assertThat(Arrays.stream(rows).distinct()).hasSize(100);
            assertThat(Arrays.stream(rows).allMatch(row -> CODES[row] > 20)).isTrue();
            int last = CODES[rows[99]];
            int[] groups = Arrays.stream(rows).map(row -> CODES[row]).distinct().toArray();
            for (int group : groups) {
                long all = Arrays.stream(CODES).filter(code -> code == group).count();
                long drawn = Arrays.stream(rows).filter(row -> CODES[row] == group).count();
                assertThat(drawn == all || group == last).isTrue();
            }
        }
    }

    @Test
    void aSmallerSampleIsTheBeginningOfALargerOneAndTheLargestIsThePool() {
        PoolSampler sampler = sampler();
        int[] all = sampler.draw(seed(3), PARTS.pool().length).rows();
        assertThat(Arrays.stream(all).sorted().toArray()).containsExactly(PARTS.pool());
        for (int count : new int[] {1, 2, 17, 100}) {
            assertThat(sampler.draw(seed(3), count).rows())
                    .containsExactly(Arrays.copyOf(all, count));
        }
        assertThat(sampler.draw(seed(4), 100).rows()).isNotEqualTo(Arrays.copyOf(all, 100));
    }

    @Test
    void theRowsOfASeedAreTheSameForEver() {
        assertThat(Arrays.copyOf(sampler().draw(seed(0), 100).rows(), 8))
                .containsExactly(347, 517, 553, 167, 293, 427, 157, 563);
    }
}
