package dev.mettle.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** {@code report --figures} on a real run of four candidates. */
class FigureCommandTest {
    @TempDir private static Path shared;
    private static Path run = Path.of("");

    @BeforeAll
    static void runAStudy() throws IOException {
        run = shared.resolve("run");
        Path study =
                Cli.study(
                        shared,
                        "instances: 5, survivors: 2, per: bias",
                        "instances: 3, survivors: 2");
        assertThat(Cli.run("run", study, "--out", run, "--threads", 2).exitCode()).isLessThan(2);
    }

    @Test
    void figuresOfARunAreWrittenBesideItsReport(@TempDir Path directory) throws IOException {
        Path figures = directory.resolve("made").resolve("paper");
        Cli report = Cli.run("report", run, "--figures", figures);
        assertThat(report.exitCode()).as(report.err()).isZero();
        List<String> names = names(figures);
        assertThat(names)
                .contains(
                        "captions.md",
                        "finalists-losses.svg",
                        "finalists-losses.png",
                        "race-criterion.svg",
                        "curves-1.svg",
                        "noise-1.svg");
        long drawings = names.stream().filter(name -> name.endsWith(".svg")).count();
        assertThat(names).hasSize(Math.toIntExact(2 * drawings + 1));
        assertThat(report.out())
                .startsWith(run.resolve("report.html") + "\n")
                .contains(drawings + " figures as SVG and PNG, with captions.md");
        assertThat(report.err())
                .isEqualTo("drawing %d figures in %s\n".formatted(drawings, figures));
    }

    @Test
    void jsonListsTheFilesAndTheSvgIsTheSameForOneThreadAndTwo(@TempDir Path directory)
            throws IOException {
        Path other = directory.resolve("run");
        Path study = shared.resolve("study.yaml");
        assertThat(Cli.run("run", study, "--out", other, "--threads", 1).exitCode()).isLessThan(2);
        List<JsonNode> documents =
                List.of(json(run, directory.resolve("a")), json(other, directory.resolve("b")));
        for (JsonNode document : documents) {
            assertThat(document.get("report").asText()).endsWith("report.html");
            document.get("figures").forEach(file -> assertThat(Path.of(file.asText())).exists());
        }
        List<String> names = names(directory.resolve("a"));
        assertThat(documents.getFirst().get("figures")).hasSize(names.size());
        assertThat(names(directory.resolve("b"))).isEqualTo(names);
        for (String name : names) {
            assertThat(directory.resolve("a").resolve(name))
                    .hasSameBinaryContentAs(directory.resolve("b").resolve(name));
        }
    }

    private static JsonNode json(Path run, Path figures) throws IOException {
        Cli report =
                Cli.run("report", run, "--figures", figures, "--figure-width", "8.5", "--json");
        assertThat(report.exitCode()).as(report.err()).isZero();
        return new ObjectMapper().readTree(report.out());
    }

    @Test
    void jsonWithoutFiguresNamesTheReportOnly() {
        assertThat(Cli.run("report", run, "--json").out().replaceAll("\\s", ""))
                .isEqualTo("{\"report\":\"" + run.resolve("report.html") + "\"}");
    }

    @Test
    void aFileInThePlaceOfTheDirectoryIsRefusedBeforeAnythingIsWritten(@TempDir Path directory)
            throws IOException {
        Path file = Files.writeString(directory.resolve("paper"), "text");
        Path html = directory.resolve("report.html");
        assertRefused(Cli.run("report", run, "--figures", file, "--out", html), "is a file");
        assertRefused(
                Cli.run("report", run, "--figures", file.resolve("below"), "--out", html),
                "can't write figures");
        assertThat(file).hasContent("text");
        assertThat(html).doesNotExist();
    }

    @Test
    void aDirectoryThatMayNotBeWrittenIsRefused(@TempDir Path directory) throws IOException {
        Path closed = Files.createDirectory(directory.resolve("closed"));
        assertThat(closed.toFile().setWritable(false)).isTrue();
        assumeFalse(Files.isWritable(closed), "root may write everywhere");
        assertRefused(Cli.run("report", run, "--figures", closed), "you may not write");
    }

    @ParameterizedTest
    @ValueSource(strings = {"7.9", "30", "0", "-17", "NaN", "Infinity"})
    void widthsThatNoPageHasAreRefused(String width, @TempDir Path directory) {
        Path figures = directory.resolve("figures");
        assertRefused(
                Cli.run("report", run, "--figures", figures, "--figure-width", width),
                "8 to 29.7 cm");
        assertThat(figures).doesNotExist();
    }

    @Test
    void aWidthWithoutFiguresIsRefused() {
        assertRefused(Cli.run("report", run, "--figure-width", 8.5), "add --figures DIR");
    }

    private static void assertRefused(Cli result, String words) {
        assertThat(result.exitCode()).isEqualTo(ExitCode.WRONG_INPUT);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).startsWith("mettle: ").contains(words);
        assertThat(result.err().lines()).hasSize(1);
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
