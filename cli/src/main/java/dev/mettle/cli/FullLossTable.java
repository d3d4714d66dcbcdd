package dev.mettle.cli;

import dev.mettle.core.selection.LossTable;

import org.jspecify.annotations.Nullable;

import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A table of losses made elsewhere in which all candidates have the same instances.
 *
 * @param table its losses; instances in the order of their numbers, so that the order of rows does
 *     not matter
 * @param notes what a reader should know
 */
record FullLossTable(LossTable table, List<String> notes) {
    private static final String RACE = "race";
    private static final int SHOWN = 3;
    private static final Pattern NUMBER = Pattern.compile("[0-9]+");

    /** Numbers by their size, anything else by its letters. */
    private static final Comparator<List<String>> BY_NUMBER = FullLossTable::compare;

    /**
     * Reads a table.
     *
     * @param purpose which rows of a table with several purposes; null for those of the race
     * @throws UserException when it is no such table, a candidate lacks an instance that another
     *     has, or there is nothing to choose
     */
    static FullLossTable read(Path file, @Nullable String purpose) {
        List<String> notes = new ArrayList<>();
        SequencedMap<String, List<LossRow>> byCandidate = new LinkedHashMap<>();
        for (LossRow row :
                LossTableFile.ofPurpose(file, LossTableFile.rows(file), purpose, RACE, notes)) {
            byCandidate.computeIfAbsent(row.candidate(), _ -> new ArrayList<>()).add(row);
        }
        if (byCandidate.size() < 2) {
            throw new UserException(
                    "%s holds the losses of one candidate; a choice needs at least two. The column 'candidate' tells them apart."
                            .formatted(file));
        }
        SequencedMap<String, Map<List<String>, Double>> losses = new LinkedHashMap<>();
        byCandidate.forEach((candidate, rows) -> {
            new Independence(file, candidate, rows).check(notes);
            losses.put(candidate, byInstance(file, rows));
        });
        return new FullLossTable(table(file, losses), notes.stream().distinct().toList());
    }

    private static Map<List<String>, Double> byInstance(Path file, List<LossRow> rows) {
        Map<List<String>, Double> losses = new TreeMap<>(BY_NUMBER);
        for (LossRow row : rows) {
            List<String> instance =
                    row.instance().isPresent()
                            ? List.of(row.instance().get())
                            : Stream.of(row.init(), row.sample())
                                    .flatMap(Optional::stream)
                                    .toList();
            if (instance.isEmpty()) {
                throw new UserException(
                        "%s has no column that tells instances apart. Candidates are compared on the same instances, so the table needs the column instance, or init and sample."
                                .formatted(file));
            }
            losses.put(instance, row.loss());
        }
        return losses;
    }

    private static LossTable table(
            Path file, SequencedMap<String, Map<List<String>, Double>> losses) {
        Map<List<String>, Integer> instances = new TreeMap<>(BY_NUMBER);
        losses.values().forEach(own -> own.keySet().forEach(i -> instances.put(i, 0)));
        requireFull(file, losses, instances);
        LossTable table = new LossTable(List.copyOf(losses.sequencedKeySet()), instances.size());
        losses.forEach((candidate, own) -> {
            int column = 0;
            for (double loss : own.values()) { // in the order of the instances
                table.put(candidate, column++, loss);
            }
        });
        return table;
    }

    private static void requireFull(
            Path file,
            SequencedMap<String, Map<List<String>, Double>> losses,
            Map<List<String>, Integer> instances) {
        List<String> lacking = new ArrayList<>();
        losses.forEach((candidate, own) -> {
            if (own.size() < instances.size()) {
                lacking.add(
                        "%s lacks %s"
                                .formatted(
                                        candidate,
                                        instances.keySet().stream()
                                                .filter(instance -> !own.containsKey(instance))
                                                .limit(SHOWN)
                                                .map(instance -> String.join("/", instance))
                                                .collect(Collectors.joining(", "))));
            }
        });
        if (!lacking.isEmpty()) {
            throw new UserException(
                    """
                    %s is not full: %,d of %,d candidates lack instances that others have (%s%s). All candidates are compared \
                    on the same instances. A race that dropped candidates leaves no such table; a study with \
                    'selection: {algorithm: exhaustive}' does.\
                    """
                            .formatted(
                                    file,
                                    lacking.size(),
                                    losses.size(),
                                    String.join(
                                            "; ",
                                            lacking.subList(0, Math.min(SHOWN, lacking.size()))),
                                    lacking.size() > SHOWN ? "; ..." : ""));
        }
        if (instances.size() < 2) {
            throw new UserException(
                    "%s has one instance of each candidate; resampling needs at least two."
                            .formatted(file));
        }
    }

    private static int compare(List<String> a, List<String> b) {
        for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
            int order = compare(a.get(i), b.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(a.size(), b.size());
    }

    /** Numbers come before anything else. */
    private static int compare(String a, String b) {
        boolean first = NUMBER.matcher(a).matches();
        boolean second = NUMBER.matcher(b).matches();
        if (first != second) {
            return first ? -1 : 1;
        }
        int order = first ? new BigInteger(a).compareTo(new BigInteger(b)) : 0;
        return order != 0 ? order : a.compareTo(b);
    }
}
