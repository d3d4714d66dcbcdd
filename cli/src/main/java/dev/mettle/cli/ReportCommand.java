package dev.mettle.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.mettle.figures.FigureFiles;
import dev.mettle.ledger.SqliteLedger;
import dev.mettle.report.Figure;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;

/** {@code report RUN}: the HTML report of a run, finished or not. */
@Command(
        name = "report",
        description =
                "Writes the HTML report of a run, finished or not; one file that needs no network.",
        footer = {
            "",
            "Examples: mettle report runs/quick",
            "          mettle report runs/quick --figures paper --figure-width 8.5"
        })
final class ReportCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "RUN", description = "Directory of the run.")
    private Path run = Path.of("runs");

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "The file to write; RUN/report.html by default.")
    private @Nullable Path out;

    @Option(
            names = "--figures",
            paramLabel = "DIR",
            description =
                    "Also write every plot as SVG and PNG for print, and captions.md, to this"
                            + " directory.")
    private @Nullable Path figures;

    @Option(
            names = "--figure-width",
            paramLabel = "CM",
            description = "Width of the figures in cm; 17 by default, 8.5 for a narrow column.")
    private @Nullable Double figureWidth;

    @Mixin private JsonOption json = new JsonOption();

    ReportCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        RunDirectory directory = RunDirectory.existing(run);
        Path file = out != null ? out : directory.report();
        Optional<FigureFiles.Written> written = Optional.empty();
        try (var ledger = SqliteLedger.openReadOnly(directory.ledger())) {
            Optional<FigureOutput> output = figureOutput(); // before anything is written
            Reports.write(ledger, file);
            if (output.isPresent()) {
                written = Optional.of(output.get().write(Figure.of(ledger), console));
            }
        }
        if (json.wanted()) {
            ObjectNode document = JsonNodeFactory.instance.objectNode();
            document.put("report", file.toString());
            written.ifPresent(files -> FigureOutput.describe(files, document.putArray("figures")));
            console.result(document);
        } else {
            console.result(file.toString());
            written.ifPresent(files -> console.result(FigureOutput.sentence(files)));
        }
        return written.flatMap(FigureFiles.Written::withoutPng).isPresent()
                ? ExitCode.FAILED
                : ExitCode.DONE;
    }

    /** Checks what was asked and makes the directory; empty when no figures are wanted. */
    private Optional<FigureOutput> figureOutput() {
        if (figures == null) {
            if (figureWidth != null) {
                throw new UserException("--figure-width: is for figures; add --figures DIR.");
            }
            return Optional.empty();
        }
        return Optional.of(FigureOutput.of(figures, figureWidth));
    }
}
