package dev.mettle.data;

import dev.mettle.core.study.DataException;
import dev.mettle.core.study.Expressions;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * A source of arrays with columns that are computed from its own, and of which only the rows stay
 * that fulfil a condition. Expressions see the rows of the source, in its order, before any is left
 * out.
 */
final class ComputedSource implements ArraySource {
    private static final String WHERE = "where";

    private final ArraySource source;
    private final RowExpressions engine;
    private final SequencedMap<String, RowExpressions.Expression> computed = new LinkedHashMap<>();
    private final Optional<RowExpressions.Expression> condition;
    private final Map<String, Set<String>> reads = new HashMap<>();
    private final Map<String, ComputedArray> arrays = new HashMap<>();
    private final long memoryBytes;
    private int @Nullable [] kept;
    private int rows;

    /**
     * Checks the expressions; computes nothing yet.
     *
     * @param derived names that mean something else already
     * @param memoryBytes that columns of an expression may take
     * @throws DataException with everything that is wrong with any
     */
    ComputedSource(
            ArraySource source,
            Expressions expressions,
            RowExpressions engine,
            Set<String> derived,
            long memoryBytes) {
        this.source = source;
        this.engine = engine;
        this.memoryBytes = memoryBytes;
        condition =
                expressions
                        .where()
                        .map(text ->
                                new RowExpressions.Expression(
                                        WHERE, WHERE, text, RowExpressions.Kind.CONDITION));
        Faults faults = new Faults();
        expressions
                .columns()
                .forEach((name, text) -> {
                    String key = "features." + name;
                    faults.collect(() -> unused(key, name, derived));
                    computed.put(
                            name,
                            new RowExpressions.Expression(
                                    key, name, text, RowExpressions.Kind.NUMBER));
                });
        computed.values().forEach(one -> faults.collect(() -> check(one)));
        condition.ifPresent(one -> faults.collect(() -> check(one)));
        faults.throwIfAny();
    }

    private String unused(String key, String name, Set<String> derived) {
        if (source.names().contains(name)) {
            throw new DataException(
                    key,
                    "%s has a column '%s' already; call the computed one something else."
                            .formatted(source.label(), name));
        }
        if (derived.contains(name)) {
            throw new DataException(
                    key,
                    ("'%s' is a feature that is derived from the input; call the computed column"
                                    + " something else.")
                            .formatted(name));
        }
        return name;
    }

    private Set<String> check(RowExpressions.Expression expression) {
        Set<String> columns = new TreeSet<>(engine.columns(expression));
        for (String column : columns) {
            boolean isLater = computed.containsKey(column) && !reads.containsKey(column);
            if (isLater) { // so that none hangs on itself
                throw new DataException(
                        expression.key(),
                        ("'%s' is computed after '%s'. Write it before it, or write its expression"
                                        + " here.")
                                .formatted(column, expression.name()));
            }
            if (!names().contains(column)) {
                throw source.missing(expression.key(), column);
            }
        }
        reads.put(expression.name(), columns);
        return columns;
    }

    /** Returns a sentence about the rows that were left out; empty when there is no condition. */
    Optional<String> note() {
        return condition.map(expression -> {
            int stay = keptRows().length;
            return "data: {where: %s} leaves out %,d of %,d rows; %,d stay."
                    .formatted(shortened(expression.text()), rows - stay, rows, stay);
        });
    }

    @Override
    public String key() {
        return source.key();
    }

    @Override
    public String label() {
        return source.label();
    }

    @Override
    public SequencedSet<String> names() {
        SequencedSet<String> names = new LinkedHashSet<>(source.names());
        names.addAll(computed.sequencedKeySet());
        return Collections.unmodifiableSequencedSet(names);
    }

    @Override
    public void expect(Set<String> names) {
        Set<String> wanted = new HashSet<>(names);
        reads.values().forEach(wanted::addAll);
        wanted.removeAll(computed.keySet());
        source.expect(wanted);
    }

    @Override
    public DataArray array(String key, String name) {
        RowExpressions.Expression expression = computed.get(name);
        DataArray array = expression == null ? source.array(key, name) : computed(expression);
        if (condition.isEmpty()) {
            return array;
        }
        int[] stay = keptRows();
        boolean fits = !array.shape().isEmpty() && array.shape().getFirst() == rows;
        return fits ? new KeptRows(array, stay, true) : array; // else the lengths will be reported
    }

    private ComputedArray computed(RowExpressions.Expression expression) {
        ComputedArray known = arrays.get(expression.name());
        if (known != null) {
            return known;
        }
        List<RowExpressions.Column> columns = columns(expression);
        int count = rows(columns);
        ComputedArray array =
                new ComputedArray(
                        expression.key(),
                        called(expression),
                        expression.name(),
                        count,
                        () -> engine.compute(expression, columns, count));
        arrays.put(expression.name(), array);
        return array;
    }

    private List<RowExpressions.Column> columns(RowExpressions.Expression expression) {
        List<RowExpressions.Column> columns = new ArrayList<>();
        long before = -1;
        for (String name : reads.getOrDefault(expression.name(), Set.of())) {
            RowExpressions.Expression other = computed.get(name);
            DataArray array =
                    other == null ? source.array(expression.key(), name) : computed(other);
            List<Long> shape = array.shape();
            boolean single = shape.size() == 1 || shape.size() == 2 && shape.get(1) == 1;
            if (!single || before >= 0 && shape.getFirst() != before) {
                throw array.problem(
                        ("has the shape %s; an expression takes columns of one number or text per"
                                        + " row, all of equal length.")
                                .formatted(array.shapeText()));
            }
            before = shape.getFirst();
            columns.add(new RowExpressions.Column(name, array));
        }
        requireMemory(expression, before * (columns.size() + 1));
        return columns;
    }

    private void requireMemory(RowExpressions.Expression expression, long values) {
        if (values > Integer.MAX_VALUE - 8 || values * Double.BYTES > memoryBytes) {
            throw new DataException(
                    expression.key(),
                    ("the columns of this expression need %,d MB of memory, but the program may"
                                    + " use %,d MB. Use fewer rows, or allow more:"
                                    + " METTLE_JAVA_OPTIONS=-Xmx16g, for example.")
                            .formatted((values * Double.BYTES >> 20) + 1, memoryBytes >> 20));
        }
    }

    private static int rows(List<RowExpressions.Column> columns) {
        return (int) (long) columns.getFirst().array().shape().getFirst();
    }

    /** Returns the rows that fulfil the condition, which there is. */
    private int[] keptRows() {
        if (kept == null) {
            RowExpressions.Expression expression = condition.orElseThrow();
            List<RowExpressions.Column> columns = columns(expression);
            rows = rows(columns);
            double[] holds = engine.compute(expression, columns, rows);
            int[] stay = new int[rows];
            int count = 0;
            for (int row = 0; row < rows; row++) {
                if (holds[row] == 1) {
                    stay[count++] = row;
                }
            }
            if (count < 2) {
                throw new DataException(
                        WHERE,
                        "the condition holds for %d of %,d rows of %s, which are too few."
                                .formatted(count, rows, source.label()));
            }
            kept = Arrays.copyOf(stay, count);
        }
        return kept;
    }

    @Override
    public Location location(String name) {
        RowExpressions.Expression expression = computed.get(name);
        Location location = expression == null ? source.location(name) : location(expression);
        return condition.isEmpty() ? location : location.keeping(keptRows());
    }

    @Override
    public String rowName(int row) {
        return source.rowName(condition.isEmpty() ? row : keptRows()[row]);
    }

    /** Names a row as the first column of the expression does. */
    private Location location(RowExpressions.Expression expression) {
        String first = expression.name();
        while (computed.containsKey(first)) {
            first = reads.getOrDefault(first, Set.of("")).iterator().next();
        }
        Location known = source.location(first);
        return Location.table(
                "%s: %s".formatted(source.label(), called(expression)),
                row -> "%s: %s".formatted(known.row(row), called(expression)));
    }

    private static String called(RowExpressions.Expression expression) {
        return "feature '%s' (%s)".formatted(expression.name(), shortened(expression.text()));
    }

    private static String shortened(String text) {
        String line = text.replaceAll("[\\p{Cntrl}\\s]+", " ");
        return line.length() > 60 ? line.substring(0, 57) + "..." : line;
    }

    @Override
    public String listing() {
        return source.listing()
                + (computed.isEmpty()
                        ? ""
                        : "; computed: " + String.join(", ", computed.sequencedKeySet()));
    }

    @Override
    public DataException missing(String key, String name) {
        return source.missing(key, name);
    }

    /** Adds the source, and all expressions. */
    @Override
    public void addTo(MessageDigest digest) {
        source.addTo(digest);
        condition.ifPresent(one -> add(digest, one));
        computed.values().forEach(one -> add(digest, one));
    }

    private static void add(MessageDigest digest, RowExpressions.Expression expression) {
        for (String text : List.of("sql", expression.key(), expression.text())) {
            DataChecksum.add(digest, text.getBytes(StandardCharsets.UTF_8));
        }
    }
}
