package dev.mettle.ledger;

import dev.mettle.core.data.Task;
import dev.mettle.core.run.CandidateRecord;
import dev.mettle.core.run.Provenance;
import dev.mettle.core.run.RunPlan;
import dev.mettle.core.study.CertificateSettings;
import dev.mettle.ledger.LedgerException.Kind;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts ledger files in place whole or not at all: written under another name, then renamed. */
final class NewLedger {
    private interface Filling {
        void fill(Path unfinished) throws SQLException;
    }

    private NewLedger() {}

    /** Makes a ledger without instances. The caller holds the lock of the run. */
    static void create(
            Path file,
            Schema schema,
            Provenance provenance,
            RunPlan plan,
            List<CandidateRecord> candidates) {
        put(
                file,
                unfinished -> {
                    try (Connection connection = Database.create(unfinished)) {
                        schema.create(connection);
                        connection.setAutoCommit(false);
                        study(connection, provenance);
                        plan(connection, plan);
                        candidates(connection, candidates);
                        settings(connection, candidates);
                        connection.commit();
                    }
                });
    }

    /** Copies a ledger as it is at this moment, while others read and write it. */
    static void copy(Connection from, Path target) {
        put(
                target,
                unfinished -> {
                    try (PreparedStatement vacuum = from.prepareStatement("VACUUM INTO ?")) {
                        vacuum.setString(1, unfinished.toString());
                        vacuum.executeUpdate();
                    }
                });
    }

    private static void put(Path target, Filling filling) {
        Path file = target.toAbsolutePath();
        if (Files.exists(file)) {
            throw new LedgerException(Kind.EXISTS, "%s exists already.".formatted(target));
        }
        Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
        try {
            remove(unfinished);
            removeLogs(
                    file); // of a ledger that was deleted: SQLite would replay them into this one
            filling.fill(unfinished);
            sync(
                    unfinished,
                    StandardOpenOption.WRITE); // SQLite does not sync the file of VACUUM INTO
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
            syncDirectory(Failures.directory(file));
        } catch (SQLException e) {
            throw Failures.of(target, e);
        } catch (IOException e) {
            throw Failures.notWritable(target, e);
        } finally {
            removeQuietly(unfinished);
        }
    }

    private static void study(Connection connection, Provenance provenance) throws SQLException {
        try (PreparedStatement row =
                connection.prepareStatement("INSERT INTO study VALUES (1, ?, ?, ?, ?, ?)")) {
            row.setString(1, provenance.study());
            row.setString(2, provenance.studyFile());
            row.setString(3, provenance.studyText());
            row.setLong(4, provenance.studySeed());
            row.setString(5, provenance.dataChecksum());
            row.executeUpdate();
        }
        Inserts.addSession(connection, provenance);
    }

    private static void plan(Connection connection, RunPlan plan) throws SQLException {
        try (PreparedStatement row =
                connection.prepareStatement(
                        "INSERT INTO plan VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
                                + " ?, ?, ?, ?, ?)")) {
            row.setString(1, MetricsJson.ofNames(plan.task().targetNames()));
            row.setString(
                    2, MetricsJson.ofNames(plan.targetScales().stream().map(Enum::name).toList()));
            row.setInt(3, plan.sample());
            row.setInt(4, plan.pool());
            row.setInt(5, plan.validation());
            row.setInt(6, plan.test());
            row.setInt(7, plan.excluded());
            row.setString(8, plan.algorithm());
            row.setString(9, plan.criterion());
            row.setInt(10, plan.instances());
            row.setLong(11, plan.trainingsAtMost());
            row.setString(12, plan.per().orElse(null));
            certificate(row, plan.certificate());
            task(row, plan.task());
            row.setString(19, plan.loss().label());
            row.setString(20, plan.split().orElse(null));
            row.executeUpdate();
        }
    }

    private static void task(PreparedStatement row, Task task) throws SQLException {
        switch (task) {
            case Task.Regression _ -> {
                row.setString(17, Rows.REGRESSION);
                row.setNull(18, Types.NULL);
            }
            case Task.Classification(_, var classes) -> {
                row.setString(17, Rows.CLASSIFICATION);
                row.setString(18, MetricsJson.ofNames(classes));
            }
        }
    }

    private static void certificate(PreparedStatement row, Optional<CertificateSettings> settings)
            throws SQLException {
        if (settings.isPresent()) {
            row.setInt(13, settings.get().instances());
            row.setDouble(14, settings.get().coverage());
            row.setDouble(15, settings.get().confidence());
            row.setInt(16, settings.get().attempts());
        } else {
            for (int column = 13; column <= 16; column++) {
                row.setNull(column, Types.NULL);
            }
        }
    }

    private static void candidates(Connection connection, List<CandidateRecord> candidates)
            throws SQLException {
        try (PreparedStatement row =
                connection.prepareStatement("INSERT INTO candidates VALUES (?, ?, ?)")) {
            int place = 0;
            for (CandidateRecord candidate : candidates) {
                row.setInt(1, place++);
                row.setString(2, candidate.id());
                row.setLong(3, candidate.parameters());
                row.executeUpdate();
            }
        }
    }

    private static void settings(Connection connection, List<CandidateRecord> candidates)
            throws SQLException {
        try (PreparedStatement row =
                connection.prepareStatement("INSERT INTO settings VALUES (?, ?, ?, ?)")) {
            for (CandidateRecord candidate : candidates) {
                int place = 0;
                for (Map.Entry<String, String> setting : candidate.settings().entrySet()) {
                    row.setString(1, candidate.id());
                    row.setInt(2, place++);
                    row.setString(3, setting.getKey());
                    row.setString(4, setting.getValue());
                    row.executeUpdate();
                }
            }
        }
    }

    private static void remove(Path unfinished) throws IOException {
        Files.deleteIfExists(unfinished);
        removeLogs(unfinished);
    }

    private static void removeLogs(Path file) throws IOException {
        for (String suffix : List.of("-journal", "-wal", "-shm")) {
            Files.deleteIfExists(file.resolveSibling(file.getFileName() + suffix));
        }
    }

    private static void removeQuietly(Path unfinished) {
        try {
            remove(unfinished);
        } catch (IOException e) {
            // The next attempt removes it; the error that led here matters more.
        }
    }

    private static void sync(Path file, StandardOpenOption option) throws IOException {
        try (FileChannel channel = FileChannel.open(file, option)) {
            channel.force(true);
        }
    }

    private static void syncDirectory(Path directory) {
        try {
            sync(directory, StandardOpenOption.READ);
        } catch (IOException e) {
            // Not every system can sync a directory; then the rename reaches the disk a little
            // later.
        }
    }
}
