package dev.mettle.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.mettle.core.instance.InstanceKey;
import dev.mettle.core.instance.InstanceResult;
import dev.mettle.core.random.Purpose;
import dev.mettle.core.random.RandomStream;
import dev.mettle.core.random.Stream;
import dev.mettle.core.selection.Elimination;
import dev.mettle.core.selection.Ranked;
import dev.mettle.core.statistics.Criterion;
import dev.mettle.core.study.SelectionSettings;
import dev.mettle.core.study.SelectionSettings.Algorithm;
import dev.mettle.core.study.Study;

import org.junit.jupiter.api.Test;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;

class AuditorTest {
    private static final int CANDIDATES = 60;
    private static final int INSTANCES = 8;

    @Test
    void theAuditedAreTrainedInFullOnTheSamplesOfTheRaceAndCountedApart()
            throws InterruptedException {
        Study study = study(0.5, Optional.empty());
        MemoryLedger ledger = FakeStudy.ledger(study);
        int race = race(study, ledger, AuditorTest::loss);
        audit(study, ledger, AuditorTest::loss, Integer.MAX_VALUE);
        AuditRecord audit = ledger.audit().orElseThrow();
        int dropped = ledger.eliminations().size();
        assertThat(audit.dropped()).isEqualTo(dropped);
        assertThat(audit.audited()).hasSize((dropped + 1) / 2);
        for (AuditRecord.Audited audited : audit.audited()) {
            List<InstanceResult> own = ledger.instances(audited.result().candidate(), Purpose.RACE);
            assertThat(own).hasSize(INSTANCES);
            assertThat(own.stream().mapToDouble(r -> r.outcome().loss()).average().orElseThrow())
                    .isCloseTo(audited.result().criterion(), within(1e-12));
        }
        RunSummary.Counts counts = RunSummary.of(ledger).counts();
        assertThat(counts.race()).isEqualTo(race);
        assertThat(counts.audit()).isEqualTo((int) audit.trainings());
        assertThat(counts.instances()).isEqualTo(ledger.size()).isEqualTo(race + counts.audit());
        assertThat(counts.certificates()).isZero();
    }

    @Test
    void anAuditStoppedAfterAnyInstanceEndsLikeOneThatWasNot() throws InterruptedException {
        Study study = study(0.2, Optional.empty());
        MemoryLedger whole = FakeStudy.ledger(study);
        int race = race(study, whole, AuditorTest::loss);
        audit(study, whole, AuditorTest::loss, Integer.MAX_VALUE);
        int trainings = (int) whole.audit().orElseThrow().trainings();
        assertThat(trainings).isGreaterThan(20);
        for (int stop = 0; stop < trainings; stop += 7) {
            MemoryLedger ledger = FakeStudy.ledger(study);
            race(study, ledger, AuditorTest::loss);
            int after = stop;
            assertThatThrownBy(() -> audit(study, ledger, AuditorTest::loss, after))
                    .isInstanceOf(InterruptedException.class);
            assertThat(ledger.size()).isEqualTo(race + stop);
            assertThat(ledger.audit()).isEmpty();
            assertThat(RunSummary.of(ledger).counts().race()).isEqualTo(race);
            audit(study, ledger, AuditorTest::loss, trainings - stop);
            assertThat(ledger.audit()).isEqualTo(whole.audit());
        }
    }

    @Test
    void aRaceThatIsAuditedAlreadyIsLeftAlone() throws InterruptedException {
        Study study = study(0.2, Optional.empty());
        MemoryLedger ledger = FakeStudy.ledger(study);
        race(study, ledger, AuditorTest::loss);
        audit(study, ledger, AuditorTest::loss, Integer.MAX_VALUE);
        audit(study, ledger, AuditorTest::loss, 0);
        assertThat(ledger.finalists()).isNotEmpty();
    }

    @Test
    void withoutAShareNothingIsAudited() throws InterruptedException {
        Study study = study(0, Optional.empty());
        MemoryLedger ledger = FakeStudy.ledger(study);
        int race = race(study, ledger, AuditorTest::loss);
        audit(study, ledger, AuditorTest::loss, 0);
        assertThat(ledger.audit()).isEmpty();
        assertThat(ledger.size()).isEqualTo(race);
    }

    @Test
    void aLateBloomerIsFoundWhenAllAreAudited() throws InterruptedException {
        Study study = study(1, Optional.empty());
        MemoryLedger ledger = FakeStudy.ledger(study);
        Function<InstanceKey, Double> loss =
                key -> key.candidate().equals("c40") && key.init() > 0 ? 0.01 : 10 + loss(key);
        race(study, ledger, loss);
        audit(study, ledger, loss, Integer.MAX_VALUE);
        AuditFinding finding = RunSummary.of(ledger).audit().orElseThrow();
        assertThat(finding.better()).extracting(Ranked::candidate).containsExactly("c40");
        assertThat(finding.best().candidate()).isEqualTo("c40");
        assertThat(finding.falseDrops().value())
                .isCloseTo(1.0 / ledger.eliminations().size(), within(1e-12));
        assertThat(RaceWords.warning(finding, "mean", Double::toString).orElseThrow())
                .startsWith("the race dropped c40, which is better than its winner ");
    }

    @Test
    void eachIsComparedWithTheWinnerOfItsOwnValue() throws InterruptedException {
        Study study = study(1, Optional.of("parity"));
        MemoryLedger ledger = FakeStudy.ledger(study);
        Function<InstanceKey, Double> loss =
                key -> loss(key) + (number(key.candidate()) % 2 == 0 ? 0 : 1000);
        race(study, ledger, loss);
        audit(study, ledger, loss, Integer.MAX_VALUE);
        AuditFinding finding = RunSummary.of(ledger).audit().orElseThrow();
        Set<String> groups = new HashSet<>();
        finding.record().audited().forEach(audited -> groups.add(audited.result().group()));
        assertThat(groups).containsExactlyInAnyOrder("even", "odd");
        assertThat(finding.better()).isEmpty();
        assertThat(finding.near().value()).isPositive(); // 1003 is near 1001, 3 is not near 1
    }

    @Test
    void whatAnAuditAddsIsToldByItsIndex() {
        var audited = Auditor.audited(List.of(new Elimination("a", 2, 1, 1, "")));
        assertThat(audited.test(InstanceKey.paired("a", Purpose.RACE, 1))).isFalse();
        assertThat(audited.test(InstanceKey.paired("a", Purpose.RACE, 2))).isTrue();
        assertThat(audited.test(InstanceKey.paired("b", Purpose.RACE, 40))).isFalse();
    }

    private static Study study(double audit, Optional<String> per) {
        return FakeStudy.of(
                CANDIDATES,
                new SelectionSettings(
                        new Algorithm.Racing(3, OptionalInt.empty()),
                        new Criterion.Mean(),
                        INSTANCES,
                        per,
                        audit),
                Optional.empty());
    }

    private static int race(Study study, MemoryLedger ledger, Function<InstanceKey, Double> loss)
            throws InterruptedException {
        run(study, ledger, loss, Integer.MAX_VALUE).select();
        return ledger.size();
    }

    private static void audit(
            Study study, MemoryLedger ledger, Function<InstanceKey, Double> loss, int stopAfter)
            throws InterruptedException {
        StudyRun run = run(study, ledger, loss, stopAfter);
        run.audit(run.select());
    }

    private static StudyRun run(
            Study study, Ledger ledger, Function<InstanceKey, Double> loss, int stopAfter) {
        return new StudyRun(
                study,
                new RaceRounds(study, StudyRunTest::onlyOneRound),
                new FakeExecutor(loss, stopAfter),
                ledger,
                RunListener.NONE);
    }

    private static int number(String candidate) {
        return Integer.parseInt(candidate.substring(1));
    }

    private static double loss(InstanceKey key) {
        double noise = new RandomStream(key.initSeed(FakeStudy.SEED), Stream.WEIGHTS).nextDouble();
        return 1 + number(key.candidate()) + 0.1 * noise;
    }
}
