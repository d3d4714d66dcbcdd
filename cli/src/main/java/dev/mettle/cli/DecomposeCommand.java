package dev.mettle.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import dev.mettle.core.instance.InstanceKey;
import dev.mettle.core.instance.InstanceResult;
import dev.mettle.core.run.GridDesign;
import dev.mettle.core.run.RunPlan;
import dev.mettle.core.statistics.components.Arms;
import dev.mettle.core.statistics.components.Decomposition;
import dev.mettle.core.study.Candidate;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.concurrent.Callable;

/** {@code decompose}: where the spread of a candidate's losses comes from. */
@Command(
        name = "decompose",
        description = {
            "Shows how much of the variance of a candidate's loss comes from the initial weights,"
                    + " from the training sample, and from the two together: every init is trained"
                    + " with every sample.",
            "With a study, trains the instances that are not in its run yet, keeps them there and"
                    + " writes the report. A command that was stopped goes on when it is given"
                    + " again.",
            "With --table, takes losses made elsewhere: a CSV file with the columns candidate,"
                    + " init, sample, loss (and order); or one of 'mettle ledger'."
        },
        footer = {
            "",
            "Examples: mettle decompose study.yaml --candidate winner --grid 16x16 --arms 100",
            "          mettle decompose study.yaml --candidate c1=8,lr=0.001 --sources"
                    + " init,sample,order",
            "          mettle decompose --table losses.csv",
            "Exit code 1: too many trainings failed for an answer."
        })
final class DecomposeCommand implements Callable<Integer> {
    private static final String DECOMPOSE = "decompose";

    private final Console console;

    @ArgGroup(multiplicity = "1")
    private StudyOrTable source = new StudyOrTable();

    @Option(
            names = "--candidate",
            paramLabel = "C",
            description =
                    "Id or its beginning, 'winner', or c1=8,lr=0.001,...; not needed when there is"
                            + " only one.")
    private @Nullable String candidate;

    @Mixin private GridOptions grid = new GridOptions();

    @Option(
            names = "--purpose",
            paramLabel = "P",
            description =
                    "With --table: the rows of this purpose, where there are several; decompose by"
                            + " default.")
    private @Nullable String purpose;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Directory of the run; runs/<study> by default.")
    private @Nullable Path out;

    @Mixin private Threads threads = new Threads();

    @Mixin private JsonOption json = new JsonOption();

    @Spec private @Nullable CommandSpec spec;

    DecomposeCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        requireFittingOptions();
        List<DecompositionResult> results = new ArrayList<>();
        if (source.isTable()) {
            results.addAll(read(source.table()));
        } else {
            results.add(train(source.study()));
        }
        if (json.wanted()) {
            ArrayNode all = JsonNodeFactory.instance.arrayNode();
            results.forEach(result -> all.add(DecompositionJson.of(result)));
            console.result(source.isTable() ? all : all.get(0));
        } else {
            console.result(
                    String.join("\n\n", results.stream().map(DecompositionText::of).toList()));
        }
        return results.stream().allMatch(DecompositionResult::determined)
                ? ExitCode.DONE
                : ExitCode.FAILED;
    }

    private void requireFittingOptions() {
        if (source.isTable()) {
            StudyOrTable.refuse(
                    spec,
                    List.of("--grid", "--arms", "--sources", "--threads", "--out"),
                    StudyOrTable.FOR_STUDIES::formatted);
        } else {
            StudyOrTable.refuse(
                    spec,
                    List.of("--purpose"),
                    "%s is for --table; a study's own instances are those of decompose."
                            ::formatted);
        }
    }

    private List<DecompositionResult> read(Path table) {
        List<String> notes = new ArrayList<>();
        SequencedMap<String, List<LossRow>> byCandidate = new LinkedHashMap<>();
        for (LossRow row :
                LossTableFile.ofPurpose(
                        table, LossTableFile.rows(table), purpose, DECOMPOSE, notes)) {
            byCandidate.computeIfAbsent(row.candidate(), _ -> new ArrayList<>()).add(row);
        }
        List<DecompositionResult> results = new ArrayList<>();
        byCandidate.forEach((name, rows) -> {
            if (candidate == null || name.startsWith(candidate)) {
                List<Arms> arms = new ArrayList<>();
                Decomposition decomposition =
                        Decomposition.of(
                                LossGridTable.read(table, name, rows, arms),
                                OptionalDouble.empty());
                results.add(
                        new DecompositionResult(
                                name, decomposition, arms.stream().findFirst(), Optional.empty()));
            }
        });
        if (results.isEmpty()) {
            throw new UserException(
                    "%s has no candidate that begins with '%s'; it has %s."
                            .formatted(table, candidate, String.join(", ", byCandidate.keySet())));
        }
        notes.forEach(note -> console.message("note: " + note));
        return results;
    }

    private DecompositionResult train(Path file) throws InterruptedException {
        GridDesign design = grid.design();
        OpenStudy read = OpenStudy.read(file, console);
        read.warn(console);
        RunDirectory directory = RunDirectory.of(out, read.study().name());
        OpenStudy open = read.knowing(directory);
        Candidate chosen = Candidates.choose(open.study(), directory, candidate);
        try (Interruption _ = new Interruption(console, directory.path());
                Session session = Session.start(open, directory, threads.count(), console)) {
            List<InstanceResult> results = train(session, chosen, design);
            Map<InstanceKey, Double> losses = new HashMap<>();
            results.forEach(result -> losses.put(result.key(), result.outcome().loss()));
            GridDesign.Found found = design.read(chosen.id(), losses);
            RunPlan plan = session.ledger().plan();
            Decomposition decomposition =
                    Decomposition.of(
                            found.grid(), OptionalDouble.of((double) plan.sample() / plan.pool()));
            Reports.write(session.ledger(), directory.report());
            return new DecompositionResult(
                    chosen.id(),
                    decomposition,
                    found.arms(),
                    Optional.of(
                            new DecompositionResult.Trained(plan, directory, !design.withOrder())));
        }
    }

    private List<InstanceResult> train(Session session, Candidate chosen, GridDesign design)
            throws InterruptedException {
        Trainings trainings = new Trainings(session, console);
        SequencedSet<InstanceKey> wanted = design.keys(chosen.id());
        List<InstanceKey> missing = trainings.missing(wanted);
        if (!missing.isEmpty()) {
            double seconds = CostEstimate.seconds(session.open(), missing, threads.count());
            console.message(
                    "%s: %s%s; %d of %d trainings are missing, about %s on %d %s"
                            .formatted(
                                    chosen.id(),
                                    DecompositionText.size(design),
                                    design.arms().isPresent()
                                            ? " and two arms of %d"
                                                    .formatted(design.arms().getAsInt())
                                            : "",
                                    missing.size(),
                                    wanted.size(),
                                    Numbers.duration(seconds),
                                    threads.count(),
                                    threads.count() == 1 ? "thread" : "threads"));
        }
        return trainings.results("decomposing " + chosen.id(), wanted);
    }
}
