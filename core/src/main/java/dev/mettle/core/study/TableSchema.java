package dev.mettle.core.study;

import static dev.mettle.core.study.SchemaNode.anyOf;
import static dev.mettle.core.study.SchemaNode.list;
import static dev.mettle.core.study.SchemaNode.mapping;
import static dev.mettle.core.study.SchemaNode.section;
import static dev.mettle.core.study.SchemaNode.text;
import static dev.mettle.core.study.SchemaNode.word;

import java.util.List;
import java.util.Map;

/** The schema of what a study says of tables. */
final class TableSchema {
    private TableSchema() {}

    /** Returns the schema of {@code data.missing}. */
    static SchemaNode missing() {
        return word(Words.MISSING_VALUES.sequencedKeySet())
                .absent(Words.of(StudyDefaults.MISSING))
                .says(
                        "Missing values are a mistake, or their rows are left out, or they become"
                                + " the mean of the training's own sample (categories: a code of"
                                + " their own).");
    }

    /** Returns the schema of {@code data.encode}. */
    static SchemaNode encode() {
        return mapping(anyOf(word(List.of(EncodeReader.ONE_HOT)), list(text(), 2)))
                .says(
                        "Columns of the input that become numbers: one_hot, or their values in"
                                + " order, which become 0, 1, ...");
    }

    /** Returns the schema of {@code data.features}; {@code settings} are those of a derived one. */
    static SchemaNode features(SchemaNode settings) {
        SchemaNode named = mapping(anyOf(text(), settings));
        SchemaNode one = named.with("minProperties", 1).with("maxProperties", 1);
        return anyOf(list(anyOf(text(), one), 0), named)
                .says(
                        "For 'concat: features': columns of the data; energy_sum, barycenter_x,"
                                + " barycenter_y; or new columns by SQL, such as {bmi: weight /"
                                + " (height * height)}.");
    }

    /** Returns the schema of {@code data.where}. */
    static SchemaNode where() {
        return text().says("SQL condition of the rows that stay, such as age >= 18 and bmi < 60.");
    }

    /** Returns the schema of {@code data.csv}. */
    static SchemaNode csv() {
        Map<String, SchemaNode> properties =
                Map.of(
                        "delimiter",
                        text().says("One character, or tab; by the head line when absent."),
                        "decimal",
                        word(List.of(".", ",")).says("By the first numbers when absent."),
                        "encoding",
                        word(Words.TEXT_ENCODINGS.sequencedKeySet())
                                .says("By the byte order mark when absent, else utf-8."),
                        "missing",
                        list(text(), 0)
                                .absent(StudyDefaults.MISSING_TEXTS)
                                .says("Texts that stand for a missing value."));
        return section(CsvSettingsReader.KEYS, List.of(), properties)
                .says("How a CSV or TSV file is written, where the file does not show it.");
    }
}
