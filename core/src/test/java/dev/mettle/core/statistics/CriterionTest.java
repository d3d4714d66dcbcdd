package dev.mettle.core.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.mettle.core.random.Purpose;
import dev.mettle.core.random.RandomStream;
import dev.mettle.core.random.Seed;
import dev.mettle.core.random.Stream;
import dev.mettle.core.statistics.Criterion.Cv;
import dev.mettle.core.statistics.Criterion.Cvar;
import dev.mettle.core.statistics.Criterion.Iqr;
import dev.mettle.core.statistics.Criterion.Max;
import dev.mettle.core.statistics.Criterion.Mean;
import dev.mettle.core.statistics.Criterion.MeanPlusStd;
import dev.mettle.core.statistics.Criterion.Median;
import dev.mettle.core.statistics.Criterion.Quantile;
import dev.mettle.core.statistics.Criterion.Std;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** Expected numbers: reference/loss_statistics.py (NumPy). */
class CriterionTest {
    private static final double INFINITY = Double.POSITIVE_INFINITY;
    private static final Offset<Double> ROUNDING = within(1e-14);
    private static final List<Criterion> ALL =
            List.of(
                    new Mean(),
                    new Median(),
                    new Max(),
                    new Iqr(),
                    new Std(),
                    new Cv(),
                    new Quantile(0),
                    new Quantile(0.05),
                    new Quantile(0.9),
                    new Quantile(1),
                    new Cvar(0),
                    new Cvar(0.5),
                    new Cvar(0.95),
                    new MeanPlusStd(0),
                    new MeanPlusStd(2));

    static List<Arguments> numpy() {
        Losses twenty = ReferenceLosses.TWENTY;
        Losses mixed = ReferenceLosses.MIXED;
        return List.of(
                Arguments.of(new Mean(), twenty, 0.013595000000000001),
                Arguments.of(new Median(), twenty, 0.013),
                Arguments.of(new Max(), twenty, 0.021),
                Arguments.of(new Std(), twenty, 0.002129362395302011),
                Arguments.of(new Cv(), twenty, 0.15662834831202727),
                Arguments.of(new Iqr(), twenty, 0.0017749999999999988),
                Arguments.of(new Quantile(0.1), twenty, 0.01189),
                Arguments.of(new Quantile(0.33), twenty, 0.012554),
                Arguments.of(new Quantile(0.9), twenty, 0.01523),
                Arguments.of(new Quantile(0.95), twenty, 0.01663),
                Arguments.of(new Cvar(0.9), twenty, 0.0187),
                Arguments.of(new Cvar(0.95), twenty, 0.021),
                Arguments.of(new Cvar(0.33), twenty, 0.014365671641791046),
                Arguments.of(new MeanPlusStd(2), twenty, 0.013595 + 2 * 0.002129362395302011),
                Arguments.of(new Mean(), mixed, 0.46),
                Arguments.of(new Median(), mixed, 0.4),
                Arguments.of(new Std(), mixed, 0.6275171533733382),
                Arguments.of(new Cv(), mixed, 1.3641677247246484),
                Arguments.of(new Iqr(), mixed, 0.55),
                Arguments.of(new Quantile(0.1), mixed, -0.13),
                Arguments.of(new Quantile(0.95), mixed, 1.405),
                Arguments.of(new Cvar(0.9), mixed, 1.9),
                Arguments.of(new Cvar(0.33), mixed, 0.7373134328358208));
    }

    @ParameterizedTest
    @MethodSource("numpy")
    void criteriaAgreeWithNumpy(Criterion criterion, Losses losses, double expected) {
        assertThat(criterion.of(losses)).isCloseTo(expected, ROUNDING);
    }

    static List<Arguments> failures() {
        Losses one = Losses.of(1, 2, 3, 4, INFINITY);
        Losses two = Losses.of(1, 2, 3, INFINITY, INFINITY);
        Losses all = Losses.of(INFINITY, INFINITY);
        return List.of(
                Arguments.of(new Mean(), one, INFINITY),
                Arguments.of(new Median(), one, 3.0),
                Arguments.of(new Max(), one, INFINITY),
                Arguments.of(
                        new Iqr(), one,
                        2.0), // Q3 is the 4th of 5 exactly: no weight on the failure
                Arguments.of(new Iqr(), two, INFINITY),
                Arguments.of(new Std(), one, INFINITY),
                Arguments.of(new Cv(), one, INFINITY),
                Arguments.of(new Quantile(0.75), one, 4.0),
                Arguments.of(new Quantile(0.76), one, INFINITY),
                Arguments.of(new Cvar(0.5), one, INFINITY),
                Arguments.of(new MeanPlusStd(0), one, INFINITY),
                Arguments.of(new Median(), two, 3.0),
                Arguments.of(new Median(), all, INFINITY),
                Arguments.of(new Iqr(), all, INFINITY));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aFailedInstanceCountsAsInfinityAndNothingElseIsTouched(
            Criterion criterion, Losses losses, double expected) {
        assertThat(criterion.of(losses)).isEqualTo(expected);
    }

    @Test
    void aWeightThatIsZeroButForRoundingIsSkipped() {
        double[] losses = new double[26];
        Arrays.fill(losses, 15, 26, INFINITY);
        losses[14] = 7;
        assertThat(0.56 * 25).isGreaterThan(14); // in doubles
        assertThat(Losses.of(losses).quantile(0.56)).isEqualTo(7);
    }

    @Test
    void oneLossHasNoSpread() {
        Losses one = Losses.of(3);
        assertThat(one.std()).isZero();
        assertThat(one.iqr()).isZero();
        assertThat(one.cv()).isZero();
        assertThat(one.cvar(0.9)).isEqualTo(3);
        assertThat(one.quantile(0.3)).isEqualTo(3);
    }

    @Test
    void equalLossesHaveStdOfExactlyZero() {
        Losses equal = Losses.of(0.1, 0.1, 0.1); // 0.1 + 0.1 + 0.1 is not 3 × 0.1
        assertThat(equal.mean()).isEqualTo(0.1);
        assertThat(equal.std()).isZero();
    }

    @Test
    void aMeanOfZeroOrLessHasAnInfiniteCv() {
        assertThat(Losses.of(-1, 1).cv()).isEqualTo(INFINITY);
        assertThat(Losses.of(-2, -1).cv()).isEqualTo(INFINITY);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 8, 20, 59})
    void noCriterionIsEverNaN(int count) {
        RandomStream random = stream(count);
        double[] extremes = {
            INFINITY, -Double.MAX_VALUE, Double.MAX_VALUE, Double.MIN_VALUE, 0.0, -0.0, 1
        };
        forEachRandomVector(
                random,
                500,
                count,
                losses -> {
                    for (int i = 0; i < losses.length; i++) {
                        losses[i] =
                                random.nextInt(3) == 0
                                        ? extremes[random.nextInt(extremes.length)]
                                        : losses[i];
                    }
                    for (Criterion criterion : ALL) {
                        double value = criterion.of(Losses.of(losses));
                        assertThat(value > Double.NEGATIVE_INFINITY)
                                .as(
                                        "%s of %s is %s",
                                        criterion.label(), Arrays.toString(losses), value)
                                .isTrue();
                    }
                });
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 20})
    void doubledLossesDoubleEveryCriterionButCv(int count) {
        forEachRandomVector(
                stream(count),
                100,
                count,
                losses -> {
                    Losses doubled = Losses.of(Arrays.stream(losses).map(x -> 2 * x).toArray());
                    for (Criterion criterion : ALL) {
                        double factor = criterion instanceof Cv ? 1 : 2; // a power of 2: exact
                        assertThat(criterion.of(doubled))
                                .isEqualTo(factor * criterion.of(Losses.of(losses)));
                    }
                });
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 5, 20})
    void theOrderOfTheLossesDoesNotReachABit(int count) {
        RandomStream random = stream(count);
        forEachRandomVector(
                random,
                100,
                count,
                losses -> {
                    int[] order = new int[count];
                    Arrays.setAll(order, i -> i);
                    random.shuffle(order, count);
                    double[] permuted = Arrays.stream(order).mapToDouble(i -> losses[i]).toArray();
                    for (Criterion criterion : ALL) {
                        assertThat(criterion.of(Losses.of(permuted)))
                                .isEqualTo(criterion.of(Losses.of(losses)));
                    }
                });
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 20})
    void anotherFailureNeverImprovesACriterion(int count) {
        forEachRandomVector(
                stream(count),
                200,
                count,
                losses -> {
                    double[] more = Arrays.copyOf(losses, count + 1);
                    more[count] = INFINITY;
                    for (Criterion criterion : ALL) {
                        if (!(criterion
                                instanceof
                                Iqr)) { // the first quartile may rise by more than the third
                            assertThat(criterion.of(Losses.of(more)))
                                    .as(criterion.label())
                                    .isGreaterThanOrEqualTo(criterion.of(Losses.of(losses)));
                        }
                    }
                });
    }

    @Test
    void cvarOfTheWholeDistributionIsTheMean() {
        assertThat(ReferenceLosses.TWENTY.cvar(0))
                .isCloseTo(ReferenceLosses.TWENTY.mean(), ROUNDING);
    }

    @Test
    void labelsAreThoseOfStudyFiles() {
        assertThat(ALL.stream().map(Criterion::label))
                .startsWith("mean", "median", "max", "iqr", "std", "cv", "quantile(0.0)")
                .contains("cvar(0.95)", "mean_plus_std(2.0)");
    }

    @Test
    void onlySpreadsIgnoreTheLevel() {
        assertThat(ALL.stream().filter(Criterion::ignoresLevel))
                .containsExactly(new Iqr(), new Std(), new Cv());
    }

    @Test
    void impossibleSettingsAndLossesAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Quantile(1.1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Cvar(1));
        assertThatIllegalArgumentException().isThrownBy(() -> new MeanPlusStd(Double.NaN));
        assertThatIllegalArgumentException().isThrownBy(Losses::of);
        assertThatIllegalArgumentException().isThrownBy(() -> Losses.of(1, Double.NaN));
        assertThatIllegalArgumentException().isThrownBy(() -> Losses.of(Double.NEGATIVE_INFINITY));
    }

    private static RandomStream stream(int index) {
        return new RandomStream(
                new Seed(2, Purpose.ASSESS, Seed.Source.INIT, index), Stream.RESAMPLES);
    }

    private static void forEachRandomVector(
            RandomStream random, int vectors, int count, Consumer<double[]> test) {
        for (int vector = 0; vector < vectors; vector++) {
            double[] losses = new double[count];
            Arrays.setAll(losses, _ -> StrictMath.exp(random.nextGaussian()));
            test.accept(losses);
        }
    }
}
