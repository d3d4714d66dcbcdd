package dev.mettle.core.study;

import java.util.Optional;

/** Reads where the rows come from: a file, or a simulation. */
final class DataSourceReader {
    private final Problems problems;
    private final Scope scope;

    DataSourceReader(Scope scope, Problems problems) {
        this.scope = scope;
        this.problems = problems;
    }

    Optional<DataSource> read(Section data) {
        if (!data.has("simulate")) {
            return file(data);
        }
        for (String other : new String[] {"file", "csv"}) {
            if (data.has(other)) {
                problems.add(
                        data.keyPlace("simulate"),
                        "'data' has both '%s' and 'simulate': the rows come from one of them. Leave"
                                + " one out.",
                        other);
                return Optional.empty();
            }
        }
        return new SimulationReader(scope, problems).read(data);
    }

    private Optional<DataSource> file(Section data) {
        Optional<String> path = data.text("file", "the path of a file");
        if (!data.has("csv")) {
            return path.map(DataSource.File::new);
        }
        Optional<CsvSettings> csv = new CsvSettingsReader(scope, problems).read(data);
        return path.flatMap(
                text -> csv.map(settings -> new DataSource.File(text, Optional.of(settings))));
    }
}
