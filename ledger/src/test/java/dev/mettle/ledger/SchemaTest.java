package dev.mettle.ledger;

import static dev.mettle.ledger.Failing.assertFails;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mettle.core.data.Task;
import dev.mettle.core.instance.InstanceResult;
import dev.mettle.core.random.Purpose;
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
    void instancesOfTheSecondSchemaKeepEverythingAndHaveTheirUsualOrderAndSize() throws Exception {
        try (SqliteLedger ledger = Examples.create(file, 1)) {
            ledger.record(Examples.raced("c0", 3));
        }
        InstanceResult now;
        try (LedgerReader reader = SqliteLedger.openReadOnly(file)) {
            now = reader.instances("c0", Purpose.RACE).getFirst();
        }
        Path old = file.resolveSibling("old.sqlite");
        try (Connection connection = Database.create(old)) {
            new Schema(List.of(Schema.resource("schema-1.sql"), Schema.resource("schema-2.sql")))
                    .create(connection);
            Database.execute(connection, "ATTACH '" + file + "' AS now");
            for (String table : List.of("study", "sessions", "candidates", "settings")) {
                Database.execute(
                        connection, "INSERT INTO " + table + " SELECT * FROM now." + table);
            }
            Database.execute(
                    connection,
                    """
                    INSERT INTO instances SELECT id, purpose, candidate, init, sample, init_seed, sample_seed, outcome,
                        reason, loss, losses_by_block, metrics, epochs, curve, elapsed_nanos, session
                    FROM now.instances\
                    """);
            Database.execute(connection, "DETACH now");
            Schema.current().upgrade(connection);
        }
        try (SqliteLedger ledger = SqliteLedger.open(old, Examples.session("lab1"))) {
            assertThat(ledger.instances("c0", Purpose.RACE)).containsExactly(now);
            assertThatThrownBy(() -> ledger.record(Examples.raced("c0", 3)))
                    .hasMessageContaining("already");
        }
    }

    @Test
    void oneKeyIsRefusedTwiceByTheFileItself() throws Exception {
        Examples.create(file, 1).close();
        String row =
                "INSERT INTO instances (purpose, candidate, init, sample, init_seed, sample_seed,"
                        + " outcome, reason, elapsed_nanos, session, batch_order, sample_rows)"
                        + " VALUES (4, 'c0', 1, 1, 0, 0, 'crashed', 'x', 1, 1, %s, %s)";
        try (Connection connection = Database.openToWrite(file)) {
            for (String[] key : new String[][] {{"NULL", "NULL"}, {"0", "NULL"}, {"NULL", "9"}}) {
                Database.execute(connection, row.formatted((Object[]) key));
                assertThatThrownBy(
                                () -> Database.execute(connection, row.formatted((Object[]) key)))
                        .isInstanceOf(SQLException.class)
                        .hasMessageContaining("UNIQUE");
            }
        }
    }

    @Test
    void theSchemaOfThisVersionStaysAsItIs() throws SQLException {
        Examples.create(file, 1).close();
        try (Connection connection = Database.openToRead(file)) {
            assertThat(number(connection, "PRAGMA application_id")).isEqualTo(0x4D65746C);
            assertThat(number(connection, "PRAGMA user_version")).isEqualTo(6);
            assertThat(
                            number(
                                    connection,
                                    "SELECT count(*) FROM sqlite_schema WHERE type = 'table'"))
                    .isEqualTo(20);
            assertThat(number(connection, "SELECT count(*) FROM pragma_table_info('instances')"))
                    .isEqualTo(18);
        }
    }
}
