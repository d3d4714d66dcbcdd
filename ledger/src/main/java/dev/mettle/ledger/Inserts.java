package dev.mettle.ledger;

import dev.mettle.core.instance.Evaluation;
import dev.mettle.core.instance.InstanceKey;
import dev.mettle.core.instance.InstanceResult;
import dev.mettle.core.instance.Outcome;
import dev.mettle.core.instance.Weights;
import dev.mettle.core.run.BaselineRecord;
import dev.mettle.core.run.CertificateRecord;
import dev.mettle.core.run.GeneralizationRecord;
import dev.mettle.core.run.Provenance;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Rows of a running ledger, written on one connection by one thread; whoever uses it commits. The
 * session's row comes with the first row of any kind, so a process that records nothing leaves no
 * trace.
 */
final class Inserts implements AutoCloseable {
    private final Connection connection;
    private final Provenance session;
    private final Map<String, PreparedStatement> statements = new HashMap<>();
    private final Set<String> knownNames = new HashSet<>();
    private final RaceInserts race = new RaceInserts(this);
    private long sessionId;

    /** Takes what the sessions table says about this process. */
    Inserts(Connection connection, Provenance session) {
        this.connection = connection;
        this.session = session;
    }

    /** Writes an instance, with its weights where it has them. */
    void instance(InstanceResult result) throws SQLException {
        Outcome outcome = result.outcome();
        InstanceKey key = result.key();
        long session = session();
        PreparedStatement row =
                prepared(
                        """
                        INSERT INTO instances (purpose, candidate, init, sample, init_seed, sample_seed, outcome, reason,
                            epochs, curve, elapsed_nanos, session, loss, losses_by_block, metrics, batch_order, sample_rows)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)\
                        """);
        row.setInt(1, key.purpose().code());
        row.setString(2, key.candidate());
        row.setInt(3, key.init());
        row.setInt(4, key.sample());
        row.setLong(5, result.initSeed());
        row.setLong(6, result.sampleSeed());
        row.setString(7, outcome.label());
        ending(row, outcome);
        row.setLong(11, result.elapsedNanos());
        row.setLong(12, session);
        Optional<Evaluation> known = outcome.known();
        if (known.isPresent()) {
            evaluation(row, 13, known.get());
        } else {
            row.setNull(13, Types.NULL);
            row.setNull(14, Types.NULL);
            row.setNull(15, Types.NULL);
        }
        optional(row, 16, key.order());
        optional(row, 17, key.rows());
        row.executeUpdate();
        if (outcome instanceof Outcome.Completed completed && completed.weights().isPresent()) {
            weights(completed.weights().get());
        }
    }

    private static void optional(PreparedStatement row, int parameter, OptionalInt value)
            throws SQLException {
        if (value.isPresent()) {
            row.setInt(parameter, value.getAsInt());
        } else {
            row.setNull(parameter, Types.NULL);
        }
    }

    private static void ending(PreparedStatement row, Outcome outcome) throws SQLException {
        row.setNull(8, Types.NULL);
        row.setNull(9, Types.NULL);
        row.setNull(10, Types.NULL);
        switch (outcome) {
            case Outcome.Completed completed -> row.setInt(9, completed.epochs());
            case Outcome.Exploded exploded -> {
                row.setString(8, exploded.reason());
                row.setInt(9, exploded.epochs());
            }
            case Outcome.Crashed crashed -> row.setString(8, crashed.reason());
        }
        if (!(outcome instanceof Outcome.Crashed)) {
            row.setBytes(10, Blobs.of(outcome.trainingCurve()));
        }
    }

    private void weights(Weights weights) throws SQLException {
        PreparedStatement row = prepared("INSERT INTO weights VALUES (last_insert_rowid(), ?)");
        row.setBytes(1, Blobs.of(weights));
        row.executeUpdate();
    }

    /** Writes loss, losses by block and metrics to three parameters; a NaN loss becomes NULL. */
    private void evaluation(PreparedStatement row, int first, Evaluation evaluation)
            throws SQLException {
        String names = MetricsJson.ofNames(evaluation.metrics().keySet());
        if (knownNames.add(names)) {
            PreparedStatement name =
                    prepared("INSERT INTO metric_names VALUES (?) ON CONFLICT DO NOTHING");
            name.setString(1, names);
            name.executeUpdate();
        }
        row.setDouble(first, evaluation.loss());
        row.setBytes(first + 1, Blobs.of(evaluation.lossByBlock()));
        row.setString(first + 2, MetricsJson.of(evaluation.metrics()));
    }

    /** Returns the rows about the race: rounds, eliminations, finalists, check and audit. */
    RaceInserts race() {
        return race;
    }

    /** Writes a certificate, unless one of the same candidate and attempt is there. */
    void certificate(CertificateRecord certificate) throws SQLException {
        session();
        PreparedStatement row =
                prepared(
                        """
                        INSERT INTO certificates (candidate, per_value, attempt, attempts, instances, coverage, confidence, rank,
                            bound, certified, look, test_checksum)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (candidate, attempt) DO NOTHING\
                        """);
        row.setString(1, certificate.candidate());
        row.setString(2, certificate.group());
        row.setInt(3, certificate.attempt());
        row.setInt(4, certificate.attempts());
        row.setInt(5, certificate.instances());
        row.setDouble(6, certificate.coverage());
        row.setDouble(7, certificate.confidence());
        row.setInt(8, certificate.rank());
        row.setDouble(9, certificate.bound());
        row.setBoolean(10, certificate.certified());
        row.setInt(11, certificate.look());
        row.setString(12, certificate.testChecksum());
        row.executeUpdate();
    }

    /** Writes a baseline in place of an earlier one of its name. */
    void baseline(BaselineRecord baseline) throws SQLException {
        session();
        PreparedStatement name =
                prepared("INSERT INTO baselines (name) VALUES (?) ON CONFLICT (name) DO NOTHING");
        name.setString(1, baseline.name());
        name.executeUpdate();
        PreparedStatement earlier =
                prepared(
                        """
                        DELETE FROM baseline_evaluations WHERE baseline = (SELECT place FROM baselines WHERE name = ?)\
                        """);
        earlier.setString(1, baseline.name());
        earlier.executeUpdate();
        PreparedStatement row =
                prepared(
                        """
                        INSERT INTO baseline_evaluations (baseline, sample, loss, losses_by_block, metrics)
                        SELECT place, ?, ?, ?, ? FROM baselines WHERE name = ?\
                        """);
        for (int sample = 0; sample < baseline.evaluations().size(); sample++) {
            row.setInt(1, sample);
            evaluation(row, 2, baseline.evaluations().get(sample));
            row.setString(5, baseline.name());
            row.executeUpdate();
        }
    }

    /** Writes what became of candidates on other data in place of an earlier one of its study. */
    void generalization(GeneralizationRecord generalization) throws SQLException {
        session();
        for (String table :
                List.of(
                        "generalization_candidates WHERE generalization IN (SELECT place FROM"
                                + " generalizations WHERE study = ?)",
                        "generalizations WHERE study = ?")) {
            PreparedStatement earlier = prepared("DELETE FROM " + table);
            earlier.setString(1, generalization.study());
            earlier.executeUpdate();
        }
        PreparedStatement row =
                prepared(
                        """
                        INSERT INTO generalizations (study, run, data, data_checksum, loss_name, loss_unit, loss_is_share,
                            instances, dropped)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)\
                        """);
        row.setString(1, generalization.study());
        row.setString(2, generalization.run());
        row.setString(3, generalization.data());
        row.setString(4, generalization.dataChecksum());
        row.setString(5, generalization.loss().name());
        row.setString(6, generalization.loss().unit());
        row.setBoolean(7, generalization.loss().isShare());
        row.setInt(8, generalization.instances());
        row.setInt(9, generalization.dropped());
        row.executeUpdate();
        generalizationCandidates(generalization);
    }

    private void generalizationCandidates(GeneralizationRecord generalization) throws SQLException {
        PreparedStatement row =
                prepared(
                        """
                        INSERT INTO generalization_candidates (generalization, place, candidate, selected, losses)
                        SELECT place, ?, ?, ?, ? FROM generalizations WHERE study = ?\
                        """);
        int place = 0;
        for (GeneralizationRecord.Member member : generalization.members()) {
            row.setInt(1, place++);
            row.setString(2, member.candidate());
            row.setBoolean(3, member.selected());
            row.setBytes(4, Blobs.of(member.losses()));
            row.setString(5, generalization.study());
            row.executeUpdate();
        }
    }

    /** Returns the row of this process in the sessions table, which it adds at the first call. */
    long session() throws SQLException {
        if (sessionId == 0) {
            sessionId = addSession(connection, session);
        }
        return sessionId;
    }

    /** Adds a session, unless the same process has added it before; returns its row. */
    static long addSession(Connection connection, Provenance session) throws SQLException {
        String columns = "(started, host, version, jdk, cpu, vector_bits)";
        try (PreparedStatement find =
                        connection.prepareStatement(
                                "SELECT id FROM sessions WHERE "
                                        + columns
                                        + " = (?, ?, ?, ?, ?, ?)");
                PreparedStatement row =
                        connection.prepareStatement(
                                "INSERT INTO sessions "
                                        + columns
                                        + " VALUES (?, ?, ?, ?, ?, ?) RETURNING id")) {
            bind(find, session);
            try (ResultSet found = find.executeQuery()) {
                if (found.next()) {
                    return found.getLong(1);
                }
            }
            bind(row, session);
            try (ResultSet added = row.executeQuery()) {
                added.next();
                return added.getLong(1);
            }
        }
    }

    private static void bind(PreparedStatement row, Provenance session) throws SQLException {
        row.setString(1, session.started());
        row.setString(2, session.host());
        row.setString(3, session.version());
        row.setString(4, session.jdk());
        row.setString(5, session.cpu());
        row.setInt(6, session.vectorBits());
    }

    PreparedStatement prepared(String sql) throws SQLException {
        PreparedStatement statement = statements.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            statements.put(sql, statement);
        }
        return statement;
    }

    /** Closes the statements, not the connection. */
    @Override
    public void close() throws SQLException {
        for (PreparedStatement statement : statements.values()) {
            statement.close();
        }
    }
}
