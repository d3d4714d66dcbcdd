package dev.mettle.ledger;

import dev.mettle.core.instance.Evaluation;
import dev.mettle.core.instance.InstanceKey;
import dev.mettle.core.instance.InstanceResult;
import dev.mettle.core.instance.Weights;
import dev.mettle.core.random.Purpose;
import dev.mettle.core.run.AuditRecord;
import dev.mettle.core.run.BaselineRecord;
import dev.mettle.core.run.CandidateRecord;
import dev.mettle.core.run.CertificateRecord;
import dev.mettle.core.run.GeneralizationRecord;
import dev.mettle.core.run.Provenance;
import dev.mettle.core.run.RoundRecord;
import dev.mettle.core.run.RunPlan;
import dev.mettle.core.run.RunRecord;
import dev.mettle.core.selection.Elimination;
import dev.mettle.core.selection.RaceCheck;
import dev.mettle.core.selection.Ranked;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Consumer;

/**
 * A run read from its ledger, also while another process writes it: neither waits for the other.
 * Each call sees all that was committed before it, so two calls may differ while the run goes on.
 * Instances are read a candidate at a time, so memory does not grow with the run. Safe for use by
 * several threads; every method may throw {@link LedgerException}.
 */
public final class LedgerReader implements RunRecord, AutoCloseable {
    private final Path file;
    private final Connection connection;
    private final Runnable settle;
    private @Nullable List<CandidateRecord> candidates; // guarded by this; rounds add some

    /**
     * Takes a connection of its own.
     *
     * @param settle called before each reading; the writer's reader waits there for what is not
     *     committed yet
     */
    LedgerReader(Path file, Connection connection, Runnable settle) {
        this.file = file;
        this.connection = connection;
        this.settle = settle;
    }

    /** Opens a ledger and refuses what is none. */
    static LedgerReader open(Path file) {
        try {
            Connection connection = Database.openToRead(file);
            try {
                Schema schema = Schema.current();
                schema.requireLedger(connection, file);
                schema.requireCurrent(connection, file);
            } catch (SQLException | RuntimeException e) {
                connection.close();
                throw e;
            }
            return new LedgerReader(file, connection, () -> {});
        } catch (SQLException e) {
            throw Failures.of(file, e);
        }
    }

    /** Refuses a file that is not there, not a ledger, or one of a newer Mettle. */
    static void requireLedger(Path file) {
        try (Connection connection = Database.openToRead(file)) {
            Schema.current().requireLedger(connection, file);
        } catch (SQLException e) {
            throw Failures.of(file, e);
        }
    }

    @Override
    public Provenance provenance() {
        return sessions().getFirst();
    }

    /**
     * Returns the processes that wrote this ledger, in order: the run's provenance with host,
     * software and start of each.
     */
    public List<Provenance> sessions() {
        return list(
                "SELECT * FROM sessions CROSS JOIN study ORDER BY sessions.id", Rows::provenance);
    }

    /** Returns the sessions by number. */
    Map<Long, Provenance> sessionsById() {
        Map<Long, Provenance> sessions = new LinkedHashMap<>();
        each(
                "SELECT sessions.id AS session, * FROM sessions CROSS JOIN study",
                row -> sessions.put(row.getLong("session"), Rows.provenance(row)));
        return sessions;
    }

    @Override
    public RunPlan plan() {
        return list("SELECT * FROM plan", Rows::plan).getFirst();
    }

    @Override
    public synchronized List<CandidateRecord> candidates() {
        int count = list("SELECT max(place) + 1 FROM candidates", row -> row.getInt(1)).getFirst();
        if (candidates == null || candidates.size() != count) {
            Map<String, SequencedMap<String, String>> settings = settings();
            candidates =
                    list(
                            "SELECT id, parameters FROM candidates ORDER BY place",
                            row -> {
                                String id = row.getString("id");
                                return new CandidateRecord(
                                        id,
                                        settings.getOrDefault(id, new LinkedHashMap<>()),
                                        row.getLong("parameters"));
                            });
        }
        return candidates;
    }

    @Override
    public List<RoundRecord> rounds() {
        return list("SELECT * FROM rounds ORDER BY round", Rows::round);
    }

    private Map<String, SequencedMap<String, String>> settings() {
        Map<String, SequencedMap<String, String>> settings = new LinkedHashMap<>();
        each(
                "SELECT candidate, dimension, value FROM settings ORDER BY candidate, place",
                row ->
                        settings.computeIfAbsent(
                                        row.getString("candidate"), _ -> new LinkedHashMap<>())
                                .put(row.getString("dimension"), row.getString("value")));
        return settings;
    }

    @Override
    public void forEachInstance(Purpose purpose, Consumer<InstanceResult> consumer) {
        for (CandidateRecord candidate : candidates()) {
            instances(candidate.id(), purpose).forEach(consumer);
        }
    }

    @Override
    public List<InstanceResult> instances(String candidate, Purpose purpose) {
        return stored(candidate, purpose).stream().map(Rows.Stored::result).toList();
    }

    /**
     * Returns the instances of one candidate and purpose with their sessions, by init, then sample,
     * order and rows.
     */
    List<Rows.Stored> stored(String candidate, Purpose purpose) {
        return list(
                """
                SELECT * FROM instances WHERE purpose = ? AND candidate = ?
                ORDER BY init, sample, coalesce(batch_order, -1), coalesce(sample_rows, 0)\
                """,
                row -> Rows.stored(row, candidate, purpose),
                purpose.code(),
                candidate);
    }

    /** Hands over the keys of all instances, in no particular order. */
    void forEachKey(Consumer<InstanceKey> consumer) {
        Map<Integer, Purpose> purposes = new LinkedHashMap<>();
        for (Purpose purpose : Purpose.values()) {
            purposes.put(purpose.code(), purpose);
        }
        each(
                "SELECT candidate, purpose, init, sample, batch_order, sample_rows FROM instances",
                row -> {
                    Purpose purpose = purposes.get(row.getInt("purpose"));
                    if (purpose == null) {
                        throw new IOException("unknown purpose " + row.getInt("purpose"));
                    }
                    consumer.accept(Rows.key(row, row.getString("candidate"), purpose));
                });
    }

    @Override
    public Optional<Weights> weights(InstanceKey key) {
        return list(
                        """
                        SELECT floats FROM weights JOIN instances ON instances.id = weights.instance
                        WHERE purpose = ? AND candidate = ? AND init = ? AND sample = ?
                        AND coalesce(batch_order, -1) = ? AND coalesce(sample_rows, 0) = ?\
                        """,
                        row -> Blobs.weights(row.getBytes("floats")),
                        key.purpose().code(),
                        key.candidate(),
                        key.init(),
                        key.sample(),
                        key.order().orElse(-1),
                        key.rows().orElse(0))
                .stream()
                .findFirst();
    }

    @Override
    public List<Elimination> eliminations() {
        return list("SELECT * FROM eliminations ORDER BY place", Rows::elimination);
    }

    @Override
    public List<Ranked> finalists() {
        return list("SELECT * FROM finalists ORDER BY place", Rows::ranked);
    }

    @Override
    public Optional<RaceCheck> raceCheck() {
        return list("SELECT * FROM race_check", Rows::raceCheck).stream().findFirst();
    }

    @Override
    public Optional<AuditRecord> audit() {
        List<AuditRecord.Audited> audited =
                list("SELECT * FROM audited ORDER BY place", Rows::audited);
        return list("SELECT * FROM audit", row -> Rows.audit(row, audited)).stream().findFirst();
    }

    @Override
    public List<CertificateRecord> certificates() {
        return list("SELECT * FROM certificates ORDER BY place", Rows::certificate);
    }

    @Override
    public List<BaselineRecord> baselines() {
        SequencedMap<String, List<Evaluation>> evaluations = new LinkedHashMap<>();
        each(
                "SELECT name FROM baselines ORDER BY place",
                row -> evaluations.put(row.getString("name"), new ArrayList<>()));
        each(
                """
                SELECT baselines.name, e.* FROM baselines JOIN baseline_evaluations AS e ON baseline = place
                ORDER BY place, sample\
                """,
                row ->
                        evaluations
                                .computeIfAbsent(row.getString("name"), _ -> new ArrayList<>())
                                .add(Rows.evaluation(row)));
        return evaluations.entrySet().stream()
                .map(baseline -> new BaselineRecord(baseline.getKey(), baseline.getValue()))
                .toList();
    }

    @Override
    public List<GeneralizationRecord> generalizations() {
        Map<Long, List<GeneralizationRecord.Member>> members = new LinkedHashMap<>();
        each(
                "SELECT * FROM generalization_candidates ORDER BY generalization, place",
                row ->
                        members.computeIfAbsent(
                                        row.getLong("generalization"), _ -> new ArrayList<>())
                                .add(Rows.generalizationMember(row)));
        return list(
                "SELECT * FROM generalizations ORDER BY place",
                row ->
                        Rows.generalization(
                                row, members.getOrDefault(row.getLong("place"), List.of())));
    }

    /** Returns how many certificates of this ledger looked at the test rows of that checksum. */
    public int looks(String testChecksum) {
        return list(
                        "SELECT count(*) FROM certificates WHERE test_checksum = ?",
                        row -> row.getInt(1),
                        testChecksum)
                .getFirst();
    }

    /** Returns every list of metric names that occurs, in a fixed order. */
    List<List<String>> metricNames() {
        return list(
                "SELECT names FROM metric_names ORDER BY length(names) DESC, names",
                row -> MetricsJson.names(row.getString(1)));
    }

    /**
     * Returns what SQLite finds wrong, one finding a line; "ok" when there is nothing. Reads the
     * whole file.
     */
    public String integrityCheck() {
        try {
            List<String> findings =
                    new ArrayList<>(list("PRAGMA integrity_check", row -> row.getString(1)));
            List<String> orphans =
                    list(
                            "PRAGMA foreign_key_check",
                            row ->
                                    "row %s of %s refers to nothing in %s"
                                            .formatted(
                                                    row.getString("rowid"),
                                                    row.getString("table"),
                                                    row.getString("parent")));
            if (!orphans.isEmpty()) {
                findings.remove("ok");
                findings.addAll(orphans);
            }
            return String.join("\n", findings);
        } catch (LedgerException e) {
            if (e.kind()
                    == LedgerException.Kind.DAMAGED) { // so much that SQLite cannot go on looking
                return String.valueOf(e.getMessage());
            }
            throw e;
        }
    }

    /**
     * Writes a copy of the ledger as it is at this moment, whole or not at all; the run may go on
     * meanwhile.
     *
     * @param target a file that does not exist, in a directory that does
     */
    public void backup(Path target) {
        settle.run();
        synchronized (this) {
            NewLedger.copy(connection, target);
        }
    }

    private <T> List<T> list(String sql, Rows.Reading<T> reading, Object... parameters) {
        List<T> records = new ArrayList<>();
        each(sql, row -> records.add(reading.read(row)), parameters);
        return records;
    }

    private void each(String sql, Rows.Visit visit, Object... parameters) {
        settle.run();
        synchronized (this) {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                for (int i = 0; i < parameters.length; i++) {
                    statement.setObject(i + 1, parameters[i]);
                }
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        visit.visit(rows);
                    }
                }
            } catch (SQLException e) {
                throw Failures.of(file, e);
            } catch (IOException | RuntimeException e) {
                throw Failures.damaged(file, e); // a row that Mettle cannot have written
            }
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            try {
                connection.close();
            } catch (SQLException e) {
                throw Failures.of(file, e);
            }
        }
    }
}
