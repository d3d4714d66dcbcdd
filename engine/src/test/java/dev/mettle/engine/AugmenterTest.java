package dev.mettle.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mettle.core.data.Shape;
import dev.mettle.core.random.Purpose;
import dev.mettle.core.random.Seed;
import dev.mettle.core.study.Augmentation;
import dev.mettle.core.study.Augmentation.Flip;
import dev.mettle.engine.kernel.Lanes;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What augmentation does to inputs; reference/engine/augmentation.py made augmentation.txt. */
class AugmenterTest {
    private static final Seed SEED = new Seed(20250522, Purpose.RACE, Seed.Source.INIT, 3);
    private static final int ROWS = 60;
    private static final float ZERO = -7;

    static Stream<Arguments> settings() {
        return Stream.of(
                Arguments.of("shift", new Shape(1, 5, 6), new Augmentation(2, Flip.NONE, 0)),
                Arguments.of("flip", new Shape(2, 3, 4), new Augmentation(0, Flip.HORIZONTAL, 0)),
                Arguments.of("vertical", new Shape(1, 4, 3), new Augmentation(0, Flip.VERTICAL, 0)),
                Arguments.of("all", new Shape(3, 4, 5), new Augmentation(3, Flip.BOTH, 0.25)),
                Arguments.of(
                        "sequence", new Shape(2, 1, 9), new Augmentation(4, Flip.HORIZONTAL, 0)),
                Arguments.of("noise", Shape.flat(5), new Augmentation(0, Flip.NONE, 0.5)));
    }

    @ParameterizedTest
    @MethodSource("settings")
    void rowsAreChangedAsNumpyChangesThem(String name, Shape shape, Augmentation settings) {
        float[] inputs = rows(shape);
        Augmenter augmenter = new Augmenter(settings, shape, ZERO, SEED);
        int epoch = 0;
        for (double[] line : expected(name)) {
            for (; epoch < line[0]; epoch++) {
                augmenter.nextEpoch();
            }
            float[] changed = changed(augmenter, shape, inputs, (int) line[1]);
            for (int i = 0; i < changed.length; i++) {
                assertThat((double) changed[i])
                        .as("epoch %s, row %s, value %d", line[0], line[1], i)
                        .isCloseTo(line[2 + i], within(1e-5));
            }
        }
        assertThat(epoch).isEqualTo(70_000);
    }

    /** Neither the place of a row in its block nor the rows beside it matter. */
    @Test
    void whatHappensToARowDependsOnItsPositionAndTheEpochAlone() {
        Shape shape = new Shape(2, 6, 7);
        Augmentation settings = new Augmentation(3, Flip.BOTH, 0.1);
        float[] inputs = rows(shape);
        int[] order = IntStream.range(0, ROWS).map(i -> ROWS - 1 - i).toArray();
        Augmenter together = new Augmenter(settings, shape, ZERO, SEED);
        Augmenter alone = new Augmenter(settings, shape, ZERO, SEED);
        for (int epoch = 1; epoch <= 3; epoch++) {
            together.nextEpoch();
            alone.nextEpoch();
            float[] block = new float[shape.size() * Lanes.BLOCK];
            together.gather(inputs, order, 5, 20, block, 0, positions(shape));
            for (int e = 0; e < Lanes.BLOCK; e++) {
                int row = order[5 + (e < 20 ? e : 0)];
                float[] own = new float[shape.size()];
                for (int i = 0; i < own.length; i++) {
                    own[i] = block[i * Lanes.BLOCK + e];
                }
                assertThat(own).containsExactly(changed(alone, shape, inputs, row));
            }
        }
    }

    @Test
    void everyShiftAndFlipIsAsLikely() {
        Shape shape = new Shape(1, 9, 9);
        float[] inputs = new float[shape.size()];
        inputs[3 * 9 + 2] = 1; // row 3, column 2; off the middle, so that a flip shows
        int[] counts = new int[100];
        Augmenter augmenter = new Augmenter(new Augmentation(1, Flip.BOTH, 0), shape, 0, SEED);
        int draws = 36_000;
        for (int i = 0; i < draws; i++) {
            augmenter.nextEpoch();
            float[] changed = changed(augmenter, shape, inputs, 0);
            int at = IntStream.range(0, changed.length).filter(n -> changed[n] == 1).sum();
            counts[at]++;
        }
        // columns 1 2 3 or 5 6 7, rows 2 3 4 or 4 5 6: row 4 comes from both flips
        for (int y = 2; y <= 6; y++) {
            for (int x : new int[] {1, 2, 3, 5, 6, 7}) {
                double expected = draws / 36.0 * (y == 4 ? 2 : 1);
                assertThat((double) counts[y * 9 + x])
                        .as("row %d, column %d", y, x)
                        .isCloseTo(expected, within(5 * Math.sqrt(expected)));
            }
        }
    }

    @Test
    void theSeedMattersAndMovesDoNotDependOnNoise() {
        Shape shape = new Shape(1, 8, 8);
        float[] inputs = rows(shape);
        Augmenter plain = new Augmenter(new Augmentation(3, Flip.BOTH, 0), shape, ZERO, SEED);
        Augmenter noisy = new Augmenter(new Augmentation(3, Flip.BOTH, 1e-4), shape, ZERO, SEED);
        Seed other = new Seed(20250522, Purpose.RACE, Seed.Source.INIT, 4);
        Augmenter different = new Augmenter(new Augmentation(3, Flip.BOTH, 0), shape, ZERO, other);
        int same = 0;
        for (int row = 0; row < ROWS; row++) {
            float[] expected = changed(plain, shape, inputs, row);
            assertThat(changed(noisy, shape, inputs, row)).containsExactly(expected, within(1e-3f));
            same += Arrays.equals(expected, changed(different, shape, inputs, row)) ? 1 : 0;
        }
        assertThat(same).isLessThan(5); // 1 in 196 by chance
    }

    /** Never reached by a study, whose shifts are smaller than its images. */
    @Test
    void aShiftBeyondTheImageLeavesZeros() {
        Shape shape = new Shape(1, 2, 3);
        Augmenter augmenter =
                new Augmenter(new Augmentation(1000, Flip.NONE, 0), shape, ZERO, SEED);
        assertThat(changed(augmenter, shape, rows(shape), 1)).containsOnly(ZERO);
    }

    private static float[] changed(Augmenter augmenter, Shape shape, float[] inputs, int row) {
        float[] block = new float[shape.size() * Lanes.BLOCK];
        augmenter.gather(inputs, new int[] {row}, 0, 1, block, 0, positions(shape));
        float[] first = new float[shape.size()];
        for (int i = 0; i < first.length; i++) {
            first[i] = block[i * Lanes.BLOCK];
        }
        return first;
    }

    private static int[] positions(Shape shape) {
        return IntStream.range(0, shape.size()).map(i -> i * Lanes.BLOCK).toArray();
    }

    private static float[] rows(Shape shape) {
        float[] inputs = new float[ROWS * shape.size()];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = (37 * (i / shape.size()) + 11 * (i % shape.size())) % 101;
        }
        return inputs;
    }

    private static List<double[]> expected(String name) {
        try (var stream = AugmenterTest.class.getResourceAsStream("augmentation.txt")) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith(name + " "))
                    .map(line ->
                            Arrays.stream(line.split(" "))
                                    .skip(1)
                                    .mapToDouble(Double::parseDouble)
                                    .toArray())
                    .toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
