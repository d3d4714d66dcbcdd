package dev.mettle.data;

import dev.mettle.core.data.Shape;
import dev.mettle.core.study.CategorySettings;
import dev.mettle.core.study.DataException;
import dev.mettle.core.study.DataSettings;
import dev.mettle.core.study.DerivedFeatures;
import dev.mettle.core.study.Encoding;
import dev.mettle.core.study.FeatureSettings;
import dev.mettle.core.study.SplitSettings;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds the arrays that a study names, and checks their shapes; reads none of their numbers but
 * those of columns that are encoded.
 */
final class ArrayFinder {
    private static final String SPLIT = "split";

    private final ArraySource source;
    private final DataSettings settings;
    private final List<DerivedFeatures> derived;
    private final Faults faults;

    ArrayFinder(
            ArraySource source,
            DataSettings settings,
            List<DerivedFeatures> derived,
            Faults faults) {
        this.source = source;
        this.settings = settings;
        this.derived = derived;
        this.faults = faults;
    }

    /** Finds them all; throws with everything that is wrong with any. */
    StudyArrays find() {
        source.expect(arrays());
        Optional<DataArray> input = input();
        Optional<Shape> shape =
                input.flatMap(
                        array -> faults.collect(() -> InputShape.of(array, settings.layout())));
        OptionalLong rows =
                shape.isEmpty() ? OptionalLong.empty() : OptionalLong.of(rows(input.orElseThrow()));
        List<DataArray> targets = new ArrayList<>();
        for (String name : settings.target().names()) {
            faults.collect(() -> column("target", name, rows)).ifPresent(targets::add);
        }
        List<DataArray> stored = storedFeatures(rows);
        List<DataArray> categories = new ArrayList<>();
        for (CategorySettings category : settings.categories()) {
            faults.collect(() -> column("categories", category.name(), rows))
                    .ifPresent(categories::add);
        }
        List<DataArray> split = new ArrayList<>();
        for (String name : rows.isPresent() ? splitColumns() : List.<String>of()) {
            faults.collect(() -> column(SPLIT, name, rows)).ifPresent(split::add);
        }
        faults.throwIfAny();
        return new StudyArrays(
                input.orElseThrow(), shape.orElseThrow(), targets, stored, categories, split);
    }

    private static long rows(DataArray array) {
        return array.shape().getFirst();
    }

    /** Returns the names of all arrays that are asked for. */
    private Set<String> arrays() {
        Set<String> names = new HashSet<>(settings.input());
        names.addAll(settings.target().names());
        settings.features().forEach(feature -> names.add(feature.name()));
        settings.categories().forEach(category -> names.add(category.name()));
        names.addAll(splitColumns());
        return names;
    }

    /** Returns the arrays by which rows are held out. */
    private List<String> splitColumns() {
        return settings.split() instanceof SplitSettings.Files
                ? List.of(JoinedFile.PART)
                : settings.split().columns();
    }

    /** Finds the input: an array, or columns of equal numbers of rows. */
    private Optional<DataArray> input() {
        if (settings.input().size() == 1 && settings.encodings().isEmpty()) {
            return faults.collect(() -> source.array("input", settings.input().getFirst()));
        }
        List<DataArray> columns = new ArrayList<>();
        OptionalLong rows = OptionalLong.empty();
        boolean right = true;
        for (String name : settings.input()) {
            OptionalLong before = rows;
            Optional<List<DataArray>> made =
                    faults.collect(() -> encoded(column("input", name, before)));
            right &= made.isPresent();
            columns.addAll(made.orElse(List.of()));
            rows = columns.isEmpty() ? rows : OptionalLong.of(rows(columns.getFirst()));
        }
        return right ? Optional.of(new ColumnTable(columns)) : Optional.empty();
    }

    /** Returns a column of the input, or those that its encoding makes of it. */
    private List<DataArray> encoded(DataArray column) {
        Encoding encoding = settings.encodings().get(column.name());
        return encoding == null
                ? List.of(column)
                : ColumnEncoder.encode(column, encoding, source.location(column.name()));
    }

    /** Finds an array with one number per row of the input, whose rows are known if it is sound. */
    private DataArray column(String key, String name, OptionalLong rows) {
        DataArray column = source.array(key, name);
        requireOther(key, column);
        List<Long> sizes = column.shape();
        boolean single = sizes.size() == 1 || sizes.size() == 2 && sizes.get(1) == 1;
        if (!single) {
            throw column.problem(
                    ("has the shape %s, where one number per row is needed: (n) or (n,1). "
                                    + "Write each column as an array of its own.")
                            .formatted(column.shapeText()));
        }
        if (rows.isPresent() && sizes.getFirst() != rows.getAsLong()) {
            throw column.problem(
                    "has %d rows, but the input '%s' has %d. Each row needs its own number."
                            .formatted(
                                    sizes.getFirst(),
                                    settings.input().getFirst(),
                                    rows.getAsLong()));
        }
        return column;
    }

    private void requireOther(String key, DataArray column) {
        if (key.equals(SPLIT)) {
            return; // no network sees it
        }
        if (key.equals("target")
                ? settings.input().contains(column.name())
                : !key.equals("input") && settings.target().names().contains(column.name())) {
            throw column.problem(
                    ("is the %s too: a network that sees the answer learns nothing. Name "
                                    + "another array.")
                            .formatted(key.equals("target") ? "input" : "target"));
        }
    }

    /** Returns the arrays among the features, in their order. */
    private List<DataArray> storedFeatures(OptionalLong rows) {
        List<DataArray> arrays = new ArrayList<>();
        for (FeatureSettings feature : settings.features()) {
            if (isDerived(feature.name())) {
                continue;
            }
            faults.collect(() -> storedFeature(feature.name(), rows)).ifPresent(arrays::add);
        }
        return arrays;
    }

    private DataArray storedFeature(String name, OptionalLong rows) {
        if (!source.names().contains(name)) {
            throw unknownFeature(name);
        }
        return column("features", name, rows);
    }

    private DataException unknownFeature(String name) {
        SequencedSet<String> computed = new LinkedHashSet<>();
        derived.forEach(port -> computed.addAll(new TreeSet<>(port.names())));
        SequencedSet<String> known = new LinkedHashSet<>(computed);
        known.addAll(source.names());
        settings.target().names().forEach(known::remove);
        return new DataException(
                "features",
                "'%s' is neither a derived feature (%s) nor an array of %s, which has %s.%s"
                        .formatted(
                                name,
                                computed.isEmpty() ? "there are none" : String.join(", ", computed),
                                source.label(),
                                source.listing(),
                                NearestName.question(name, known)));
    }

    private boolean isDerived(String name) {
        return derived.stream().anyMatch(port -> port.names().contains(name));
    }
}
