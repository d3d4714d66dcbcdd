package dev.mettle.tables;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;

/** Parquet files that PyArrow wrote (reference/data/parquet_fixtures.py). */
final class Fixtures {
    private Fixtures() {}

    static Path of(String name) {
        try {
            return Path.of(
                    Objects.requireNonNull(Fixtures.class.getResource("/parquet/" + name)).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
