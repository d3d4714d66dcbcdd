package dev.mettle.core.study;

import dev.mettle.core.document.Mapping;
import dev.mettle.core.document.Node;
import dev.mettle.core.document.Scalar;
import dev.mettle.core.document.Sequence;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Reads {@code categories} of the section {@code data}: a list of names, some perhaps with the
 * number of their codes, or a mapping of names to numbers.
 */
final class CategoriesReader {
    private static final String KEY = "categories";

    private final Problems problems;
    private final Scope scope;
    private final Values values;

    CategoriesReader(Scope scope, Problems problems) {
        this.scope = scope;
        this.problems = problems;
        this.values = new Values(problems);
    }

    /** Reads the columns; none when the section does not have the key. */
    Optional<List<CategorySettings>> read(Section data) {
        return data.has(KEY) ? data.value(KEY).flatMap(this::columns) : Optional.of(List.of());
    }

    private Optional<List<CategorySettings>> columns(Node node) {
        Map<String, CategorySettings> read = new LinkedHashMap<>();
        boolean right = true;
        switch (node) {
            case Mapping mapping -> {
                for (Mapping.Entry entry : mapping.entries()) {
                    right &= add(column(entry), entry.key(), read);
                }
            }
            case Sequence sequence -> {
                for (Node item : sequence.items()) {
                    right &= add(scope.resolve(item).flatMap(this::column), item, read);
                }
            }
            case Scalar scalar -> {
                right = false;
                problems.add(
                        scalar.place(),
                        "categories must be a list of columns, such as [region, month: 12], but is"
                                + " %s.",
                        scalar.described());
            }
        }
        return right ? Optional.of(List.copyOf(read.values())) : Optional.empty();
    }

    private boolean add(
            Optional<CategorySettings> column, Node at, Map<String, CategorySettings> read) {
        if (column.isPresent() && read.put(column.get().name(), column.get()) != null) {
            problems.add(
                    at.place(),
                    "the categorical column '%s' is in the list twice.",
                    column.get().name());
            return false;
        }
        return column.isPresent();
    }

    private Optional<CategorySettings> column(Node item) {
        if (item instanceof Mapping mapping && mapping.entries().size() == 1) {
            return column(mapping.entries().getFirst());
        }
        return values.text(
                        item,
                        "a categorical column",
                        "the name of an array, or a name with the number of its codes, such as"
                                + " month: 12")
                .map(name -> new CategorySettings(name, OptionalInt.empty()));
    }

    private Optional<CategorySettings> column(Mapping.Entry entry) {
        String name = entry.key().text();
        return scope.resolve(entry.value())
                .flatMap(node ->
                        values.whole(
                                node,
                                "the number of codes of '" + name + "'",
                                1,
                                CategorySettings.MOST))
                .map(count -> new CategorySettings(name, OptionalInt.of(count)));
    }
}
