package dev.mettle.cli;

import dev.mettle.core.random.Purpose;
import dev.mettle.core.run.CandidateRecord;
import dev.mettle.core.run.SizeStudy;
import dev.mettle.core.statistics.SizedLosses;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Losses at several training-sample sizes that were made elsewhere, or by {@code mettle ledger}: a
 * table as {@link LossTableFile} reads it, with a column {@code rows}.
 *
 * @param study what they tell; paired where all sizes and candidates have the same instances
 */
record SizeTableFile(SizeStudy study) {
    /**
     * Reads a table.
     *
     * @param wanted beginnings of the candidates to keep; all where there are none
     * @throws UserException when it is no such table
     */
    static SizeTableFile read(Path file, List<String> wanted) {
        List<LossRow> rows = ofSizes(file, LossTableFile.rows(file));
        SequencedMap<String, SortedMap<Integer, List<LossRow>>> all = new LinkedHashMap<>();
        for (LossRow row : rows) {
            if (wanted.isEmpty() || wanted.stream().anyMatch(row.candidate()::startsWith)) {
                all.computeIfAbsent(row.candidate(), _ -> new TreeMap<>())
                        .computeIfAbsent(size(file, row), _ -> new ArrayList<>())
                        .add(row);
            }
        }
        if (all.isEmpty()) {
            throw new UserException(
                    "%s has no candidate that begins with %s; it has %s."
                            .formatted(
                                    file,
                                    String.join(" or ", wanted),
                                    String.join(
                                            ", ",
                                            rows.stream()
                                                    .map(LossRow::candidate)
                                                    .distinct()
                                                    .toList())));
        }
        return new SizeTableFile(study(file, all));
    }

    /** Of a ledger's table, keeps the rows of this study alone. */
    private static List<LossRow> ofSizes(Path file, List<LossRow> rows) {
        String purpose = Purpose.SAMPLE_SIZE.name().toLowerCase(Locale.ROOT);
        boolean several = rows.stream().anyMatch(row -> row.purpose().isPresent());
        List<LossRow> kept =
                several
                        ? rows.stream()
                                .filter(row -> row.purpose().equals(Optional.of(purpose)))
                                .toList()
                        : rows;
        if (kept.isEmpty()) {
            throw new UserException(
                    several
                            ? "%s has a column 'purpose', but no row of the purpose '%s'."
                                    .formatted(file, purpose)
                            : "%s holds no losses: a header line and rows are needed."
                                    .formatted(file));
        }
        return kept;
    }

    private static int size(Path file, LossRow row) {
        String text = row.rows().orElse("").strip();
        if (row.rows().isEmpty()) {
            throw new UserException(
                    "%s has no column 'rows', the size of each training sample. Columns: candidate, rows, instance, loss."
                            .formatted(file));
        }
        if (!text.matches("[0-9]{1,9}") || Integer.parseInt(text) < 1) {
            throw new UserException(
                    "%s, line %d, column 'rows': '%s' is not a number of rows such as 1200."
                            .formatted(file, row.line(), text));
        }
        return Integer.parseInt(text);
    }

    private static SizeStudy study(
            Path file, SequencedMap<String, SortedMap<Integer, List<LossRow>>> all) {
        List<SizeStudy.Measured> measured = new ArrayList<>();
        List<List<String>> numbers = new ArrayList<>();
        all.forEach((name, bySize) -> {
            List<SizedLosses> sizes = new ArrayList<>();
            bySize.forEach((size, rows) -> {
                requireIndependent(file, name, size, rows);
                SortedMap<String, Double> losses = new TreeMap<>();
                rows.forEach(row -> losses.put(number(row), row.loss()));
                numbers.add(List.copyOf(losses.keySet()));
                sizes.add(
                        SizedLosses.of(
                                size,
                                losses.values().stream()
                                        .mapToDouble(Double::doubleValue)
                                        .toArray()));
            });
            measured.add(
                    new SizeStudy.Measured(
                            new CandidateRecord(name, new LinkedHashMap<>(), 0), sizes));
        });
        boolean paired =
                numbers.stream().distinct().count() == 1
                        && all.firstEntry().getValue().values().stream()
                                .flatMap(List::stream)
                                .allMatch(row -> !number(row).startsWith("line "));
        return SizeStudy.of(measured, paired, OptionalInt.empty());
    }

    private static void requireIndependent(Path file, String name, int size, List<LossRow> rows) {
        if (rows.size() < 2) {
            throw new UserException(
                    "%s: %s has a single loss at %d rows, which has no spread; at least 2 are needed, and 20 for a verdict."
                            .formatted(file, name, size));
        }
        new Independence(file, "%s at %d rows".formatted(name, size), rows)
                .check(new ArrayList<>());
    }

    /** Returns what tells which instance a row is of; its line where no column does. */
    private static String number(LossRow row) {
        if (row.instance().isPresent()) {
            return row.instance().get();
        }
        return row.init().isPresent() && row.sample().isPresent()
                ? row.init().get() + " " + row.sample().get()
                : "line " + row.line();
    }
}
