package dev.mettle.core.study;

import static dev.mettle.core.study.SchemaNode.anyOf;
import static dev.mettle.core.study.SchemaNode.list;
import static dev.mettle.core.study.SchemaNode.mapping;
import static dev.mettle.core.study.SchemaNode.number;
import static dev.mettle.core.study.SchemaNode.section;
import static dev.mettle.core.study.SchemaNode.text;
import static dev.mettle.core.study.SchemaNode.whole;
import static dev.mettle.core.study.SchemaNode.word;

import java.util.List;
import java.util.Map;

/** The schema of categorical columns, of embeddings, and of augmentation. */
final class InputSchema {
    private InputSchema() {}

    /** Returns the schema of {@code data.categories}. */
    static SchemaNode categories() {
        SchemaNode counts = mapping(whole(1, CategorySettings.MOST));
        SchemaNode one = counts.with("minProperties", 1).with("maxProperties", 1);
        return anyOf(list(anyOf(text(), one), 0), counts)
                .says(
                        "For 'embedding': arrays of codes 0, 1, ..., each perhaps with the number"
                                + " of its codes.");
    }

    /** Returns the schema of the settings of the layer {@code embedding}. */
    static SchemaNode embedding(List<String> keys) {
        return section(
                keys,
                List.of("column", "dim"),
                Map.of(
                        "column",
                        text().says("One of the categories of the data."),
                        "dim",
                        ModelSchema.orReference(ModelSchema.units())
                                .says("Length of the vector of each code.")));
    }

    /** Returns the schema of {@code training.augment}. */
    static SchemaNode augment() {
        SchemaNode pixels =
                ModelSchema.orReference(whole(0)).absent(StudyDefaults.AUGMENTATION.shift());
        Map<String, SchemaNode> properties =
                Map.of(
                        "shift",
                        pixels.says("Most pixels an image moves, in both directions."),
                        "crop",
                        pixels.says("The same: zeros padded on each side before a crop."),
                        "flip",
                        ModelSchema.orReference(word(Words.FLIPS.sequencedKeySet()))
                                .absent(Words.of(StudyDefaults.AUGMENTATION.flip()))
                                .says("Mirror images, half of the time."),
                        "noise",
                        ModelSchema.orReference(number(Limits.NOT_NEGATIVE))
                                .absent(StudyDefaults.AUGMENTATION.noise())
                                .says("Standard deviation, in units of the scaled input."));
        return ModelSchema.orReference(
                        word(List.of("none")),
                        section(AugmentationReader.KEYS, List.of(), properties))
                .absent("none")
                .says("Random changes of the inputs while training, never on held-out rows.");
    }
}
