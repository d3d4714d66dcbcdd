package dev.mettle.ledger;

import dev.mettle.core.data.Series;
import dev.mettle.core.data.Task;
import dev.mettle.core.instance.Evaluation;
import dev.mettle.core.instance.InstanceKey;
import dev.mettle.core.instance.InstanceResult;
import dev.mettle.core.instance.Outcome;
import dev.mettle.core.random.Purpose;
import dev.mettle.core.run.AuditRecord;
import dev.mettle.core.run.CertificateRecord;
import dev.mettle.core.run.GeneralizationRecord;
import dev.mettle.core.run.LossWords;
import dev.mettle.core.run.Provenance;
import dev.mettle.core.run.RoundRecord;
import dev.mettle.core.run.RunPlan;
import dev.mettle.core.selection.Elimination;
import dev.mettle.core.selection.RaceCheck;
import dev.mettle.core.selection.Ranked;
import dev.mettle.core.study.CertificateSettings;
import dev.mettle.core.study.HeldOutLoss;
import dev.mettle.core.study.ScaleKind;

import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Makes core's records from rows. */
final class Rows {
    /** What the column {@code task} says of a regression. */
    static final String REGRESSION = "regression";

    /** What the column {@code task} says of a classification. */
    static final String CLASSIFICATION = "classification";

    private Rows() {}

    /** Makes one record from the row that a result set is at. */
    interface Reading<T> {
        T read(ResultSet row) throws SQLException, IOException;
    }

    /** Looks at the row that a result set is at. */
    interface Visit {
        void visit(ResultSet row) throws SQLException, IOException;
    }

    /**
     * An instance and the process that wrote it.
     *
     * @param result the instance, without weights
     * @param session number of its session
     */
    record Stored(InstanceResult result, long session) {}

    /** Reads a row of study joined with one of sessions. */
    static Provenance provenance(ResultSet row) throws SQLException {
        return new Provenance(
                row.getString("name"),
                row.getString("file"),
                row.getString("text"),
                row.getLong("seed"),
                row.getString("data_checksum"),
                row.getString("version"),
                row.getString("jdk"),
                row.getString("cpu"),
                row.getInt("vector_bits"),
                row.getString("host"),
                row.getString("started"));
    }

    static RoundRecord round(ResultSet row) throws SQLException {
        return new RoundRecord(
                row.getInt("round"),
                row.getInt("candidates"),
                row.getInt("instances"),
                row.getInt("points"),
                row.getInt("duplicates"),
                row.getInt("excluded"));
    }

    static RunPlan plan(ResultSet row) throws SQLException, IOException {
        row.getInt("certificate_instances");
        Optional<CertificateSettings> certificate =
                row.wasNull()
                        ? Optional.empty()
                        : Optional.of(
                                new CertificateSettings(
                                        row.getInt("certificate_instances"),
                                        row.getDouble("certificate_coverage"),
                                        row.getDouble("certificate_confidence"),
                                        row.getInt("certificate_attempts")));
        return new RunPlan(
                task(row),
                MetricsJson.names(row.getString("target_scales")).stream()
                        .map(ScaleKind::valueOf)
                        .toList(),
                HeldOutLoss.of(row.getString("loss")),
                row.getInt("sample"),
                row.getInt("pool"),
                row.getInt("validation"),
                row.getInt("test"),
                row.getInt("excluded"),
                row.getString("algorithm"),
                row.getString("criterion"),
                row.getInt("instances"),
                row.getLong("trainings_at_most"),
                Optional.ofNullable(row.getString("per")),
                certificate,
                Optional.ofNullable(row.getString("split")));
    }

    private static Task task(ResultSet row) throws SQLException, IOException {
        List<String> targets = MetricsJson.names(row.getString("targets"));
        return switch (row.getString("task")) {
            case REGRESSION -> new Task.Regression(targets);
            case CLASSIFICATION ->
                    new Task.Classification(
                            targets.getFirst(), MetricsJson.names(row.getString("classes")));
            case String other -> throw new IOException("unknown task " + other);
        };
    }

    /** Reads the columns init, sample, batch_order and sample_rows. */
    static InstanceKey key(ResultSet row, String candidate, Purpose purpose) throws SQLException {
        return new InstanceKey(
                candidate,
                purpose,
                row.getInt("init"),
                row.getInt("sample"),
                optional(row, "batch_order"),
                optional(row, "sample_rows"));
    }

    private static OptionalInt optional(ResultSet row, String column) throws SQLException {
        int value = row.getInt(column);
        return row.wasNull() ? OptionalInt.empty() : OptionalInt.of(value);
    }

    static Stored stored(ResultSet row, String candidate, Purpose purpose)
            throws SQLException, IOException {
        InstanceKey key = key(row, candidate, purpose);
        InstanceResult result =
                new InstanceResult(
                        key,
                        row.getLong("init_seed"),
                        row.getLong("sample_seed"),
                        outcome(row),
                        row.getLong("elapsed_nanos"));
        return new Stored(result, row.getLong("session"));
    }

    private static Outcome outcome(ResultSet row) throws SQLException, IOException {
        String label = row.getString("outcome");
        Optional<Evaluation> known =
                row.getString("metrics") == null ? Optional.empty() : Optional.of(evaluation(row));
        return switch (label) {
            case "completed" ->
                    new Outcome.Completed(
                            known.orElseThrow(),
                            row.getInt("epochs"),
                            curve(row),
                            Optional.empty());
            case "exploded" ->
                    new Outcome.Exploded(
                            row.getString("reason"), known, row.getInt("epochs"), curve(row));
            case "crashed" -> new Outcome.Crashed(row.getString("reason"));
            default -> throw new IOException("unknown outcome " + label);
        };
    }

    private static Series curve(ResultSet row) throws SQLException {
        return Blobs.series(row.getBytes("curve"));
    }

    /** Reads the columns loss, losses_by_block and metrics; a loss that is NULL is NaN. */
    static Evaluation evaluation(ResultSet row) throws SQLException, IOException {
        double loss = row.getDouble("loss");
        return new Evaluation(
                row.wasNull() ? Double.NaN : loss,
                Blobs.series(row.getBytes("losses_by_block")),
                MetricsJson.metrics(row.getString("metrics")));
    }

    static Elimination elimination(ResultSet row) throws SQLException {
        return new Elimination(
                row.getString("candidate"),
                row.getInt("iteration"),
                row.getDouble("criterion"),
                row.getDouble("bar"),
                row.getString("reason"));
    }

    static Ranked ranked(ResultSet row) throws SQLException {
        return new Ranked(
                row.getString("candidate"),
                row.getString("per_value"),
                row.getDouble("criterion"),
                row.getInt("failures"));
    }

    static RaceCheck raceCheck(ResultSet row) throws SQLException {
        double error = row.getDouble("error");
        return new RaceCheck(
                row.wasNull() ? OptionalDouble.empty() : OptionalDouble.of(error),
                row.getInt("checks"),
                row.getInt("equals"),
                row.getInt("finalists"));
    }

    static AuditRecord audit(ResultSet row, List<AuditRecord.Audited> audited) throws SQLException {
        return new AuditRecord(row.getInt("dropped"), row.getLong("trainings"), audited);
    }

    static AuditRecord.Audited audited(ResultSet row) throws SQLException {
        return new AuditRecord.Audited(ranked(row), row.getDouble("probability"));
    }

    static CertificateRecord certificate(ResultSet row) throws SQLException {
        return new CertificateRecord(
                row.getString("candidate"),
                row.getString("per_value"),
                row.getInt("attempt"),
                row.getInt("attempts"),
                row.getInt("instances"),
                row.getDouble("coverage"),
                row.getDouble("confidence"),
                row.getInt("rank"),
                row.getDouble("bound"),
                row.getBoolean("certified"),
                row.getInt("look"),
                row.getString("test_checksum"));
    }

    static GeneralizationRecord generalization(
            ResultSet row, List<GeneralizationRecord.Member> members) throws SQLException {
        return new GeneralizationRecord(
                row.getString("study"),
                row.getString("run"),
                row.getString("data"),
                row.getString("data_checksum"),
                new LossWords(
                        row.getString("loss_name"),
                        row.getString("loss_unit"),
                        row.getBoolean("loss_is_share")),
                row.getInt("instances"),
                row.getInt("dropped"),
                members);
    }

    static GeneralizationRecord.Member generalizationMember(ResultSet row) throws SQLException {
        return new GeneralizationRecord.Member(
                row.getString("candidate"),
                row.getBoolean("selected"),
                Blobs.series(row.getBytes("losses")));
    }
}
