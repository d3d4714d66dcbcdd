package dev.mettle.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mettle.core.run.RoundRecord;
import dev.mettle.core.run.RoundResult;

import org.junit.jupiter.api.Test;

import java.util.List;

class RoundsTableTest {
    @Test
    void aRunOfOneRoundHasNoTable() {
        SyntheticRun run = new SyntheticRun().withCandidates(12).race(10);
        assertThat(RoundsTable.of(RoundResult.of(run), run.plan()).isEmpty()).isTrue();
    }

    @Test
    void everyRoundHasARowAndTheBestNeverGetsWorse() {
        SyntheticRun run = new SyntheticRun().withCandidates(40).race(10);
        run.rounds.add(new RoundRecord(1, 30, 5, 33, 2, 1));
        run.rounds.add(new RoundRecord(2, 10, 10, 17, 4, 3));
        List<RoundResult> rounds = RoundResult.of(run);
        assertThat(rounds).hasSize(2);
        assertThat(rounds.getFirst().best().orElseThrow())
                .isGreaterThanOrEqualTo(rounds.getLast().best().orElseThrow());
        assertThat(rounds.getFirst().finalists() + rounds.getLast().finalists())
                .isEqualTo(run.finalists.size());
        assertThat(RoundsTable.of(rounds, run.plan()).plainText())
                .contains("over the first 5 trainings of a candidate")
                .contains("best mean so far");
    }

    @Test
    void aRoundWithoutAnyCompleteCandidateHasNoBest() {
        SyntheticRun run = new SyntheticRun().withCandidates(12).race(1);
        run.rounds.add(new RoundRecord(1, 12, 5, 12, 0, 0));
        assertThat(RoundResult.of(run).getFirst().best()).isEmpty();
        assertThat(RoundsTable.of(RoundResult.of(run), run.plan()).plainText()).endsWith("none");
    }
}
