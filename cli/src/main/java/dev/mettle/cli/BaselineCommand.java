package dev.mettle.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.mettle.core.instance.Baseline;
import dev.mettle.core.instance.Evaluation;
import dev.mettle.core.random.Purpose;
import dev.mettle.core.run.BaselineRecord;
import dev.mettle.core.run.LossWords;
import dev.mettle.core.run.MetricRange;
import dev.mettle.core.run.RunPlan;
import dev.mettle.core.statistics.Estimate;
import dev.mettle.core.statistics.LossSummary;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/** {@code baseline STUDY}: what a fit without a network reaches. */
@Command(
        name = "baseline",
        description = {
            "Fits the study's baseline on the samples of its instances and shows the losses.",
            "Energy and position of showers: calibrated energy sum, corrected barycentre; other"
                    + " numbers: ridge regression; classes: logistic regression.",
            "No network is trained and nothing is written."
        },
        footer = {"", "Example: mettle baseline examples/calorimeter/energy.yaml"})
final class BaselineCommand implements Callable<Integer> {
    private static final Set<String> SHOWN = Set.of("mean", "max", "cv");
    private static final String NO_INITIAL_WEIGHTS =
            "A baseline has no initial weights: all of its spread comes from the samples.";

    private final Console console;

    @Parameters(paramLabel = "STUDY", description = "The study file (YAML).")
    private Path file = Path.of("study.yaml");

    @Option(
            names = "--instances",
            paramLabel = "N",
            description =
                    "Samples it is fitted on; by default as many as the certificate has, or the"
                            + " selection without one.")
    private @Nullable Integer instances;

    @Mixin private Threads threads = new Threads();

    @Mixin private JsonOption json = new JsonOption();

    BaselineCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (instances != null && instances < 1) {
            throw new UserException("--instances %d: must be 1 or more.".formatted(instances));
        }
        OpenStudy open = OpenStudy.read(file, console);
        open.warn(console);
        int count = instances == null ? Baselines.instances(open.study()) : instances;
        Baseline baseline =
                open.baseline()
                        .orElseThrow(() ->
                                new UserException(
                                        "%s: has no baseline: a linear fit of its data would take"
                                                + " too long. Take"
                                                + " a smaller sample, or fewer inputs."
                                                        .formatted(file)));
        Baselines.Measured measured =
                Baselines.measure(open, baseline, count, threads.count(), console);
        measured.warning().ifPresent(console::message);
        if (measured.failures().size() == count) {
            return ExitCode.FAILED;
        }
        Result result = new Result(open, measured.record(), measured.constants());
        if (json.wanted()) {
            console.result(result.document());
        } else {
            console.result(result.text());
        }
        return ExitCode.DONE;
    }

    /**
     * What a baseline reached.
     *
     * @param constants of the fit on the first sample
     */
    private record Result(
            OpenStudy open, BaselineRecord baseline, SequencedMap<String, Double> constants) {
        private List<Evaluation> evaluations() {
            return baseline.evaluations();
        }

        private String part() {
            return Baselines.purpose(open.study()) == Purpose.CERTIFY ? "test" : "validation";
        }

        private int heldOut() {
            return open.partition().heldOut(Baselines.purpose(open.study())).length;
        }

        private List<Estimate> estimates() {
            return LossSummary.of(baseline.losses()).estimates().stream()
                    .filter(estimate -> SHOWN.contains(estimate.name()))
                    .toList();
        }

        String text() {
            RunPlan plan = open.plan();
            MetricText metrics = new MetricText(plan);
            List<String> lines = new ArrayList<>();
            lines.add(
                    String.format(
                            Locale.ROOT,
                            "%s: fitted on %,d samples of %,d rows, measured on %,d %s rows; loss:"
                                    + " %s",
                            baseline.name(),
                            evaluations().size(),
                            open.study().sample(),
                            heldOut(),
                            part(),
                            LossWords.of(plan).withUnit()));
            for (Estimate estimate : estimates()) {
                boolean share = estimate.name().equals("cv");
                lines.add(
                        "  %-10s %s (95 %% interval %s to %s)"
                                .formatted(
                                        estimate.name(),
                                        shown(metrics, share, estimate.value()),
                                        shown(metrics, share, estimate.low()),
                                        shown(metrics, share, estimate.high())));
            }
            lines.addAll(metrics.lines(MetricRange.ofEvaluations(evaluations())));
            if (!constants.isEmpty()) {
                lines.add("  first fit  " + constantsText());
            }
            lines.add(NO_INITIAL_WEIGHTS);
            return String.join("\n", lines);
        }

        private static String shown(MetricText metrics, boolean share, double value) {
            if (Double.isInfinite(value)) {
                return Numbers.shown(value);
            }
            return share ? Numbers.percent(value) : metrics.loss(value);
        }

        private String constantsText() {
            return constants.entrySet().stream()
                    .map(entry ->
                            "%s %s".formatted(entry.getKey(), Numbers.shown(entry.getValue())))
                    .collect(Collectors.joining(", "));
        }

        ObjectNode document() {
            ObjectNode document = JsonNodeFactory.instance.objectNode();
            document.put("study", open.study().name());
            document.put("name", baseline.name());
            document.put("instances", evaluations().size());
            document.put("sample", open.study().sample());
            document.put("held_out", part());
            document.set("losses", RunJson.losses(baseline.losses()));
            RunJson.metrics(document, MetricRange.ofEvaluations(evaluations()));
            ObjectNode criteria = document.putObject("criteria");
            for (Estimate estimate : estimates()) {
                criteria.putObject(estimate.name())
                        .put("value", estimate.value())
                        .put("low", estimate.low())
                        .put("high", estimate.high());
            }
            ObjectNode first = document.putObject("constants");
            constants.forEach(first::put);
            return document;
        }
    }
}
