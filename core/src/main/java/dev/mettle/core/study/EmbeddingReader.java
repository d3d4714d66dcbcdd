package dev.mettle.core.study;

import dev.mettle.core.data.Categories;
import dev.mettle.core.network.Layer;

import java.util.List;
import java.util.Optional;

/** Reads the settings of the layer {@code embedding}. */
final class EmbeddingReader {
    /** Keys of the layer. */
    static final List<String> KEYS = List.of("column", "dim");

    private final Optional<List<CategorySettings>> columns;
    private final Optional<DataFacts> facts;
    private final Problems problems;

    /**
     * Takes the categorical columns that the study names and what its data say of them, each empty
     * when it could not be read: then a column that is not there can't be told.
     */
    EmbeddingReader(
            Optional<List<CategorySettings>> columns,
            Optional<DataFacts> facts,
            Problems problems) {
        this.columns = columns;
        this.facts = facts;
        this.problems = problems;
    }

    Optional<Layer> read(Section section) {
        Optional<String> column =
                section.text("column", "the name of a categorical column")
                        .filter(name -> isKnown(name, section));
        Optional<Integer> dim = section.whole("dim", 1, LayerReader.MOST_UNITS);
        return column.flatMap(
                name -> dim.map(length -> new Layer.Embedding(name, categories(name), length)));
    }

    private boolean isKnown(String column, Section section) {
        if (columns.isEmpty()) {
            return true;
        }
        List<String> names = columns.get().stream().map(CategorySettings::name).toList();
        if (names.isEmpty()) {
            problems.add(
                    section.place(),
                    "embedding looks up a categorical column, but 'data' names none; add"
                            + " categories: [%s] to it.",
                    column);
        } else if (!names.contains(column)) {
            problems.add(
                    section.place("column"),
                    "column '%s' is not among the categories of the data%s Columns: %s.",
                    column,
                    Suggestion.ending(column, names),
                    String.join(", ", names));
        }
        return names.contains(column);
    }

    /** Returns the number of codes; 1 where it is not known, which is a mistake of the data. */
    private int categories(String column) {
        return facts.stream()
                .flatMap(known -> known.categories().stream())
                .filter(known -> known.name().equals(column))
                .mapToInt(Categories.Column::count)
                .findFirst()
                .orElse(1);
    }
}
