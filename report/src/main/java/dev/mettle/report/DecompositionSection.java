package dev.mettle.report;

import dev.mettle.core.run.GridDesign;
import dev.mettle.core.statistics.components.Decomposition;
import dev.mettle.core.statistics.components.Failures;
import dev.mettle.core.statistics.components.LossGrid;
import dev.mettle.core.statistics.components.SpreadRange;
import dev.mettle.core.statistics.components.VarianceComponents;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Where the spread of a candidate's losses comes from: initial weights, training sample, order of
 * mini-batches, of each candidate that was decomposed.
 */
final class DecompositionSection {
    private static final int MOST_GRIDS = 6;
    private static final double CLUSTERED = 0.05;

    private final RunDigest run;
    private final String candidate;
    private final GridDesign.Found found;
    private final Decomposition decomposition;
    private final LossGrid grid;
    private final List<Block> blocks;

    private DecompositionSection(
            RunDigest run, String candidate, GridDesign.Found found, List<Block> blocks) {
        this.run = run;
        this.candidate = candidate;
        this.found = found;
        this.grid = found.grid();
        this.decomposition = Decomposition.of(grid, OptionalDouble.of(poolShare(run)));
        this.blocks = blocks;
    }

    private static double poolShare(RunDigest run) {
        return (double) run.plan().sample() / run.plan().pool();
    }

    /** Returns the section; empty without a grid in the run. */
    static Optional<Section> of(RunDigest run) {
        List<Block> blocks = new ArrayList<>();
        int number = 0;
        for (RunDigest.Grid grid : run.grids()) {
            number++;
            if (number <= MOST_GRIDS) {
                new DecompositionSection(run, grid.candidate(), grid.found(), blocks).add(number);
            }
        }
        if (blocks.isEmpty()) {
            return Optional.empty();
        }
        if (number > MOST_GRIDS) {
            blocks.add(
                    Html.of(
                            "<p class=\"note\">Shown are the first %s of %s grids; 'mettle"
                                    + " decompose' prints the others.</p>",
                            MOST_GRIDS, number));
        }
        blocks.addFirst(
                new Html(
                        "<p>The same model, trained again, ends with another loss, because its"
                            + " initial weights are drawn anew, and because it sees another sample"
                            + " of the data. To tell the two apart, every set of initial weights"
                            + " was trained on every sample. What differs between the rows of such"
                            + " a table is due to the weights, what differs between its columns is"
                            + " due to the sample, and what is left is their interaction: weights"
                            + " that suit one sample and not another.</p>"));
        return Optional.of(new Section("randomness", "Where the randomness comes from", blocks));
    }

    private void add(int number) {
        String name = Names.id(candidate);
        blocks.add(words(name));
        if (decomposition.result() instanceof Decomposition.Determined determined) {
            blocks.add(
                    new SharePlot(run.plan(), decomposition, determined)
                            .plot("plot-randomness-shares-" + number, name));
            blocks.add(numbers(determined.components()));
        }
        GridPlot.of(decomposition, "plot-randomness-grid-" + number, name).ifPresent(blocks::add);
        failures(decomposition.failures()).ifPresent(blocks::add);
        ArmsPlot.add(run, found, decomposition, "plot-randomness-arms-" + number, name, blocks);
    }

    private Html words(String name) {
        List<Html> parts = new ArrayList<>();
        parts.add(
                Html.of(
                        "<p><b>%s: %s</b></p><p>%s.%s%s</p>",
                        name,
                        Sentences.unbroken(decomposition.verdict()),
                        size(),
                        tied(),
                        ranges()));
        for (String warning : decomposition.warnings()) {
            parts.add(
                    Html.of(
                            "<p class=\"caveat\"><span aria-hidden=\"true\">⚠</span> %s</p>",
                            warning));
        }
        return Html.join(parts);
    }

    private String size() {
        List<String> parts = new ArrayList<>();
        for (LossGrid.Axis axis : grid.axes()) {
            String name =
                    switch (axis.source()) {
                        case INIT -> "sets of initial weights";
                        case SAMPLE -> "training samples";
                        case ORDER -> "orders of mini-batches";
                    };
            parts.add(axis.labels().size() + " " + name);
        }
        return "%s, each with each: %s trainings, %s"
                .formatted(
                        String.join(", ", parts.subList(0, parts.size() - 1))
                                + " and "
                                + parts.getLast(),
                        Digits.count(grid.losses().size()),
                        decomposition.failures().count() == 0
                                ? "none of which failed"
                                : Digits.count(decomposition.failures().count())
                                        + " of which failed");
    }

    private String tied() {
        return grid.axes().size() == 3
                ? ""
                : " The order of mini-batches follows from the initial weights' seed here, so what"
                        + " it does counts as theirs.";
    }

    private String ranges() {
        List<String> parts = new ArrayList<>();
        for (SpreadRange range : decomposition.ranges()) {
            parts.add(
                    "%s to %s over the %ss"
                            .formatted(
                                    Digits.factor(range.smallest()),
                                    Digits.factor(range.largest()),
                                    grid.axes().get(range.factor()).name()));
        }
        return parts.isEmpty()
                ? ""
                : " With everything else held fixed, the standard deviation of %s is %s; it depends on what the rest is held at."
                        .formatted(decomposition.quantity(), String.join(", ", parts));
    }

    private Html numbers(VarianceComponents components) {
        Table table =
                new Table(
                        List.of(
                                "source",
                                "share",
                                "95 % interval",
                                "standard deviation of " + decomposition.quantity(),
                                "95 % interval",
                                "variance",
                                "unrounded estimate",
                                "probability of being the largest"));
        for (VarianceComponents.Component component : components.components()) {
            VarianceComponents.Interval variance = component.variance();
            table.add(
                    List.of(
                            grid.term(component.term()),
                            Digits.percent(component.share().value()),
                            Digits.percent(component.share().low())
                                    + " to "
                                    + Digits.percent(component.share().high()),
                            Digits.factor(Math.sqrt(variance.value())),
                            Digits.factor(Math.sqrt(variance.low()))
                                    + " to "
                                    + Digits.factor(Math.sqrt(variance.high())),
                            Digits.number(variance.value()),
                            Digits.number(component.raw()),
                            String.format(Locale.ROOT, "%.3f", component.dominates())));
        }
        return Html.of(
                "<details><summary>The components in numbers</summary>%s<p class=\"small\">A"
                    + " component whose estimate is negative is reported as 0; the estimate before"
                    + " that is in its own column.</p></details>",
                table.html());
    }

    /** Returns where trainings failed; empty if none did. */
    private Optional<Html> failures(Failures failures) {
        if (failures.count() == 0) {
            return Optional.empty();
        }
        List<Html> parts = new ArrayList<>();
        for (int factor = 0; factor < grid.axes().size(); factor++) {
            LossGrid.Axis axis = grid.axes().get(factor);
            Table table = new Table(List.of(axis.name(), "failed", "of"));
            List<Integer> counts = failures.byLevel().get(factor);
            for (int level = 0; level < counts.size(); level++) {
                if (counts.get(level) > 0) {
                    table.add(
                            List.of(
                                    axis.labels().get(level),
                                    counts.get(level),
                                    failures.cells() / counts.size()));
                }
            }
            parts.add(Html.of("<p>%s</p>%s", clustering(failures, factor, axis), table.html()));
        }
        return Optional.of(
                Html.of(
                        "<details open><summary>Where trainings failed</summary>%s</details>",
                        Html.join(parts)));
    }

    private static String clustering(Failures failures, int factor, LossGrid.Axis axis) {
        OptionalDouble p = failures.clustering().get(factor);
        if (p.isEmpty()) {
            return "By %s:".formatted(axis.name());
        }
        return p.getAsDouble() < CLUSTERED
                ? "Failures cluster by %s: if they did not, as uneven a table would come up with probability %s (permutation test)."
                        .formatted(axis.name(), Digits.factor(p.getAsDouble()))
                : "There is no sign that failures cluster by %s (permutation test, p = %s)."
                        .formatted(axis.name(), Digits.factor(p.getAsDouble()));
    }
}
