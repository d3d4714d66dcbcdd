package dev.mettle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

class InitCommandTest {
    @TempDir private Path directory;

    @Test
    void theStudyRunsAsItIsWritten() throws IOException {
        Path made = directory.resolve("my study");
        Cli result = Cli.run("init", made);
        assertThat(result.exitCode()).as(result.err()).isZero();
        Path study = made.resolve("study.yaml");
        assertThat(study).content().contains("study: my-study", "# ").doesNotContain("@");
        Cli validated = Cli.run("validate", study);
        assertThat(validated.exitCode()).as(validated.err()).isZero();
        assertThat(validated.out())
                .doesNotContain("warning")
                .contains("candidates   18 (0 excluded)");
        Path quick = made.resolve("quick.yaml");
        Files.writeString(
                quick,
                Files.readString(study)
                        .replace("epochs: 20", "epochs: 3")
                        .replace("instances: 20", "instances: 6"));
        Cli run = Cli.run("run", quick, "--out", directory.resolve("run"));
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains("certified  with confidence 95 %");
    }

    @Test
    void nothingIsOverwritten() throws IOException {
        Path made = directory.resolve("made");
        Files.createDirectories(made);
        Files.writeString(made.resolve("data.npz"), "mine");
        Cli refused = Cli.run("init", made);
        assertThat(refused.exitCode()).isEqualTo(ExitCode.WRONG_INPUT);
        assertThat(refused.err()).contains("data.npz exists already");
        assertThat(made.resolve("data.npz")).hasContent("mine");
        assertThat(made.resolve("study.yaml")).doesNotExist();
        assertThat(Cli.run("init", directory.resolve("a")).exitCode()).isZero();
        assertThat(Cli.run("init", directory.resolve("a")).exitCode())
                .isEqualTo(ExitCode.WRONG_INPUT);
    }

    @Test
    void theStudyFitsTheShowersItIsShown() throws IOException {
        Path made = directory.resolve("showers");
        Cli result = Cli.run("init", made, "--data", Cli.SHOWERS);
        assertThat(result.exitCode()).as(result.err()).isZero();
        Path study = made.resolve("study.yaml");
        assertThat(study)
                .content()
                .contains(
                        "input: cells",
                        "(19000, 15, 15)",
                        "  target: energy ",
                        "  scale: log ",
                        "# features: [x, y] ",
                        "conv2d");
        Cli validated = Cli.run("validate", study);
        assertThat(validated.exitCode()).as(validated.err()).isZero();
        assertThat(validated.out()).doesNotContain("warning").contains("regression of energy");
        assertThat(made.resolve("data.npz")).doesNotExist();
    }

    @Test
    void labelsMakeAClassification() {
        Path digits = Cli.root().resolve("examples/digits/digits.npz");
        Path made = directory.resolve("digits");
        Cli result = Cli.run("init", made, "--data", digits);
        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out()).contains("classification into 10 classes");
        Cli validated = Cli.run("validate", made.resolve("study.yaml"));
        assertThat(validated.exitCode()).as(validated.err()).isZero();
        assertThat(validated.out()).contains("into 10 classes").doesNotContain("warning");
    }

    @Test
    void aTargetMayBeNamedAndMustBeThere() {
        Cli named = Cli.run("init", directory.resolve("x"), "--data", Cli.SHOWERS, "--target", "x");
        assertThat(named.exitCode()).as(named.err()).isZero();
        assertThat(named.out()).contains("regression of x from cells");
        Cli missing =
                Cli.run("init", directory.resolve("z"), "--data", Cli.SHOWERS, "--target", "enrgy");
        assertThat(missing.exitCode()).isEqualTo(ExitCode.WRONG_INPUT);
        assertThat(missing.err()).contains("no array 'enrgy'", "energy (19000,)");
        assertThat(directory.resolve("z")).doesNotExist();
        assertThat(Cli.run("init", directory.resolve("y"), "--target", "x").exitCode())
                .isEqualTo(ExitCode.WRONG_INPUT);
    }

    @Test
    void everyKeyOfAStudyIsInTheTemplate() throws IOException {
        Path made = directory.resolve("made");
        Cli.run("init", made);
        String text = Files.readString(made.resolve("study.yaml"));
        var schema = SchemaCommand.schema();
        List<String> keys = new ArrayList<>();
        for (String section :
                List.of(
                        "/properties",
                        "/properties/data/properties",
                        "/properties/model/anyOf/0/properties",
                        "/properties/constraints/properties",
                        "/properties/training/anyOf/0/properties",
                        "/properties/selection/properties",
                        "/properties/certificate/anyOf/1/properties")) {
            assertThat(schema.at(section).isObject()).as(section).isTrue();
            schema.at(section).fieldNames().forEachRemaining(keys::add);
        }
        keys.remove("classes"); // stands where a regression has `scale`
        assertThat(keys).allSatisfy(key -> assertThat(text).contains(key + ":"));
    }
}
