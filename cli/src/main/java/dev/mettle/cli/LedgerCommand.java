package dev.mettle.cli;

import dev.mettle.ledger.LedgerReader;
import dev.mettle.ledger.LedgerTable;
import dev.mettle.ledger.SqliteLedger;
import dev.mettle.report.WholeFile;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/** {@code ledger RUN}: every instance of a run, as a table. */
@Command(
        name = "ledger",
        description = {
            "Prints every instance of a run: candidate, settings, seeds, outcome, loss, metrics.",
            "The same study gives the same table; only elapsed_seconds, host and software, at the"
                    + " end, differ."
        },
        footer = {"", "Example: mettle ledger runs/quick --format csv > losses.csv"})
final class LedgerCommand implements Callable<Integer> {
    /** How a table is written. */
    enum Format {
        csv,
        json
    }

    /** Which table. */
    enum Table {
        losses,
        decisions
    }

    private final Console console;

    @Parameters(paramLabel = "RUN", description = "Directory of the run.")
    private Path run = Path.of("runs");

    @Option(
            names = "--format",
            paramLabel = "F",
            description = "${COMPLETION-CANDIDATES}; csv by default.")
    private Format format = Format.csv;

    @Option(
            names = "--table",
            paramLabel = "T",
            description =
                    "${COMPLETION-CANDIDATES}; decisions are the eliminations with their reasons.")
    private Table table = Table.losses;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Write to a file instead of standard output.")
    private @Nullable Path out;

    @Option(
            names = "--backup",
            paramLabel = "FILE",
            description = "Copy the ledger itself, also while a run goes on.")
    private @Nullable Path backup;

    LedgerCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        RunDirectory directory = RunDirectory.existing(run);
        try (var ledger = SqliteLedger.openReadOnly(directory.ledger())) {
            if (backup != null) {
                ledger.backup(backup);
                console.result(backup.toString());
            } else if (out != null) {
                writeFile(rows(ledger), out);
            } else {
                write(rows(ledger), console.out());
            }
        }
        return ExitCode.DONE;
    }

    private LedgerTable rows(LedgerReader ledger) {
        return switch (table) {
            case losses -> LedgerTable.losses(ledger);
            case decisions -> LedgerTable.decisions(ledger);
        };
    }

    private void writeFile(LedgerTable rows, Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new UserException("--out %s: is a directory; name a file in it.".formatted(file));
        }
        WholeFile.write(file, out -> write(rows, out));
        console.result(file.toString());
    }

    private void write(LedgerTable rows, OutputStream out) throws IOException {
        Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        switch (format) {
            case csv -> rows.writeCsv(writer);
            case json -> rows.writeJson(writer);
        }
        writer.flush();
    }
}
