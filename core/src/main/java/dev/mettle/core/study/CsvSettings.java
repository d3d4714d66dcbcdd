package dev.mettle.core.study;

import java.util.List;
import java.util.Optional;

/**
 * How a table of text is written. What is empty is found from the file.
 *
 * @param delimiter between the fields of a line
 * @param decimal {@code '.'} or {@code ','}, and not the delimiter
 * @param encoding empty: by the byte order mark, UTF-8 without one
 * @param missing texts that stand for a value that is not there, in any case of letters
 */
public record CsvSettings(
        Optional<Character> delimiter,
        Optional<Character> decimal,
        Optional<TextEncoding> encoding,
        List<String> missing) {
    /** Texts that stand for a missing value when the study names none. */
    public static final List<String> DEFAULT_MISSING = List.of("", "NA", "NaN", "null");

    /** Everything as the file shows it. */
    public static final CsvSettings FOUND =
            new CsvSettings(Optional.empty(), Optional.empty(), Optional.empty(), DEFAULT_MISSING);

    public CsvSettings {
        missing = List.copyOf(missing);
        if (delimiter.isPresent() && delimiter.equals(decimal)) {
            throw new IllegalArgumentException(
                    "delimiter and decimal are both '%s'.".formatted(delimiter.get()));
        }
    }
}
