package dev.mettle.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mettle.core.instance.InstanceKey;
import dev.mettle.core.random.Purpose;
import dev.mettle.core.selection.Elimination;
import dev.mettle.core.selection.Ranked;
import dev.mettle.core.study.Candidate;
import dev.mettle.core.study.CandidateSpace;
import dev.mettle.core.study.Sampling;
import dev.mettle.core.study.SamplingSettings;
import dev.mettle.core.study.Study;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Runs of several rounds, whose new candidates are made up. */
class RaceRoundsTest {
    private static final int ROUNDS = 3;
    private static final int COUNT = 18;

    @Test
    void candidatesOfLaterRoundsRaceWithTheSurvivorsAndWin() throws InterruptedException {
        Study study = study();
        MemoryLedger ledger = FakeStudy.ledger(study);
        List<Ranked> finalists = run(study, ledger, StudyRunTest::sound, Integer.MAX_VALUE);
        assertThat(finalists.getFirst().candidate()).isEqualTo("c-2");
        assertThat(ledger.finalists()).isEqualTo(finalists);
        assertThat(ledger.candidates()).hasSize(COUNT);
        assertThat(ledger.rounds())
                .containsExactly(
                        new RoundRecord(1, 6, 3, 7, 1, 0),
                        new RoundRecord(2, 6, 3, 6, 0, 0),
                        new RoundRecord(3, 6, 10, 6, 0, 0));
        assertThat(ledger.eliminations())
                .extracting(Elimination::candidate)
                .doesNotHaveDuplicates()
                .hasSize(COUNT - finalists.size());
        assertThat(finalists)
                .allSatisfy(finalist ->
                        assertThat(ledger.instances(finalist.candidate(), Purpose.RACE))
                                .hasSize(10));
        assertThat(RunSummary.of(ledger).rounds())
                .extracting(RoundResult::finalists)
                .containsExactly(2, 1, 1);
        assertThat(RunSummary.of(ledger).rounds())
                .extracting(result -> Math.floor(result.best().orElseThrow()))
                .containsExactly(1.0, 0.0, -1.0);
    }

    @Test
    void aRunStoppedAfterAnyInstanceOfAnyRoundEndsLikeOneThatWasNot() throws InterruptedException {
        Study study = study();
        MemoryLedger whole = FakeStudy.ledger(study);
        List<Ranked> finalists = run(study, whole, StudyRunTest::sound, Integer.MAX_VALUE);
        for (int stop = 0; stop < whole.size(); stop++) {
            MemoryLedger ledger = FakeStudy.ledger(study);
            int after = stop;
            assertThatThrownBy(() -> run(study, ledger, StudyRunTest::sound, after))
                    .isInstanceOf(InterruptedException.class);
            assertThat(run(study, ledger, StudyRunTest::sound, Integer.MAX_VALUE))
                    .isEqualTo(finalists);
            assertThat(ledger.eliminations()).isEqualTo(whole.eliminations());
            assertThat(ledger.candidates()).isEqualTo(whole.candidates());
            assertThat(ledger.rounds()).isEqualTo(whole.rounds());
            assertThat(ledger.size()).isEqualTo(whole.size());
        }
        assertThat(run(study, whole, StudyRunTest::sound, 0)).isEqualTo(finalists);
    }

    @Test
    void noMoreIsTrainedThanWasAnnounced() throws InterruptedException {
        Study study = study();
        MemoryLedger ledger = FakeStudy.ledger(study);
        run(study, ledger, StudyRunTest::sound, Integer.MAX_VALUE);
        RaceRounds rounds = new RaceRounds(study, RaceRoundsTest::draw);
        assertThat((long) ledger.size()).isLessThanOrEqualTo(rounds.trainingsAtMost());
        assertThat(rounds.isCountExact()).isFalse();
    }

    @Test
    void whoFailedIsNobodysParent() throws InterruptedException {
        Study study = study();
        List<List<List<Candidate>>> asked = new ArrayList<>();
        StudyRun run =
                new StudyRun(
                        study,
                        new RaceRounds(
                                study,
                                (round, parents, known) -> {
                                    asked.add(parents);
                                    return draw(round, parents, known);
                                }),
                        new FakeExecutor(
                                key ->
                                        key.init() == 2
                                                ? Double.POSITIVE_INFINITY
                                                : StudyRunTest.sound(key),
                                Integer.MAX_VALUE),
                        FakeStudy.ledger(study),
                        RunListener.NONE);
        run.select();
        assertThat(asked).isEqualTo(List.of(List.of(List.of()), List.of(List.of())));
    }

    @Test
    void theListenerHearsOfEveryRoundAndOfEachEliminationOnce() throws InterruptedException {
        Study study = study();
        List<String> heard = new ArrayList<>();
        RunListener listener =
                new RunListener() {
                    @Override
                    public void round(RoundRecord round, int rounds) {
                        heard.add("%d/%d".formatted(round.round(), rounds));
                    }

                    @Override
                    public void eliminated(List<Elimination> eliminations) {
                        eliminations.forEach(e -> heard.add(e.candidate()));
                    }
                };
        MemoryLedger ledger = FakeStudy.ledger(study);
        new StudyRun(
                        study,
                        new RaceRounds(study, RaceRoundsTest::draw),
                        new FakeExecutor(StudyRunTest::sound, Integer.MAX_VALUE),
                        ledger,
                        listener)
                .select();
        assertThat(heard)
                .filteredOn(text -> text.contains("/"))
                .containsExactly("1/3", "2/3", "3/3");
        assertThat(heard)
                .filteredOn(text -> !text.contains("/"))
                .isEqualTo(ledger.eliminations().stream().map(Elimination::candidate).toList());
    }

    /** One better candidate than any before, and five that are worse. */
    private static CandidateSpace.Drawn draw(
            int round, List<List<Candidate>> parents, List<Candidate> known) {
        List<Candidate> drawn = new ArrayList<>();
        for (int i = 0; i < COUNT / ROUNDS; i++) {
            Candidate model = known.getFirst();
            String id = i == 0 ? "c-" + (round - 1) : "c%d%d".formatted(round, i);
            drawn.add(
                    new Candidate(
                            id,
                            model.settings(),
                            model.network(),
                            model.recipe(),
                            model.parameters()));
        }
        return new CandidateSpace.Drawn(drawn, drawn.size(), 0, 0);
    }

    private static List<Ranked> run(
            Study study, Ledger ledger, Function<InstanceKey, Double> loss, int stopAfter)
            throws InterruptedException {
        return new StudyRun(
                        study,
                        new RaceRounds(study, RaceRoundsTest::draw),
                        new FakeExecutor(loss, stopAfter),
                        ledger,
                        RunListener.NONE)
                .select();
    }

    private static Study study() {
        Study one = StudyRunTest.study(COUNT / ROUNDS, StudyRunTest.CERTIFICATE);
        return new Study(
                one.name(),
                one.seed(),
                one.data(),
                one.task(),
                one.sample(),
                one.candidates(),
                one.excluded(),
                Optional.of(
                        new Sampling(
                                new SamplingSettings(SamplingSettings.Method.RANDOM, COUNT, ROUNDS),
                                7,
                                1)),
                one.loss(),
                one.selection(),
                one.certificate(),
                "",
                List.of());
    }
}
