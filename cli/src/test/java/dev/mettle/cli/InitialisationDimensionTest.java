package dev.mettle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.mettle.core.study.Candidate;
import dev.mettle.core.study.Initialisation;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The initialisation method as a dimension of the space, from the study file to the report. */
class InitialisationDimensionTest {
    private static final List<String> METHODS =
            Arrays.stream(Initialisation.values())
                    .map(method -> method.name().toLowerCase(Locale.ROOT))
                    .toList();

    @TempDir private Path directory;

    private Path study(String methods) throws IOException {
        return Cli.study(
                directory,
                "  hidden: [4, 8]\n  bias: [true, false]\n  lr: [0.003, 0.01]",
                "  hidden: [4]\n  bias: [true]\n  lr: [0.003, 0.01]\n  init: " + methods,
                "  batch: 32",
                "  init: $init\n  batch: 32",
                "warmup: 2, instances: 5, survivors: 2, per: bias",
                "warmup: 2, instances: 3, survivors: 9, per: init",
                "certificate: {instances: 59, coverage: 0.95, confidence: 0.95}",
                "certificate: none");
    }

    @Test
    void everyMethodIsACandidateOfItsOwn() throws IOException {
        List<Candidate> candidates = OpenStudy.read(study(METHODS.toString())).study().candidates();
        assertThat(candidates).hasSize(2 * METHODS.size());
        assertThat(candidates.stream().map(Candidate::id)).doesNotHaveDuplicates();
        assertThat(candidates)
                .allSatisfy(candidate ->
                        assertThat(
                                        candidate
                                                .recipe()
                                                .init()
                                                .method()
                                                .name()
                                                .toLowerCase(Locale.ROOT))
                                .isEqualTo(candidate.settings().get("init")));
        assertThat(candidates.stream().map(candidate -> candidate.recipe().init().method()))
                .containsOnly(Initialisation.values());
    }

    @Test
    void aRunHasAWinnerForEachAndAReportThatComparesThem() throws IOException {
        Path run = directory.resolve("run");
        Cli result = Cli.run("run", study(METHODS.toString()), "--out", run, "--json");
        assertThat(result.exitCode()).as(result.err()).isZero();
        JsonNode winners = new ObjectMapper().readTree(result.out()).get("winners");
        assertThat(winners.propertyStream().map(Map.Entry::getKey))
                .containsExactlyInAnyOrderElementsOf(METHODS);
        assertThat(winners.propertyStream().map(w -> w.getValue().at("/losses/mean").asDouble()))
                .as("weights of every method are its own")
                .doesNotHaveDuplicates();
        assertThat(winners.propertyStream())
                .allSatisfy(winner ->
                        assertThat(winner.getValue().at("/settings/init").asText())
                                .isEqualTo(winner.getKey()));
        String report = Files.readString(run.resolve("report.html"));
        METHODS.forEach(method -> assertThat(report).contains("<td>" + method + "</td>"));
        assertThat(
                        Cli.run(
                                        "assess",
                                        directory.resolve("study.yaml"),
                                        "--candidate",
                                        "init=xavier_normal,lr=0.01",
                                        "--instances",
                                        2,
                                        "--out",
                                        run)
                                .exitCode())
                .isZero();
    }

    @Test
    void aMethodThatDoesNotExistIsNamedWithItsPlaceAndASuggestion() throws IOException {
        Cli result = Cli.run("validate", study("[xavier_normal, kaiming_uniforn]"));
        assertThat(result.exitCode()).isEqualTo(ExitCode.WRONG_INPUT);
        assertThat(result.err()).contains("study.yaml:", "'kaiming_uniforn'", "kaiming_uniform");
    }
}
