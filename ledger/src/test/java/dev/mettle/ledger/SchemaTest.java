package dev.mettle.ledger;

import static dev.mettle.ledger.Failing.assertFails;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mettle.core.data.Task;
import dev.mettle.core.run.RunPlan;
import dev.mettle.core.study.HeldOutLoss;
import dev.mettle.core.study.ScaleKind;
import dev.mettle.ledger.LedgerException.Kind;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

class SchemaTest {
    private static final String FIRST =
            "CREATE TABLE a (x INTEGER); INSERT INTO a VALUES (7); CREATE TABLE b (y);";
    private static final String SECOND =
            "ALTER TABLE a ADD COLUMN z INTEGER; UPDATE a SET z = x + 1;";
    private static final String BROKEN =
            "UPDATE a SET z = 100; DROP TABLE b; INSERT INTO nowhere VALUES (1);";

    @TempDir Path directory;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = directory.resolve("ledger.sqlite");
    }

    private static int number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.executeQuery(sql).getInt(1);
        }
    }

    @Test
    void anOlderFileIsUpgradedWithItsData() throws SQLException {
        Schema first = new Schema(List.of(FIRST));
        Schema second = new Schema(List.of(FIRST, SECOND));
        try (Connection connection = Database.create(file)) {
            first.create(connection);
            assertThat(number(connection, "PRAGMA user_version")).isEqualTo(1);
            second.requireLedger(connection, file);
            assertFails(Kind.OTHER_VERSION, () -> second.requireCurrent(connection, file))
                    .hasMessageContaining("older Mettle");
            second.upgrade(connection);
            second.requireCurrent(connection, file);
            assertThat(number(connection, "PRAGMA user_version")).isEqualTo(2);
            assertThat(number(connection, "SELECT z FROM a")).isEqualTo(8);
            assertThat(number(connection, "SELECT count(*) FROM b")).isZero();
            second.upgrade(connection);
            assertThat(number(connection, "SELECT z FROM a"))
                    .as("no script runs twice")
                    .isEqualTo(8);
            assertFails(Kind.OTHER_VERSION, () -> first.requireLedger(connection, file))
                    .hasMessageContaining("newer Mettle");
        }
    }

    @Test
    void aScriptThatFailsLeavesTheFileAsItWas() throws SQLException {
        try (Connection connection = Database.create(file)) {
            new Schema(List.of(FIRST, SECOND)).create(connection);
            assertThatThrownBy(() -> new Schema(List.of(FIRST, SECOND, BROKEN)).upgrade(connection))
                    .isInstanceOf(SQLException.class);
            assertThat(number(connection, "PRAGMA user_version")).isEqualTo(2);
            assertThat(number(connection, "SELECT z FROM a")).isEqualTo(8);
            assertThat(number(connection, "SELECT count(*) FROM b")).isZero();
        }
    }

    @Test
    void aPlanOfTheFirstSchemaIsARegressionOfOneTargetMeasuredByItsSquare() throws Exception {
        String scripts = Schema.resource("schema-1.sql");
        try (Connection connection = Database.create(file)) {
            new Schema(List.of(scripts)).create(connection);
            Database.execute(
                    connection,
                    "INSERT INTO plan VALUES (1, 'it\"s energy', 'LOG', 9, 8, 7, 6, 5,"
                            + " 'exhaustive', 'mean', 4, 3, NULL, NULL, NULL, NULL, NULL)");
            Schema.current().upgrade(connection);
        }
        try (LedgerReader reader = SqliteLedger.openReadOnly(file)) {
            RunPlan plan = reader.plan();
            assertThat(plan.task()).isEqualTo(Task.regression("it\"s energy"));
            assertThat(plan.targetScales()).containsExactly(ScaleKind.LOG);
            assertThat(plan.loss()).isEqualTo(new HeldOutLoss.Mse());
        }
    }

    @Test
    void theSchemaOfThisVersionStaysAsItIs() throws SQLException {
        Examples.create(file, 1).close();
        try (Connection connection = Database.openToRead(file)) {
            assertThat(number(connection, "PRAGMA application_id")).isEqualTo(0x4D65746C);
            assertThat(number(connection, "PRAGMA user_version")).isEqualTo(2);
            assertThat(
                            number(
                                    connection,
                                    "SELECT count(*) FROM sqlite_schema WHERE type = 'table'"))
                    .isEqualTo(14);
            assertThat(number(connection, "SELECT count(*) FROM pragma_table_info('instances')"))
                    .isEqualTo(16);
        }
    }
}
