package dev.mettle.cli;

import dev.mettle.core.run.RaceTables;
import dev.mettle.core.selection.LossTable;
import dev.mettle.core.stability.NoBestCandidateException;
import dev.mettle.core.stability.Stability;
import dev.mettle.core.stability.StabilitySettings;
import dev.mettle.core.statistics.Criterion;
import dev.mettle.core.study.StudyDefaults;
import dev.mettle.ledger.SqliteLedger;
import dev.mettle.report.TableReport;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.Callable;

/** {@code stability}: how the choice depends on the number of instances per candidate. */
@Command(
        name = "stability",
        description = {
            "Shows how the pick, its place, its regret and the trainings saved change with the"
                    + " number of instances per candidate.",
            "Needs all instances of all candidates: a run with 'selection: {algorithm:"
                    + " exhaustive}', or a table with the columns candidate, instance (or init and"
                    + " sample), loss. Nothing is trained."
        },
        footer = {
            "",
            "Examples: mettle stability runs/exhaustive",
            "          mettle stability --table losses.csv --instances 3,10,30 --criterion"
                    + " quantile(0.9)"
        })
final class StabilityCommand implements Callable<Integer> {
    private final Console console;

    @ArgGroup(multiplicity = "1")
    private Source source = new Source();

    @Option(
            names = "--instances",
            paramLabel = "N,N,...",
            split = ",",
            description =
                    "Numbers of instances per candidate to choose by; 5, 10, 20, 50 by default, up"
                            + " to those of the table.")
    private List<Integer> instances = List.of();

    @Option(
            names = "--criterion",
            paramLabel = "C",
            description =
                    "What is compared: mean, median, max, quantile(0.9), ...; that of the study,"
                            + " or the mean, by default.")
    private @Nullable String criterion;

    @Option(
            names = "--repeats",
            paramLabel = "R",
            description =
                    "How often the table is resampled; "
                            + StabilitySettings.REPEATS
                            + " by default.")
    private int repeats = StabilitySettings.REPEATS;

    @Option(
            names = "--purpose",
            paramLabel = "P",
            description =
                    "With --table: the rows of this purpose, where there are several; race by"
                            + " default.")
    private @Nullable String purpose;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "With --table: also write this page, one HTML file with plots.")
    private @Nullable Path report;

    @Mixin private Threads threads = new Threads();

    @Mixin private JsonOption json = new JsonOption();

    /** Where the losses come from. */
    static final class Source {
        @Parameters(paramLabel = "RUN", description = "Directory of the run.")
        private @Nullable Path run;

        @Option(names = "--table", paramLabel = "FILE", description = "Losses of any origin (CSV).")
        private @Nullable Path table;
    }

    StabilityCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (repeats < 1) {
            throw new UserException("--repeats %d: must be 1 or more.".formatted(repeats));
        }
        if (source.table != null) {
            ofTable(source.table);
        } else if (source.run != null) {
            if (purpose != null || report != null) {
                throw new UserException(
                        "%s is for --table; a run's own report.html is written again. Take it out."
                                .formatted(purpose != null ? "--purpose" : "--report"));
            }
            ofRun(RunDirectory.existing(source.run));
        }
        return ExitCode.DONE;
    }

    private void ofTable(Path file) throws InterruptedException {
        if (report != null) {
            Reports.require("--report", report);
        }
        FullLossTable full = FullLossTable.read(file, purpose);
        full.notes().forEach(note -> console.message("note: " + note));
        Stability stability =
                resample(file.toString(), full.table(), criterion(StudyDefaults.CRITERION.label()));
        if (report != null) {
            Path target = report;
            String name = String.valueOf(file.getFileName());
            TableReport page = new TableReport(name, full.notes(), Version.number());
            Reports.write(target, () -> page.writeStability(stability, target));
        }
        show(
                new StabilityResult(
                        file.toString(),
                        false,
                        Optional.empty(),
                        Map.of("", stability),
                        Optional.ofNullable(report)));
    }

    private void ofRun(RunDirectory directory) throws InterruptedException {
        try (var ledger = SqliteLedger.openReadOnly(directory.ledger())) {
            Optional<String> per = ledger.plan().per();
            Criterion compared = criterion(ledger.plan().criterion());
            RaceTables tables = FullRace.read(directory.path(), ledger);
            SequencedMap<String, Stability> byGroup = new LinkedHashMap<>();
            for (var group : tables.byGroup().entrySet()) {
                if (group.getValue().candidates().size() > 1) {
                    String name = directory.path() + label(" with ", per, group.getKey());
                    byGroup.put(group.getKey(), resample(name, group.getValue(), compared));
                }
            }
            if (byGroup.isEmpty()) {
                throw new UserException(
                        "%s has one candidate%s; a choice needs at least two."
                                .formatted(
                                        directory.path(),
                                        per.map(" for each value of "::concat).orElse("")));
            }
            Reports.write(ledger, directory.report());
            show(
                    new StabilityResult(
                            directory.path().toString(),
                            true,
                            per,
                            byGroup,
                            Optional.of(directory.report())));
        }
    }

    private static String label(String start, Optional<String> per, String group) {
        return per.map(dimension -> "%s%s=%s".formatted(start, dimension, group)).orElse("");
    }

    private Criterion criterion(String usual) {
        return Criteria.parse(criterion != null ? criterion : usual);
    }

    private Stability resample(String name, LossTable table, Criterion compared)
            throws InterruptedException {
        StabilitySettings settings = settings(name, table.instances(), compared);
        CountProgress progress = new CountProgress(console, "repeats", repeats, System::nanoTime);
        try {
            return Stability.of(table, settings, threads.count(), progress::finished);
        } catch (NoBestCandidateException _) {
            throw new UserException(
                    "there is nothing to choose in %s: the %s of every candidate is infinite, since each has a failed instance. --criterion median looks past them."
                            .formatted(name, compared.label()));
        } finally {
            progress.end();
        }
    }

    private StabilitySettings settings(String name, int available, Criterion compared) {
        if (instances.isEmpty()) {
            return StabilitySettings.usual(compared, available, repeats);
        }
        List<Integer> asked = instances.stream().distinct().sorted().toList();
        if (asked.getFirst() < 1 || asked.getLast() > available) {
            throw new UserException(
                    "--instances %s: %s has %d instances per candidate; ask for numbers from 1 to %d."
                            .formatted(
                                    String.join(
                                            ",", instances.stream().map(String::valueOf).toList()),
                                    name,
                                    available,
                                    available));
        }
        return new StabilitySettings(compared, asked, repeats);
    }

    private void show(StabilityResult result) {
        if (json.wanted()) {
            console.result(result.document());
            return;
        }
        List<String> texts = new ArrayList<>();
        result.byGroup()
                .forEach((group, stability) ->
                        texts.add(StabilityText.of(label("", result.per(), group), stability)));
        result.report().ifPresent(file -> texts.add("report     " + file));
        console.result(String.join("\n\n", texts));
    }
}
