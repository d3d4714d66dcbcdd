package dev.mettle.cli;

import dev.mettle.core.instance.InstanceKey;
import dev.mettle.core.instance.InstanceResult;
import dev.mettle.core.random.Purpose;
import dev.mettle.core.run.CandidateRecord;
import dev.mettle.core.run.RunRecord;
import dev.mettle.core.run.SizeStudy;
import dev.mettle.core.statistics.Robustness;
import dev.mettle.core.study.Candidate;
import dev.mettle.core.study.CandidateChooser;
import dev.mettle.core.study.Study;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.concurrent.Callable;

/** {@code sample-size}: from how many training rows on a candidate is robust. */
@Command(
        name = "sample-size",
        description = {
            "Finds the smallest training sample from which on a candidate is robust: losses against"
                    + " the number of rows, tested from the largest size down and from the smallest"
                    + " up.",
            "With --contrast DIM, also for the candidates that differ in that setting alone, and"
                    + " how many times more rows one needs than the other.",
            "With --table, takes losses made elsewhere: a CSV file with the columns candidate,"
                    + " rows, instance, loss."
        },
        footer = {
            "",
            "Examples: mettle sample-size study.yaml --candidate winner",
            "          mettle sample-size study.yaml --candidate 3fa2 --contrast bias --sizes"
                    + " 300,600,1200,2400",
            "          mettle sample-size --table losses.csv"
        })
final class SampleSizeCommand implements Callable<Integer> {
    /** Instances at each size when the user names no number. */
    static final int DEFAULT_INSTANCES = 50;

    private final Console console;

    @ArgGroup(multiplicity = "1")
    private StudyOrTable source = new StudyOrTable();

    @Option(
            names = "--candidate",
            paramLabel = "C",
            description =
                    "Id or its beginning, 'winner', or c1=8,lr=0.001,...; not needed when there is"
                            + " only one. Give it several times to compare candidates.")
    private List<String> candidates = List.of();

    @Option(
            names = "--contrast",
            paramLabel = "DIM",
            description =
                    "Also the candidates that differ in this dimension alone, such as bias: with"
                            + " and without given features.")
    private @Nullable String contrast;

    @Option(
            names = "--sizes",
            paramLabel = "A,B,...",
            description =
                    "Rows of the training samples, increasing, at most half the pool; by default"
                            + " seven, each about twice the one before, up to half the pool.")
    private @Nullable String sizes;

    @Option(
            names = "--instances",
            paramLabel = "N",
            description = "Trainings at each size; " + DEFAULT_INSTANCES + " by default.")
    private int instances = DEFAULT_INSTANCES;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Directory of the run; runs/<study> by default.")
    private @Nullable Path out;

    @Mixin private Threads threads = new Threads();

    @Mixin private JsonOption json = new JsonOption();

    @Spec private @Nullable CommandSpec spec;

    SampleSizeCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (source.isTable()) {
            StudyOrTable.refuse(
                    spec,
                    List.of("--sizes", "--instances", "--contrast", "--threads", "--out"),
                    StudyOrTable.FOR_STUDIES::formatted);
            SizeTableFile table = SizeTableFile.read(source.table(), candidates);
            show(new SizeAnswer(table.study(), Optional.empty(), Optional.empty()));
        } else {
            train(source.study());
        }
        return ExitCode.DONE;
    }

    private void show(SizeAnswer report) {
        if (json.wanted()) {
            console.result(report.document());
        } else {
            console.result(report.text());
        }
    }

    private void train(Path file) throws InterruptedException {
        requireEnoughInstances();
        OpenStudy read = OpenStudy.read(file, console);
        read.warn(console);
        RunDirectory directory = RunDirectory.of(out, read.study().name());
        OpenStudy open = read.knowing(directory);
        List<Candidate> chosen = Candidates.look(directory, run -> choose(open.study(), run));
        List<Integer> rows = SampleSizes.of(sizes, open, chosen);
        MemoryEstimate.require(open, threads.count(), rows.getLast());
        warnOfBatches(chosen, rows);
        try (Interruption _ = new Interruption(console, directory.path());
                Session session = Session.start(open, directory, threads.count(), console)) {
            List<List<InstanceResult>> results = train(session, chosen, rows);
            List<CandidateRecord> records =
                    open.candidateRecords().stream()
                            .filter(record ->
                                    chosen.stream().anyMatch(c -> c.id().equals(record.id())))
                            .toList();
            Reports.write(session.ledger(), directory.report());
            show(
                    new SizeAnswer(
                            SizeStudy.of(session.ledger().plan(), records, results),
                            Optional.of(directory),
                            Optional.of(session.ledger().plan())));
        }
    }

    private void requireEnoughInstances() {
        int fewest = Robustness.Limits.DEFAULT.instances();
        if (instances < fewest) {
            throw new UserException(
                    "--instances %d: a verdict needs %d or more at each size."
                            .formatted(instances, fewest));
        }
    }

    /** In the order of the study, each once. */
    private List<Candidate> choose(Study study, Optional<RunRecord> run) {
        List<Candidate> named = new ArrayList<>();
        if (candidates.isEmpty()) {
            named.add(Candidates.choose(study, run, null));
        }
        candidates.forEach(name -> named.add(Candidates.choose(study, run, name)));
        if (contrast != null) {
            if (named.size() > 1) {
                throw new UserException(
                        "--contrast finds the candidates to compare with one; give --candidate"
                                + " once.");
            }
            named.addAll(CandidateChooser.siblings(study.candidates(), named.getFirst(), contrast));
        }
        return study.candidates().stream().filter(named::contains).toList();
    }

    private void warnOfBatches(List<Candidate> chosen, List<Integer> rows) {
        int batch =
                chosen.stream().mapToInt(candidate -> candidate.recipe().batch()).max().orElse(0);
        List<Integer> below = rows.stream().filter(size -> size < batch).toList();
        if (!below.isEmpty()) {
            console.message(
                    format(
                            "note: at %s rows the sample is smaller than a batch (%,d rows): every"
                                    + " epoch is a single step.",
                            SampleSizes.list(below).replace(",", ", "), batch));
        }
    }

    private List<List<InstanceResult>> train(
            Session session, List<Candidate> chosen, List<Integer> rows)
            throws InterruptedException {
        SequencedSet<InstanceKey> wanted = new LinkedHashSet<>();
        for (int i = 0; i < instances; i++) { // the time that is left is then foreseen best
            for (int size : rows.reversed()) {
                for (Candidate candidate : chosen) {
                    wanted.add(
                            InstanceKey.paired(candidate.id(), Purpose.SAMPLE_SIZE, i)
                                    .withRows(size));
                }
            }
        }
        Trainings trainings = new Trainings(session, console);
        announce(session, chosen, rows, wanted.size(), trainings.missing(wanted));
        List<InstanceResult> results = trainings.results("sample sizes", wanted);
        return chosen.stream()
                .map(candidate ->
                        results.stream()
                                .filter(result -> result.key().candidate().equals(candidate.id()))
                                .toList())
                .toList();
    }

    private void announce(
            Session session,
            List<Candidate> chosen,
            List<Integer> rows,
            int wanted,
            List<InstanceKey> missing) {
        String what =
                format(
                        "%d %s from %,d to %,d rows, %d instances each, %d %s: %,d trainings",
                        rows.size(),
                        rows.size() == 1 ? "size" : "sizes",
                        rows.getFirst(),
                        rows.getLast(),
                        instances,
                        chosen.size(),
                        chosen.size() == 1 ? "candidate" : "candidates",
                        wanted);
        if (missing.isEmpty()) {
            console.message(what + ", all of them in the run already");
            return;
        }
        double seconds = CostEstimate.seconds(session.open(), missing, threads.count());
        console.message(
                format(
                        "%s%s; about %s on this machine with %d %s",
                        what,
                        missing.size() == wanted
                                ? ""
                                : format(", %,d of them to do", missing.size()),
                        Numbers.duration(seconds),
                        threads.count(),
                        threads.count() == 1 ? "thread" : "threads"));
        console.message(
                "every size trains for as many epochs as the study says, so larger samples take"
                        + " more steps");
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
