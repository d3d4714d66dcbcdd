package dev.mettle.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mettle.core.instance.InstanceKey;
import dev.mettle.core.random.Purpose;
import dev.mettle.core.random.RandomStream;
import dev.mettle.core.random.Stream;
import dev.mettle.core.selection.Ranked;
import dev.mettle.core.statistics.Criterion;
import dev.mettle.core.study.Candidate;
import dev.mettle.core.study.CandidateSpace;
import dev.mettle.core.study.CertificateSettings;
import dev.mettle.core.study.SelectionSettings;
import dev.mettle.core.study.SelectionSettings.Algorithm;
import dev.mettle.core.study.Study;

import org.junit.jupiter.api.Test;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

class StudyRunTest {
    static final CertificateSettings CERTIFICATE = new CertificateSettings(59, 0.95, 0.95, 1);
    private static final CertificateSettings TWO_ATTEMPTS =
            new CertificateSettings(72, 0.95, 0.95, 2);

    @Test
    void theBestCandidateWinsAndIsCertifiedOnFreshPairs() throws InterruptedException {
        Study study = study(12, CERTIFICATE);
        MemoryLedger ledger = FakeStudy.ledger(study);
        List<CertificateRecord> certificates = run(study, ledger, StudyRunTest::sound);
        assertThat(ledger.finalists().getFirst().candidate()).isEqualTo("c00");
        assertThat(certificates).hasSize(1);
        CertificateRecord certificate = certificates.getFirst();
        double largest =
                ledger.instances("c00", Purpose.CERTIFY).stream()
                        .mapToDouble(r -> r.outcome().loss())
                        .max()
                        .orElseThrow();
        assertThat(certificate.bound()).isEqualTo(largest);
        assertThat(certificate.certified()).isTrue();
        assertThat(certificate.look()).isEqualTo(1);
        assertThat(ledger.instances("c00", Purpose.CERTIFY))
                .hasSize(59)
                .allSatisfy(r -> assertThat(r.key().init()).isEqualTo(r.key().sample()));
    }

    @Test
    void aRunStoppedAfterAnyInstanceEndsLikeOneThatWasNot() throws InterruptedException {
        Study study = study(6, CERTIFICATE);
        MemoryLedger whole = FakeStudy.ledger(study);
        run(study, whole, StudyRunTest::sound);
        for (int stop = 0; stop < whole.size(); stop++) {
            MemoryLedger ledger = FakeStudy.ledger(study);
            int after = stop;
            assertThatThrownBy(() -> run(study, ledger, StudyRunTest::sound, after))
                    .isInstanceOf(InterruptedException.class);
            assertThat(ledger.size()).isEqualTo(stop);
            run(study, ledger, StudyRunTest::sound);
            assertThat(ledger.finalists()).isEqualTo(whole.finalists());
            assertThat(ledger.eliminations()).isEqualTo(whole.eliminations());
            assertThat(ledger.certificates()).isEqualTo(whole.certificates());
            assertThat(ledger.size()).isEqualTo(whole.size());
        }
    }

    @Test
    void aFinishedRunTrainsNothingWhenDrivenAgain() throws InterruptedException {
        Study study = study(6, CERTIFICATE);
        MemoryLedger ledger = FakeStudy.ledger(study);
        List<CertificateRecord> first = run(study, ledger, StudyRunTest::sound);
        assertThat(run(study, ledger, StudyRunTest::sound, 0)).isEqualTo(first);
    }

    @Test
    void afterAFailedCertificateTheNextFinalistIsTriedOnOtherPairs() throws InterruptedException {
        Study study = study(6, TWO_ATTEMPTS);
        MemoryLedger ledger = FakeStudy.ledger(study);
        List<CertificateRecord> certificates =
                run(
                        study,
                        ledger,
                        key ->
                                key.purpose() == Purpose.CERTIFY
                                                && key.candidate().equals("c00")
                                                && key.init() == 3
                                        ? Double.POSITIVE_INFINITY
                                        : sound(key));
        assertThat(certificates)
                .extracting(CertificateRecord::certified)
                .containsExactly(false, true);
        assertThat(certificates.getLast().attempt()).isEqualTo(2);
        assertThat(certificates.getLast().look()).isEqualTo(2);
        assertThat(ledger.instances(certificates.getLast().candidate(), Purpose.CERTIFY))
                .extracting(r -> r.key().init())
                .startsWith(72)
                .endsWith(143);
        RunSummary.Winner winner = RunSummary.of(ledger).winners().getFirst();
        assertThat(winner.candidate().id()).isEqualTo(certificates.getLast().candidate());
        assertThat(winner.conditions()).anyMatch(c -> c.contains("Attempt 2 of 2"));
        assertThat(RunSummary.of(ledger).succeeded()).isTrue();
    }

    @Test
    void withoutASoundFinalistNothingIsCertifiedAndNobodyWins() throws InterruptedException {
        Study study = study(6, CERTIFICATE);
        MemoryLedger ledger = FakeStudy.ledger(study);
        assertThat(run(study, ledger, _ -> Double.POSITIVE_INFINITY)).isEmpty();
        RunSummary summary = RunSummary.of(ledger);
        assertThat(summary.finished()).isTrue();
        assertThat(summary.winners()).isEmpty();
        assertThat(summary.succeeded()).isFalse();
        assertThat(summary.counts().exploded()).isEqualTo(ledger.size());
    }

    @Test
    void everyValueOfPerHasItsOwnWinnerAndTheBestIsFirst() throws InterruptedException {
        Study study = study(12, CERTIFICATE, Optional.of("parity"));
        MemoryLedger ledger = FakeStudy.ledger(study);
        run(study, ledger, StudyRunTest::sound);
        RunSummary summary = RunSummary.of(ledger);
        assertThat(summary.winners())
                .extracting(RunSummary.Winner::group)
                .containsExactly("even", "odd");
        assertThat(summary.winners())
                .extracting(w -> w.candidate().id())
                .containsExactly("c00", "c01");
        assertThat(summary.winners()).allMatch(RunSummary.Winner::certified);
        assertThat(summary.winners().getLast().conditions()).anyMatch(c -> c.contains("Look 2"));
    }

    @Test
    void aSummaryReadsTheRaceOnce() throws InterruptedException {
        Study study = study(12, CERTIFICATE);
        MemoryLedger ledger = FakeStudy.ledger(study);
        run(study, ledger, StudyRunTest::sound);
        List<String> readings = new ArrayList<>();
        RunRecord watched =
                (RunRecord)
                        Proxy.newProxyInstance(
                                RunRecord.class.getClassLoader(),
                                new Class<?>[] {RunRecord.class},
                                (_, method, arguments) -> {
                                    if (List.of(arguments == null ? new Object[0] : arguments)
                                            .contains(Purpose.RACE)) {
                                        readings.add(method.getName());
                                    }
                                    return method.invoke(ledger, arguments);
                                });
        RunSummary summary = RunSummary.of(watched);
        assertThat(readings).containsExactly("forEachInstance");
        assertThat(summary.counts().instances()).isEqualTo(ledger.size());
        assertThat(summary.finalists()).hasSizeGreaterThan(1);
        for (RunSummary.Finalist finalist : summary.finalists()) {
            assertThat(finalist.losses().mean()).isEqualTo(finalist.criterion());
        }
    }

    /**
     * Losses that grow with the candidate's number, with a little noise of their own for each
     * instance.
     */
    static double sound(InstanceKey key) {
        double noise = new RandomStream(key.initSeed(FakeStudy.SEED), Stream.WEIGHTS).nextDouble();
        return 1 + Integer.parseInt(key.candidate().substring(1)) + 0.1 * noise;
    }

    private static List<CertificateRecord> run(
            Study study, Ledger ledger, Function<InstanceKey, Double> loss)
            throws InterruptedException {
        return run(study, ledger, loss, Integer.MAX_VALUE);
    }

    private static List<CertificateRecord> run(
            Study study, Ledger ledger, Function<InstanceKey, Double> loss, int stopAfter)
            throws InterruptedException {
        StudyRun run =
                new StudyRun(
                        study,
                        new RaceRounds(study, StudyRunTest::onlyOneRound),
                        new FakeExecutor(loss, stopAfter),
                        ledger,
                        RunListener.NONE);
        List<Ranked> finalists = run.select();
        return run.certify(finalists, "test-set").values().stream().flatMap(List::stream).toList();
    }

    static CandidateSpace.Drawn onlyOneRound(
            int round, List<List<Candidate>> parents, List<Candidate> known) {
        throw new AssertionError("a study of one round draws nothing more");
    }

    static Study study(int candidates, CertificateSettings certificate) {
        return study(candidates, certificate, Optional.empty());
    }

    private static Study study(
            int candidates, CertificateSettings certificate, Optional<String> per) {
        return FakeStudy.of(
                candidates,
                new SelectionSettings(
                        new Algorithm.Progressive(3, 4, new SelectionSettings.Drop.Half()),
                        new Criterion.Mean(),
                        10,
                        per,
                        0),
                Optional.of(certificate));
    }
}
