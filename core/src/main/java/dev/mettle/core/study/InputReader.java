package dev.mettle.core.study;

import dev.mettle.core.document.Node;
import dev.mettle.core.document.Sequence;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;

/** Reads {@code input} of the section {@code data}: one array, or a list of columns. */
final class InputReader {
    private static final String WHAT = "the name of one array, or a list of columns";

    private final Problems problems;
    private final Scope scope;
    private final Values values;

    InputReader(Scope scope, Problems problems) {
        this.scope = scope;
        this.problems = problems;
        this.values = new Values(problems);
    }

    Optional<List<String>> read(Section data) {
        return data.required("input").flatMap(this::names);
    }

    private Optional<List<String>> names(Node node) {
        if (!(node instanceof Sequence sequence)) {
            return values.text(node, "input", WHAT).map(List::of);
        }
        if (sequence.items().isEmpty()) {
            problems.add(
                    node.place(),
                    "input is an empty list; name at least one column to learn from.");
            return Optional.empty();
        }
        SequencedSet<String> names = new LinkedHashSet<>();
        boolean right = true;
        for (Node item : sequence.items()) {
            Optional<String> name =
                    scope.resolve(item)
                            .flatMap(value ->
                                    values.text(value, "an input", "the name of a column"));
            right &= name.isPresent();
            if (name.isPresent() && !names.add(name.get())) {
                right = false;
                problems.add(item.place(), "the input '%s' is in the list twice.", name.get());
            }
        }
        return right ? Optional.of(List.copyOf(names)) : Optional.empty();
    }
}
