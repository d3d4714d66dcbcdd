package dev.mettle.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mettle.core.study.DataException;
import dev.mettle.data.DataArray;
import dev.mettle.data.MemoryArray;
import dev.mettle.data.RowExpressions.Column;
import dev.mettle.data.RowExpressions.Expression;
import dev.mettle.data.RowExpressions.Kind;
import dev.mettle.data.Texts;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** SQL expressions see one row, and nothing else. */
class SqlExpressionsTest {
    private static final SqlExpressions SQL = new SqlExpressions();
    private static final float NONE = Float.NaN;

    @AfterAll
    static void end() {
        SQL.close();
    }

    private static Column numbers(String name, float... values) {
        return new Column(
                name,
                new MemoryArray(
                        "input", "memory", name, List.of((long) values.length), () -> values));
    }

    /** A column of texts, of which an empty one is missing. */
    private static Column texts(String name, String... values) {
        DataArray numbers = numbers(name, new float[values.length]).array();
        List<String> names =
                List.of(values).stream().filter(v -> !v.isEmpty()).distinct().sorted().toList();
        int[] codes = List.of(values).stream().mapToInt(names::indexOf).toArray();
        return new Column(
                name,
                new DataArray() {
                    @Override
                    public String name() {
                        return name;
                    }

                    @Override
                    public List<Long> shape() {
                        return numbers.shape();
                    }

                    @Override
                    public long count() {
                        return numbers.count();
                    }

                    @Override
                    public String shapeText() {
                        return numbers.shapeText();
                    }

                    @Override
                    public String describe() {
                        return name;
                    }

                    @Override
                    public float[] toFloats() {
                        throw new AssertionError("texts are no numbers");
                    }

                    @Override
                    public double[] toDoubles() {
                        throw new AssertionError("texts are no numbers");
                    }

                    @Override
                    public Optional<Texts> texts() {
                        return Optional.of(new Texts(names, codes));
                    }

                    @Override
                    public DataException problem(String message) {
                        return numbers.problem(message);
                    }
                });
    }

    private static Expression feature(String text) {
        return new Expression("features.f", "f", text, Kind.NUMBER);
    }

    private static Expression where(String text) {
        return new Expression("where", "where", text, Kind.CONDITION);
    }

    private static final List<Column> TABLE =
            List.of(
                    numbers("a", 1, 2, NONE, -4),
                    numbers("b", 4, 0, 1, 2),
                    numbers("my col", 1, 2, 3, 4),
                    texts("t", "x", "", "Y", "x y"));

    private static double[] compute(Expression expression) {
        List<Column> used = new ArrayList<>();
        for (String name : SQL.columns(expression)) {
            used.addAll(TABLE.stream().filter(column -> column.name().equals(name)).toList());
        }
        return SQL.compute(expression, used, 4);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    a / b                                   | 0.25 NaN NaN -2
                    a + 7 / 2                               | 4.5 5.5 NaN -0.5
                    "my col" * 2                            | 2 4 6 8
                    -a ** 2                                 | 1 4 NaN 16
                    sqrt(a)                                 | 1 1.4142135623730951 NaN NaN
                    ln(b)                                   | 1.3862943611198906 NaN 0 0.6931471805599453
                    case when a > 1 then 10 else b end      | 4 10 1 2
                    case b when 0 then 5 end                | NaN 5 NaN NaN
                    coalesce(a, b)                          | 1 2 1 -4
                    a is null                               | 0 0 1 0
                    a > 1 and b < 1                         | 0 1 0 0
                    greatest(a, b)                          | 4 2 1 2
                    least(a, 0)                             | 0 0 0 -4
                    if(a > 1, 1, 2)                         | 2 1 2 2
                    nullif(b, 0)                            | 4 NaN 1 2
                    b in (1, 2)                             | 0 0 1 1
                    b between 1 and 2                       | 0 0 1 1
                    length(t)                               | 1 NaN 1 3
                    lower(t) like 'y%'                      | 0 NaN 1 0
                    cast(a as integer) % 3                  | 1 2 NaN -1
                    round(a / 3, 1)                         | 0.3 0.7 NaN -1.3
                    try_cast(t as double)                   | NaN NaN NaN NaN
                    a::double                               | 1 2 NaN -4
                    a -- that is all                        | 1 2 NaN -4
                    b /* between */ + 1                     | 5 1 2 3
                    a * 1e300 * 1e300                       | NaN NaN NaN NaN
                    a * 1e39                                | NaN NaN NaN NaN
                    """)
    void expressionsGiveTheNumberOfEachRow(String text, String expected) {
        double[] values =
                List.of(expected.split(" ")).stream().mapToDouble(Double::parseDouble).toArray();
        assertThat(compute(feature(text))).containsExactly(values);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    a > 0             | 1 1 0 0
                    a > 0 or b = 1    | 1 1 1 0
                    not (a > 0)       | 0 0 0 1
                    t = 'x'           | 1 0 0 0
                    t <> 'x'          | 0 0 1 1
                    a is not null     | 1 1 0 1
                    """)
    void aConditionThatIsNullDoesNotHold(String text, String expected) {
        double[] values =
                List.of(expected.split(" ")).stream().mapToDouble(Double::parseDouble).toArray();
        assertThat(compute(where(text)))
                .usingElementComparator((x, y) -> (x == 1 ? 1 : 0) - (y == 1 ? 1 : 0))
                .containsExactly(values);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sum(a)",
                "avg(a) over ()",
                "row_number() over ()",
                "lag(a) over (order by b)",
                "(select 1)",
                "a + (select max(a) from \"the rows\")",
                "exists(select 1)",
                "a in (select b)",
                "*",
                "columns('a')",
                "random() + a",
                "uuid()",
                "now()",
                "current_date",
                "current_timestamp",
                "age(a)",
                "nextval('s')",
                "getvariable('x')",
                "current_setting('threads')",
                "current_user",
                "getenv('HOME')",
                "read_csv('/etc/passwd')",
                "read_text('/etc/passwd')",
                "(from read_csv('/etc/passwd'))",
                "a from read_csv('/etc/passwd')",
                "a) from read_csv('/etc/passwd') --",
                "a); drop table x; --",
                "a; install httpfs",
                "install httpfs",
                "copy (select 1) to '/tmp/x'",
                "attach '/tmp/x.db'",
                "a, b",
                "a as b",
                "distinct a",
                "a union select 1",
                "a where b > 1",
                "a order by a",
                "a limit 1",
                "?",
                "$1 + a",
                "#1",
                "t.a",
                "main.t.a",
                "system.main.sqrt(a)",
                "list_transform([a], x -> x + 1)",
                "[a, b]",
                "[a][1]",
                "{'x': a}",
                "struct_pack(x := a)",
                "unnest([a])",
                "range(a::bigint)",
                "repeat(t, 1000000000)",
                "rpad(t, 1000000000, 'x')",
                "a::date",
                "date '2020-01-01'",
                "interval 1 day",
                "a::integer[]",
                "t collate nocase = 'x'",
                "error('x') + a",
                "sleep_ms(1000) + a",
                "write_log('x')",
                "default",
                "lambda x: x",
                "sum(a) filter (where b > 1)",
                "sqrt(distinct a)",
                "query('select 1')",
                "json_execute_serialized_sql('x')",
                "sqrt(x := a)",
                "typeof(a)",
                "hash(a) + __internal_barrier(a)"
            })
    void whatIsNoFunctionOfOneRowIsRefused(String text) {
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> compute(feature(text)))
                .satisfies(e -> {
                    assertThat(e.key()).isEqualTo("features.f");
                    assertThat(e.getMessage()).doesNotContain("\n");
                });
    }

    @Test
    void messagesSayWhatWasFoundAndWhere() {
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> SQL.columns(feature("a + sum(b) / 2")))
                .withMessageStartingWith(
                        "'a + sum(b) / 2' uses the function 'sum' (at its character 5: sum(b) / 2),"
                                + " which is no function of the values of one row. An expression"
                                + " sees one row: ");
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> SQL.columns(feature("a + / b")))
                .withMessage(
                        "'a + / b' is no SQL expression: syntax error at or near \"/\" (at its"
                                + " character 5: / b).");
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> SQL.columns(feature("a + (b")))
                .withMessageStartingWith("'a + (b' does not end");
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> SQL.columns(feature("1 + 2")))
                .withMessage("'1 + 2' names no column, so it is the same in every row.");
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> compute(feature("upper(t)")))
                .withMessage("'upper(t)' gives a text, where a number is needed.");
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> compute(where("a + 1")))
                .withMessageStartingWith("'a + 1' gives values of type DOUBLE, where a condition");
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> compute(feature("t * 2")))
                .withMessageStartingWith("the SQL expression of 'f' can't be computed: ");
    }

    @Test
    void manyRowsKeepTheirOrderOverPieces() {
        int rows = 300_001;
        float[] values = new float[rows];
        for (int row = 0; row < rows; row++) {
            values[row] = row % 5 == 0 ? NONE : row;
        }
        double[] computed = SQL.compute(feature("a + 0.5"), List.of(numbers("a", values)), rows);
        double[] expected = new double[rows];
        for (int row = 0; row < rows; row++) {
            expected[row] = row % 5 == 0 ? Double.NaN : row + 0.5;
        }
        assertThat(computed).containsExactly(expected);
    }

    @Test
    void namesOfColumnsMayHoldAnything() {
        String name = "a \"b\"; drop";
        double[] computed =
                SQL.compute(feature("\"a \"\"b\"\"; drop\" + 1"), List.of(numbers(name, 1, 2)), 2);
        assertThat(computed).containsExactly(2, 3);
    }

    @Test
    void namesThatDifferOnlyInCaseAreRefusedTogether() {
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> SQL.columns(feature("a + A")))
                .withMessageContaining("which SQL can't tell apart");
    }
}
