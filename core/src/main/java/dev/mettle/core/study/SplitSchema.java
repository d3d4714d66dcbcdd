package dev.mettle.core.study;

import static dev.mettle.core.study.SchemaNode.anyOf;
import static dev.mettle.core.study.SchemaNode.section;
import static dev.mettle.core.study.SchemaNode.text;
import static dev.mettle.core.study.SchemaNode.word;

import java.util.List;
import java.util.Map;

/** The schema of what a study says of held-out rows. */
final class SplitSchema {
    private SplitSchema() {}

    /** Returns the schema of {@code data.split}. */
    static SchemaNode split() {
        Map<String, SchemaNode> kinds =
                Map.of(
                        "by",
                        text().says("Rows with the same value of this column stay together."),
                        "time",
                        text().says(
                                        "Column of numbers or dates; the latest rows are test,"
                                                + " those before validation."),
                        "files",
                        parts("Files with the same arrays."),
                        "masks",
                        parts("Columns that are 1 or true for the rows of the part."),
                        "column",
                        text().says("Column of the words train, validation and test."));
        return anyOf(
                        word(List.of(SplitReader.RANDOM)),
                        section(SplitReader.KEYS, List.of(), kinds)
                                .with("minProperties", 1)
                                .with("maxProperties", 1))
                .absent(SplitReader.RANDOM)
                .says("Which rows are held out.");
    }

    private static SchemaNode parts(String meaning) {
        return section(
                        SplitReader.PARTS,
                        SplitReader.PARTS,
                        Map.of("validation", text(), "test", text()))
                .says(meaning);
    }

    /** Returns the schema of {@code data.leaks}. */
    static SchemaNode leaks() {
        return word(Words.LEAKS.sequencedKeySet())
                .absent(Words.of(StudyDefaults.LEAKS))
                .says(
                        "Rows of the pool that are equal to a held-out row are reported, or left"
                                + " out, or a mistake.");
    }

    /** Returns what must be there: numbers of held-out rows, or which they are. */
    static List<Map<String, List<String>>> required() {
        return List.of(Map.of("required", SplitReader.PARTS), Map.of("required", List.of("split")));
    }
}
