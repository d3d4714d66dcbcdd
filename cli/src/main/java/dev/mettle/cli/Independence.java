package dev.mettle.cli;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Makes sure that the losses of one candidate are independent, as every interval and verdict
 * assumes: no instance twice, and no crossed grid of inits and samples, whose rows share seeds.
 */
final class Independence {
    private final Path file;
    private final String candidate;
    private final List<LossRow> rows;

    /** Takes the rows of one candidate and purpose. */
    Independence(Path file, String candidate, List<LossRow> rows) {
        this.file = file;
        this.candidate = candidate;
        this.rows = rows;
    }

    /**
     * Checks.
     *
     * @param notes gets what holds of the losses only under a condition
     * @throws UserException when rows repeat, or share inits and samples
     */
    void check(List<String> notes) {
        requireNew();
        int inits = distinct(LossRow::init);
        int samples = distinct(LossRow::sample);
        if (inits == 0 || samples == 0 || inits == rows.size() && samples == rows.size()) {
            return;
        }
        if (inits == rows.size() && samples == 1) {
            notes.add(oneOnly("sample", "inits"));
        } else if (samples == rows.size() && inits == 1) {
            notes.add(oneOnly("init", "samples"));
        } else {
            throw new UserException(
                    """
                    %s: the %d losses of %s come from %d inits and %d samples: a grid, in which rows share an init \
                    or a sample. They are not independent, and every interval would be too narrow. Keep rows in which \
                    no init and no sample occurs twice, such as those with init = sample; 'mettle decompose --table' takes a \
                    grid apart.\
                    """
                            .formatted(file, rows.size(), candidate, inits, samples));
        }
    }

    private String oneOnly(String fixed, String varied) {
        return "%s: all instances of a candidate have the same %s, so these are losses over %s alone: with another %s they may all differ."
                .formatted(file, fixed, varied, fixed);
    }

    private void requireNew() {
        Map<List<String>, Long> seen = new HashMap<>();
        for (LossRow row : rows) {
            List<String> key =
                    List.of(row.instance(), row.init(), row.sample()).stream()
                            .flatMap(Optional::stream)
                            .toList();
            Long before = key.isEmpty() ? null : seen.putIfAbsent(key, row.line());
            if (before != null) {
                throw new UserException(
                        "%s, line %d: instance %s of %s is on line %d already. Take one out."
                                .formatted(
                                        file,
                                        row.line(),
                                        String.join(", ", key),
                                        candidate,
                                        before));
            }
        }
    }

    /** Returns how many different values a column has; 0 where it is absent. */
    private int distinct(Function<LossRow, Optional<String>> column) {
        return (int) rows.stream().flatMap(row -> column.apply(row).stream()).distinct().count();
    }
}
