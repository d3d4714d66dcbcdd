package dev.mettle.cli;

import dev.mettle.ledger.SqliteLedger;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.nio.file.Path;
import java.util.concurrent.Callable;

/** {@code report RUN}: the HTML report of a run, finished or not. */
@Command(
        name = "report",
        description =
                "Writes the HTML report of a run, finished or not; one file that needs no network.",
        footer = {"", "Example: mettle report runs/quick"})
final class ReportCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "RUN", description = "Directory of the run.")
    private Path run = Path.of("runs");

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "The file to write; RUN/report.html by default.")
    private @Nullable Path out;

    ReportCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        RunDirectory directory = RunDirectory.existing(run);
        Path file = out != null ? out : directory.report();
        try (var ledger = SqliteLedger.openReadOnly(directory.ledger())) {
            Reports.write(ledger, file);
        }
        console.result(file.toString());
        return ExitCode.DONE;
    }
}
