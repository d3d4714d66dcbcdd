package dev.mettle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** One table in four formats (reference/data/same_table.py), with SQL features and filters. */
class SqlRunTest {
    private static final List<String> ENDINGS = List.of("csv", "parquet", "h5", "npz");
    private static final String FEATURES =
            "{index: \"weight / (height * height)\", old: \"age > 60\"}";

    @TempDir private Path directory;

    private static Path data(String ending) {
        try {
            String name = "/same/same." + ending;
            return Path.of(Objects.requireNonNull(SqlRunTest.class.getResource(name)).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private Path study(String ending, String more) throws IOException {
        String text =
                """
                study: same
                data:
                  file: %s
                  target: risk
                  validation: 40
                  test: 40
                %s
                sample: 80
                model: {network: [dense: $h, activation: tanh, concat: features, dense: 1]}
                space: {h: [3, 5]}
                training: {optimizer: {lr: 0.01}, batch: 20, epochs: 3}
                selection: {algorithm: exhaustive, instances: 2}
                """
                        .formatted(
                                data(ending).toString().replace('\\', '/'),
                                more.indent(2).stripTrailing());
        return Files.writeString(directory.resolve(ending + ".yaml"), text);
    }

    private String losses(String ending, String more) throws IOException {
        Path out = directory.resolve(ending + more.hashCode());
        Cli result = Cli.run("run", study(ending, more), "--out", out);
        assertThat(result.exitCode()).as(result.err()).isZero();
        return Cli.stableTable(out);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "input: [age, weight, height] | features: [weight] | split_seed: 3",
                "input: [age, bmi, height] | features: [weight] | missing: impute",
                "input: [age, index] | features: %s | where: age >= 30 and index < 50",
                "input: [age, index] | features: [old: age > 60, index: bmi + 1] | missing: drop"
            })
    void theSameTableGivesTheSameBitsOfLossesInEveryFormat(
            String input, String features, String third) throws IOException {
        String more = "%s\n%s\n%s".formatted(input, features.formatted(FEATURES), third);
        Set<String> losses = new HashSet<>();
        for (String ending : ENDINGS) {
            losses.add(losses(ending, more));
        }
        assertThat(losses).hasSize(1);
        assertThat(losses.iterator().next()).contains("race");
    }

    @Test
    void anExpressionGivesTheBitsOfAColumnOfTheSameNumbers() throws IOException {
        String written = losses("npz", "input: [age, height]\nfeatures: [weight]");
        String computed =
                losses("parquet", "input: [age, height]\nfeatures: {w: \"weight * 2 / 2\"}");
        assertThat(computed).isEqualTo(written);
    }

    @Test
    void rowsThatAConditionLeavesOutAreCounted() throws IOException {
        Cli result =
                Cli.run(
                        "validate",
                        study("parquet", "input: [age]\nfeatures: [bmi]\nwhere: bmi < 30"));
        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out())
                .containsPattern("data: \\{where: bmi < 30\\} leaves out \\d+ of 400 rows");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "features: {i: sum(age)} | :9:17: | uses the function 'sum' (at its character 1:"
                        + " sum(age))",
                "features: {i: agee + 1} | :9:17: | has no column 'agee'; it has age, bmi, weight,"
                        + " height, risk. Did you mean 'age'?",
                "features: [bmi, i: age +] | :9:22: | 'age +' does not end: a part of it",
                "features: {age: weight + 1} | :9:19: | has a column 'age' already; call the"
                        + " computed one something else.",
                "features: {i: age, j: i + 1, k: j2 + 1} | :9:35: | has no column 'j2'",
                "features: {i: j + 1, j: age + 1} | :9:17: | 'j' is computed after 'i'.",
                "features: {i: bmi + 1} | :9:13: | column 'bmi': feature 'i' (bmi + 1): the value"
                        + " is missing; of 400 values 27 are.",
                "where: age > 1000 | :9:10: | the condition holds for 0 of 400 rows",
                "where: age + 1 | :9:10: | gives values of type DOUBLE, where a condition",
                "where: age in (select 1) | :9:10: | uses a query",
                "features: 7 | :9:13: | features must be a list, such as [energy_sum,"
                        + " barycenter_x], or names with SQL expressions"
            })
    void mistakesAreReportedAtTheirExpression(String line, String place, String message)
            throws IOException {
        Cli result =
                Cli.run(
                        "validate",
                        study("csv", "input: [weight, height]\n" + "missing: error\n" + line));
        assertThat(result.exitCode()).isEqualTo(ExitCode.WRONG_INPUT);
        assertThat(result.err()).contains(place, message);
    }

    @Test
    void columnsOfASimulationMayBeUsed() throws IOException {
        Path study =
                Files.writeString(
                        directory.resolve("study.yaml"),
                        """
                        study: showers
                        data:
                          simulate: {detector: shashlik, set: simple, events: 300, seed: 1}
                          input: cells
                          target: energy
                          features: {r: "sqrt(x * x + y * y)"}
                          where: energy > 20
                          validation: 30
                          test: 30
                        sample: 50
                        model: {network: [flatten, concat: features, dense: 1]}
                        training: {optimizer: {lr: 0.01}, epochs: 2}
                        """);
        Cli result = Cli.run("validate", study);
        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out()).contains("data: {where: energy > 20} leaves out");
    }

    @Test
    void theDataCommandShowsParquet() {
        Cli result = Cli.run("data", data("parquet"));
        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out())
                .contains(
                        "same.parquet: 5 arrays",
                        "float32",
                        "int64",
                        "target: risk",
                        "missing: drop");
    }
}
