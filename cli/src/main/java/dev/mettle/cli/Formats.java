package dev.mettle.cli;

import dev.mettle.core.study.CsvSettings;
import dev.mettle.data.DataFiles;
import dev.mettle.data.DataFormat;
import dev.mettle.tables.ParquetFormat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The formats of data files, of all modules. */
final class Formats {
    /** Those of other modules than data. */
    static final List<DataFormat> OTHERS = List.of(new ParquetFormat());

    private Formats() {}

    /**
     * Returns all formats.
     *
     * @param csv how tables of text are written, if the user says it
     */
    static List<DataFormat> all(Optional<CsvSettings> csv) {
        List<DataFormat> formats = new ArrayList<>(OTHERS); // before CSV, which takes any text
        formats.addAll(DataFiles.formats(csv));
        return formats;
    }
}
