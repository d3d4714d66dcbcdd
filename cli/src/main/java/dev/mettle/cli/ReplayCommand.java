package dev.mettle.cli;

import dev.mettle.core.replay.Contestant;
import dev.mettle.core.replay.NoFiniteTruthException;
import dev.mettle.core.replay.Replay;
import dev.mettle.core.selection.LossTable;
import dev.mettle.core.statistics.Criterion;
import dev.mettle.core.statistics.Losses;
import dev.mettle.core.study.StudyDefaults;
import dev.mettle.ledger.SqliteLedger;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;

/** {@code replay}: selection algorithms on a recorded table. */
@Command(
        name = "replay",
        description = {
            "Runs selection algorithms on recorded losses, many times, each time with the instances"
                + " in another order: how many trainings each needs, and how good its picks are."
                + " Nothing is trained.",
            "The table must be full: a run with 'algorithm: exhaustive', or a CSV file (.csv,"
                    + " .csv.gz) with the columns candidate, instance, loss."
        },
        footer = {
            "",
            "Examples: mettle replay runs/exhaustive --algorithm progressive --algorithm"
                    + " halving:eta=3",
            "          mettle replay losses.csv.gz --truth fresh.csv.gz --criterion"
                    + " mean,median,max,iqr"
        })
final class ReplayCommand implements Callable<Integer> {
    /** What is replayed when the user names no algorithm. */
    private static final List<String> USUAL =
            List.of("progressive", "halving", "racing", "exhaustive");

    private final Console console;

    @ArgGroup(multiplicity = "1")
    private Source source = new Source();

    @Option(
            names = "--algorithm",
            paramLabel = "A",
            description =
                    "An algorithm of study files with its settings, such as progressive,"
                        + " halving:eta=3 or exhaustive:instances=5; several times to compare. By"
                        + " default progressive, halving, racing and exhaustive.")
    private List<String> algorithms = List.of();

    @Option(
            names = "--criterion",
            paramLabel = "C,C,...",
            split = ",",
            description =
                    "What the algorithms choose by: mean, median, max, iqr, quantile(0.9), ...;"
                            + " several to compare what each picks. By default the mean.")
    private List<String> criteria = List.of();

    @Option(
            names = "--truth",
            paramLabel = "FILE",
            description =
                    "Losses of other instances of some of the candidates (CSV), which judge the"
                            + " picks. Without it the table itself does, which flatters.")
    private @Nullable Path truth;

    @Option(
            names = "--previews",
            paramLabel = "FILE",
            description =
                    "Losses of candidates of the table trained on fewer rows (CSV), for"
                            + " racing:preview_rows=N; candidates without are left out.")
    private @Nullable Path previews;

    @Option(
            names = "--purpose",
            paramLabel = "P",
            description =
                    "Of a CSV table with several purposes: the rows of this one; race by default.")
    private @Nullable String purpose;

    @Option(
            names = "--repeats",
            paramLabel = "R",
            description = "How often; " + Replay.REPEATS + " by default.")
    private int repeats = Replay.REPEATS;

    @Option(
            names = "--picks",
            paramLabel = "FILE",
            description =
                    "Also write every repeat's pick: a line of JSON each, with method, repeat,"
                            + " trainings, pick.")
    private @Nullable Path picks;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "Also write this page, one HTML file with plots.")
    private @Nullable Path report;

    @Mixin private Threads threads = new Threads();

    @Mixin private JsonOption json = new JsonOption();

    /** Where the losses come from; exactly one is set. */
    static final class Source {
        @Parameters(paramLabel = "TABLE", description = "Directory of a run, or a CSV file.")
        private @Nullable Path positional;

        @Option(names = "--table", paramLabel = "FILE", description = "The same: a CSV file.")
        private @Nullable Path table;

        Path path() {
            return positional != null ? positional : Objects.requireNonNull(table);
        }
    }

    ReplayCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (repeats < 1) {
            throw new UserException("--repeats %d: must be 1 or more.".formatted(repeats));
        }
        if (report != null) {
            Reports.require("--report", report);
        }
        if (picks != null) {
            Reports.require("--picks", picks);
        }
        Path from = source.path();
        List<String> notes = new ArrayList<>();
        LossTable table = read(from, notes);
        if (previews != null) {
            table = withPreviews(previews, table, notes);
        }
        List<Contestant> contestants = contestants(table.instances());
        requirePreviews(contestants);
        Map<String, Losses> fresh = truth == null ? Map.of() : fresh(truth, table, notes);
        notes.forEach(note -> console.message("note: " + note));
        show(
                new ReplayResult(
                        from.toString(),
                        Optional.ofNullable(truth).map(Path::toString),
                        notes,
                        replay(from, table, fresh, contestants),
                        repeats));
        return ExitCode.DONE;
    }

    private LossTable read(Path source, List<String> notes) {
        if (!Files.isDirectory(source)) {
            FullLossTable full = FullLossTable.read(source, purpose);
            notes.addAll(full.notes());
            return full.table();
        }
        if (purpose != null) {
            throw new UserException(
                    "--purpose is for CSV tables; of a run the race is replayed. Take it out.");
        }
        RunDirectory directory = RunDirectory.existing(source);
        try (var ledger = SqliteLedger.openReadOnly(directory.ledger())) {
            ledger.plan()
                    .per()
                    .ifPresent(per ->
                            notes.add(
                                    "the run picks a winner for each value of %s; here all candidates are in one race."
                                            .formatted(per)));
            return FullRace.whole(directory.path(), ledger);
        }
    }

    /** Returns the candidates of the table that have previews, with them. */
    private static LossTable withPreviews(Path file, LossTable table, List<String> notes) {
        LossTable previews = FullLossTable.read(file, null).table();
        Set<String> known = Set.copyOf(table.candidates());
        if (previews.instances() != table.instances()
                || !known.containsAll(previews.candidates())) {
            throw new UserException(
                    "--previews %s: it needs candidates of the table with %d instances each, as the table has, but has %,d candidates with %d%s."
                            .formatted(
                                    file,
                                    table.instances(),
                                    previews.candidates().size(),
                                    previews.instances(),
                                    known.containsAll(previews.candidates())
                                            ? ""
                                            : ", some of them not in the table"));
        }
        Set<String> wanted = Set.copyOf(previews.candidates());
        LossTable both =
                new LossTable(
                        table.candidates().stream().filter(wanted::contains).toList(),
                        table.instances());
        for (String candidate : both.candidates()) {
            for (int j = 0; j < both.instances(); j++) {
                both.put(candidate, j, table.loss(candidate, j));
                both.previews().put(candidate, j, previews.loss(candidate, j));
            }
        }
        if (wanted.size() < known.size()) {
            notes.add(
                    "%,d of the %,d candidates have previews; the others are left out."
                            .formatted(wanted.size(), known.size()));
        }
        return both;
    }

    private void requirePreviews(List<Contestant> contestants) {
        contestants.stream()
                .filter(one -> one.settings().algorithm().previewRows().isPresent())
                .findFirst()
                .filter(_ -> previews == null)
                .ifPresent(one -> {
                    throw new UserException(
                            "--algorithm %s: previews are trainings on fewer rows, which the table does not hold; give their losses with --previews FILE."
                                    .formatted(one.label()));
                });
    }

    private List<Contestant> contestants(int instances) {
        ContestantOption option = new ContestantOption(instances);
        List<String> names = criteria.isEmpty() ? List.of(usualCriterion()) : criteria;
        List<Contestant> contestants = new ArrayList<>();
        for (String algorithm : algorithms.isEmpty() ? USUAL : algorithms) {
            for (String name : names) {
                Criterion criterion = Criteria.parse(name);
                Contestant contestant = option.read(algorithm, criterion);
                contestants.add(
                        names.size() == 1
                                ? contestant
                                : new Contestant(
                                        algorithm + " by " + criterion.label(),
                                        contestant.settings()));
            }
        }
        return contestants;
    }

    private static String usualCriterion() {
        return StudyDefaults.CRITERION.label();
    }

    private static Map<String, Losses> fresh(Path file, LossTable table, List<String> notes) {
        LossTableFile read = LossTableFile.read(file, null);
        notes.addAll(read.notes());
        List<String> known = table.candidates();
        long strangers = read.losses().keySet().stream().filter(id -> !known.contains(id)).count();
        if (strangers == read.losses().size()) {
            throw new UserException(
                    "--truth %s: none of its %,d candidates is in the table (it has %s, the table %s)."
                            .formatted(
                                    file,
                                    strangers,
                                    read.losses().firstEntry().getKey(),
                                    known.getFirst()));
        }
        if (strangers > 0) {
            notes.add(
                    "%,d candidates of %s are not in the table and are left out."
                            .formatted(strangers, file));
        }
        return read.losses();
    }

    private Replay replay(
            Path from, LossTable table, Map<String, Losses> fresh, List<Contestant> contestants)
            throws InterruptedException {
        CountProgress progress = new CountProgress(console, "repeats", repeats, System::nanoTime);
        try {
            return Replay.of(
                    table, fresh, contestants, repeats, threads.count(), progress::finished);
        } catch (NoFiniteTruthException _) {
            throw new UserException(
                    "there is nothing to choose in %s: every candidate has a failed instance, so no mean is finite."
                            .formatted(from));
        } finally {
            progress.end();
        }
    }

    private void show(ReplayResult result) {
        if (picks != null) {
            result.writePicks(picks);
        }
        if (report != null) {
            result.writeReport(report);
        }
        Optional<Path> page = Optional.ofNullable(report);
        if (json.wanted()) {
            console.result(ReplayJson.of(result, page));
        } else {
            console.result(
                    ReplayText.of(result) + page.map(file -> "\nreport     " + file).orElse(""));
        }
    }
}
