package dev.mettle.data;

import dev.mettle.core.data.Categories;
import dev.mettle.core.data.Dataset;
import dev.mettle.core.data.Shape;
import dev.mettle.core.data.Task;
import dev.mettle.core.study.CategorySettings;
import dev.mettle.core.study.CsvSettings;
import dev.mettle.core.study.DataException;
import dev.mettle.core.study.DataFacts;
import dev.mettle.core.study.DataSettings;
import dev.mettle.core.study.DataSource;
import dev.mettle.core.study.DerivedFeatures;
import dev.mettle.core.study.FeatureSettings;
import dev.mettle.core.study.ScaleKind;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
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
 * Loads the data of a study and checks them: what comes back is finite, of equal length, and ready
 * to be split.
 *
 * <p>Input arrays: see {@link InputShape}. Targets and features that are arrays: (n) or (n,1).
 */
public final class DataLoader {
    private final DataSettings settings;
    private final List<DerivedFeatures> derived;
    private final ArraySource source;
    private final long memoryBytes;
    private final Faults faults = new Faults();

    private DataLoader(
            DataSettings settings,
            List<DerivedFeatures> derived,
            ArraySource source,
            long memoryBytes) {
        this.settings = settings;
        this.derived = derived;
        this.source = source;
        this.memoryBytes = memoryBytes;
    }

    /**
     * Loads a study's data. A feature that a port can derive is derived, even when the file has an
     * array of that name.
     *
     * @param settings file (else an {@link IllegalArgumentException}), arrays and features; the
     *     split is not looked at
     * @param studyDirectory folder of the study file, from which the data file is looked up
     * @param derived computes features that are not arrays of the file; the first port that knows a
     *     name is asked
     * @throws DataException with a message for the user for each thing that is wrong with the data:
     *     all that the headers of the arrays show, or else all that their numbers show
     */
    public static LoadedData load(
            DataSettings settings, Path studyDirectory, List<DerivedFeatures> derived) {
        return load(settings, studyDirectory, derived, List.of());
    }

    /** As above, where files may also be of other formats than this module's. */
    public static LoadedData load(
            DataSettings settings,
            Path studyDirectory,
            List<DerivedFeatures> derived,
            List<DataFormat> others) {
        long memoryBytes = Runtime.getRuntime().maxMemory();
        return load(settings, studyDirectory, derived, others, memoryBytes);
    }

    /** As above, where data that need more memory than that are refused before they are read. */
    static LoadedData load(
            DataSettings settings,
            Path studyDirectory,
            List<DerivedFeatures> derived,
            List<DataFormat> others,
            long memoryBytes) {
        if (!(settings.source()
                instanceof DataSource.File(String path, Optional<CsvSettings> csv))) {
            throw new IllegalArgumentException("the rows do not come from a file.");
        }
        List<DataFormat> formats = new ArrayList<>(DataFiles.formats(csv));
        formats.addAll(others);
        try (DataFile file = DataFiles.open(resolve(path, studyDirectory), formats)) {
            if (csv.isPresent() && !(file instanceof CsvFile)) {
                throw new DataException(
                        "csv",
                        "%s is no table of text, which 'csv' is about. Take it out."
                                .formatted(file.path()));
            }
            return new DataLoader(settings, derived, file, memoryBytes).load();
        }
    }

    /**
     * Loads the data of a study whose rows come from {@code source}; see {@link #load(DataSettings,
     * Path, List)}.
     */
    public static LoadedData load(
            DataSettings settings, ArraySource source, List<DerivedFeatures> derived) {
        long memoryBytes = Runtime.getRuntime().maxMemory();
        return new DataLoader(settings, derived, source, memoryBytes).load();
    }

    private static Path resolve(String file, Path studyDirectory) {
        try {
            return studyDirectory.resolve(file).normalize();
        } catch (InvalidPathException e) {
            throw new DataException(
                    "file",
                    "'%s' is not a path (%s)."
                            .formatted(file.replaceAll("\\p{Cntrl}", "?"), e.getReason()));
        }
    }

    private LoadedData load() {
        source.expect(arrays());
        Optional<DataArray> found = input();
        Optional<Shape> shape =
                found.flatMap(
                        array -> faults.collect(() -> InputShape.of(array, settings.layout())));
        OptionalLong rows =
                shape.isEmpty() ? OptionalLong.empty() : OptionalLong.of(rows(found.orElseThrow()));
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
        faults.throwIfAny();
        DataArray input = found.orElseThrow();
        requireMemory(input);
        return read(input, shape.orElseThrow(), targets, stored, categories);
    }

    /** Returns the names of all arrays that are asked for. */
    private Set<String> arrays() {
        Set<String> names = new HashSet<>(settings.input());
        names.addAll(settings.target().names());
        settings.features().forEach(feature -> names.add(feature.name()));
        settings.categories().forEach(category -> names.add(category.name()));
        return names;
    }

    /** Finds the input: an array, or columns of equal numbers of rows. */
    private Optional<DataArray> input() {
        if (settings.input().size() == 1) {
            return faults.collect(() -> source.array("input", settings.input().getFirst()));
        }
        List<DataArray> columns = new ArrayList<>();
        OptionalLong rows = OptionalLong.empty();
        for (String name : settings.input()) {
            OptionalLong before = rows;
            Optional<DataArray> column = faults.collect(() -> column("input", name, before));
            if (rows.isEmpty() && column.isPresent()) {
                rows = OptionalLong.of(rows(column.get()));
            }
            column.ifPresent(columns::add);
        }
        return columns.size() == settings.input().size()
                ? Optional.of(new ColumnTable(columns))
                : Optional.empty();
    }

    private static long rows(DataArray array) {
        return array.shape().getFirst();
    }

    private LoadedData read(
            DataArray input,
            Shape shape,
            List<DataArray> targetColumns,
            List<DataArray> stored,
            List<DataArray> categoryColumns) {
        int rows = (int) rows(input);
        Optional<float[]> inputs =
                input instanceof ColumnTable columns
                        ? columns.checked(this::where, faults)
                        : faults.collect(() -> inputs(input));
        Optional<Targets> targets =
                faults.collect(() -> Targets.of(settings.target(), targetColumns, this::where));
        Optional<float[]> features = features(stored, inputs, shape, rows);
        Optional<Categories> categories =
                CategoryCodes.of(settings.categories(), categoryColumns, this::where, faults);
        faults.throwIfAny();
        List<String> names = settings.features().stream().map(FeatureSettings::name).toList();
        String checksum = DataChecksum.of(source, settings, this::isDerived);
        Task task = targets.orElseThrow().task();
        Dataset dataset =
                new Dataset(
                        shape,
                        inputs.orElseThrow(),
                        names,
                        features.orElseThrow(),
                        categories.orElseThrow(),
                        task,
                        targets.orElseThrow().values(),
                        checksum);
        return new LoadedData(
                dataset, new DataFacts(shape, rows, task, dataset.categories().columns()));
    }

    /** Refuses what cannot fit before anything is read: a small file may unpack to a large one. */
    private void requireMemory(DataArray input) {
        long eachRow =
                (long) Float.BYTES * settings.features().size()
                        + (long) Integer.BYTES * settings.categories().size()
                        + 2L * Double.BYTES * settings.target().names().size();
        long bytes = input.count() * Float.BYTES + rows(input) * eachRow;
        if (bytes > memoryBytes) {
            throw new DataException(
                    source.key(),
                    ("%s needs %,d MB of memory once it is read (%s, kept as float32), but the"
                                    + " program may use %,d MB. Use fewer rows, or allow more:"
                                    + " METTLE_JAVA_OPTIONS=-Xmx%dm.")
                            .formatted(
                                    source.label(),
                                    megabytes(bytes),
                                    input.describe(),
                                    memoryBytes >> 20,
                                    megabytes(bytes + bytes / 2)));
        }
    }

    private static long megabytes(long bytes) {
        return (bytes >> 20) + 1;
    }

    private float[] inputs(DataArray input) {
        float[] inputs = input.toFloats();
        List<Long> rowShape = input.shape().subList(1, input.shape().size());
        Checks.finite("input", where(input.name()), i -> inputs[i], inputs.length, rowShape);
        return inputs;
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
        return port(name).isPresent();
    }

    private Optional<DerivedFeatures> port(String name) {
        return derived.stream().filter(candidate -> candidate.names().contains(name)).findFirst();
    }

    /** Returns [rows, features], row after row; empty when one is wrong or the inputs are. */
    private Optional<float[]> features(
            List<DataArray> stored, Optional<float[]> inputs, Shape shape, int rows) {
        int count = settings.features().size();
        if ((long) rows * count > Integer.MAX_VALUE - 8) {
            throw new DataException(
                    "features", "%d features of %d rows are too many.".formatted(count, rows));
        }
        float[] features = new float[rows * count];
        int used = 0;
        boolean right = inputs.isPresent();
        for (int f = 0; f < count; f++) {
            FeatureSettings feature = settings.features().get(f);
            Optional<DerivedFeatures> port = port(feature.name());
            if (port.isPresent() && inputs.isEmpty()) {
                continue; // derived from what is wrong
            }
            int next = port.isPresent() ? used : used++;
            Optional<float[]> values =
                    faults.collect(() ->
                            checked(
                                    feature,
                                    port.isPresent()
                                            ? derive(port.get(), feature, inputs.get(), shape)
                                            : stored.get(next).toFloats()));
            right &= values.isPresent();
            for (int row = 0; values.isPresent() && row < rows; row++) {
                features[row * count + f] = values.get()[row];
            }
        }
        return right ? Optional.of(features) : Optional.empty();
    }

    private static float[] derive(
            DerivedFeatures port, FeatureSettings feature, float[] inputs, Shape shape) {
        try {
            return port.compute(feature, inputs, shape);
        } catch (IllegalArgumentException e) {
            throw new DataException("features", String.valueOf(e.getMessage()));
        }
    }

    private float[] checked(FeatureSettings feature, float[] values) {
        Location where = where(feature.name());
        Checks.finite("features", where, i -> values[i], values.length, List.of());
        if (feature.scale() == ScaleKind.LOG) {
            Checks.positive("features", where, i -> values[i], values.length);
        }
        return values;
    }

    private Location where(String name) {
        return isDerived(name)
                ? Location.counted("%s: derived feature '%s'".formatted(source.label(), name))
                : source.location(name);
    }
}
