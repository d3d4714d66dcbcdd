package dev.mettle.core.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mettle.core.data.Series;
import dev.mettle.core.statistics.Generalization.Answer;
import dev.mettle.core.statistics.Generalization.Case;
import dev.mettle.core.statistics.RankCorrelation.Point;
import dev.mettle.core.statistics.Robustness.Verdict;

import org.apache.commons.statistics.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

class GeneralizationTest {
    private static final double STEADY = 0.03;
    private static final double BETWEEN = 0.095;
    private static final double WILD = 0.3;

    /** Twenty losses at normal quantiles, in a fixed mixed order. */
    private static Series losses(double mean, double spread) {
        NormalDistribution normal = NormalDistribution.of(mean, mean * spread);
        double[] losses = new double[20];
        for (int i = 0; i < 20; i++) {
            losses[i] = normal.inverseCumulativeProbability((i * 7 % 20 + 0.5) / 20);
        }
        return Series.of(losses);
    }

    private static Series failed(double mean) {
        double[] losses = losses(mean, STEADY).toArray();
        losses[3] = Double.POSITIVE_INFINITY;
        return Series.of(losses);
    }

    private static Case steady(int id, boolean selected, Series there) {
        return Case.of("c" + id, selected, losses(1 + id, STEADY), there);
    }

    private static List<Case> selected(int robustThere, int undecided, int failing) {
        List<Case> cases = new ArrayList<>();
        for (int i = 0; i < robustThere + undecided + failing; i++) {
            double spread = i < robustThere ? STEADY : i < robustThere + undecided ? BETWEEN : WILD;
            cases.add(steady(i, true, losses(2 + i, spread)));
        }
        return cases;
    }

    private static Generalization of(List<Case> cases) {
        return new Generalization(cases, 40);
    }

    private static String sentence(Generalization found) {
        return found.sentence("simple", "complex", share -> Math.round(100 * share) + " %");
    }

    @Test
    void moreThanHalfWithConfidenceCarriesOver() {
        Generalization found = of(selected(6, 0, 0));
        assertThat(found.answer()).isEqualTo(Answer.CARRIES_OVER);
        assertThat(sentence(found))
                .isEqualTo(
                        "Robustness carries over from simple to complex: of the 6 selected"
                            + " candidates that are robust here all are robust there (100 %, 95 %"
                            + " interval 54 % to 100 %).");
        assertThat(of(selected(5, 0, 0)).answer()).isEqualTo(Answer.OPEN);
    }

    @Test
    void moreThanHalfThatFailDoNot() {
        Generalization found = of(selected(0, 0, 6));
        assertThat(found.answer()).isEqualTo(Answer.DOES_NOT_CARRY_OVER);
        assertThat(sentence(found))
                .contains(
                        "does not carry over",
                        "none is robust there (0 %, 95 % interval 0 % to 46 %)");
    }

    @Test
    void undecidedOnesAreNoFailures() {
        Generalization found = of(selected(0, 6, 0));
        assertThat(found.answer()).isEqualTo(Answer.OPEN);
        assertThat(found.failing()).isEmpty();
        assertThat(found.count(true, Verdict.YES, Verdict.UNDECIDED)).isEqualTo(6);
        assertThat(found.carried(true)).contains(new Proportion(0, 6));
        assertThat(sentence(found)).startsWith("Whether robustness carries over");
    }

    @Test
    void whatIsNotRobustHereHasNothingToCarry() {
        Generalization found =
                of(
                        List.of(
                                Case.of("a", true, losses(1, WILD), losses(1, STEADY)),
                                Case.of("b", false, losses(1, WILD), losses(1, STEADY))));
        assertThat(found.answer()).isEqualTo(Answer.NOTHING_ROBUST_HERE);
        assertThat(found.carried(true)).isEmpty();
        assertThat(found.robustThere(true)).contains(new Proportion(1, 1));
        assertThat(sentence(found))
                .isEqualTo(
                        "There is no robustness to carry over from simple to complex: the selected"
                                + " candidate is not robust here; of 1 dropped ones drawn at random"
                                + " none is robust here.");
    }

    @Test
    void selectedAndDroppedAreJudgedApart() {
        List<Case> cases = selected(5, 0, 1);
        cases.add(steady(10, false, failed(3)));
        cases.add(steady(11, false, losses(3, STEADY)));
        cases.add(Case.of("c12", false, failed(1), failed(3)));
        Generalization found = of(cases);
        assertThat(found.carried(true)).contains(new Proportion(5, 6));
        assertThat(found.carried(false)).contains(new Proportion(1, 2));
        assertThat(found.robustThere(false)).contains(new Proportion(1, 3));
        assertThat(found.count(false, Verdict.NO, Verdict.NO)).isOne();
        assertThat(found.failing().stream().map(Case::candidate)).containsExactly("c5", "c10");
        assertThat(found.failing().getLast().robustThere().reason())
                .isEqualTo("1 of 20 instances failed.");
        assertThat(found.selectedLessDropped())
                .contains(new Proportion(5, 6).minus(new Proportion(1, 3)));
        assertThat(sentence(found))
                .endsWith(
                        "; of the 2 dropped ones that are, from 3 drawn at random, 1 is robust"
                                + " there (50 %, 95 % interval 1 % to 99 %).");
        assertThat(of(selected(6, 0, 0)).selectedLessDropped()).isEmpty();
    }

    @Test
    void agreementIsThatOfTheCriterionOverDroppedAndOverAll() {
        List<Case> cases = new ArrayList<>();
        double[] there = {2, 1, 4, 3, 7, 6, 5, 9};
        for (int i = 0; i < 8; i++) {
            cases.add(
                    i == 7
                            ? steady(i, false, failed(1))
                            : steady(i, i < 3, losses(there[i], STEADY + i / 50.0)));
        }
        Generalization found = of(cases);
        Generalization.Agreement mean = found.agreement(new Criterion.Mean());
        List<Point> points =
                IntStream.range(0, 8)
                        .mapToObj(i -> new Point(i, i == 7 ? Double.POSITIVE_INFINITY : there[i]))
                        .toList();
        assertThat(mean.dropped()).isEqualTo(RankCorrelation.of(points.subList(3, 8)));
        assertThat(mean.all())
                .isEqualTo(RankCorrelation.of(points.subList(0, 3), points.subList(3, 8), 40));
        assertThat(mean.repeated().orElseThrow().tau())
                .as("losses here lie far apart")
                .isEqualTo(1);
        Generalization lost = of(List.of(steady(1, true, failed(1)), steady(2, false, failed(1))));
        assertThat(lost.agreement(new Criterion.Cv()).all()).as("no order there").isEmpty();
    }

    @Test
    void halvesNeedLosses() {
        Series one = Series.of(1, 2, 3);
        Generalization found =
                of(List.of(Case.of("a", true, one, one), Case.of("b", true, one, one)));
        assertThat(found.agreement(new Criterion.Mean()).repeated()).isEmpty();
    }
}
