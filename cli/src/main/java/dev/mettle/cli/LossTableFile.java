package dev.mettle.cli;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;

import dev.mettle.core.statistics.Losses;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;

/**
 * Losses that were made elsewhere: a CSV file with a header and the columns candidate (optional),
 * instance or init and sample (optional), and loss. A loss that is empty, nan or infinite is a
 * failed instance and counts as +infinity.
 */
final class LossTableFile {
    private static final String LOSS = "loss";
    private static final String CANDIDATE = "candidate";
    private static final List<String> INDICES = List.of("purpose", "instance", "init", "sample");
    private static final String ONLY = "losses";

    private LossTableFile() {}

    /**
     * Returns the losses of every candidate of the file, in the order in which they first appear.
     */
    static SequencedMap<String, Losses> read(Path file) {
        SequencedMap<String, List<Double>> rows = new LinkedHashMap<>();
        Map<List<String>, Long> seen = new HashMap<>();
        requireFile(file);
        try (CsvReader<NamedCsvRecord> reader = CsvReader.builder().ofNamedCsvRecord(file)) {
            for (NamedCsvRecord row : reader) {
                requireLossColumn(file, row);
                String candidate = row.findField(CANDIDATE).orElse(ONLY);
                requireNew(file, row, candidate, seen);
                rows.computeIfAbsent(candidate, _ -> new ArrayList<>()).add(loss(file, row));
            }
        } catch (CharacterCodingException e) {
            throw new UserException("%s is not UTF-8 text.".formatted(file));
        } catch (CsvParseException e) {
            throw new UserException("%s is not a CSV file: %s".formatted(file, e.getMessage()));
        } catch (IOException e) {
            throw new UserException("can't read %s: %s.".formatted(file, Failures.reason(e)));
        }
        if (rows.isEmpty()) {
            throw new UserException(
                    "%s holds no losses: a header line and rows are needed.".formatted(file));
        }
        SequencedMap<String, Losses> losses = new LinkedHashMap<>();
        rows.forEach((candidate, values) ->
                losses.put(
                        candidate,
                        Losses.of(values.stream().mapToDouble(Double::doubleValue).toArray())));
        return losses;
    }

    private static void requireFile(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new UserException(
                    (Files.isDirectory(file) ? "%s is a directory" : "there is no file %s")
                                    .formatted(file)
                            + "; --table takes a CSV file with the columns candidate, instance,"
                            + " loss.");
        }
    }

    private static void requireLossColumn(Path file, NamedCsvRecord row) {
        if (!row.getHeader().contains(LOSS)) {
            throw new UserException(
                    "%s has no column 'loss', only %s. Columns: candidate, instance (or init and sample), loss; separated by commas."
                            .formatted(file, row.getHeader()));
        }
    }

    private static void requireNew(
            Path file, NamedCsvRecord row, String candidate, Map<List<String>, Long> seen) {
        List<String> key = new ArrayList<>(List.of(candidate));
        INDICES.forEach(column -> row.findField(column).ifPresent(key::add));
        long line = row.getStartingLineNumber();
        Long before = key.size() > 1 ? seen.put(key, line) : null;
        if (before != null) {
            throw new UserException(
                    "%s, line %d: candidate and instance %s are on line %d already."
                            .formatted(file, line, key, before));
        }
    }

    private static double loss(Path file, NamedCsvRecord row) {
        String text = row.findField(LOSS).orElse("").strip();
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "", "nan", "inf", "+inf", "infinity", "+infinity" -> Double.POSITIVE_INFINITY;
            default -> number(file, row, text);
        };
    }

    private static double number(Path file, NamedCsvRecord row, String text) {
        try {
            double loss = Double.parseDouble(text);
            if (loss > Double.NEGATIVE_INFINITY) {
                return loss;
            }
        } catch (NumberFormatException _) {
            // said below
        }
        throw new UserException(
                "%s, line %d, column 'loss': '%s' is not a number such as 0.0123 (a failed instance is 'inf')."
                        .formatted(file, row.getStartingLineNumber(), text));
    }
}
