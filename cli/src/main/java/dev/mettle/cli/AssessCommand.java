package dev.mettle.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.mettle.core.instance.InstanceKey;
import dev.mettle.core.instance.InstanceResult;
import dev.mettle.core.random.Purpose;
import dev.mettle.core.run.RunRecord;
import dev.mettle.core.statistics.Losses;
import dev.mettle.core.study.Candidate;
import dev.mettle.core.study.Study;
import dev.mettle.report.TableReport;

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
import java.util.Optional;
import java.util.SequencedSet;
import java.util.concurrent.Callable;

/** {@code assess}: the loss distribution of one candidate, or of losses made elsewhere. */
@Command(
        name = "assess",
        description = {
            "Shows the loss distribution of a candidate: every criterion with its interval, robust"
                    + " or not.",
            "With a study, trains the instances that are not in its run yet and keeps them there.",
            "With --table, takes losses made elsewhere: a CSV file with the columns candidate,"
                    + " instance (or init and sample), loss; or one of 'mettle ledger'."
        },
        footer = {
            "",
            "Examples: mettle assess study.yaml --candidate c1=8,lr=0.001 --instances 50",
            "          mettle assess --table losses.csv"
        })
final class AssessCommand implements Callable<Integer> {
    /** Instances when the user names no number: as many as a verdict on robustness needs. */
    static final int DEFAULT_INSTANCES = 20;

    private final Console console;

    @ArgGroup(multiplicity = "1")
    private StudyOrTable source = new StudyOrTable();

    @Option(
            names = "--candidate",
            paramLabel = "C",
            description =
                    "Id or its beginning, 'winner', or c1=8,lr=0.001,...; not needed when there is"
                            + " only one. Give it several times to assess several.")
    private List<String> candidates = List.of();

    @Option(
            names = "--instances",
            paramLabel = "N",
            description = "Trainings; " + DEFAULT_INSTANCES + " by default.")
    private int instances = DEFAULT_INSTANCES;

    @Option(
            names = "--purpose",
            paramLabel = "P",
            description =
                    "With --table: the rows of this purpose (race, certify, assess), where there"
                            + " are several; race by default.")
    private @Nullable String purpose;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Directory of the run; runs/<study> by default.")
    private @Nullable Path out;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description =
                    "With --table: also write this page, one HTML file with plots; a study's are in"
                            + " the report of its run.")
    private @Nullable Path report;

    @Mixin private Threads threads = new Threads();

    @Mixin private JsonOption json = new JsonOption();

    @Spec private @Nullable CommandSpec spec;

    AssessCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        requireFittingOptions();
        if (instances < 1) {
            throw new UserException("--instances %d: must be 1 or more.".formatted(instances));
        }
        if (source.isTable()) {
            if (report != null) {
                Reports.require("--report", report);
            }
            show(read(source.table()), Optional.ofNullable(report));
        } else {
            train(source.study());
        }
        return ExitCode.DONE;
    }

    private void requireFittingOptions() {
        if (source.isTable()) {
            StudyOrTable.refuse(
                    spec,
                    List.of("--instances", "--threads", "--out"),
                    StudyOrTable.FOR_STUDIES::formatted);
        } else {
            StudyOrTable.refuse(
                    spec,
                    List.of("--purpose"),
                    "%s is for --table; a study's own instances are those of assess."::formatted);
            StudyOrTable.refuse(
                    spec,
                    List.of("--report"),
                    "%s is for --table; a study's assessments are in the report of its run."
                            ::formatted);
        }
    }

    private List<Assessment> read(Path table) {
        LossTableFile file = LossTableFile.read(table, purpose);
        List<Assessment> assessments = new ArrayList<>();
        file.losses()
                .forEach((name, losses) -> {
                    if (candidates.isEmpty() || candidates.stream().anyMatch(name::startsWith)) {
                        assessments.add(new Assessment(name, losses, List.of(), Optional.empty()));
                    }
                });
        if (assessments.isEmpty()) {
            throw new UserException(
                    "%s has no candidate that begins with '%s'; it has %s."
                            .formatted(
                                    table,
                                    String.join("' or '", candidates),
                                    String.join(", ", file.losses().keySet())));
        }
        file.notes().forEach(note -> console.message("note: " + note));
        if (report != null) {
            write(table, file.notes(), assessments, report);
        }
        return assessments;
    }

    private static void write(
            Path table, List<String> notes, List<Assessment> assessments, Path page) {
        TableReport tables =
                new TableReport(String.valueOf(table.getFileName()), notes, Version.number());
        List<TableReport.Candidate> candidates =
                assessments.stream()
                        .map(a -> new TableReport.Candidate(a.candidate(), a.losses()))
                        .toList();
        Reports.write(page, () -> tables.writeAssessment(candidates, page));
    }

    private void show(List<Assessment> assessments, Optional<Path> page) {
        if (json.wanted()) {
            ArrayNode all = JsonNodeFactory.instance.arrayNode();
            for (Assessment assessment : assessments) {
                ObjectNode document = assessment.document();
                if (!source.isTable()) {
                    page.ifPresent(file -> document.put("report", file.toString()));
                }
                all.add(document);
            }
            boolean one = !source.isTable() && assessments.size() == 1;
            console.result(one ? all.get(0) : all);
        } else {
            List<String> texts =
                    new ArrayList<>(assessments.stream().map(Assessment::text).toList());
            String last = texts.removeLast();
            texts.add(last + page.map(file -> "\nreport     " + file).orElse(""));
            console.result(String.join("\n\n", texts));
        }
    }

    private void train(Path study) throws InterruptedException {
        OpenStudy read = OpenStudy.read(study, console);
        read.warn(console);
        RunDirectory directory = RunDirectory.of(out, read.study().name());
        OpenStudy open = read.knowing(directory);
        List<Candidate> chosen = Candidates.look(directory, run -> choose(open.study(), run));
        List<Assessment> assessments = new ArrayList<>();
        try (Interruption _ = new Interruption(console, directory.path());
                Session session = Session.start(open, directory, threads.count(), console)) {
            for (Candidate candidate : chosen) {
                assessments.add(assess(session, candidate));
            }
            Reports.write(session.ledger(), directory.report());
        }
        show(assessments, Optional.of(directory.report()));
    }

    /** In the order given, each once. */
    private List<Candidate> choose(Study study, Optional<RunRecord> run) {
        return candidates.isEmpty()
                ? List.of(Candidates.choose(study, run, null))
                : candidates.stream()
                        .map(name -> Candidates.choose(study, run, name))
                        .distinct()
                        .toList();
    }

    private Assessment assess(Session session, Candidate candidate) throws InterruptedException {
        SequencedSet<InstanceKey> wanted = new LinkedHashSet<>();
        for (int i = 0; i < instances; i++) {
            wanted.add(InstanceKey.paired(candidate.id(), Purpose.ASSESS, i));
        }
        List<InstanceResult> results =
                new Trainings(session, console).results("assessing " + candidate.id(), wanted);
        return new Assessment(
                candidate.id(),
                Losses.of(
                        results.stream().mapToDouble(result -> result.outcome().loss()).toArray()),
                results,
                Optional.of(session.ledger().plan()));
    }
}
