package dev.mettle.core.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.mettle.core.statistics.Robustness.Limits;
import dev.mettle.core.statistics.Robustness.Verdict;

import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TDistribution;
import org.junit.jupiter.api.Test;

import java.util.Arrays;

/** Expected numbers: reference/loss_statistics.py. */
class RobustnessTest {
    @Test
    void theDefaultLimitsAreThePapers() {
        assertThat(Limits.DEFAULT).isEqualTo(new Limits(0.10, 20));
    }

    @Test
    void aSmallCvIsRobust() {
        Robustness robust = Robustness.of(normalScores(30, 0.05));
        assertThat(robust.verdict()).isEqualTo(Verdict.YES);
        assertThat(robust.reason())
                .isEqualTo(
                        "cv is 4.98 % (95 % interval 3.98 % to 6.72 %) over 30 instances, none of"
                                + " which failed; the limit is 10.0 %.");
        assertThat(robust.instancesToDecide()).isEmpty();
    }

    @Test
    void aLargeCvIsNot() {
        Robustness robust = Robustness.of(normalScores(30, 0.2));
        assertThat(robust.verdict()).isEqualTo(Verdict.NO);
        assertThat(robust.reason()).endsWith("above the limit of 10.0 %.");
    }

    @Test
    void aCvOfManyTimesTheMeanIsStillANumberForPeople() {
        double[] losses = new double[400];
        Arrays.fill(losses, 1e-6);
        losses[0] = 1;
        assertThat(Robustness.of(Losses.of(losses)).reason())
                .contains("cv is 2000 % (95 % interval 37.1 % to 1.44\u00a0×\u00a010⁶ %)");
    }

    @Test
    void anIntervalThatHoldsTheLimitIsUndecidedAndSaysHowManyWouldDecide() {
        Robustness below = Robustness.of(normalScores(30, 0.09));
        assertThat(below.verdict()).isEqualTo(Verdict.UNDECIDED);
        assertThat(below.instancesToDecide()).hasValue(240); // 237.3
        assertThat(below.reason()).contains("about 240 instances");
        Robustness above = Robustness.of(normalScores(30, 0.11));
        assertThat(above.verdict()).isEqualTo(Verdict.UNDECIDED);
        assertThat(above.instancesToDecide()).hasValue(170); // 163.8
    }

    @Test
    void heavyTailsMakeTheVerdictLessSureAndItSaysSo() {
        double[] heavy = new double[100];
        Arrays.setAll(
                heavy,
                i ->
                        StrictMath.exp(
                                0.02
                                        * TDistribution.of(3)
                                                .inverseCumulativeProbability((i + 0.5) / 100)));
        Robustness robust = Robustness.of(Losses.of(heavy));
        assertThat(robust.verdict()).isEqualTo(Verdict.YES);
        assertThat(robust.warning().orElseThrow())
                .startsWith(
                        "The log-losses have heavier tails than normal (excess kurtosis 3.2), so"
                                + " the interval of cv is too narrow");
        assertThat(Robustness.of(normalScores(30, 0.05)).warning()).isEmpty();
        assertThat(Robustness.of(normalScores(400, 0.05)).warning()).isEmpty();
    }

    @Test
    void theNumberAdvisedIsNearWhereTheVerdictTurns() {
        double spread = 0.0896; // cv of the 30 above, which lack the tails of a greater number
        assertThat(Robustness.of(normalScores(200, spread)).verdict()).isEqualTo(Verdict.UNDECIDED);
        assertThat(Robustness.of(normalScores(280, spread)).verdict()).isEqualTo(Verdict.YES);
    }

    @Test
    void aCvAtTheLimitItselfGetsNoNumber() {
        Robustness robust =
                Robustness.of(normalScores(30, 0.09), new Limits(normalScores(30, 0.09).cv(), 20));
        assertThat(robust.verdict()).isEqualTo(Verdict.UNDECIDED);
        assertThat(robust.instancesToDecide()).isEmpty();
        assertThat(robust.reason()).contains("too close");
    }

    @Test
    void oneFailureIsEnoughEvenAmongFewInstances() {
        double[] losses = normalScores(59, 0.01).toArray();
        losses[10] = Double.POSITIVE_INFINITY;
        Robustness robust = Robustness.of(Losses.of(losses));
        assertThat(robust.verdict()).isEqualTo(Verdict.NO);
        assertThat(robust.reason()).isEqualTo("1 of 59 instances failed.");
        assertThat(Robustness.of(Losses.of(1, Double.POSITIVE_INFINITY)).verdict())
                .isEqualTo(Verdict.NO);
    }

    @Test
    void fewerInstancesThanAskedForAreUndecidedHoweverEqual() {
        double[] losses = new double[20];
        Arrays.fill(losses, 1);
        assertThat(Robustness.of(Losses.of(Arrays.copyOf(losses, 19))).verdict())
                .isEqualTo(Verdict.UNDECIDED);
        assertThat(Robustness.of(Losses.of(losses)).verdict()).isEqualTo(Verdict.YES);
    }

    @Test
    void tooFewInstancesSayHowManyWouldDecide() {
        Robustness clear = Robustness.of(normalScores(10, 0.02));
        assertThat(clear.instancesToDecide()).hasValue(20);
        assertThat(clear.reason()).isEqualTo("10 instances are too few; a verdict needs 20.");
        Robustness close = Robustness.of(normalScores(10, 0.09));
        assertThat(close.instancesToDecide().orElseThrow()).isGreaterThan(20);
        assertThat(close.reason())
                .endsWith(
                        "and about %d if cv stays at 8.90 %%."
                                .formatted(close.instancesToDecide().orElseThrow()));
        assertThat(Robustness.of(Losses.of(1)).reason()).startsWith("1 instance is too few");
    }

    @Test
    void theSentenceNamesTheCandidateAndTheVerdict() {
        assertThat(Robustness.of(normalScores(30, 0.05)).sentence("3fa2"))
                .startsWith("3fa2 is robust: cv is 4.98 %");
        assertThat(Robustness.of(normalScores(30, 0.2)).sentence("3fa2"))
                .startsWith("3fa2 is not robust: cv is");
        assertThat(Robustness.of(normalScores(30, 0.09)).sentence("3fa2"))
                .startsWith("whether 3fa2 is robust is undecided: cv is");
    }

    @Test
    void aMeanThatIsNotPositiveIsUndecided() {
        double[] losses = new double[20];
        Arrays.fill(losses, -1);
        Robustness robust = Robustness.of(Losses.of(losses));
        assertThat(robust.verdict()).isEqualTo(Verdict.UNDECIDED);
        assertThat(robust.reason()).contains("not positive");
    }

    @Test
    void impossibleLimitsAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Limits(0, 20));
        assertThatIllegalArgumentException().isThrownBy(() -> new Limits(Double.NaN, 20));
        assertThatIllegalArgumentException().isThrownBy(() -> new Limits(0.1, 1));
    }

    /** Losses at the normal quantiles of (i - 1/2)/n, with mean 1. */
    private static Losses normalScores(int n, double spread) {
        NormalDistribution normal = NormalDistribution.of(1, spread);
        double[] losses = new double[n];
        Arrays.setAll(losses, i -> normal.inverseCumulativeProbability((i + 0.5) / n));
        return Losses.of(losses);
    }
}
