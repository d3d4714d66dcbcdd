package dev.mettle.ledger;

import static dev.mettle.ledger.Failing.assertFails;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mettle.core.data.Series;
import dev.mettle.core.instance.Evaluation;
import dev.mettle.core.instance.InstanceKey;
import dev.mettle.core.instance.InstanceResult;
import dev.mettle.core.instance.Outcome;
import dev.mettle.core.random.Purpose;
import dev.mettle.core.run.AuditRecord;
import dev.mettle.core.run.CertificateRecord;
import dev.mettle.core.run.Provenance;
import dev.mettle.core.selection.Elimination;
import dev.mettle.core.selection.Ranked;
import dev.mettle.ledger.LedgerException.Kind;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

@Timeout(60)
class SqliteLedgerTest {
    @TempDir Path directory;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = directory.resolve("run").resolve("ledger.sqlite");
    }

    @Test
    void aSecondResultOfAKeyIsRefusedAlsoAfterResuming() {
        InstanceResult grid =
                Examples.result(InstanceKey.crossed("c0", 1, 2), Examples.completed(1));
        try (SqliteLedger ledger = Examples.create(file, 1)) {
            ledger.record(Examples.raced("c0", 0));
            ledger.record(grid);
            assertFails(Kind.REFUSED, () -> ledger.record(Examples.raced("c0", 0)));
        }
        try (SqliteLedger ledger = SqliteLedger.open(file, Examples.session("lab2"))) {
            assertFails(Kind.REFUSED, () -> ledger.record(Examples.raced("c0", 0)));
            assertFails(Kind.REFUSED, () -> ledger.record(grid));
            ledger.record(Examples.raced("c0", 1));
            assertThat(ledger.instances("c0", Purpose.RACE))
                    .containsExactly(Examples.raced("c0", 0), Examples.raced("c0", 1));
        }
    }

    @Test
    void whatContradictsTheLedgerIsRefusedAndDoesNoHarm() {
        try (SqliteLedger ledger = Examples.create(file, 1)) {
            assertFails(Kind.REFUSED, () -> ledger.record(Examples.raced("c9", 0)));
            assertFails(Kind.REFUSED, () -> ledger.record(infinite(0)));
            assertFails(
                    Kind.REFUSED,
                    () -> ledger.recordEliminations(List.of(new Elimination("c9", 1, 1, 1, ""))));
            assertFails(
                    Kind.REFUSED,
                    () -> ledger.recordFinalists(List.of(new Ranked("c0", "", Double.NaN, 0))));
            assertFails(Kind.REFUSED, () -> ledger.recordAudit(audit(new Ranked("c9", "", 1, 0))));
            assertFails(
                    Kind.REFUSED,
                    () -> ledger.recordAudit(audit(new Ranked("c0", "", Double.NaN, 0))));
            ledger.record(Examples.raced("c0", 0));
            assertThat(ledger.instances("c0", Purpose.RACE)).hasSize(1);
        }
    }

    private static AuditRecord audit(Ranked result) {
        return new AuditRecord(1, 1, List.of(new AuditRecord.Audited(result, 1)));
    }

    private static InstanceResult infinite(int index) {
        Evaluation evaluation =
                new Evaluation(Double.POSITIVE_INFINITY, Series.EMPTY, new LinkedHashMap<>());
        return Examples.result(
                InstanceKey.paired("c0", Purpose.RACE, index),
                new Outcome.Completed(evaluation, 1, Series.EMPTY, Optional.empty()));
    }

    @Test
    void eightThreadsRecordAtOnceAndNothingIsLost() throws Exception {
        int perThread = 500;
        try (SqliteLedger ledger = Examples.create(file, 8);
                ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Future<?>> done = new ArrayList<>();
            for (int thread = 0; thread < 8; thread++) {
                String candidate = "c" + thread;
                done.add(
                        threads.submit(() -> {
                            for (int i = 0; i < perThread; i++) {
                                ledger.record(Examples.raced(candidate, i));
                            }
                        }));
            }
            for (Future<?> thread : done) {
                thread.get();
            }
            for (int candidate = 0; candidate < 8; candidate++) {
                List<InstanceResult> read = ledger.instances("c" + candidate, Purpose.RACE);
                assertThat(read).hasSize(perThread);
                for (int i = 0; i < perThread; i++) {
                    assertThat(read.get(i)).isEqualTo(Examples.raced("c" + candidate, i));
                }
            }
        }
    }

    @Test
    void anInterruptedThreadStillRecordsAndFlushes() {
        try (SqliteLedger ledger = Examples.create(file, 1)) {
            Thread.currentThread().interrupt();
            ledger.record(Examples.raced("c0", 0));
            ledger.flush();
            assertThat(Thread.interrupted()).as("the interrupt is passed on").isTrue();
            assertThat(ledger.instances("c0", Purpose.RACE)).hasSize(1);
        }
    }

    @Test
    void aChangeIsCommittedByItselfAfterAMoment() throws Exception {
        try (SqliteLedger ledger = Examples.create(file, 1);
                LedgerReader reader = SqliteLedger.openReadOnly(file)) {
            ledger.record(Examples.raced("c0", 0));
            while (reader.instances("c0", Purpose.RACE)
                    .isEmpty()) { // ends by the test's time limit if never committed
                Thread.sleep(20);
            }
            assertThat(reader.instances("c0", Purpose.RACE))
                    .containsExactly(Examples.raced("c0", 0));
        }
    }

    @Test
    void aReaderSeesWhatWasFlushedWhileTheWriterGoesOn() {
        try (SqliteLedger ledger = Examples.create(file, 1);
                LedgerReader reader = SqliteLedger.openReadOnly(file)) {
            for (int i = 0; i < 5; i++) {
                ledger.record(Examples.raced("c0", i));
                ledger.flush();
                assertThat(reader.instances("c0", Purpose.RACE)).hasSize(i + 1);
            }
        }
    }

    @Test
    void readingInsideAReadingAndRecordingInsideItWork() {
        try (SqliteLedger ledger = Examples.create(file, 2)) {
            ledger.record(Examples.raced("c0", 0));
            ledger.record(Examples.raced("c1", 0));
            ledger.forEachInstance(
                    Purpose.RACE,
                    result -> {
                        assertThat(ledger.instances("c0", Purpose.RACE)).isNotEmpty();
                        ledger.record(
                                Examples.result(
                                        InstanceKey.paired(
                                                result.key().candidate(), Purpose.ASSESS, 0),
                                        Examples.completed(1)));
                    });
            assertThat(ledger.instances("c1", Purpose.ASSESS)).hasSize(1);
        }
    }

    @Test
    void everySessionIsKeptButOnlyIfItRecorded() {
        Examples.create(file, 1).close();
        SqliteLedger.open(file, Examples.session("idle")).close();
        try (SqliteLedger ledger = SqliteLedger.open(file, Examples.session("lab2"))) {
            ledger.record(Examples.raced("c0", 0));
            assertThat(ledger.sessions().stream().map(Provenance::host))
                    .containsExactly("lab1", "lab2");
            assertThat(ledger.provenance()).isEqualTo(Examples.session("lab1"));
        }
    }

    @Test
    void whatIsRecordedTwiceIsLeftAlone() {
        CertificateRecord first = certificate("c0", 1, "rows-1", 0.5);
        try (SqliteLedger ledger = Examples.create(file, 2)) {
            ledger.recordEliminations(List.of(new Elimination("c1", 5, 2, 1, "first")));
            ledger.recordEliminations(List.of(new Elimination("c1", 6, 3, 1, "second")));
            ledger.recordFinalists(List.of(new Ranked("c0", "", 1, 0)));
            ledger.recordFinalists(List.of(new Ranked("c1", "", 1, 0)));
            ledger.recordCertificate(first);
            ledger.recordCertificate(certificate("c0", 1, "rows-1", 0.75));
            assertThat(ledger.eliminations())
                    .containsExactly(new Elimination("c1", 5, 2, 1, "first"));
            assertThat(ledger.finalists()).containsExactly(new Ranked("c0", "", 1, 0));
            assertThat(ledger.certificates()).containsExactly(first);
        }
    }

    @Test
    void looksAreCountedByTestRows() {
        try (SqliteLedger ledger = Examples.create(file, 2)) {
            assertThat(ledger.looks("rows-1")).isZero();
            ledger.recordCertificate(certificate("c0", 1, "rows-1", 0.5));
            ledger.recordCertificate(certificate("c1", 2, "rows-1", Double.POSITIVE_INFINITY));
            ledger.recordCertificate(certificate("c0", 2, "rows-2", 0.5));
            assertThat(ledger.looks("rows-1")).isEqualTo(2);
            assertThat(ledger.looks("rows-2")).isEqualTo(1);
        }
    }

    private static CertificateRecord certificate(
            String candidate, int attempt, String rows, double bound) {
        return new CertificateRecord(
                candidate, "", attempt, 2, 72, 0.95, 0.95, 1, bound, bound < 1, 1, rows);
    }

    @Test
    void aSecondWriterIsRefusedUntilTheFirstCloses() {
        try (SqliteLedger ledger = Examples.create(file, 1)) {
            assertFails(Kind.IN_USE, () -> SqliteLedger.open(file, Examples.session("x")))
                    .hasMessageContaining("this process");
            assertFails(Kind.IN_USE, () -> Examples.create(file, 1));
            ledger.record(Examples.raced("c0", 0));
        }
        SqliteLedger.open(file, Examples.session("x")).close();
    }

    @Test
    void aLedgerIsNeverOverwritten() {
        Examples.create(file, 1).close();
        assertFails(Kind.EXISTS, () -> Examples.create(file, 2));
        try (LedgerReader reader = SqliteLedger.openReadOnly(file)) {
            assertThat(reader.candidates()).hasSize(1);
        }
    }

    @Test
    void creatingRemovesWhatAKilledCreationLeft() throws Exception {
        Files.createDirectories(Failures.directory(file));
        Files.writeString(file.resolveSibling("ledger.sqlite.unfinished"), "half a ledger");
        Examples.create(file, 1).close();
        try (var names = Files.list(Failures.directory(file))) {
            assertThat(names.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("ledger.sqlite", "ledger.sqlite.lock");
        }
    }

    @Test
    void theLogOfADeletedLedgerDoesNotReachTheNextOne() throws Exception {
        Path log = file.resolveSibling("ledger.sqlite-wal");
        Path aside = directory.resolve("log");
        try (SqliteLedger ledger = Examples.create(file, 1)) {
            ledger.record(Examples.raced("c0", 0));
            ledger.flush();
            Files.copy(log, aside);
        }
        Files.delete(file);
        Files.copy(aside, log);
        try (SqliteLedger ledger = Examples.create(file, 1)) {
            assertThat(ledger.instances("c0", Purpose.RACE)).isEmpty();
            assertThat(ledger.integrityCheck()).isEqualTo("ok");
        }
    }

    @Test
    void aCreationThatFailsLeavesNoLedgerAndNoLock() {
        var twice = List.of(Examples.candidates(1).getFirst(), Examples.candidates(1).getFirst());
        assertThatThrownBy(() ->
                        SqliteLedger.create(file, Examples.session("x"), Examples.plan(), twice))
                .isInstanceOf(LedgerException.class);
        assertThat(file).doesNotExist();
        Examples.create(file, 1).close();
    }

    @Test
    void aClosedLedgerRefusesAndClosingTwiceIsFine() {
        SqliteLedger ledger = Examples.create(file, 1);
        ledger.close();
        ledger.close();
        assertFails(Kind.REFUSED, () -> ledger.record(Examples.raced("c0", 0)))
                .hasMessageContaining("closed");
    }

    @Test
    void aBackupOfALiveLedgerIsAWholeLedger() {
        Path copy = directory.resolve("it's a copy.sqlite");
        try (SqliteLedger ledger = Examples.create(file, 1)) {
            ledger.record(Examples.raced("c0", 0));
            ledger.backup(copy);
            ledger.record(Examples.raced("c0", 1));
            assertFails(Kind.EXISTS, () -> ledger.backup(copy));
            assertThat(ledger.integrityCheck()).isEqualTo("ok");
        }
        try (SqliteLedger ledger = SqliteLedger.open(copy, Examples.session("x"))) {
            assertThat(ledger.instances("c0", Purpose.RACE))
                    .containsExactly(Examples.raced("c0", 0));
            assertThat(ledger.integrityCheck()).isEqualTo("ok");
        }
        try (LedgerReader reader = SqliteLedger.openReadOnly(file)) {
            reader.backup(directory.resolve("by-a-reader.sqlite"));
        }
        try (LedgerReader reader =
                SqliteLedger.openReadOnly(directory.resolve("by-a-reader.sqlite"))) {
            assertThat(reader.instances("c0", Purpose.RACE)).hasSize(2);
        }
    }

    @Test
    void theRollbackJournalOfNetworkFileSystemsServesToo() {
        try (SqliteLedger ledger = Examples.create(file, 1)) {
            ledger.record(Examples.raced("c0", 0));
            assertThat(ledger.warning()).isEmpty();
        }
        try (SqliteLedger ledger =
                        SqliteLedger.open(file, Examples.session("x"), JournalMode.DELETE);
                LedgerReader reader = SqliteLedger.openReadOnly(file)) {
            assertThat(ledger.warning())
                    .hasValueSatisfying(text -> assertThat(text).contains("--out"));
            assertThat(file.resolveSibling("ledger.sqlite-wal")).doesNotExist();
            ledger.record(Examples.raced("c0", 1));
            ledger.flush();
            assertThat(reader.instances("c0", Purpose.RACE)).hasSize(2);
        }
        try (SqliteLedger ledger = SqliteLedger.open(file, Examples.session("x"))) {
            ledger.record(Examples.raced("c0", 2));
            assertThat(ledger.instances("c0", Purpose.RACE)).hasSize(3);
        }
    }

    @Test
    void aFullDiskAppearsAtTheNextCallAndWhatWasCommittedStays() throws SQLException {
        Examples.create(file, 1).close();
        Connection connection = Database.openToWrite(file);
        Database.prepareToWrite(connection, JournalMode.WAL);
        Database.execute(connection, "PRAGMA max_page_count = 60");
        connection.setAutoCommit(false);
        LedgerWriter writer =
                new LedgerWriter(file, connection, new Inserts(connection, Examples.session("x")));
        assertFails(
                        Kind.FULL,
                        () -> {
                            for (int i = 0; i < 100_000; i++) {
                                InstanceResult result = Examples.raced("c0", i);
                                writer.write(inserts -> inserts.instance(result));
                            }
                        })
                .hasMessageContaining("disk")
                .hasMessageContaining(Failures.directory(file).toString());
        assertFails(Kind.FULL, writer::flush);
        assertFails(Kind.FULL, writer::close);
        connection.close();
        try (LedgerReader reader = SqliteLedger.openReadOnly(file)) {
            assertThat(reader.instances("c0", Purpose.RACE))
                    .hasSizeGreaterThanOrEqualTo(LedgerWriter.GROUP);
            assertThat(reader.integrityCheck()).isEqualTo("ok");
        }
    }
}
