package dev.mettle.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.mettle.core.data.Categories;
import dev.mettle.core.data.Task;
import dev.mettle.core.run.LossWords;
import dev.mettle.core.run.RaceRounds;
import dev.mettle.core.run.RunPlan;
import dev.mettle.core.selection.Round;
import dev.mettle.core.selection.SelectionAlgorithm;
import dev.mettle.core.statistics.SignificantDigits;
import dev.mettle.core.study.Candidate;
import dev.mettle.core.study.Sampling;
import dev.mettle.core.study.SamplingSettings;
import dev.mettle.core.study.Study;
import dev.mettle.core.study.TaskKind;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/** {@code validate STUDY}: checks a study, counts, estimates. */
@Command(
        name = "validate",
        description = {
            "Checks a study and its data, counts the candidates and estimates the time on this"
                    + " machine.",
            "Nothing is written."
        },
        footer = {"", "Example: mettle validate examples/calorimeter/paper.yaml"})
final class ValidateCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "STUDY", description = "The study file (YAML).")
    private Path file = Path.of("study.yaml");

    @Option(names = "--list", description = "Print every candidate: id, weights, settings.")
    private boolean list;

    @Mixin private Threads threads = new Threads();

    @Mixin private JsonOption json = new JsonOption();

    ValidateCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        OpenStudy open = OpenStudy.read(file, console);
        Study study = open.study();
        RaceRounds rounds = open.rounds();
        MemoryEstimate memory = MemoryEstimate.require(open, threads.count());
        CostEstimate cost = CostEstimate.of(open, threads.count());
        if (json.wanted()) {
            console.result(document(open, rounds, cost, memory));
        } else {
            console.result(text(open, rounds, cost, memory));
        }
        return ExitCode.DONE;
    }

    private String text(
            OpenStudy open, RaceRounds rounds, CostEstimate cost, MemoryEstimate memory) {
        Study study = open.study();
        List<String> lines = new ArrayList<>();
        lines.add(format("%s is valid.", file));
        lines.addAll(data(open));
        lines.addAll(candidates(study));
        lines.addAll(trainings(study, rounds, cost));
        lines.add(time(cost));
        lines.add(memory(memory));
        study.warnings().forEach(warning -> lines.add("warning: " + warning));
        if (list) {
            lines.add("");
            study.candidates()
                    .forEach(c ->
                            lines.add(
                                    format(
                                            "%s  %,8d  %s",
                                            c.id(), c.parameters(), c.settingsText())));
        }
        return String.join("\n", lines);
    }

    private static List<String> data(OpenStudy open) {
        List<String> lines = new ArrayList<>();
        lines.add(
                format(
                        "data         %,d rows: pool %,d, validation %,d, test %,d; each training"
                                + " draws %,d",
                        open.data().rows(),
                        open.partition().pool().length,
                        open.partition().validation().length,
                        open.partition().test().length,
                        open.study().sample()));
        List<Categories.Column> categories = open.data().categories().columns();
        if (!categories.isEmpty()) {
            lines.add(
                    categories.stream()
                            .map(column -> format("%s (%,d)", column.name(), column.count()))
                            .collect(Collectors.joining(", ", "categories   ", "")));
        }
        lines.add(format("task         %s", task(open.plan())));
        return lines;
    }

    private static List<String> candidates(Study study) {
        List<String> lines = new ArrayList<>();
        lines.add(
                format(
                        "candidates   %,d (%,d excluded), %,d to %,d weights",
                        study.candidates().size(),
                        study.excluded(),
                        fewestWeights(study),
                        mostWeights(study)));
        study.sampling().ifPresent(sampling -> lines.add(sampling(sampling, study.excluded())));
        study.sampling()
                .map(Sampling::settings)
                .filter(settings -> settings.rounds() > 1)
                .ifPresent(settings -> lines.add(drawn(settings)));
        return lines;
    }

    private static List<String> trainings(Study study, RaceRounds rounds, CostEstimate cost) {
        List<String> lines = new ArrayList<>();
        lines.add(
                format(
                        "selection    %s by %s: %s",
                        study.selection().algorithm().label(),
                        study.selection().criterion().label(),
                        trainings(rounds)));
        List<Round> looks = rounds.first().algorithm().rounds();
        if (!looks.isEmpty()) {
            lines.add("rounds       " + rounds(looks));
        }
        previews(study, rounds).ifPresent(lines::add);
        audit(study, rounds, cost).ifPresent(lines::add);
        study.certificate()
                .ifPresent(certificate ->
                        lines.add(
                                format(
                                        "certificate  %,d trainings at most",
                                        cost.certificateTrainings())));
        return lines;
    }

    private String time(CostEstimate cost) {
        return format(
                "time         about %s on this machine with %d %s (%s a training on average)",
                Numbers.duration(cost.seconds()),
                threads.count(),
                threads.count() == 1 ? "thread" : "threads",
                cost.secondsPerTraining() < 1
                        ? SignificantDigits.of(cost.secondsPerTraining(), 2) + " s"
                        : Numbers.duration(cost.secondsPerTraining()));
    }

    /** Returns the trainings of all rounds: as usual, where that is known, and at most. */
    private static String trainings(RaceRounds rounds) {
        long most = rounds.trainingsAtMost();
        if (rounds.isCountExact()) {
            return format("%,d trainings", most);
        }
        long usual = usual(rounds.first().algorithm());
        return rounds.count() == 1 && usual < most
                ? format(
                        "%,d trainings, at most %,d where candidates are let in again", usual, most)
                : format("%,d trainings at most", most);
    }

    /** Returns the trainings of a race in which nobody is let in again; where it has rounds. */
    private static long usual(SelectionAlgorithm algorithm) {
        return algorithm.rounds().isEmpty()
                ? algorithm.trainingsAtMost()
                : Round.trainings(algorithm.rounds())
                        + algorithm.previews(algorithm.fewestFinalists());
    }

    private static Optional<String> previews(Study study, RaceRounds rounds) {
        OptionalInt rows = study.selection().algorithm().previewRows();
        SelectionAlgorithm first = rounds.first().algorithm();
        return rows.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        format(
                                "previews     %,d of these%s train on %,d rows: one of each"
                                    + " candidate before the race, those of the finalists after it",
                                first.previews(first.fewestFinalists()),
                                rounds.count() == 1 ? "" : " in the first round",
                                rows.getAsInt()));
    }

    /** Returns what an audit costs, if the study has one. */
    private static Optional<String> audit(Study study, RaceRounds rounds, CostEstimate cost) {
        return cost.auditTrainings() == 0
                ? Optional.empty()
                : Optional.of(
                        format(
                                "audit        at most %,d of the dropped candidates trained in"
                                        + " full: %,d trainings at most",
                                CostEstimate.audited(study, rounds), cost.auditTrainings()));
    }

    private static String sampling(Sampling sampling, int excluded) {
        return format(
                "sampling     %s: %,d points drawn, %,d dropped as duplicates, %,d excluded",
                method(sampling), sampling.points(), sampling.duplicates(), excluded);
    }

    /** Says how many candidates each round draws; those above are the first round's. */
    private static String drawn(SamplingSettings settings) {
        return format(
                "rounds       %,d: %,d candidates first, then %d x %,d more around the best",
                settings.rounds(), settings.drawn(1), settings.rounds() - 1, settings.drawn(2));
    }

    private static String method(Sampling sampling) {
        return sampling.settings().method().name().toLowerCase(Locale.ROOT);
    }

    private static String memory(MemoryEstimate memory) {
        return format(
                "memory       about %s of %s (%s)",
                MemoryEstimate.gigabytes(memory.bytes()),
                MemoryEstimate.gigabytes(Runtime.getRuntime().maxMemory()),
                memory.parts());
    }

    private static String rounds(List<Round> rounds) {
        return rounds.stream()
                .map(round ->
                        format(
                                "%,d %s of %,d",
                                round.instances(),
                                round.instances() == 1 ? "instance" : "instances",
                                round.candidates()))
                .collect(Collectors.joining(", "));
    }

    private static String task(RunPlan plan) {
        String what =
                switch (plan.task()) {
                    case Task.Classification(String target, var classes) ->
                            "classification of %s into %d classes"
                                    .formatted(target, classes.size());
                    case Task.Regression(var targets) when targets.size() > 1 ->
                            "regression of %d targets (%s)"
                                    .formatted(targets.size(), plan.targetText());
                    case Task.Regression _ -> "regression of " + plan.targetText();
                };
        return what + "; held-out loss: " + LossWords.of(plan).withUnit();
    }

    private ObjectNode document(
            OpenStudy open, RaceRounds rounds, CostEstimate cost, MemoryEstimate memory) {
        Study study = open.study();
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("study", study.name());
        document.put(
                "task",
                study.data().target().kind() == TaskKind.CLASSIFICATION
                        ? "classification"
                        : "regression");
        ArrayNode targets = document.putArray("targets");
        study.task().targetNames().forEach(targets::add);
        if (study.task() instanceof Task.Classification(_, var classes)) {
            ArrayNode names = document.putArray("classes");
            classes.forEach(names::add);
        }
        document.put("loss", study.loss().label());
        document.put("candidates", study.candidates().size());
        document.put("excluded", study.excluded());
        study.sampling()
                .ifPresent(sampling ->
                        document.putObject("sampling")
                                .put("method", method(sampling))
                                .put("count", sampling.settings().count())
                                .put("rounds", sampling.settings().rounds())
                                .put("points", sampling.points())
                                .put("duplicates", sampling.duplicates())
                                .put("excluded", study.excluded()));
        document.put("trainings_at_most", rounds.trainingsAtMost());
        document.put("trainings_exact", rounds.isCountExact());
        if (rounds.count() == 1 && !rounds.first().algorithm().rounds().isEmpty()) {
            document.put("trainings_usual", usual(rounds.first().algorithm()));
        }
        document.put("audit_trainings_at_most", cost.auditTrainings());
        document.put("certificate_trainings_at_most", cost.certificateTrainings());
        document.put("seconds", cost.seconds());
        document.put("threads", threads.count());
        document.put("memory_bytes", memory.bytes());
        document.put("memory_available_bytes", Runtime.getRuntime().maxMemory());
        document.put("rows", open.data().rows());
        document.put("pool", open.partition().pool().length);
        ArrayNode warnings = document.putArray("warnings");
        study.warnings().forEach(warnings::add);
        if (list) {
            ArrayNode candidates = document.putArray("list");
            open.candidateRecords()
                    .forEach(candidate -> candidates.add(RunJson.candidate(candidate)));
        }
        return document;
    }

    private static long fewestWeights(Study study) {
        return study.candidates().stream().mapToLong(Candidate::parameters).min().orElseThrow();
    }

    private static long mostWeights(Study study) {
        return study.candidates().stream().mapToLong(Candidate::parameters).max().orElseThrow();
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
