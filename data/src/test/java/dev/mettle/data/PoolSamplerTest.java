package dev.mettle.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.mettle.core.data.Dataset;
import dev.mettle.core.data.Partition;
import dev.mettle.core.data.Sample;
import dev.mettle.core.data.Scale;
import dev.mettle.core.data.Shape;
import dev.mettle.core.data.Task;
import dev.mettle.core.random.Purpose;
import dev.mettle.core.random.Seed;
import dev.mettle.core.study.ScaleKind;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Pinned rows: reference/data/split.py. Scales: reference/data/scales.py. */
class PoolSamplerTest {
    private static final Dataset THOUSAND = ramp(1000);
    private static final Partition SPLIT =
            Splitter.split(1000, Studies.settings(ScaleKind.NONE, ScaleKind.NONE, 100, 200));

    private static Dataset ramp(int rows) {
        float[] inputs = new float[rows];
        double[] targets = new double[rows];
        for (int i = 0; i < rows; i++) {
            inputs[i] = i;
            targets[i] = 1 + i;
        }
        return new Dataset(
                Shape.flat(1),
                inputs,
                List.of(),
                new float[0],
                Task.regression("energy"),
                targets,
                "");
    }

    private static PoolSampler sampler(ScaleKind inputScale, ScaleKind targetScale, int size) {
        return new PoolSampler(
                THOUSAND, SPLIT, Studies.settings(inputScale, targetScale, 100, 200), size);
    }

    private static Seed seed(int index) {
        return new Seed(20250522, Purpose.RACE, Seed.Source.SAMPLE, index);
    }

    @Test
    void theFirstRowsNeverChange() {
        int[] rows = sampler(ScaleKind.NONE, ScaleKind.NONE, 6).draw(seed(3)).rows();
        assertThat(rows).containsExactly(691, 920, 747, 885, 781, 904);
    }

    @Test
    void aSampleIsDistinctRowsOfThePool() {
        int[] rows = sampler(ScaleKind.NONE, ScaleKind.NONE, 400).draw(seed(0)).rows();
        assertThat(rows).hasSize(400).doesNotHaveDuplicates();
        assertThat(SPLIT.pool()).contains(rows);
    }

    @Test
    void aSmallerSampleIsTheBeginningOfALargerOneWithScalesOfItsOwn() {
        PoolSampler sampler = sampler(ScaleKind.STANDARD, ScaleKind.LOG, 50);
        Sample large = sampler.draw(seed(5), 300);
        Sample small = sampler.draw(seed(5), 20);
        assertThat(small.rows()).containsExactly(Arrays.copyOf(large.rows(), 20));
        assertThat(small.inputScales()).isNotEqualTo(large.inputScales());
        assertThat(small.inputScales())
                .isEqualTo(
                        sampler(ScaleKind.STANDARD, ScaleKind.LOG, 20).draw(seed(5)).inputScales());
        assertThat(sampler.draw(seed(5)).rows()).containsExactly(Arrays.copyOf(large.rows(), 50));
        assertThatThrownBy(() -> sampler.draw(seed(5), 701)).hasMessageContaining("701");
    }

    @Test
    void drawingLeavesThePoolAsItIs() {
        int[] before = SPLIT.pool().clone();
        sampler(ScaleKind.NONE, ScaleKind.NONE, 700).draw(seed(0));
        assertThat(SPLIT.pool()).containsExactly(before);
    }

    @Test
    void aSampleOfTheWholePoolIsThePool() {
        int[] rows = sampler(ScaleKind.NONE, ScaleKind.NONE, 700).draw(seed(1)).rows();
        Arrays.sort(rows);
        assertThat(rows).containsExactly(SPLIT.pool());
    }

    @Test
    void everyRowOfThePoolIsDrawnEquallyOften() {
        PoolSampler sampler = sampler(ScaleKind.NONE, ScaleKind.NONE, 70);
        int[] drawn = new int[1000];
        for (int index = 0; index < 2000; index++) {
            for (int row : sampler.draw(seed(index)).rows()) {
                drawn[row]++;
            }
        }
        // 200 expected each; chi-square over 700 rows with variance 180 has mean 700 and standard
        // deviation 37
        double chiSquare =
                IntStream.of(SPLIT.pool())
                        .mapToDouble(row -> Math.pow(drawn[row] - 200, 2) / 180)
                        .sum();
        assertThat(chiSquare).isBetween(550.0, 850.0);
    }

    @Test
    void equalSeedsGiveEqualSamplesAndOthersOthers() {
        PoolSampler sampler = sampler(ScaleKind.STANDARD, ScaleKind.LOG, 50);
        Sample first = sampler.draw(seed(5));
        Sample again = sampler.draw(seed(5));
        assertThat(again.rows()).containsExactly(first.rows());
        assertThat(again.inputScales()).isEqualTo(first.inputScales());
        assertThat(again.targetScales().getFirst()).isEqualTo(first.targetScales().getFirst());
        assertThat(sampler.draw(seed(6)).rows()).isNotEqualTo(first.rows());
    }

    @Test
    void threadsGetTheSampleThatOneThreadGets() {
        PoolSampler sampler = sampler(ScaleKind.STANDARD, ScaleKind.LOG, 300);
        List<Scale> together =
                IntStream.range(0, 64)
                        .parallel()
                        .mapToObj(index -> sampler.draw(seed(index)).targetScales().getFirst())
                        .toList();
        List<Scale> alone =
                IntStream.range(0, 64)
                        .mapToObj(index -> sampler.draw(seed(index)).targetScales().getFirst())
                        .toList();
        assertThat(together).isEqualTo(alone);
    }

    @Test
    void aSampleLargerThanThePoolIsImpossible() {
        assertThatThrownBy(() -> sampler(ScaleKind.NONE, ScaleKind.NONE, 701))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("701")
                .hasMessageContaining("700");
        assertThatThrownBy(() -> sampler(ScaleKind.NONE, ScaleKind.NONE, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void noScaleLeavesEveryColumnAsItIs() {
        assertThat(ScaleFit.columns(ScaleKind.NONE, new float[6], 3, new int[] {0, 1}))
                .containsExactly(Scale.NONE, Scale.NONE, Scale.NONE);
        assertThat(ScaleFit.whole(ScaleKind.NONE, new float[6], 3, new int[] {0, 1}))
                .isEqualTo(Scale.NONE);
        assertThat(
                        sampler(ScaleKind.NONE, ScaleKind.NONE, 9)
                                .draw(seed(0))
                                .targetScales()
                                .getFirst())
                .isEqualTo(Scale.NONE);
    }

    @ParameterizedTest
    @CsvSource({"STANDARD, standard", "ASINH, asinh"})
    void inputScalesAgreeWithNumPy(ScaleKind kind, String name) {
        try (NpzFile file = NpzFile.open(Npz.fixture("scales.npz"))) {
            int[] rows = rows(file);
            Scale whole = ScaleFit.whole(kind, file.array("", "cells").toFloats(), 12, rows);
            assertSame(whole, kind, file.array("", "cells_" + name).toDoubles(), 0);
            List<Scale> columns =
                    ScaleFit.columns(kind, file.array("", "table").toFloats(), 3, rows);
            assertThat(columns).hasSize(3);
            for (int c = 0; c < 3; c++) {
                assertSame(columns.get(c), kind, file.array("", "table_" + name).toDoubles(), c);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"STANDARD, standard", "LOG, log"})
    void targetAndFeatureScalesAgreeWithNumPy(ScaleKind kind, String name) {
        try (NpzFile file = NpzFile.open(Npz.fixture("scales.npz"))) {
            int[] rows = rows(file);
            for (String array : List.of("energy", "bias")) {
                double[] values = file.array("", array).toDoubles();
                Scale scale = ScaleFit.of(kind, i -> values[rows[i]], rows.length);
                assertSame(scale, kind, file.array("", array + "_" + name).toDoubles(), 0);
            }
        }
    }

    private static int[] rows(NpzFile file) {
        return Arrays.stream(file.array("", "rows").toDoubles())
                .mapToInt(row -> (int) row)
                .toArray();
    }

    private static void assertSame(Scale scale, ScaleKind kind, double[] expected, int at) {
        assertThat(scale.transform()).isEqualTo(kind.transform());
        assertThat(scale.unit()).isCloseTo(expected[3 * at], within(1e-12 * expected[3 * at]));
        assertThat(scale.mean())
                .isCloseTo(expected[3 * at + 1], within(1e-12 * Math.abs(expected[3 * at + 1])));
        assertThat(scale.deviation())
                .isCloseTo(expected[3 * at + 2], within(1e-10 * expected[3 * at + 2]));
    }

    @ParameterizedTest
    @EnumSource(names = {"STANDARD", "ASINH"})
    void equalNumbersHaveTheDeviationOne(ScaleKind kind) {
        float[] values = new float[3000];
        Arrays.fill(values, 0.1f);
        int[] rows = IntStream.range(0, 1000).toArray();
        assertThat(ScaleFit.whole(kind, values, 3, rows).deviation()).isEqualTo(1);
        assertThat(ScaleFit.columns(kind, values, 3, rows))
                .allMatch(scale -> scale.deviation() == 1);
        assertThat(ScaleFit.whole(kind, values, 3, rows).apply(0.1f)).isZero();
    }

    @Test
    void theUnitOfNothingButZerosIsOne() {
        assertThat(ScaleFit.whole(ScaleKind.ASINH, new float[6], 3, new int[] {0, 1}))
                .isEqualTo(new Scale(Scale.Transform.ASINH, 1, 0, 1));
    }

    @Test
    void scalesSeeTheSampleAndNothingElse() {
        Sample sample = sampler(ScaleKind.STANDARD, ScaleKind.STANDARD, 20).draw(seed(2));
        double mean = IntStream.of(sample.rows()).average().orElseThrow();
        assertThat(sample.inputScales()).hasSize(1);
        assertThat(sample.inputScales().getFirst().mean()).isCloseTo(mean, within(1e-9));
        assertThat(sample.targetScales().getFirst().mean()).isCloseTo(mean + 1, within(1e-9));
    }
}
