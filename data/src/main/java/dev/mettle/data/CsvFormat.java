package dev.mettle.data;

import dev.mettle.core.study.CsvSettings;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Tables of text. They have no first bytes of their own, so their endings tell them; or the study,
 * which says how they are written: then any text is one.
 */
final class CsvFormat implements DataFormat {
    /** Endings of its files. */
    static final String[] ENDINGS = {".csv", ".tsv", ".csv.gz", ".tsv.gz"};

    private final Optional<CsvSettings> settings;

    /** Takes what the study says of the table, if it does. */
    CsvFormat(Optional<CsvSettings> settings) {
        this.settings = settings;
    }

    @Override
    public String name() {
        return "tables of text (.csv, .tsv, perhaps .gz)";
    }

    @Override
    public List<String> endings() {
        return List.of(ENDINGS);
    }

    @Override
    public boolean reads(byte[] head, Path path) {
        String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
        return head.length > 0
                && (settings.isPresent() || endings().stream().anyMatch(name::endsWith));
    }

    @Override
    public DataFile open(Path path) {
        return CsvFile.open(path, settings.orElse(CsvSettings.FOUND));
    }
}
