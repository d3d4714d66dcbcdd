package dev.mettle.ledger;

import dev.mettle.core.instance.Evaluation;
import dev.mettle.core.instance.InstanceKey;
import dev.mettle.core.instance.Outcome;
import dev.mettle.core.random.Purpose;
import dev.mettle.core.run.CandidateRecord;
import dev.mettle.core.run.Provenance;
import dev.mettle.core.selection.Elimination;
import dev.mettle.core.selection.Ranked;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A ledger as one flat table, for export. Rows and columns have a fixed order and numbers the
 * shortest form that reads back to the same bits, so two runs of a study give the same bytes but
 * for the last three columns of the losses: elapsed_seconds, host and software. In CSV a value that
 * does not exist is empty and a failed instance's loss is Infinity; in JSON they are null and
 * "Infinity". Rows are streamed.
 *
 * <p>Every dimension of the space and every metric is a column under its own name; one that has the
 * name of another column goes as {@code space.NAME} or {@code metric.NAME}.
 */
public final class LedgerTable {
    private static final List<String> AFTER_SPACE =
            List.of(
                    "parameters",
                    "purpose",
                    "init",
                    "sample",
                    "order",
                    "rows",
                    "init_seed",
                    "sample_seed",
                    "outcome",
                    "reason",
                    "loss");
    private static final List<String> AFTER_METRICS =
            List.of("epochs", "held_out", "elapsed_seconds", "host", "software");
    private static final List<String> DECISION =
            List.of(
                    "parameters",
                    "decision",
                    "place",
                    "iteration",
                    "criterion",
                    "bar",
                    "group",
                    "failures",
                    "reason");
    private static final double NANOS_PER_SECOND = 1e9;

    /** Writes all rows of a kind of table. */
    private interface Source {
        void writeTo(TableWriter out) throws IOException;
    }

    private final List<String> header;
    private final Source source;

    private LedgerTable(List<String> header, Source source) {
        this.header = List.copyOf(header);
        this.source = source;
    }

    /**
     * The loss table: one row per instance, by candidate in the order of the study, purpose, init
     * and sample. Columns: candidate, the space, parameters, purpose, init, sample, order (of
     * mini-batches; empty where it follows from init), rows (of the training sample), init_seed,
     * sample_seed, outcome, reason, loss (Infinity unless completed), the metrics, epochs, held_out
     * (validation or test rows), elapsed_seconds, host, software.
     */
    public static LedgerTable losses(LedgerReader ledger) {
        List<String> dimensions = dimensions(ledger);
        List<String> metrics = union(ledger.metricNames());
        Set<String> taken = new LinkedHashSet<>(AFTER_SPACE);
        taken.addAll(AFTER_METRICS);
        List<String> header = start(dimensions, taken);
        header.addAll(AFTER_SPACE);
        taken.addAll(header);
        metrics.forEach(metric -> header.add(taken.add(metric) ? metric : "metric." + metric));
        header.addAll(AFTER_METRICS);
        return new LedgerTable(header, out -> writeLosses(ledger, dimensions, metrics, out));
    }

    /**
     * The decisions: eliminations in the order made, then finalists, best first. Columns:
     * candidate, the space, parameters, decision (eliminated or finalist), place (from 1, of the
     * decision), iteration, criterion, bar, group, failures, reason.
     */
    public static LedgerTable decisions(LedgerReader ledger) {
        List<String> dimensions = dimensions(ledger);
        List<String> header = start(dimensions, new LinkedHashSet<>(DECISION));
        header.addAll(DECISION);
        return new LedgerTable(header, out -> writeDecisions(ledger, dimensions, out));
    }

    /** Returns the names of the columns. */
    public List<String> header() {
        return header;
    }

    /** Writes the table as CSV (RFC 4180, but lines end with a line feed), with a header. */
    public void writeCsv(Appendable out) throws IOException {
        try (TableWriter rows = TableWriter.csv(header, out)) {
            source.writeTo(rows);
        }
    }

    /** Writes the table as one JSON array with an object per row. Seeds are numbers of 64 bits. */
    public void writeJson(Appendable out) throws IOException {
        try (TableWriter rows = TableWriter.json(header, out)) {
            source.writeTo(rows);
        }
    }

    private static List<String> dimensions(LedgerReader ledger) {
        return union(
                ledger.candidates().stream()
                        .map(candidate -> List.copyOf(candidate.settings().sequencedKeySet()))
                        .toList());
    }

    /** All names, each once, where it first occurs. */
    private static List<String> union(List<List<String>> lists) {
        return lists.stream().flatMap(List::stream).distinct().toList();
    }

    /** Returns the columns of candidate and space; {@code taken} holds the names of the others. */
    private static List<String> start(List<String> dimensions, Set<String> taken) {
        List<String> header = new ArrayList<>(List.of("candidate"));
        for (String dimension : dimensions) {
            header.add(
                    taken.contains(dimension) || dimension.equals("candidate")
                            ? "space." + dimension
                            : dimension);
        }
        return header;
    }

    private static List<@Nullable Object> start(
            CandidateRecord candidate, List<String> dimensions) {
        List<@Nullable Object> row = new ArrayList<>();
        row.add(candidate.id());
        for (String dimension : dimensions) {
            String value = candidate.settings().get(dimension);
            row.add(value == null ? null : new TableWriter.Written(value));
        }
        row.add(candidate.parameters());
        return row;
    }

    private static void writeLosses(
            LedgerReader ledger, List<String> dimensions, List<String> metrics, TableWriter out)
            throws IOException {
        Map<Long, Provenance> sessions = ledger.sessionsById();
        int sample = ledger.plan().sample();
        for (CandidateRecord candidate : ledger.candidates()) {
            for (Purpose purpose : Purpose.values()) {
                for (Rows.Stored stored : ledger.stored(candidate.id(), purpose)) {
                    Provenance session = sessions.get(stored.session());
                    if (session == null) { // began after this table did
                        sessions = ledger.sessionsById();
                        session = sessions.get(stored.session());
                    }
                    out.row(row(candidate, dimensions, metrics, sample, stored, session));
                }
            }
        }
    }

    private static List<@Nullable Object> row(
            CandidateRecord candidate,
            List<String> dimensions,
            List<String> metrics,
            int sample,
            Rows.Stored stored,
            @Nullable Provenance session) {
        InstanceKey key = stored.result().key();
        Outcome outcome = stored.result().outcome();
        List<@Nullable Object> row = start(candidate, dimensions);
        row.addAll(
                Arrays.<@Nullable Object>asList(
                        key.purpose().name().toLowerCase(Locale.ROOT),
                        key.init(),
                        key.sample(),
                        key.order().isPresent() ? key.order().getAsInt() : null,
                        key.rows().orElse(sample),
                        stored.result().initSeed(),
                        stored.result().sampleSeed(),
                        outcome.label()));
        row.add(reason(outcome));
        row.add(outcome.loss());
        Optional<Evaluation> known = outcome.known();
        for (String metric : metrics) {
            row.add(known.map(evaluation -> evaluation.metrics().get(metric)).orElse(null));
        }
        row.add(outcome instanceof Outcome.Crashed ? null : epochs(outcome));
        row.add(key.purpose() == Purpose.CERTIFY ? "test" : "validation");
        row.add(stored.result().elapsedNanos() / NANOS_PER_SECOND);
        row.add(session == null ? null : session.host());
        row.add(session == null ? null : session.software());
        return row;
    }

    private static @Nullable String reason(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Completed _ -> null;
            case Outcome.Exploded exploded -> exploded.reason();
            case Outcome.Crashed crashed -> crashed.reason();
        };
    }

    private static @Nullable Integer epochs(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Completed completed -> completed.epochs();
            case Outcome.Exploded exploded -> exploded.epochs();
            case Outcome.Crashed _ -> null;
        };
    }

    private static void writeDecisions(
            LedgerReader ledger, List<String> dimensions, TableWriter out) throws IOException {
        Map<String, CandidateRecord> candidates =
                ledger.candidates().stream()
                        .collect(Collectors.toMap(CandidateRecord::id, Function.identity()));
        int place = 0;
        for (Elimination elimination : ledger.eliminations()) {
            List<@Nullable Object> row =
                    start(known(candidates, elimination.candidate()), dimensions);
            row.addAll(
                    Arrays.<@Nullable Object>asList(
                            "eliminated",
                            ++place,
                            elimination.iteration(),
                            elimination.criterion(),
                            elimination.bar(),
                            null,
                            null,
                            elimination.reason()));
            out.row(row);
        }
        place = 0;
        for (Ranked finalist : ledger.finalists()) {
            List<@Nullable Object> row = start(known(candidates, finalist.candidate()), dimensions);
            row.addAll(
                    Arrays.<@Nullable Object>asList(
                            "finalist",
                            ++place,
                            null,
                            finalist.criterion(),
                            null,
                            finalist.group(),
                            finalist.failures(),
                            null));
            out.row(row);
        }
    }

    private static CandidateRecord known(Map<String, CandidateRecord> candidates, String id) {
        return Objects.requireNonNull(
                candidates.get(id),
                "the schema lets nobody refer to a candidate that is not there");
    }
}
