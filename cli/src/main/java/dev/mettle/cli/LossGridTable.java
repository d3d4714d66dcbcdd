package dev.mettle.cli;

import dev.mettle.core.data.Series;
import dev.mettle.core.random.Seed;
import dev.mettle.core.statistics.Losses;
import dev.mettle.core.statistics.components.Arms;
import dev.mettle.core.statistics.components.LossGrid;
import dev.mettle.core.statistics.components.SpreadComparison;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The crossed grid in the rows of one candidate of a table of losses, with columns init and sample,
 * and order where the order of mini-batches is a source of its own. Rows whose init (or sample)
 * occurs only once are arms: the grid is made of the others, and must be complete.
 */
final class LossGridTable {
    private static final int MOST_NAMED = 5;

    private final Path file;
    private final String candidate;
    private final List<LossRow> rows;
    private final List<Seed.Source> sources = new ArrayList<>();
    private final Map<List<String>, LossRow> byLevels = new LinkedHashMap<>();

    private LossGridTable(Path file, String candidate, List<LossRow> rows) {
        this.file = file;
        this.candidate = candidate;
        this.rows = rows;
    }

    /**
     * Finds the grid.
     *
     * @param rows of one candidate and purpose
     * @param arms gets the arms, where there are some
     * @throws UserException when there is no complete grid
     */
    static LossGrid read(Path file, String candidate, List<LossRow> rows, List<Arms> arms) {
        LossGridTable table = new LossGridTable(file, candidate, rows);
        table.findSources();
        table.index();
        List<List<String>> levels = table.levels();
        table.requireComplete(levels);
        table.arms(levels).ifPresent(arms::add);
        return table.grid(levels);
    }

    private void findSources() {
        for (Seed.Source source : List.of(Seed.Source.INIT, Seed.Source.SAMPLE)) {
            for (LossRow row : rows) {
                if (level(row, source).filter(level -> !level.isBlank()).isEmpty()) {
                    throw new UserException(
                            "%s, line %d: has no %s. A grid needs the columns init, sample and loss (and order, where the order of mini-batches is a source of its own)."
                                    .formatted(file, row.line(), name(source)));
                }
            }
            sources.add(source);
        }
        long ordered = rows.stream().filter(row -> row.order().isPresent()).count();
        if (ordered != 0 && ordered != rows.size()) {
            throw new UserException(
                    "%s: %d of the %d rows of %s have an order, the others have none. These are two grids: keep the rows of one in the table."
                            .formatted(file, ordered, rows.size(), candidate));
        }
        if (rows.stream().map(LossRow::order).distinct().count() > 1) {
            sources.add(Seed.Source.ORDER);
        }
    }

    private static String name(Seed.Source source) {
        return source.name().toLowerCase(Locale.ROOT);
    }

    private static Optional<String> level(LossRow row, Seed.Source source) {
        return switch (source) {
            case INIT -> row.init();
            case SAMPLE -> row.sample();
            case ORDER -> row.order();
        };
    }

    private void index() {
        for (LossRow row : rows) {
            LossRow before = byLevels.putIfAbsent(levelsOf(row), row);
            if (before != null) {
                throw new UserException(
                        "%s, line %d: %s of %s is on line %d already. Training is a function of its seeds, so a cell is trained once: take one out."
                                .formatted(
                                        file,
                                        row.line(),
                                        cell(levelsOf(row)),
                                        candidate,
                                        before.line()));
            }
        }
    }

    private List<String> levelsOf(LossRow row) {
        return sources.stream().map(source -> level(row, source).orElse("").strip()).toList();
    }

    private String cell(List<String> levels) {
        List<String> parts = new ArrayList<>();
        for (int factor = 0; factor < levels.size(); factor++) {
            parts.add(name(sources.get(factor)) + " " + levels.get(factor));
        }
        return String.join(", ", parts);
    }

    /** Returns the levels that occur more than once, in the order in which they first appear. */
    private List<List<String>> levels() {
        List<Map<String, Integer>> counts = new ArrayList<>();
        for (int factor = 0; factor < sources.size(); factor++) {
            Map<String, Integer> count = new LinkedHashMap<>();
            for (List<String> levels : byLevels.keySet()) {
                count.merge(levels.get(factor), 1, Integer::sum);
            }
            counts.add(count);
        }
        List<Set<String>> kept = new ArrayList<>();
        sources.forEach(_ -> kept.add(new LinkedHashSet<>()));
        for (List<String> levels : byLevels.keySet()) {
            if (counts.get(0).getOrDefault(levels.get(0), 0) > 1
                    && counts.get(1).getOrDefault(levels.get(1), 0) > 1) {
                for (int factor = 0; factor < levels.size(); factor++) {
                    kept.get(factor).add(levels.get(factor));
                }
            }
        }
        if (kept.stream().anyMatch(levels -> levels.size() < 2)) {
            throw new UserException(
                    "%s: the %d losses of %s have %d inits and %d samples and are no grid: every init must occur with every sample. 'mettle assess --table' takes losses without a grid."
                            .formatted(
                                    file,
                                    rows.size(),
                                    candidate,
                                    counts.get(0).size(),
                                    counts.get(1).size()));
        }
        return kept.stream().map(List::copyOf).toList();
    }

    private void requireComplete(List<List<String>> levels) {
        List<String> missing = new ArrayList<>();
        for (List<String> cell : cells(levels)) {
            if (!byLevels.containsKey(cell)) {
                missing.add("(" + cell(cell) + ")");
            }
        }
        if (!missing.isEmpty()) {
            throw new UserException(
                    "%s: the grid of %s, %s, is not complete: %d of %d cells are missing, %s%s. Add them (a failed training has the loss inf), or take out the levels that lack cells."
                            .formatted(
                                    file,
                                    candidate,
                                    size(levels),
                                    missing.size(),
                                    cells(levels).size(),
                                    String.join(
                                            ", ",
                                            missing.subList(
                                                    0, Math.min(MOST_NAMED, missing.size()))),
                                    missing.size() > MOST_NAMED ? ", ..." : ""));
        }
    }

    private String size(List<List<String>> levels) {
        List<String> parts = new ArrayList<>();
        for (int factor = 0; factor < levels.size(); factor++) {
            parts.add(levels.get(factor).size() + " " + name(sources.get(factor)) + "s");
        }
        return String.join(" x ", parts);
    }

    /** Returns all combinations of levels, those of the last source fastest. */
    private static List<List<String>> cells(List<List<String>> levels) {
        List<List<String>> cells = List.of(List.of());
        for (List<String> own : levels) {
            List<List<String>> longer = new ArrayList<>();
            for (List<String> cell : cells) {
                for (String level : own) {
                    List<String> next = new ArrayList<>(cell);
                    next.add(level);
                    longer.add(next);
                }
            }
            cells = longer;
        }
        return cells;
    }

    private LossGrid grid(List<List<String>> levels) {
        List<LossGrid.Axis> axes = new ArrayList<>();
        for (int factor = 0; factor < levels.size(); factor++) {
            axes.add(new LossGrid.Axis(sources.get(factor), levels.get(factor)));
        }
        double[] losses = cells(levels).stream().mapToDouble(this::loss).toArray();
        return new LossGrid(axes, Series.of(losses));
    }

    private double loss(List<String> cell) {
        LossRow row = byLevels.get(cell);
        return row == null ? Double.POSITIVE_INFINITY : row.loss(); // never null: it is complete
    }

    /**
     * Returns the arms in the rows beyond the grid, with the row and column of the grid that they
     * continue; empty without both, or where they do not all have one sample, or one init.
     */
    private Optional<Arms> arms(List<List<String>> levels) {
        Set<List<String>> inside = new HashSet<>(cells(levels));
        List<List<String>> beyond =
                byLevels.keySet().stream().filter(cell -> !inside.contains(cell)).toList();
        Set<String> inits = new HashSet<>(levels.get(0));
        // what the arm of inits has in common, and what the arm of samples has
        Set<List<String>> ofInits = new HashSet<>();
        Set<List<String>> ofSamples = new HashSet<>();
        for (List<String> cell : beyond) {
            (inits.contains(cell.get(0)) ? ofSamples : ofInits)
                    .add(without(cell, inits.contains(cell.get(0)) ? 1 : 0));
        }
        if (ofInits.size() != 1 || ofSamples.size() != 1) {
            return Optional.empty();
        }
        double[] overInits = losses(cell -> ofInits.contains(without(cell, 0)));
        double[] overSamples = losses(cell -> ofSamples.contains(without(cell, 1)));
        return Math.min(overInits.length, overSamples.length) < SpreadComparison.LEAST
                ? Optional.empty()
                : Optional.of(Arms.of(Losses.of(overInits), Losses.of(overSamples)));
    }

    private static List<String> without(List<String> cell, int factor) {
        List<String> rest = new ArrayList<>(cell);
        rest.remove(factor);
        return rest;
    }

    private double[] losses(Function<List<String>, Boolean> belongs) {
        return byLevels.entrySet().stream()
                .filter(entry -> belongs.apply(entry.getKey()))
                .mapToDouble(entry -> entry.getValue().loss())
                .toArray();
    }
}
