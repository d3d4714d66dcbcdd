package dev.mettle.ledger;

import dev.mettle.core.run.AuditRecord;
import dev.mettle.core.run.CandidateRecord;
import dev.mettle.core.run.RoundRecord;
import dev.mettle.core.selection.Elimination;
import dev.mettle.core.selection.RaceCheck;
import dev.mettle.core.selection.Ranked;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.Map;

/** Rows of a running ledger about its race; see {@link Inserts}, whose statements it uses. */
final class RaceInserts {
    private final Inserts inserts;

    RaceInserts(Inserts inserts) {
        this.inserts = inserts;
    }

    /** Writes a round with the candidates it drew, unless it is there. */
    void round(RoundRecord round, List<CandidateRecord> drawn) throws SQLException {
        inserts.session();
        PreparedStatement row =
                inserts.prepared(
                        "INSERT INTO rounds VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING");
        row.setInt(1, round.round());
        row.setInt(2, round.candidates());
        row.setInt(3, round.instances());
        row.setInt(4, round.points());
        row.setInt(5, round.duplicates());
        row.setInt(6, round.excluded());
        if (row.executeUpdate() == 1) {
            for (CandidateRecord candidate : drawn) {
                candidate(candidate);
            }
        }
    }

    private void candidate(CandidateRecord candidate) throws SQLException {
        PreparedStatement row =
                inserts.prepared(
                        """
                        INSERT INTO candidates SELECT max(place) + 1, ?, ? FROM candidates WHERE true
                        ON CONFLICT (id) DO NOTHING\
                        """);
        row.setString(1, candidate.id());
        row.setLong(2, candidate.parameters());
        if (row.executeUpdate() == 0) {
            return; // one of the first round, which came with the study
        }
        PreparedStatement setting = inserts.prepared("INSERT INTO settings VALUES (?, ?, ?, ?)");
        int place = 0;
        for (Map.Entry<String, String> value : candidate.settings().entrySet()) {
            setting.setString(1, candidate.id());
            setting.setInt(2, place++);
            setting.setString(3, value.getKey());
            setting.setString(4, value.getValue());
            setting.executeUpdate();
        }
    }

    /** Writes eliminations after those already there, which are left alone. */
    void eliminations(List<Elimination> eliminations) throws SQLException {
        inserts.session();
        PreparedStatement row =
                inserts.prepared(
                        """
                        INSERT INTO eliminations (candidate, iteration, criterion, bar, reason) VALUES (?, ?, ?, ?, ?)
                        ON CONFLICT (candidate) DO NOTHING\
                        """);
        for (Elimination elimination : eliminations) {
            row.setString(1, elimination.candidate());
            row.setInt(2, elimination.iteration());
            row.setDouble(3, elimination.criterion());
            row.setDouble(4, elimination.bar());
            row.setString(5, elimination.reason());
            row.executeUpdate();
        }
    }

    /** Writes the finalists, unless there are some. */
    void finalists(List<Ranked> finalists) throws SQLException {
        inserts.session();
        if (!isEmpty("finalists")) {
            return;
        }
        PreparedStatement row =
                inserts.prepared(
                        "INSERT INTO finalists (candidate, per_value, criterion, failures) VALUES"
                                + " (?, ?, ?, ?)");
        for (Ranked finalist : finalists) {
            ranked(row, finalist);
            row.executeUpdate();
        }
    }

    private static void ranked(PreparedStatement row, Ranked ranked) throws SQLException {
        row.setString(1, ranked.candidate());
        row.setString(2, ranked.group());
        row.setDouble(3, ranked.criterion());
        row.setInt(4, ranked.failures());
    }

    /** Writes how sure a race is, unless that is there. */
    void raceCheck(RaceCheck check) throws SQLException {
        inserts.session();
        if (!isEmpty("race_check")) {
            return;
        }
        PreparedStatement row =
                inserts.prepared(
                        "INSERT INTO race_check (error, checks, equals, finalists) VALUES"
                                + " (?, ?, ?, ?)");
        if (check.error().isPresent()) {
            row.setDouble(1, check.error().getAsDouble());
        } else {
            row.setNull(1, Types.REAL);
        }
        row.setInt(2, check.checks());
        row.setInt(3, check.equals());
        row.setInt(4, check.finalists());
        row.executeUpdate();
    }

    /** Writes what an audit found, unless there is one. */
    void audit(AuditRecord audit) throws SQLException {
        inserts.session();
        if (!isEmpty("audit")) {
            return;
        }
        PreparedStatement whole =
                inserts.prepared("INSERT INTO audit (dropped, trainings) VALUES (?, ?)");
        whole.setInt(1, audit.dropped());
        whole.setLong(2, audit.trainings());
        whole.executeUpdate();
        PreparedStatement row =
                inserts.prepared(
                        "INSERT INTO audited (candidate, per_value, criterion, failures,"
                                + " probability) VALUES (?, ?, ?, ?, ?)");
        for (AuditRecord.Audited audited : audit.audited()) {
            ranked(row, audited.result());
            row.setDouble(5, audited.probability());
            row.executeUpdate();
        }
    }

    private boolean isEmpty(String table) throws SQLException {
        try (ResultSet rows =
                inserts.prepared("SELECT 1 FROM " + table + " LIMIT 1").executeQuery()) {
            return !rows.next();
        }
    }
}
