package dev.mettle.cli;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;

import dev.mettle.core.statistics.Losses;

import org.jspecify.annotations.Nullable;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.zip.GZIPInputStream;

/**
 * Losses that were made elsewhere, or by {@code mettle ledger}: a table with a header and the
 * columns candidate (optional), instance or init and sample (optional), purpose (optional) and
 * loss; separated by commas, semicolons or tabs. A loss that is empty, nan or infinite is a failed
 * instance and counts as +infinity.
 *
 * @param losses of every candidate, in the order in which they first appear
 * @param notes what a reader of the statistics should know
 */
record LossTableFile(SequencedMap<String, Losses> losses, List<String> notes) {
    private static final String LOSS = "loss";
    private static final String CANDIDATE = "candidate";
    private static final String PURPOSE = "purpose";
    private static final String ROWS = "rows";
    private static final String RACE = "race";
    private static final String ONLY = "losses";
    private static final String COLUMNS =
            "Columns: candidate, instance (or init and sample), loss; separated by commas,"
                    + " semicolons or tabs.";
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    /** Characters in which the first line must end; more than any table of ours has. */
    private static final int LOOK_AHEAD = 1 << 16;

    /**
     * Reads a table.
     *
     * @param purpose which rows of a table with several purposes; null for those of the race, or
     *     where there are none the first that occurs
     * @throws UserException when it is no such table, or its losses are not independent
     */
    static LossTableFile read(Path file, @Nullable String purpose) {
        List<LossRow> rows = rows(file);
        List<String> notes = new ArrayList<>();
        SequencedMap<String, List<LossRow>> byCandidate = new LinkedHashMap<>();
        for (LossRow row : ofPurpose(file, rows, purpose, RACE, notes)) {
            byCandidate.computeIfAbsent(row.candidate(), _ -> new ArrayList<>()).add(row);
        }
        SequencedMap<String, Losses> losses = new LinkedHashMap<>();
        byCandidate.forEach((candidate, own) -> {
            requireOneSize(file, candidate, own);
            new Independence(file, candidate, own).check(notes);
            losses.put(candidate, Losses.of(own.stream().mapToDouble(LossRow::loss).toArray()));
        });
        return new LossTableFile(losses, notes.stream().distinct().toList());
    }

    /** Losses at several sizes are no one distribution. */
    private static void requireOneSize(Path file, String candidate, List<LossRow> rows) {
        long sizes = rows.stream().map(LossRow::rows).distinct().count();
        if (sizes > 1) {
            throw new UserException(
                    "%s: the losses of %s come from training samples of %d sizes (column 'rows'). 'mettle sample-size --table %s' compares them; keep one size to look at it alone."
                            .formatted(file, candidate, sizes, file));
        }
    }

    /** Returns the rows of a table, of all candidates and purposes; perhaps none. */
    static List<LossRow> rows(Path file) {
        requireFile(file);
        List<LossRow> rows = new ArrayList<>();
        try (BufferedReader text = open(file);
                CsvReader<NamedCsvRecord> reader =
                        CsvReader.builder()
                                .fieldSeparator(separator(text))
                                .allowUnclosedQuote(false)
                                .ofNamedCsvRecord(text)) {
            for (NamedCsvRecord row : reader) {
                requireLossColumn(file, row);
                rows.add(
                        new LossRow(
                                row.getStartingLineNumber(),
                                row.findField(CANDIDATE).orElse(ONLY),
                                row.findField(PURPOSE),
                                row.findField("instance"),
                                row.findField("init"),
                                row.findField("sample"),
                                row.findField("order").filter(order -> !order.isBlank()),
                                row.findField(ROWS),
                                loss(file, row)));
            }
        } catch (CharacterCodingException e) {
            throw new UserException(
                    "%s is not UTF-8 text; save it with that encoding.".formatted(file));
        } catch (CsvParseException e) {
            throw new UserException(
                    "%s is not a table: %s. %s"
                            .formatted(file, withoutFullStop(e.getMessage()), COLUMNS));
        } catch (IOException e) {
            throw new UserException("can't read %s: %s.".formatted(file, Failures.reason(e)));
        }
        if (rows.isEmpty()) {
            throw new UserException(
                    "%s holds no losses: a header line and rows are needed.".formatted(file));
        }
        return rows;
    }

    private static String withoutFullStop(@Nullable String message) {
        String text = String.valueOf(message);
        return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    }

    private static void requireFile(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new UserException(
                    (Files.isDirectory(file) ? "%s is a directory" : "there is no file %s")
                                    .formatted(file)
                            + "; a table is a CSV file (.csv, .csv.gz) with the columns candidate,"
                            + " instance, loss.");
        }
    }

    /**
     * Opens the text, after its byte order mark; a name that ends with .gz is of a compressed file.
     */
    private static BufferedReader open(Path file) throws IOException {
        InputStream in = Files.newInputStream(file);
        try {
            BufferedReader text =
                    new BufferedReader(
                            new InputStreamReader(
                                    file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in,
                                    StandardCharsets.UTF_8.newDecoder()), // refuses other bytes
                            LOOK_AHEAD);
            text.mark(1);
            if (text.read() != BYTE_ORDER_MARK) {
                text.reset();
            }
            return text;
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    /** Returns what separates the names in the first line, without taking it. */
    private static char separator(BufferedReader text) throws IOException {
        text.mark(LOOK_AHEAD);
        char[] start = new char[LOOK_AHEAD - 1];
        int length = Math.max(0, text.read(start));
        text.reset();
        String header = new String(start, 0, length).lines().findFirst().orElse("");
        return List.of(',', ';', '\t').stream()
                .filter(separator -> header.indexOf(separator) >= 0)
                .findFirst()
                .orElse(',');
    }

    private static void requireLossColumn(Path file, NamedCsvRecord row) {
        if (!row.getHeader().contains(LOSS)) {
            throw new UserException(
                    "%s has no column 'loss', only %s. %s"
                            .formatted(file, String.join(", ", row.getHeader()), COLUMNS));
        }
    }

    /**
     * Returns the rows of one purpose; all, where the table names none.
     *
     * @param asked which; null for the preferred one, or where there are none of it the first that
     *     occurs
     * @param notes gets what a reader should know of the choice
     */
    static List<LossRow> ofPurpose(
            Path file,
            List<LossRow> rows,
            @Nullable String asked,
            String preferred,
            List<String> notes) {
        SequencedMap<String, Integer> counts = new LinkedHashMap<>();
        rows.forEach(row -> row.purpose().ifPresent(p -> counts.merge(p, 1, Integer::sum)));
        if (asked != null && !counts.containsKey(asked)) {
            throw new UserException(
                    "--purpose %s: %s has %s."
                            .formatted(
                                    asked,
                                    file,
                                    counts.isEmpty()
                                            ? "no column 'purpose'"
                                            : "the purposes " + listing(counts)));
        }
        if (counts.isEmpty()) {
            return rows;
        }
        String chosen =
                asked != null
                        ? asked
                        : counts.containsKey(preferred) ? preferred : counts.firstEntry().getKey();
        if (asked == null && counts.size() > 1) {
            notes.add(
                    "%s has rows of several purposes: %s. These are the losses of '%s'; --purpose chooses others."
                            .formatted(file, listing(counts), chosen));
        }
        return rows.stream().filter(row -> row.purpose().equals(Optional.of(chosen))).toList();
    }

    private static String listing(SequencedMap<String, Integer> counts) {
        return String.join(
                ", ",
                counts.entrySet().stream()
                        .map(entry -> "%s (%,d rows)".formatted(entry.getKey(), entry.getValue()))
                        .toList());
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
                "%s, line %d, column 'loss': '%s' is not a number such as 0.0123 (a failed instance is 'inf').%s"
                        .formatted(
                                file,
                                row.getStartingLineNumber(),
                                text,
                                text.matches("[-+]?\\d+,\\d+([eE][-+]?\\d+)?")
                                        ? " Write decimals with a point: %s."
                                                .formatted(text.replace(',', '.'))
                                        : ""));
    }
}
