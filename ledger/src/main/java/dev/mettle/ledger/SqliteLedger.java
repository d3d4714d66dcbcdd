package dev.mettle.ledger;

import dev.mettle.core.instance.Evaluation;
import dev.mettle.core.instance.InstanceKey;
import dev.mettle.core.instance.InstanceResult;
import dev.mettle.core.instance.Outcome;
import dev.mettle.core.instance.Weights;
import dev.mettle.core.random.Purpose;
import dev.mettle.core.run.AuditRecord;
import dev.mettle.core.run.BaselineRecord;
import dev.mettle.core.run.CandidateRecord;
import dev.mettle.core.run.CertificateRecord;
import dev.mettle.core.run.GeneralizationRecord;
import dev.mettle.core.run.Ledger;
import dev.mettle.core.run.Provenance;
import dev.mettle.core.run.RoundRecord;
import dev.mettle.core.run.RunPlan;
import dev.mettle.core.selection.Elimination;
import dev.mettle.core.selection.RaceCheck;
import dev.mettle.core.selection.Ranked;
import dev.mettle.ledger.LedgerException.Kind;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * The ledger of a run in one SQLite file, open for writing: one process at a time, many threads.
 * Recording hands over to a writer thread and returns; what waits there is committed after 100
 * changes or 200 ms. An error of the disk appears at the next call. Reading waits for what was
 * recorded before. Every method may throw {@link LedgerException}.
 *
 * <p>On a network file system SQLite's write-ahead log does not work; then a rollback journal is
 * used and {@link #warning} says so.
 */
public final class SqliteLedger implements Ledger {
    private final RunLock lock;
    private final Connection writing;
    private final LedgerWriter writer;
    private final LedgerReader reader;
    private final RecordedKeys keys = new RecordedKeys();
    private final Set<String> candidateIds = ConcurrentHashMap.newKeySet();
    private final Optional<String> warning;

    /** Takes over what it is given; reads what the ledger holds before it starts its writer. */
    private SqliteLedger(
            RunLock lock,
            Path file,
            Connection writing,
            Connection reading,
            JournalMode mode,
            Provenance session) {
        LedgerReader held = new LedgerReader(file, reading, () -> {});
        held.candidates().forEach(candidate -> candidateIds.add(candidate.id()));
        held.forEachKey(keys::add);
        this.lock = lock;
        this.writing = writing;
        this.writer = new LedgerWriter(file, writing, new Inserts(writing, session));
        this.reader = new LedgerReader(file, reading, writer::flush);
        this.warning = mode == JournalMode.WAL ? Optional.empty() : Optional.of(warning(file));
    }

    private static String warning(Path file) {
        return """
        %s is on a file system that several machines share: SQLite uses a rollback journal there. \
        Reports and the dashboard may make the run wait for a moment; a local directory (--out DIR) is faster.\
        """
                .formatted(Failures.directory(file));
    }

    /**
     * Makes the ledger of a new run and opens it. The file appears whole or not at all.
     *
     * @param file a file that does not exist; its directory is made if need be
     * @param provenance the run's provenance and first session
     * @param candidates in the order of the study
     */
    public static SqliteLedger create(
            Path file, Provenance provenance, RunPlan plan, List<CandidateRecord> candidates) {
        try {
            Files.createDirectories(Failures.directory(file));
        } catch (IOException e) {
            throw Failures.notWritable(file, e);
        }
        RunLock lock = RunLock.take(file, provenance.host());
        try {
            NewLedger.create(file, Schema.current(), provenance, plan, candidates);
            return open(lock, file, provenance, JournalMode.forDirectory(Failures.directory(file)));
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /**
     * Opens a ledger to go on with its run; upgrades the schema of an older Mettle. Whether study
     * and data are the run's own is for the caller to compare ({@link #provenance}). Nothing is
     * written before something is recorded.
     *
     * @param session who goes on: host, software and start are kept beside what this process
     *     records
     */
    public static SqliteLedger open(Path file, Provenance session) {
        LedgerReader.requireLedger(file); // before anything appears beside it
        return open(file, session, JournalMode.forDirectory(Failures.directory(file)));
    }

    /** As {@link #open(Path, Provenance)}, with the journal mode given. */
    static SqliteLedger open(Path file, Provenance session, JournalMode mode) {
        RunLock lock = RunLock.take(file, session.host());
        try {
            return open(lock, file, session, mode);
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /**
     * Opens a ledger to read it, at any time and beside a writer; also where the directory is
     * read-only.
     */
    public static LedgerReader openReadOnly(Path file) {
        return LedgerReader.open(file);
    }

    private static SqliteLedger open(
            RunLock lock, Path file, Provenance session, JournalMode wanted) {
        try {
            Connection writing = Database.openToWrite(file);
            try {
                Schema.current().upgrade(writing);
                JournalMode mode = Database.prepareToWrite(writing, wanted);
                writing.setAutoCommit(false);
                return open(lock, file, writing, mode, session);
            } catch (SQLException | RuntimeException e) {
                writing.close();
                throw e;
            }
        } catch (SQLException e) {
            throw Failures.of(file, e);
        }
    }

    private static SqliteLedger open(
            RunLock lock, Path file, Connection writing, JournalMode mode, Provenance session)
            throws SQLException {
        Connection reading = Database.openToRead(file);
        try {
            return new SqliteLedger(lock, file, writing, reading, mode, session);
        } catch (RuntimeException e) {
            reading.close();
            throw e;
        }
    }

    /** Returns what the user should know about where the run is, if anything. */
    public Optional<String> warning() {
        return warning;
    }

    /** {@inheritDoc} A loss that is known must be finite. */
    @Override
    public void record(InstanceResult result) {
        InstanceKey key = result.key();
        requireCandidate(key.candidate());
        requireFinite(key, result.outcome());
        if (!keys.add(key)) {
            throw refused("instance %s is in the ledger already.".formatted(key));
        }
        writer.write(inserts -> inserts.instance(result));
    }

    private static void requireFinite(InstanceKey key, Outcome outcome) {
        Optional<Evaluation> known = outcome.known();
        if (known.isPresent() && !Double.isFinite(known.get().loss())) {
            throw refused(
                    "instance %s is %s with a loss of %s; it must be finite."
                            .formatted(key, outcome.label(), known.get().loss()));
        }
    }

    /** {@inheritDoc} A round that is there must have drawn the same candidates. */
    @Override
    public void recordRound(RoundRecord round, List<CandidateRecord> drawn) {
        boolean known = reader.rounds().stream().anyMatch(r -> r.round() == round.round());
        if (known && drawn.stream().anyMatch(c -> !candidateIds.contains(c.id()))) {
            throw refused(
                    "round %d of this run drew other candidates than this version of Mettle does; go on with the one that began it."
                            .formatted(round.round()));
        }
        drawn.forEach(candidate -> candidateIds.add(candidate.id()));
        List<CandidateRecord> copy = List.copyOf(drawn);
        writer.write(inserts -> inserts.race().round(round, copy));
    }

    @Override
    public void recordEliminations(List<Elimination> eliminations) {
        for (Elimination elimination : eliminations) {
            requireCandidate(elimination.candidate());
            requireNumber("criterion", elimination.criterion());
            requireNumber("bar", elimination.bar());
        }
        List<Elimination> copy = List.copyOf(eliminations);
        writer.write(inserts -> inserts.race().eliminations(copy));
    }

    @Override
    public void recordFinalists(List<Ranked> finalists) {
        for (Ranked finalist : finalists) {
            requireCandidate(finalist.candidate());
            requireNumber("criterion", finalist.criterion());
        }
        List<Ranked> copy = List.copyOf(finalists);
        writer.write(inserts -> inserts.race().finalists(copy));
    }

    @Override
    public void recordRaceCheck(RaceCheck check) {
        writer.write(inserts -> inserts.race().raceCheck(check));
    }

    @Override
    public void recordAudit(AuditRecord audit) {
        for (AuditRecord.Audited audited : audit.audited()) {
            requireCandidate(audited.result().candidate());
            requireNumber("criterion", audited.result().criterion());
        }
        writer.write(inserts -> inserts.race().audit(audit));
    }

    @Override
    public void recordCertificate(CertificateRecord certificate) {
        requireCandidate(certificate.candidate());
        requireNumber("bound", certificate.bound());
        writer.write(inserts -> inserts.certificate(certificate));
    }

    @Override
    public void recordBaseline(BaselineRecord baseline) {
        writer.write(inserts -> inserts.baseline(baseline));
    }

    @Override
    public void recordGeneralization(GeneralizationRecord generalization) {
        generalization.members().forEach(member -> requireCandidate(member.candidate()));
        writer.write(inserts -> inserts.generalization(generalization));
    }

    private void requireCandidate(String candidate) {
        if (!candidateIds.contains(candidate)) {
            throw refused("candidate %s is not in the ledger.".formatted(candidate));
        }
    }

    private static void requireNumber(String name, double number) {
        if (Double.isNaN(number)) {
            throw refused("%s must not be NaN.".formatted(name));
        }
    }

    private static LedgerException refused(String message) {
        return new LedgerException(Kind.REFUSED, message);
    }

    @Override
    public void flush() {
        writer.flush();
    }

    @Override
    public Provenance provenance() {
        return reader.provenance();
    }

    @Override
    public RunPlan plan() {
        return reader.plan();
    }

    @Override
    public List<CandidateRecord> candidates() {
        return reader.candidates();
    }

    @Override
    public List<RoundRecord> rounds() {
        return reader.rounds();
    }

    @Override
    public void forEachInstance(Purpose purpose, Consumer<InstanceResult> consumer) {
        reader.forEachInstance(purpose, consumer);
    }

    @Override
    public List<InstanceResult> instances(String candidate, Purpose purpose) {
        return reader.instances(candidate, purpose);
    }

    @Override
    public Optional<Weights> weights(InstanceKey key) {
        return reader.weights(key);
    }

    @Override
    public List<Elimination> eliminations() {
        return reader.eliminations();
    }

    @Override
    public List<Ranked> finalists() {
        return reader.finalists();
    }

    @Override
    public Optional<RaceCheck> raceCheck() {
        return reader.raceCheck();
    }

    @Override
    public Optional<AuditRecord> audit() {
        return reader.audit();
    }

    @Override
    public List<CertificateRecord> certificates() {
        return reader.certificates();
    }

    @Override
    public List<BaselineRecord> baselines() {
        return reader.baselines();
    }

    @Override
    public List<GeneralizationRecord> generalizations() {
        return reader.generalizations();
    }

    /** As {@link LedgerReader#looks}. */
    public int looks(String testChecksum) {
        return reader.looks(testChecksum);
    }

    /** As {@link LedgerReader#sessions}. */
    public List<Provenance> sessions() {
        return reader.sessions();
    }

    /** As {@link LedgerReader#backup}. */
    public void backup(Path target) {
        reader.backup(target);
    }

    /** As {@link LedgerReader#integrityCheck}. */
    public String integrityCheck() {
        return reader.integrityCheck();
    }

    /** Flushes, closes and lets other processes write; does nothing the second time. */
    @Override
    public void close() {
        try {
            writer.close();
        } finally {
            try {
                reader.close();
                writing.close(); // last, so that SQLite folds the log into the file
            } catch (SQLException e) {
                throw new LedgerException(
                        Kind.FAILED, "closing the ledger failed: %s.".formatted(e.getMessage()), e);
            } finally {
                lock.close();
            }
        }
    }
}
