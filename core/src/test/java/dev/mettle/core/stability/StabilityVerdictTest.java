package dev.mettle.core.stability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mettle.core.selection.Ranked;
import dev.mettle.core.stability.Choices.Pick;
import dev.mettle.core.statistics.Criterion.Mean;
import dev.mettle.core.statistics.Proportion;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

class StabilityVerdictTest {
    /** Of 200 repeats, {@code best} pick the best, {@code near} one within 2 %, the rest others. */
    private static Stability.AtCount at(int instances, int best, int near) {
        Choices choices =
                new Choices(
                        10 * instances,
                        List.of(
                                new Pick("a", 1, 0, best),
                                new Pick("b", 2, 0.01, near),
                                new Pick("c", 3, 0.5, 200 - best - near)));
        FreshJudgement fresh =
                new FreshJudgement(
                        25,
                        25,
                        new Proportion(70, 200),
                        new Proportion(50, 200),
                        new Proportion(3, 200),
                        OptionalDouble.of(-0.0001),
                        OptionalDouble.of(0.01234));
        return new Stability.AtCount(
                instances,
                choices,
                choices,
                instances <= 25 ? Optional.of(fresh) : Optional.empty());
    }

    private static StabilityVerdict verdict(Stability.AtCount... counts) {
        List<Integer> instances = new ArrayList<>();
        List.of(counts).forEach(at -> instances.add(at.instances()));
        return StabilityVerdict.of(
                new Stability(
                        new StabilitySettings(new Mean(), instances, 200),
                        List.of(new Ranked("a", "", 1, 0), new Ranked("b", "", 1.01, 0)),
                        50,
                        List.of(counts)));
    }

    @Test
    void theLeastNumberFromWhichOnAllAreGoodIsEnough() {
        StabilityVerdict verdict = verdict(at(5, 100, 50), at(10, 120, 75), at(50, 150, 50));
        assertThat(verdict.enough()).hasValue(10);
        assertThat(verdict.sentence())
                .isEqualTo(
                        "10 instances per candidate are enough: the pick by them is within 2 % of"
                            + " the best of all 50 in 97.5 % of the repeats, and the best itself in"
                            + " 60 %. 5 are not: 75 %.");
    }

    @Test
    void aLuckyRowBeforeABadOneIsNotEnough() {
        assertThat(verdict(at(5, 200, 0), at(10, 100, 0), at(50, 190, 0)).enough()).hasValue(50);
    }

    @Test
    void aChoiceThatAllInstancesDoNotSettleSaysSo() {
        StabilityVerdict verdict = verdict(at(5, 100, 0), at(50, 120, 40));
        assertThat(verdict.enough()).isEmpty();
        assertThat(verdict.sentence())
                .isEqualTo(
                        "50 instances per candidate do not settle the choice: by as many, another"
                            + " repetition picks a candidate within 2 % of the full table's best in"
                            + " only 80 % of cases, the best itself in 60 %.");
    }

    @Test
    void theCautionIsOfTheLargestNumberThatHalvesCanJudge() {
        assertThat(verdict(at(5, 200, 0), at(20, 200, 0), at(50, 200, 0)).caution())
                .isEqualTo(
                        "The best of the full table is best partly by luck. Judged without it: two"
                            + " studies of 20 instances per candidate that share none pick the same"
                            + " one in 35 % of the splits, and a pick is between 0 % and 1.2 %"
                            + " worse than the best there is.");
        assertThat(verdict(at(50, 200, 0)).caution()).isEmpty();
    }
}
