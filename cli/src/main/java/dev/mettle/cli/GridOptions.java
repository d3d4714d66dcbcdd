package dev.mettle.cli;

import dev.mettle.core.random.Seed;
import dev.mettle.core.run.GridDesign;
import dev.mettle.core.statistics.components.Decomposition;
import dev.mettle.core.statistics.components.SpreadComparison;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** The options of {@code decompose} that say which instances it needs. */
final class GridOptions {
    static final String DEFAULT_GRID = "16x16";

    /**
     * About as many trainings as 16x16. Of the shapes of that size its shares have the narrowest
     * intervals, and five levels are the fewest without a warning
     * (docs/decisions/0013-decompose.md).
     */
    static final String DEFAULT_GRID_WITH_ORDER = "7x7x5";

    private static final long MOST_TRAININGS = 100_000;
    private static final Pattern GRID = Pattern.compile("\\d{1,9}(?:[x×*]\\d{1,9})*");
    private static final String TWO = "init,sample";
    private static final String THREE = "init,sample,order";

    @Option(
            names = "--grid",
            paramLabel = "AxB",
            description =
                    "Levels of each source: inits x samples, or inits x samples x orders; by"
                            + " default "
                            + DEFAULT_GRID
                            + ", or "
                            + DEFAULT_GRID_WITH_ORDER
                            + ". The more levels, the narrower the intervals.")
    private @Nullable String grid;

    @Option(
            names = "--arms",
            paramLabel = "N",
            description =
                    "Also N instances with one sample and fresh inits, and N with one init and"
                            + " fresh samples, and a test which spread is larger.")
    private @Nullable Integer arms;

    @Option(
            names = "--sources",
            paramLabel = "S",
            description =
                    "init,sample (default; the order of mini-batches follows from init) or"
                            + " init,sample,order.")
    private String sources = TWO;

    /** Returns the design asked for. */
    GridDesign design() {
        boolean withOrder = withOrder();
        String text =
                grid != null ? grid.strip() : withOrder ? DEFAULT_GRID_WITH_ORDER : DEFAULT_GRID;
        List<Integer> levels = levels(text, withOrder ? 3 : 2);
        if (arms != null && arms < SpreadComparison.LEAST) {
            throw new UserException(
                    "--arms %d: must be %d or more; fewer say nothing about a spread."
                            .formatted(arms, SpreadComparison.LEAST));
        }
        double trainings = arms == null ? 0 : 2.0 * arms;
        trainings += levels.stream().mapToDouble(Integer::doubleValue).reduce(1, (a, b) -> a * b);
        if (trainings > MOST_TRAININGS) {
            throw new UserException(
                    String.format(
                            Locale.ROOT,
                            "--grid %s%s: about %,.0f trainings; at most %,d are taken. From %s"
                                    + " the intervals of the shares are about 0.4 wide, and they"
                                    + " narrow only with the square root of the levels.",
                            text,
                            arms == null ? "" : " --arms " + arms,
                            trainings,
                            MOST_TRAININGS,
                            DEFAULT_GRID));
        }
        return new GridDesign(levels, arms == null ? OptionalInt.empty() : OptionalInt.of(arms));
    }

    /** The numbers of the grid follow the sources, so there is one order of these only. */
    private boolean withOrder() {
        String asked = sources.replace(" ", "").toLowerCase(Locale.ROOT);
        if (asked.equals(TWO) || asked.equals(THREE)) {
            return asked.equals(THREE);
        }
        throw new UserException(
                "--sources %s: must be %s or %s: initial weights, rows of the pool, and order of mini-batches. The numbers of --grid are in that order."
                        .formatted(sources, TWO, THREE));
    }

    private static List<Integer> levels(String text, int sources) {
        String names = sources == 2 ? "inits x samples" : "inits x samples x orders";
        String example = sources == 2 ? DEFAULT_GRID : DEFAULT_GRID_WITH_ORDER;
        String compact = text.replace(" ", "").toLowerCase(Locale.ROOT);
        if (!GRID.matcher(compact).matches()) {
            throw new UserException(
                    "--grid %s: must be whole numbers with x between them, %s, such as %s."
                            .formatted(text, names, example));
        }
        List<Integer> levels = new ArrayList<>();
        for (String part : compact.split("[x×*]")) {
            levels.add(Integer.parseInt(part));
        }
        if (levels.size() != sources) {
            throw new UserException(
                    "--grid %s: has %d %s, but there are %d sources, %s: such as %s.%s"
                            .formatted(
                                    text,
                                    levels.size(),
                                    levels.size() == 1 ? "number" : "numbers",
                                    sources,
                                    names,
                                    example,
                                    levels.size() == 3
                                            ? " Add --sources init,sample,order for three."
                                            : ""));
        }
        for (int factor = 0; factor < levels.size(); factor++) {
            if (levels.get(factor) < Decomposition.LEAST_LEVELS) {
                throw new UserException(
                        "--grid %s: %d %s; at least %d are needed, and from %d on the interval begins to mean something."
                                .formatted(
                                        text,
                                        levels.get(factor),
                                        levels.get(factor) == 1 ? name(factor) : name(factor) + "s",
                                        Decomposition.LEAST_LEVELS,
                                        Decomposition.FEW_LEVELS));
            }
        }
        return levels;
    }

    private static String name(int factor) {
        return Seed.Source.values()[factor].name().toLowerCase(Locale.ROOT);
    }
}
