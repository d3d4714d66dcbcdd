package dev.mettle.core.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.mettle.core.statistics.RankCorrelation.Point;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/** Expected numbers: reference/generalization.py. */
class RankCorrelationTest {
    private static final double INF = Double.POSITIVE_INFINITY;
    private static final double[] X = {1.2, 0.8, 2.5, 1.9, INF, 0.9, 3.1, 1.2, 4.0, INF, 2.2, 1.1};
    private static final double[] Y = {2.1, 1.0, 4.4, 2.9, INF, 1.6, 3.0, 2.1, INF, 5.0, 1.9, 1.5};
    private static final Offset<Double> EXACT = within(1e-12);

    private static List<Point> points() {
        return IntStream.range(0, X.length).mapToObj(i -> new Point(X[i], Y[i])).toList();
    }

    private static List<Point> points(int count, DoubleUnaryOperator there) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Point(i, there.applyAsDouble(i)))
                .toList();
    }

    private static void check(
            RankCorrelation found, double tau, double low, double high, double share) {
        assertThat(found.tau()).isCloseTo(tau, EXACT);
        assertThat(found.low()).isCloseTo(low, EXACT);
        assertThat(found.high()).isCloseTo(high, EXACT);
        assertThat(found.concordant()).isCloseTo(share, EXACT);
    }

    @Test
    void tiesAndInfinitiesAreTauBOfKendall() {
        RankCorrelation found = RankCorrelation.of(points()).orElseThrow();
        check(found, 0.796875, 0.5326820042501708, 0.9195492964228245, 0.9047619047619048);
        assertThat(found.candidates()).isEqualTo(12);
    }

    @Test
    void drawnOnesStandForTheirPopulation() {
        List<Point> all = points();
        check(
                RankCorrelation.of(all.subList(0, 4), all.subList(4, 12), 60).orElseThrow(),
                0.7493941396783431,
                0.37429622668175977,
                0.9137414879018931,
                0.8872822498007515);
        check(
                RankCorrelation.of(all.subList(0, 1), all.subList(1, 12), 47).orElseThrow(),
                0.7964396284829717,
                0.5462558232836794,
                0.9161577804566766,
                0.9054373522458627);
    }

    @Test
    void aPopulationThatIsSeenAsAWholeHasTheTauOfAllPoints() {
        List<Point> all = points();
        check(
                RankCorrelation.of(all.subList(0, 4), all.subList(4, 12), 8).orElseThrow(),
                0.796875,
                0.55936514781112,
                0.9134671489419908,
                0.9047619047619048);
        assertThat(RankCorrelation.of(all, List.of(), 0)).isEqualTo(RankCorrelation.of(all));
    }

    /** Without ties every pair has the same say: the mean over all draws is exact. */
    @Test
    void overAllDrawsTheWeightedTauHasTheMeanOfTheWhole() {
        List<Point> population =
                List.of(
                        new Point(1, 3),
                        new Point(2, 1),
                        new Point(3, 7),
                        new Point(4, 2),
                        new Point(5, 9),
                        new Point(6, 4),
                        new Point(7, 8));
        List<Point> taken = List.of(new Point(1.5, 5), new Point(0.5, 6), new Point(4.5, 0));
        double sum = 0;
        int draws = 0;
        for (int set = 0; set < 1 << 7; set++) {
            int chosen = set;
            if (Integer.bitCount(set) == 4) {
                List<Point> drawn =
                        IntStream.range(0, 7)
                                .filter(i -> (chosen >> i & 1) == 1)
                                .mapToObj(population::get)
                                .toList();
                sum += RankCorrelation.of(taken, drawn, 7).orElseThrow().tau();
                draws++;
            }
        }
        double whole = RankCorrelation.of(taken, population, 7).orElseThrow().tau();
        assertThat(draws).isEqualTo(35);
        assertThat(sum / draws).isCloseTo(whole, EXACT);
        assertThat(whole).isBetween(-0.9, 0.9);
    }

    @Test
    void perfectOrderKeepsAnIntervalThatFewCandidatesDeserve() {
        check(
                RankCorrelation.of(points(10, x -> x * x)).orElseThrow(),
                1,
                0.9373030845055685,
                1,
                1);
        check(
                RankCorrelation.of(points(10, x -> -x)).orElseThrow(),
                -1,
                -1,
                -0.9373030845055685,
                0);
        assertThat(RankCorrelation.of(points(5, x -> x)).orElseThrow().low()).isLessThan(0.8);
    }

    @Test
    void tooFewCandidatesHaveATauButNoLimits() {
        assertThat(RankCorrelation.of(points(4, x -> x)).orElseThrow())
                .isEqualTo(new RankCorrelation(1, -1, 1, 1, 4));
        assertThat(RankCorrelation.of(points(6, x -> x), points(2, x -> x), 9).orElseThrow().low())
                .isEqualTo(-1);
    }

    @Test
    void withoutAnOrderThereIsNoCorrelation() {
        assertThat(RankCorrelation.of(List.of())).isEmpty();
        assertThat(RankCorrelation.of(points(1, x -> x))).isEmpty();
        assertThat(RankCorrelation.of(points(8, _ -> INF))).isEmpty();
        assertThat(RankCorrelation.of(points(6, x -> x), points(1, x -> x), 9)).isEmpty();
        assertThat(RankCorrelation.of(points(6, x -> x), points(1, x -> x), 1)).isPresent();
    }

    @Test
    void onlyTheOrderOfTheNumbersCounts() {
        List<Point> changed =
                points().stream()
                        .map(p -> new Point(2 * p.x(), p.y() * p.y() - 3))
                        .collect(java.util.stream.Collectors.toCollection(ArrayList::new));
        Collections.shuffle(changed, new Random(7));
        RankCorrelation found = RankCorrelation.of(points()).orElseThrow();
        RankCorrelation other = RankCorrelation.of(changed).orElseThrow();
        check(other, found.tau(), found.low(), found.high(), found.concordant());
    }

    @Test
    void hereAndThereMayChangePlaces() {
        RankCorrelation found = RankCorrelation.of(points()).orElseThrow();
        RankCorrelation other =
                RankCorrelation.of(points().stream().map(p -> new Point(p.y(), p.x())).toList())
                        .orElseThrow();
        check(other, found.tau(), found.low(), found.high(), found.concordant());
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Point(Double.NaN, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RankCorrelation.of(List.of(), points(), 11))
                .withMessageContaining("12 are drawn of 11");
    }
}
