package dev.mettle.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mettle.core.data.Series;
import dev.mettle.core.instance.InstanceKey;
import dev.mettle.core.instance.Outcome;
import dev.mettle.core.random.Purpose;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/** What people see who open the ledger with SQLite itself. */
class LossesViewTest {
    @TempDir Path directory;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = directory.resolve("run").resolve("ledger.sqlite");
    }

    @Test
    void theViewShowsPeopleTheLossThatCriteriaSee() throws SQLException {
        try (SqliteLedger ledger = Examples.create(file, 1)) {
            ledger.record(Examples.raced("c0", 0));
            ledger.record(
                    Examples.result(
                            InstanceKey.paired("c0", Purpose.RACE, 1),
                            new Outcome.Exploded(
                                    "rose",
                                    Optional.of(Examples.evaluation(0.5)),
                                    7,
                                    Series.EMPTY)));
        }
        try (Connection connection = Database.openToRead(file);
                Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery(
                                "SELECT loss, purpose, host FROM losses ORDER BY init")) {
            rows.next();
            assertThat(rows.getDouble("loss")).isEqualTo(0.25);
            assertThat(rows.getString("purpose")).isEqualTo("race");
            assertThat(rows.getString("host")).isEqualTo("lab1");
            rows.next();
            assertThat(rows.getDouble("loss")).isEqualTo(Double.POSITIVE_INFINITY);
        }
    }

    @Test
    void thePurposesOfTheSchemaAreThoseOfCore() throws SQLException {
        Examples.create(file, 1).close();
        try (Connection connection = Database.openToRead(file);
                Statement statement = connection.createStatement()) {
            for (Purpose purpose : Purpose.values()) {
                assertThat(
                                statement
                                        .executeQuery(
                                                "SELECT name FROM purposes WHERE code = "
                                                        + purpose.code())
                                        .getString(1))
                        .isEqualToIgnoringCase(purpose.name());
            }
            assertThat(statement.executeQuery("SELECT count(*) FROM purposes").getInt(1))
                    .isEqualTo(Purpose.values().length);
        }
    }
}
