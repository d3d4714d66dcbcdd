package dev.mettle.data;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * Dates and times as ISO 8601 writes them: {@code 2024-05-31}, {@code 2024-05-31T10:00}, {@code
 * 2024-05-31 10:00:00.25}, perhaps with {@code Z} or an offset such as {@code +02:00} at the end of
 * a time. A date is its midnight.
 */
final class IsoTime {
    private static final int DATE = "2024-05-31".length();

    private IsoTime() {}

    /** Returns the time, in UTC where it has a time zone; empty when the text is none. */
    static Optional<LocalDateTime> of(String text) {
        String line = text.strip();
        try {
            if (line.length() == DATE) {
                return Optional.of(LocalDate.parse(line).atStartOfDay());
            }
            if (line.length() < DATE || " tT".indexOf(line.charAt(DATE)) < 0) {
                return Optional.empty();
            }
            String time = line.substring(0, DATE) + "T" + line.substring(DATE + 1).strip();
            return Optional.of(
                    hasZone(line)
                            ? OffsetDateTime.parse(time)
                                    .withOffsetSameInstant(ZoneOffset.UTC)
                                    .toLocalDateTime()
                            : LocalDateTime.parse(time));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Tells whether a time ends in a time zone. */
    static boolean hasZone(String text) {
        String line = text.strip();
        String time = line.length() > DATE ? line.substring(DATE) : "";
        return time.endsWith("Z") || time.indexOf('+') >= 0 || time.indexOf('-') >= 0;
    }
}
