package dev.mettle.core.study;

import dev.mettle.core.document.Mapping;
import dev.mettle.core.document.Node;
import dev.mettle.core.document.Scalar;

import java.util.List;
import java.util.Optional;

/**
 * Reads {@code split}, {@code validation}, {@code test} and {@code leaks} of the section {@code
 * data}.
 */
final class SplitReader {
    static final List<String> KEYS = List.of("by", "time", "files", "masks", "column");
    static final List<String> PARTS = List.of("validation", "test");
    static final String RANDOM = "random";

    private static final String KEY = "split";
    private static final List<String> COUNTING = List.of("by", "time");
    private static final int MOST = Integer.MAX_VALUE;

    private final Problems problems;
    private final Scope scope;

    SplitReader(Scope scope, Problems problems) {
        this.scope = scope;
        this.problems = problems;
    }

    Optional<HeldOutSettings> read(Section data) {
        Optional<SplitSettings> split = split(data);
        Optional<LeakPolicy> leaks = data.word("leaks", Words.LEAKS, StudyDefaults.LEAKS);
        return split.flatMap(which -> leaks.map(policy -> new HeldOutSettings(which, policy)));
    }

    private Optional<SplitSettings> split(Section data) {
        if (!data.has(KEY)) {
            return counts(data).map(SplitSettings.Random::new);
        }
        Optional<Node> node = data.value(KEY);
        if (node.isEmpty()) {
            return Optional.empty();
        }
        return switch (node.get()) {
            case Scalar word when word.text().equals(RANDOM) ->
                    counts(data).map(SplitSettings.Random::new);
            case Mapping mapping -> kind(data, mapping);
            default -> {
                problems.add(
                        node.get().place(),
                        "split must be random, {by: COLUMN}, {time: COLUMN}, {files: {validation:"
                                + " FILE, test: FILE}}, {masks: {validation: COLUMN, test: COLUMN}}"
                                + " or {column: COLUMN}, but is %s.",
                        node.get().described());
                yield Optional.empty();
            }
        };
    }

    private Optional<SplitSettings> kind(Section data, Mapping mapping) {
        Optional<Section> opened =
                Section.open(mapping, "'split'", data.keyPlace(KEY), KEYS, scope, problems);
        if (opened.isEmpty()) {
            return Optional.empty();
        }
        Section split = opened.get();
        List<String> chosen = KEYS.stream().filter(split::has).toList();
        if (chosen.size() != 1) {
            if (!chosen.isEmpty() || KEYS.stream().noneMatch(split::isMeant)) {
                problems.add(
                        mapping.place(),
                        chosen.isEmpty()
                                ? "'split' says nothing; it has one of the keys %s."
                                : "'split' has both %s: rows are held out in one way. Leave one"
                                        + " out.",
                        chosen.isEmpty() ? Values.choice(KEYS) : Values.all(chosen));
            }
            return Optional.empty();
        }
        return COUNTING.contains(chosen.getFirst())
                ? counted(data, split, chosen.getFirst())
                : given(data, split, chosen.getFirst());
    }

    private Optional<SplitSettings> counted(Section data, Section split, String key) {
        Optional<String> column = split.text(key, "the name of a column");
        Optional<SplitSettings.Counts> counts = counts(data);
        return column.flatMap(by ->
                counts.map(wanted ->
                        key.equals("by")
                                ? new SplitSettings.Groups(by, wanted)
                                : new SplitSettings.Time(by, wanted)));
    }

    /** Reads the numbers of rows, which must be there. */
    private static Optional<SplitSettings.Counts> counts(Section data) {
        Optional<Integer> validation = data.whole("validation", 1, MOST);
        Optional<Integer> test = data.whole("test", 1, MOST);
        return validation.flatMap(v -> test.map(t -> new SplitSettings.Counts(v, t)));
    }

    private Optional<SplitSettings> given(Section data, Section split, String key) {
        boolean right = true;
        for (String part : PARTS) {
            if (data.has(part)) {
                right = false;
                problems.add(
                        data.keyPlace(part),
                        "'%s' counts rows that are held out by a rule, but split: {%s: ...} names"
                                + " them itself. Take '%s' out.",
                        part,
                        key,
                        part);
            }
        }
        if (key.equals("files") && data.has("simulate")) {
            right = false;
            problems.add(
                    split.keyPlace(key),
                    "split: {files: ...} goes with 'file', but the rows are simulated. Write"
                            + " 'validation' and 'test' with numbers of rows instead.");
        }
        Optional<SplitSettings> read =
                switch (key) {
                    case "files" ->
                            pair(split, key, "the path of a file", SplitSettings.Files::new);
                    case "masks" ->
                            pair(split, key, "the name of a column", SplitSettings.Masks::new);
                    default ->
                            split.text(key, "the name of a column").map(SplitSettings.Column::new);
                };
        return right ? read : Optional.empty();
    }

    private interface Pair {
        SplitSettings of(String validation, String test);
    }

    private Optional<SplitSettings> pair(Section split, String key, String what, Pair pair) {
        return split.value(key)
                .flatMap(node ->
                        Section.open(
                                node,
                                "'%s'".formatted(key),
                                split.keyPlace(key),
                                PARTS,
                                scope,
                                problems))
                .flatMap(parts -> both(parts, key, what, pair));
    }

    private Optional<SplitSettings> both(Section parts, String key, String what, Pair pair) {
        for (String part : PARTS) {
            if (!parts.has(part)) {
                if (!parts.isMeant(part)) {
                    problems.add(
                            parts.place(),
                            "'%s' is missing in '%s'; it names both: {validation: ..., test: ...}.",
                            part,
                            key);
                }
                return Optional.empty();
            }
        }
        Optional<String> validation = parts.text("validation", what);
        Optional<String> test = parts.text("test", what);
        return validation.flatMap(v -> test.flatMap(t -> different(parts, v, t, pair)));
    }

    private Optional<SplitSettings> different(
            Section parts, String validation, String test, Pair pair) {
        if (validation.equals(test)) {
            problems.add(
                    parts.place("test"),
                    "validation and test are both '%s'; choices would look at the rows that only"
                            + " the certificate may see. Name two.",
                    test);
            return Optional.empty();
        }
        return Optional.of(pair.of(validation, test));
    }
}
