package dev.mettle.cli;

import dev.mettle.core.instance.InstanceKey;
import dev.mettle.core.instance.InstanceResult;
import dev.mettle.core.run.GeneralizationRecord;
import dev.mettle.core.run.LossWords;
import dev.mettle.core.statistics.Robustness;
import dev.mettle.ledger.SqliteLedger;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.SequencedSet;
import java.util.concurrent.Callable;

/** {@code generalize RUN --data STUDY2}: is what is robust here robust on other data? */
@Command(
        name = "generalize",
        description = {
            "Trains the selected candidates of a run, and some of the dropped ones drawn at random,"
                    + " on the data of another study: does robustness there follow from robustness"
                    + " here?",
            "Every candidate is trained equally often on both. Instances are kept in the ledgers of"
                    + " both runs; those that are there already are not trained again."
        },
        footer = {
            "",
            "Example: mettle generalize runs/clean --data examples/factors/noisy.yaml",
            "STUDY2 is a study with data and sample of its own; copy 'model', 'space' and"
                    + " 'training' from the run's study."
        })
final class GeneralizeCommand implements Callable<Integer> {
    private static final int DEFAULT_DROPPED = 20;

    private final Console console;

    @Parameters(paramLabel = "RUN", description = "Directory of the run.")
    private Path run = Path.of("runs");

    @Option(
            names = "--data",
            paramLabel = "STUDY2",
            required = true,
            description = "Study file with the other data, harder ones usually.")
    private Path data = Path.of("study.yaml");

    @Option(
            names = "--instances",
            paramLabel = "N",
            description =
                    "Trainings of each candidate on each data set; "
                            + AssessCommand.DEFAULT_INSTANCES
                            + " by default.")
    private int instances = AssessCommand.DEFAULT_INSTANCES;

    @Option(
            names = "--dropped",
            paramLabel = "N",
            description =
                    "Dropped candidates, drawn at random; " + DEFAULT_DROPPED + " by default.")
    private int dropped = DEFAULT_DROPPED;

    @Option(
            names = "--selected",
            paramLabel = "N",
            description =
                    "Finalists that count as selected, best first; all by default. The others count"
                            + " as dropped.")
    private @Nullable Integer selected;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Directory of STUDY2's run; runs/<study2> by default.")
    private @Nullable Path out;

    @Mixin private Threads threads = new Threads();

    @Mixin private JsonOption json = new JsonOption();

    GeneralizeCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        requireCounts();
        RunDirectory directory = RunDirectory.existing(run);
        OpenStudy here = OpenStudy.ofRun(directory, console);
        OpenStudy there =
                Candidates.look(
                        directory, run -> OpenStudy.read(data, console).knowing(run.orElseThrow()));
        there.warn(console);
        RunDirectory other = RunDirectory.of(out, there.study().name());
        requireOther(directory, other);
        ComparedCandidates chosen = choose(directory);
        chosen.requireIn(there, here);
        MemoryEstimate.require(here, there, threads.count());
        chosen.notes(here, there).forEach(console::message);
        note();
        try (Interruption _ = new Interruption(console, List.of(directory.path(), other.path()));
                Session first = Session.start(here, directory, threads.count(), console);
                Session second = Session.start(there, other, threads.count(), console)) {
            GeneralizationRecord record = train(first, second, chosen);
            first.ledger().recordGeneralization(record);
            first.ledger().flush();
            Reports.write(first.ledger(), directory.report());
            show(first, record);
        }
        return ExitCode.DONE;
    }

    private void requireCounts() {
        if (instances < 2) {
            throw new UserException("--instances %d: must be 2 or more.".formatted(instances));
        }
        if (dropped < 0) {
            throw new UserException("--dropped %d: must be 0 or more.".formatted(dropped));
        }
        if (selected != null && selected < 1) {
            throw new UserException("--selected %d: must be 1 or more.".formatted(selected));
        }
    }

    private void note() {
        int needed = Robustness.Limits.DEFAULT.instances();
        if (instances < needed) {
            console.message(
                    "note: a verdict on robustness needs %d trainings; with %d only failures decide."
                            .formatted(needed, instances));
        }
    }

    private void requireOther(RunDirectory directory, RunDirectory other) {
        try {
            if (other.exists() && Files.isSameFile(directory.path(), other.path())) {
                throw new UserException(
                        "%s is the run itself; --data names a study with other data, whose run is in another directory (--out DIR)."
                                .formatted(other.path()));
            }
        } catch (IOException e) {
            throw new UserException(
                    "can't read %s: %s.".formatted(other.path(), Failures.reason(e)));
        }
    }

    private ComparedCandidates choose(RunDirectory directory) {
        try (var ledger = SqliteLedger.openReadOnly(directory.ledger())) {
            return ComparedCandidates.of(
                    ledger, Candidates.finalists(ledger), selected, dropped, console);
        }
    }

    private GeneralizationRecord train(Session here, Session there, ComparedCandidates chosen)
            throws InterruptedException {
        SequencedSet<InstanceKey> wanted = new LinkedHashSet<>();
        chosen.ids().forEach(id -> wanted.addAll(GeneralizationRecord.keys(id, instances)));
        Trainings first = new Trainings(here, console);
        Trainings second = new Trainings(there, console);
        announce(here, first.missing(wanted), there, second.missing(wanted), chosen);
        first.results("on " + name(here), wanted);
        List<InstanceResult> results = second.results("on " + name(there), wanted);
        return new GeneralizationRecord(
                name(there),
                there.directory().path().toString(),
                there.open().study().data().source().label(),
                there.open().data().checksum(),
                LossWords.of(there.ledger().plan()),
                instances,
                chosen.dropped(),
                chosen.ids().stream()
                        .map(id ->
                                new GeneralizationRecord.Member(
                                        id,
                                        chosen.selected().contains(id),
                                        GeneralizationRecord.losses(
                                                GeneralizationRecord.keys(id, instances), results)))
                        .toList());
    }

    private static String name(Session session) {
        return session.open().study().name();
    }

    /** Says what will be trained and how long that takes, before it begins. */
    private void announce(
            Session here,
            List<InstanceKey> missingHere,
            Session there,
            List<InstanceKey> missingThere,
            ComparedCandidates chosen) {
        String plan =
                String.format(
                        Locale.ROOT,
                        "%s, %d trainings each on %s and on %s: %,d and %,d to do",
                        chosen.text(),
                        instances,
                        name(here),
                        name(there),
                        missingHere.size(),
                        missingThere.size());
        double seconds =
                CostEstimate.seconds(here.open(), missingHere, threads.count())
                        + CostEstimate.seconds(there.open(), missingThere, threads.count());
        console.message(seconds > 0 ? plan + ", about " + Numbers.duration(seconds) : plan);
        RunLog.append(here.directory().log(), "generalizing: " + plan);
    }

    private void show(Session here, GeneralizationRecord record) {
        GeneralizationText text =
                new GeneralizationText(
                        here.ledger(), record, here.open().study().selection().criterion());
        if (json.wanted()) {
            console.result(text.document(here.directory()));
        } else {
            console.result(text.text(here.directory()));
        }
    }
}
