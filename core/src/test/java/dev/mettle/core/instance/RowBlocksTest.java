package dev.mettle.core.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mettle.core.data.Dataset;
import dev.mettle.core.data.RowGroups;
import dev.mettle.core.data.Shape;
import dev.mettle.core.data.Task;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

class RowBlocksTest {
    private static Dataset data(int rows) {
        return new Dataset(
                Shape.flat(1),
                new float[rows],
                List.of(),
                new float[0],
                Task.regression("z"),
                new double[rows],
                "");
    }

    private static int[] rows(int rows) {
        return IntStream.range(0, rows).toArray();
    }

    private static RowBlocks blocks(int rows, IntUnaryOperator group) {
        int[] codes = Arrays.stream(rows(rows)).map(group).toArray();
        return RowBlocks.of(data(rows).with(new RowGroups("who", codes)), rows(rows));
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "7, 7", "20, 20", "21, 20", "1234, 20"})
    void rowsThatStandForThemselvesAreCutIntoEqualRuns(int rows, int count) {
        RowBlocks blocks = RowBlocks.of(data(rows), rows(rows));
        assertThat(blocks.count()).isEqualTo(count);
        assertThat(blocks.rows()).isEqualTo(rows);
        for (int b = 0; b <= count; b++) {
            assertThat(blocks.start(b)).isEqualTo((int) ((long) b * rows / count));
        }
    }

    @ParameterizedTest
    @CsvSource({"20, 1", "20, 9", "33, 7", "100, 5", "400, 3"})
    void blocksAreMadeOfWholeGroups(int groups, int each) {
        RowBlocks blocks = blocks(groups * each, row -> row / each * 31 % groups);
        assertThat(blocks.count()).isEqualTo(20);
        for (int b = 0; b < 20; b++) {
            assertThat(blocks.start(b) % each).isZero();
            assertThat(blocks.start(b + 1)).isGreaterThan(blocks.start(b));
            assertThat((double) blocks.start(b))
                    .isCloseTo(b * groups * each / 20., within(each / 2. + 1));
        }
    }

    @Test
    void everyBlockHasAGroupHoweverUnequalTheyAre() {
        for (int large = 0; large < 25; large++) {
            int where = large;
            RowBlocks blocks =
                    blocks(1024, row -> row < where ? row : row < where + 1000 ? where : row - 999);
            for (int b = 0; b < 20; b++) {
                assertThat(blocks.start(b + 1)).isGreaterThan(blocks.start(b));
            }
            assertThat(blocks.rows()).isEqualTo(1024);
        }
    }

    @Test
    void fewerGroupsThanBlocksLeaveRunsOfRows() {
        assertThat(blocks(190, row -> row / 10).start(1)).isEqualTo(9);
    }

    @Test
    void theMeanIsThatOfAllRowsAndBlocksHaveTheirOwn() {
        RowBlocks blocks = blocks(40, row -> row < 21 ? 0 : row);
        double[] means = new double[20];
        assertThat(blocks.mean(row -> row, means)).isEqualTo(19.5);
        assertThat(means[0]).isEqualTo(10);
        assertThat(means[1]).isEqualTo(21);
        assertThat(means[19]).isEqualTo(39);
    }
}
