package dev.mettle.data;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import de.siegmar.fastcsv.reader.StringArrayHandler;

import dev.mettle.core.study.CsvSettings;
import dev.mettle.core.study.DataException;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a table of text is written: as the study says, or else as its beginning shows.
 *
 * @param delimiter between the fields of a line
 * @param decimal between the whole digits of a number and the others
 * @param names of the columns, in their order, without blanks around them; different, but for
 *     columns without a name
 */
record CsvLayout(char delimiter, char decimal, List<String> names) {
    /** Characters in which the head line must end. */
    static final int HEAD = 1 << 20;

    private static final List<Character> DELIMITERS = List.of(',', ';', '\t', '|');
    private static final int MOST_SHOWN = 5;
    private static final int MOST_TESTED = 4096;

    CsvLayout {
        names = List.copyOf(names);
    }

    /**
     * Looks at the beginning of a table.
     *
     * @param start its first {@link #HEAD} characters, or all where there are fewer
     * @throws DataException (key {@code file}) when it does not begin with the names of columns
     */
    static CsvLayout of(Path path, String start, CsvSettings settings) {
        if (start.isBlank()) {
            throw wrong(path, "is empty, where a table with a head line is needed.");
        }
        if (start.chars().limit(MOST_TESTED).anyMatch(CsvLayout::isBinary)) {
            throw wrong(
                    path, "is no table of text: it holds control characters. Is its ending right?");
        }
        char delimiter = settings.delimiter().orElseGet(() -> delimiter(start));
        List<List<String>> records = records(start, delimiter);
        if (records.isEmpty()) {
            throw wrong(path, "has no head line within its first %d characters.".formatted(HEAD));
        }
        List<String> names = records.getFirst().stream().map(String::strip).toList();
        List<List<String>> rows = records.subList(1, records.size());
        char decimal = settings.decimal().orElseGet(() -> decimal(delimiter, rows));
        requireNames(path, names, settings);
        return new CsvLayout(delimiter, decimal, names);
    }

    private static boolean isBinary(int character) {
        return character < ' ' && character != '\t' && character != '\n' && character != '\r';
    }

    /**
     * Returns the delimiter that is most often in the head line, quoted fields apart; of those that
     * are as often in the second line, if there are any.
     */
    private static char delimiter(String start) {
        List<String> lines = start.lines().filter(line -> !line.isBlank()).limit(2).toList();
        char best = DELIMITERS.getFirst();
        long most = 0;
        for (char candidate : DELIMITERS) {
            long head = count(lines.getFirst(), candidate);
            boolean steady = head > 0 && head == count(lines.getLast(), candidate);
            long score = 2 * head + (steady ? start.length() : 0);
            if (score > most) {
                best = candidate;
                most = score;
            }
        }
        return best;
    }

    private static long count(String line, char delimiter) {
        boolean quoted = false;
        long count = 0;
        for (int i = 0; i < line.length(); i++) {
            quoted ^= line.charAt(i) == '"';
            count += !quoted && line.charAt(i) == delimiter ? 1 : 0;
        }
        return count;
    }

    /** Returns the first records that are whole. */
    private static List<List<String>> records(String start, char delimiter) {
        List<List<String>> records = new ArrayList<>();
        try (CsvReader<String[]> reader =
                CsvReader.builder()
                        .fieldSeparator(delimiter)
                        .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                        .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                        .build(StringArrayHandler.builder().maxFields(HEAD).build(), start)) {
            reader.forEach(record -> records.add(List.of(record)));
        } catch (CsvParseException | IOException _) {
            return records; // said when the whole table is read
        }
        if (start.length() == HEAD && !records.isEmpty()) {
            records.removeLast();
        }
        return records;
    }

    /** Returns the comma where numbers are written with it, and none with a point. */
    private static char decimal(char delimiter, List<List<String>> rows) {
        boolean commas = false;
        for (List<String> row : rows) {
            for (String field : row) {
                String text = field.strip();
                if (text.indexOf('.') >= 0 && isNumber(text, '.')) {
                    return '.';
                }
                commas |= text.indexOf(',') >= 0 && isNumber(text, ',');
            }
        }
        return commas && delimiter != ',' ? ',' : '.';
    }

    static boolean isNumber(String text, char decimal) {
        return !Double.isNaN(NumberText.parse(text, decimal));
    }

    private static void requireNames(Path path, List<String> names, CsvSettings settings) {
        boolean numbers =
                names.stream()
                        .allMatch(name ->
                                isNumber(name, '.')
                                        || isNumber(name, ',')
                                        || settings.missing().contains(name));
        if (numbers) {
            throw wrong(
                    path,
                    ("begins with numbers (%s) where the names of the columns are needed. Put a"
                                    + " head line in front, such as %s.")
                            .formatted(
                                    String.join(", ", names.stream().limit(MOST_SHOWN).toList()),
                                    String.join(
                                            String.valueOf(settings.delimiter().orElse(',')),
                                            List.of("x1", "x2", "y"))));
        }
        Map<String, Integer> first = new LinkedHashMap<>();
        for (int c = 0; c < names.size(); c++) {
            Integer before = first.put(names.get(c), c);
            if (before != null && !names.get(c).isEmpty()) {
                throw wrong(
                        path,
                        "has two columns '%s', the %d. and the %d.; rename one."
                                .formatted(names.get(c), before + 1, c + 1));
            }
        }
    }

    private static DataException wrong(Path path, String message) {
        return new DataException("file", path + " " + message);
    }

    /** Returns the place of a column. */
    Optional<Integer> index(String name) {
        int index = name.isEmpty() ? -1 : names.indexOf(name);
        return index < 0 ? Optional.empty() : Optional.of(index);
    }
}
