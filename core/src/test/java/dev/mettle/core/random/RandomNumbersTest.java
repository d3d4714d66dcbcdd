package dev.mettle.core.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Expected numbers: the vectors published with Random123, and reference/random_numbers.py, a second
 * implementation.
 */
class RandomNumbersTest {
    private static final long STUDY = 20250522;

    static List<Arguments> random123() {
        return List.of(
                Arguments.of(
                        0L, ints(0, 0, 0, 0), ints(0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8)),
                Arguments.of(
                        -1L,
                        ints(-1, -1, -1, -1),
                        ints(0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd)),
                Arguments.of(
                        0x299f31d0_a4093822L,
                        ints(0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344),
                        ints(0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1)));
    }

    @ParameterizedTest
    @MethodSource("random123")
    void philoxGivesThePublishedBlocks(long key, int[] counter, int[] expected) {
        int[] block = new int[4];
        Philox4x32.block(key, counter[0], counter[1], counter[2], counter[3], block);
        assertThat(block).containsExactly(expected);
    }

    @Test
    void theFirstNumbersOfAStreamArePinned() {
        RandomStream words = weights(3);
        assertThat(ints(words.nextInt(), words.nextInt(), words.nextInt(), words.nextInt()))
                .containsExactly(0x5f631670, 0x84e2be44, 0x9e84f378, 0xc91d8c0b);
        RandomStream doubles = weights(3);
        assertThat(new double[] {doubles.nextDouble(), doubles.nextDouble(), doubles.nextDouble()})
                .containsExactly(0.3726057076172634, 0.619216172207521, 0.22205629221859147);
        RandomStream floats = weights(3);
        assertThat(new float[] {floats.nextFloat(), floats.nextFloat(), floats.nextFloat()})
                .containsExactly(0.37260568f, 0.5190848f, 0.61921614f);
        RandomStream gaussians = weights(3);
        assertThat(gaussians.nextGaussian()).isCloseTo(-0.3249599078313881, within(1e-15));
        assertThat(gaussians.nextGaussian()).isCloseTo(0.30342282190901465, within(1e-15));
        assertThat(new Seed(-1, Purpose.CERTIFY, Seed.Source.SAMPLE, 58).value())
                .isEqualTo(2905430517802246419L);
    }

    @Test
    void theFirstChoiceAndShuffleArePinned() {
        int[] rows = IntStream.range(0, 100).toArray();
        new RandomStream(new Seed(STUDY, Purpose.RACE, Seed.Source.SAMPLE, 7), Stream.ROWS)
                .choose(rows, 5);
        assertThat(Arrays.copyOf(rows, 5)).containsExactly(72, 36, 81, 9, 70);
        int[] order = IntStream.range(0, 10).toArray();
        new RandomStream(new Seed(STUDY, Purpose.RACE, Seed.Source.INIT, 7), Stream.ORDER)
                .shuffle(order, 10);
        assertThat(order).containsExactly(4, 2, 0, 8, 6, 1, 3, 5, 7, 9);
    }

    @Test
    void choosingMovesButLosesNoValue() {
        int[] rows = IntStream.range(0, 50).toArray();
        weights(0).choose(rows, 20);
        assertThat(rows).containsExactlyInAnyOrder(IntStream.range(0, 50).toArray());
    }

    @Test
    void aShuffleLeavesTheRestAlone() {
        int[] values = IntStream.range(0, 10).toArray();
        weights(0).shuffle(values, 4);
        assertThat(Arrays.copyOfRange(values, 4, 10)).containsExactly(4, 5, 6, 7, 8, 9);
    }

    /**
     * Chi-square of 40,000 draws over all 60 ordered choices of 3 of 5, and over all 24 orders of
     * 4.
     */
    @Test
    void choicesAndShufflesAreUniform() {
        RandomStream random = weights(1);
        int[] choices = new int[125];
        int[] orders = new int[256];
        for (int draw = 0; draw < 40_000; draw++) {
            int[] five = {0, 1, 2, 3, 4};
            random.choose(five, 3);
            choices[(five[0] * 5 + five[1]) * 5 + five[2]]++;
            int[] four = {0, 1, 2, 3};
            random.shuffle(four, 4);
            orders[((four[0] * 4 + four[1]) * 4 + four[2]) * 4 + four[3]]++;
        }
        assertUniform(choices, 60);
        assertUniform(orders, 24);
    }

    @Test
    void boundedNumbersAndFractionsAreUniform() {
        RandomStream random = weights(2);
        int[] sevens = new int[7];
        int[] doubles = new int[64];
        int[] floats = new int[64];
        for (int draw = 0; draw < 70_000; draw++) {
            sevens[random.nextInt(7)]++;
            doubles[(int) (64 * random.nextDouble())]++;
            floats[(int) (64 * random.nextFloat())]++;
        }
        assertUniform(sevens, 7);
        assertUniform(doubles, 64);
        assertUniform(floats, 64);
    }

    @Test
    void fractionsNeverReachZeroOrOne() {
        assertThat(RandomStream.fraction(0, 0)).isEqualTo(0x1p-53);
        assertThat(RandomStream.fraction(-1, -1)).isEqualTo(1 - 0x1p-53);
        assertThat(NormalQuantile.of(RandomStream.fraction(-1, -1))).isFinite();
    }

    @Test
    void gaussiansHaveTheMomentsOfANormal() {
        RandomStream random = weights(4);
        double[] moments = new double[4];
        int draws = 200_000;
        for (int draw = 0; draw < draws; draw++) {
            double z = random.nextGaussian();
            for (int power = 0; power < 4; power++) {
                moments[power] += Math.pow(z, power + 1) / draws;
            }
        }
        // tolerances: five standard errors, √(1, 2, 15, 96) / √draws each
        assertThat(moments[0]).isCloseTo(0, within(0.011));
        assertThat(moments[1]).isCloseTo(1, within(0.016));
        assertThat(moments[2]).isCloseTo(0, within(0.043));
        assertThat(moments[3]).isCloseTo(3, within(0.11));
    }

    @Test
    void seedsThatDifferInAnyPartGiveOtherNumbers() {
        Set<Long> values = new HashSet<>();
        int seeds = 0;
        for (long study : new long[] {0, 1, 1L << 32, -1}) {
            for (Purpose purpose : Purpose.values()) {
                for (Seed.Source source : Seed.Source.values()) {
                    for (int index = 0; index < 50; index++) {
                        Seed seed = new Seed(study, purpose, source, index);
                        for (Stream stream : Stream.values()) {
                            values.add(new RandomStream(seed, stream).nextLong());
                            seeds++;
                        }
                    }
                }
            }
        }
        assertThat(values).hasSize(seeds);
    }

    @Test
    void codesStoredInLedgersNeverChange() {
        assertThat(Arrays.stream(Purpose.values()).mapToInt(Purpose::code))
                .containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(Arrays.stream(Stream.values()).mapToInt(Stream::code))
                .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17);
        assertThat(Seed.Source.values())
                .containsExactly(Seed.Source.INIT, Seed.Source.SAMPLE, Seed.Source.ORDER);
    }

    @Test
    void partsOfAStreamShareNoNumbersAndAreReachedAnywhere() {
        Seed seed = new Seed(5, Purpose.RACE, Seed.Source.INIT, 2);
        RandomStream whole = new RandomStream(seed, Stream.DROPOUT);
        RandomStream parts = new RandomStream(seed, Stream.DROPOUT);
        int[] first = new int[40];
        Arrays.setAll(first, _ -> whole.nextInt());
        parts.go(0, 3);
        assertThat(parts.nextInt()).isEqualTo(first[12]);
        Set<Integer> seen = new HashSet<>();
        for (int part = 0; part < 50; part++) {
            parts.go(part, 0);
            for (int i = 0; i < 40; i++) {
                seen.add(parts.nextInt());
            }
        }
        assertThat(seen).hasSize(2000);
        parts.go((1 << 24) + 7, 1);
        int wrapped = parts.nextInt();
        parts.go(7, 1);
        assertThat(parts.nextInt()).isEqualTo(wrapped);
    }

    @Test
    void wordsFoundByEpochAndNumberArePinned() {
        int[] words = new int[4];
        Seed seed = new Seed(STUDY, Purpose.RACE, Seed.Source.INIT, 3);
        new KeyedWords(seed, Stream.WEIGHTS).block(0, 0, words);
        assertThat(words) // the block with which the stream begins
                .containsExactly(0x5f631670, 0x84e2be44, 0x9e84f378, 0xc91d8c0b);
        Set<Integer> seen = new HashSet<>();
        for (int epoch = 0; epoch < 100; epoch++) {
            for (int number : new int[] {0, 1, 99, -1}) {
                new KeyedWords(seed, Stream.MOVES).block(epoch, number, words);
                Arrays.stream(words).forEach(seen::add);
            }
        }
        assertThat(seen).hasSize(1600);
    }

    @Test
    void tabulatedNormalNumbersHaveTheMomentsOfANormal() {
        double[] moments = new double[4];
        float largest = 0;
        for (int bits = 0; bits < 8192; bits++) {
            double z = NormalTable.of(bits);
            for (int power = 0; power < 4; power++) {
                moments[power] += Math.pow(z, power + 1) / 8192;
            }
            largest = Math.max(largest, NormalTable.of(bits));
            assertThat(NormalTable.of(bits ^ 4096)).isEqualTo(-NormalTable.of(bits));
            assertThat(NormalTable.of(bits | 0xABCD << 16)).isEqualTo(NormalTable.of(bits));
        }
        assertThat(moments[0]).isCloseTo(0, within(1e-12));
        assertThat(moments[1]).isCloseTo(1, within(1e-7));
        assertThat(moments[2]).isCloseTo(0, within(1e-12));
        assertThat(moments[3]).isCloseTo(3, within(0.01));
        assertThat(largest).isBetween(3.83f, 3.85f);
    }

    @Test
    void aNegativeIndexIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Seed(0, Purpose.RACE, Seed.Source.INIT, -1));
    }

    /**
     * SciPy's ndtri. The ends are the smallest and the greatest number that {@code nextDouble}
     * gives.
     */
    @ParameterizedTest
    @CsvSource({
        "1.1102230246251565e-16, -8.209536151601387",
        "1e-300, -37.0470962993612",
        "1e-20, -9.262340089798409",
        "1e-09, -5.9978070150076865",
        "1e-06, -4.753424308822899",
        "0.001, -3.090232306167813",
        "0.0244, -1.970334909970191",
        "0.0249, -1.9616778690637864",
        "0.05, -1.6448536269514729",
        "0.074, -1.4466320671589785",
        "0.076, -1.4325027208258116",
        "0.25, -0.6744897501960817",
        "0.4, -0.2533471031357997",
        "0.5, 0.0",
        "0.6, 0.2533471031357997",
        "0.9, 1.2815515655446004",
        "0.924, 1.432502720825812",
        "0.926, 1.446632067158979",
        "0.975, 1.959963984540054",
        "0.999, 3.090232306167813",
        "0.999999999, 5.997807019601637",
        "0.9999999999999999, 8.209536151601387"
    })
    void theNormalQuantileAgreesWithScipy(double p, double expected) {
        assertThat(NormalQuantile.of(p)).isCloseTo(expected, within(4e-15 * Math.abs(expected)));
    }

    private static RandomStream weights(int index) {
        return new RandomStream(
                new Seed(STUDY, Purpose.RACE, Seed.Source.INIT, index), Stream.WEIGHTS);
    }

    private static int[] ints(int... values) {
        return values;
    }

    /**
     * Rejects counts whose chi-square is beyond either 0.1 % tail. Cells that cannot occur are
     * empty.
     */
    private static void assertUniform(int[] counts, int possible) {
        int[] seen = Arrays.stream(counts).filter(count -> count > 0).toArray();
        assertThat(seen).hasSize(possible);
        double expected = (double) Arrays.stream(seen).sum() / possible;
        double chiSquared =
                Arrays.stream(seen)
                        .mapToDouble(n -> (n - expected) * (n - expected) / expected)
                        .sum();
        double p = ChiSquaredDistribution.of(possible - 1.0).cumulativeProbability(chiSquared);
        assertThat(p).isBetween(0.001, 0.999);
    }
}
