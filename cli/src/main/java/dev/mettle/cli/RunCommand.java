package dev.mettle.cli;

import dev.mettle.core.run.RunSummary;
import dev.mettle.core.run.StudyRun;
import dev.mettle.core.selection.Ranked;
import dev.mettle.core.study.Study;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

/** {@code run STUDY}: select, certify, report. */
@Command(
        name = "run",
        description = {
            "Selects a robust model, certifies the winner, audits the race and writes a report.",
            "The run is kept in runs/<study>. A run that was interrupted goes on by the same"
                    + " command."
        },
        footer = {"", "Example: mettle run examples/calorimeter/quick.yaml"})
final class RunCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "STUDY", description = "The study file (YAML).")
    private Path study = Path.of("study.yaml");

    @Option(names = "--fresh", description = "Start over; the old run is moved aside, not deleted.")
    private boolean fresh;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Directory of the run; runs/<study> by default.")
    private @Nullable Path out;

    @Mixin private Threads threads = new Threads();

    @Mixin private JsonOption json = new JsonOption();

    RunCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        OpenStudy open = OpenStudy.read(study, console);
        open.warn(console);
        RunDirectory directory = RunDirectory.of(out, open.study().name());
        MemoryEstimate.require(open, threads.count());
        if (fresh && directory.exists()) {
            Session.requireIdle(open, directory);
            console.message("The old run is kept in " + directory.setAside() + ".");
        }
        try (Interruption _ = new Interruption(console, directory.path());
                Session session = Session.start(open, directory, threads.count(), console)) {
            return run(session);
        }
    }

    private int run(Session session) throws InterruptedException {
        Stopwatch stopwatch = new Stopwatch();
        Progress progress = Progress.of(session, console);
        try (RunLog log =
                new RunLog(session.directory().log(), session.ledger().plan(), progress)) {
            StudyRun run =
                    new StudyRun(
                            session.open().study(),
                            session.open().rounds(),
                            session.executor(),
                            session.ledger(),
                            log);
            announceAudit(session);
            List<Ranked> finalists = run.select();
            run.certify(finalists, session.open().testChecksum());
            run.audit(finalists);
            progress.end();
            session.measureBaseline(console);
        } finally {
            progress.end();
        }
        Reports.write(session.ledger(), session.directory().report());
        RunSummary summary = RunSummary.of(session.ledger());
        show(summary, session.directory(), progress.trained(), stopwatch.seconds());
        return summary.succeeded() ? ExitCode.DONE : ExitCode.FAILED;
    }

    /** Says what the audit costs before anything is trained. */
    private void announceAudit(Session session) {
        Study study = session.open().study();
        long trainings = CostEstimate.auditTrainings(study, session.open().rounds());
        if (trainings > 0 && session.ledger().audit().isEmpty()) {
            console.message(
                    String.format(
                            Locale.ROOT,
                            "An audit follows the race: %,d of the dropped candidates are trained"
                                    + " in full, at most %,d trainings (audit: 0 in 'selection'"
                                    + " leaves it out).",
                            CostEstimate.audited(study, session.open().rounds()),
                            trainings));
        }
    }

    private void show(RunSummary summary, RunDirectory directory, int trained, double seconds) {
        if (json.wanted()) {
            console.result(RunJson.of(summary, directory.path(), trained, seconds));
        } else {
            console.result(RunText.of(summary, directory, trained, seconds));
        }
    }
}
