package dev.mettle.data;

import dev.mettle.core.data.Categories;
import dev.mettle.core.data.Dataset;
import dev.mettle.core.data.Shape;
import dev.mettle.core.data.Task;
import dev.mettle.core.study.CsvSettings;
import dev.mettle.core.study.DataException;
import dev.mettle.core.study.DataSettings;
import dev.mettle.core.study.DataSource;
import dev.mettle.core.study.DerivedFeatures;
import dev.mettle.core.study.FeatureSettings;
import dev.mettle.core.study.ScaleKind;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;

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
     * @param settings file (else an {@link IllegalArgumentException}), arrays, features and split
     * @param studyDirectory folder of the study file, from which the data file is looked up
     * @param derived computes features that are not arrays of the file; the first port that knows a
     *     name is asked
     * @throws DataException with a message for the user for each thing that is wrong with the data:
     *     all that the headers of the arrays show, or else all that their numbers show
     */
    public static LoadedData load(
            DataSettings settings, Path studyDirectory, List<DerivedFeatures> derived) {
        return load(settings, studyDirectory, derived, List.of(), NoExpressions.NONE);
    }

    /**
     * As above, where files may also be of other formats than this module's.
     *
     * @param expressions computes what the study computes from columns
     */
    public static LoadedData load(
            DataSettings settings,
            Path studyDirectory,
            List<DerivedFeatures> derived,
            List<DataFormat> others,
            RowExpressions expressions) {
        long memoryBytes = Runtime.getRuntime().maxMemory();
        return load(settings, studyDirectory, derived, others, expressions, memoryBytes);
    }

    /** As above, where data that need more memory than that are refused before they are read. */
    static LoadedData load(
            DataSettings settings,
            Path studyDirectory,
            List<DerivedFeatures> derived,
            List<DataFormat> others,
            RowExpressions expressions,
            long memoryBytes) {
        if (!(settings.source()
                instanceof DataSource.File(String path, Optional<CsvSettings> csv))) {
            throw new IllegalArgumentException("the rows do not come from a file.");
        }
        List<DataFormat> formats = new ArrayList<>(others); // before CSV, which takes any text
        formats.addAll(DataFiles.formats(csv));
        try (DataFile file = StudyFiles.open(path, settings.split(), studyDirectory, formats)) {
            boolean hasTable =
                    file instanceof CsvFile
                            || file instanceof JoinedFile joined && joined.hasTable();
            if (csv.isPresent() && !hasTable) {
                throw new DataException(
                        "csv",
                        "%s is no table of text, which 'csv' is about. Take it out."
                                .formatted(file.path()));
            }
            return load(settings, file, derived, expressions, memoryBytes);
        }
    }

    /**
     * Loads the data of a study whose rows come from {@code source}; see {@link #load(DataSettings,
     * Path, List, List, RowExpressions)}.
     */
    public static LoadedData load(
            DataSettings settings,
            ArraySource source,
            List<DerivedFeatures> derived,
            RowExpressions expressions) {
        long memoryBytes = Runtime.getRuntime().maxMemory();
        return load(settings, source, derived, expressions, memoryBytes);
    }

    /** As above, without expressions. */
    public static LoadedData load(
            DataSettings settings, ArraySource source, List<DerivedFeatures> derived) {
        return load(settings, source, derived, NoExpressions.NONE);
    }

    private static LoadedData load(
            DataSettings settings,
            ArraySource source,
            List<DerivedFeatures> derived,
            RowExpressions engine,
            long memoryBytes) {
        if (settings.expressions().isEmpty()) {
            return new DataLoader(settings, derived, source, memoryBytes).load();
        }
        Set<String> taken = new HashSet<>();
        derived.forEach(port -> taken.addAll(port.names()));
        ComputedSource computed =
                new ComputedSource(source, settings.expressions(), engine, taken, memoryBytes);
        LoadedData loaded = new DataLoader(settings, derived, computed, memoryBytes).load();
        return computed.note().map(loaded::noting).orElse(loaded);
    }

    private LoadedData load() {
        StudyArrays found = new ArrayFinder(source, settings, derived, faults).find();
        requireMemory(found);
        return switch (settings.missing()) {
            case ERROR -> read(found, this::where, this::where, List.of(), source::rowName);
            case DROP -> complete(found);
            case IMPUTE -> imputed(found);
        };
    }

    /** Leaves out the rows in which a value is missing. */
    private LoadedData complete(StudyArrays found) {
        MissingRows missing = MissingRows.of(found, faults);
        faults.throwIfAny();
        if (!missing.any()) {
            return read(found, this::where, this::where, List.of(), source::rowName);
        }
        int[] rows = missing.complete();
        if (rows.length < 2) {
            throw new DataException(
                    "missing",
                    "in %,d of %,d rows of %s a value is missing (%s): 'drop' leaves too few."
                            .formatted(
                                    found.rows() - rows.length,
                                    found.rows(),
                                    source.label(),
                                    missing.described()));
        }
        String note =
                "data: {missing: drop} leaves out %,d of %,d rows, in which a value is missing (%s)."
                        .formatted(found.rows() - rows.length, found.rows(), missing.described());
        Function<String, Location> kept = name -> where(name).keeping(rows);
        return read(
                found.keeping(rows), kept, kept, List.of(note), row -> source.rowName(rows[row]));
    }

    /** Keeps missing inputs, features and categories, for samples to fill in. */
    private LoadedData imputed(StudyArrays found) {
        MissingRows missing = MissingRows.of(found, faults);
        faults.throwIfAny();
        Function<String, Location> inputs =
                found.shape().isFlat() ? name -> where(name).allowingMissing() : this::where;
        List<String> notes =
                missing.any()
                        ? List.of(
                                "data: {missing: impute} fills in %,d values (%s) from each training's own sample."
                                        .formatted(missing.values(), missing.described()))
                        : List.of();
        return read(found, inputs, this::where, notes, source::rowName);
    }

    /**
     * Reads and checks the numbers.
     *
     * @param inputWhere what messages call inputs and features
     * @param where what they call all others
     * @param rowNames what they call a row
     */
    private LoadedData read(
            StudyArrays found,
            Function<String, Location> inputWhere,
            Function<String, Location> where,
            List<String> notes,
            IntFunction<String> rowNames) {
        Optional<float[]> inputs =
                found.input() instanceof ColumnTable columns
                        ? columns.checked(inputWhere, faults)
                        : faults.collect(() -> inputs(found.input(), inputWhere));
        Optional<Targets> targets =
                faults.collect(() -> Targets.of(settings.target(), found.targets(), where));
        Optional<float[]> features = features(found, inputs, inputWhere);
        Optional<Categories> categories =
                CategoryCodes.of(
                        settings.categories(),
                        found.categories(),
                        where,
                        settings.missing(),
                        faults);
        Optional<RowSplit> split =
                faults.collect(() -> RowSplit.of(found.rows(), found.split(), settings, where));
        faults.throwIfAny();
        List<String> names = settings.features().stream().map(FeatureSettings::name).toList();
        String checksum = DataChecksum.of(source, settings, this::isDerived);
        Task task = targets.orElseThrow().task();
        Dataset dataset =
                new Dataset(
                        found.shape(),
                        inputs.orElseThrow(),
                        names,
                        features.orElseThrow(),
                        categories.orElseThrow(),
                        task,
                        targets.orElseThrow().values(),
                        checksum);
        return LoadedData.of(dataset, split.orElseThrow(), settings, notes, rowNames);
    }

    /** Refuses what cannot fit before anything is read: a small file may unpack to a large one. */
    private void requireMemory(StudyArrays found) {
        DataArray input = found.input();
        long eachRow =
                (long) Float.BYTES * settings.features().size()
                        + (long) Integer.BYTES * settings.categories().size()
                        + 2L * Double.BYTES * settings.target().names().size();
        long bytes = input.count() * Float.BYTES + found.rows() * eachRow;
        if (bytes > memoryBytes) {
            throw new DataException(
                    source.key(),
                    ("%s needs %,d MB of memory once it is read (%s, kept as float32), but the"
                         + " program may use %,d MB: about %,d of its %,d rows would fit. Use fewer"
                         + " rows or columns, or allow more: METTLE_JAVA_OPTIONS=-Xmx%dm.")
                            .formatted(
                                    source.label(),
                                    megabytes(bytes),
                                    input.describe(),
                                    memoryBytes >> 20,
                                    memoryBytes / Math.max(1, bytes / found.rows()),
                                    found.rows(),
                                    megabytes(bytes + bytes / 2)));
        }
    }

    private static long megabytes(long bytes) {
        return (bytes >> 20) + 1;
    }

    private static float[] inputs(DataArray input, Function<String, Location> where) {
        float[] inputs = input.toFloats();
        List<Long> rowShape = input.shape().subList(1, input.shape().size());
        Checks.finite("input", where.apply(input.name()), i -> inputs[i], inputs.length, rowShape);
        return inputs;
    }

    private boolean isDerived(String name) {
        return port(name).isPresent();
    }

    private Optional<DerivedFeatures> port(String name) {
        return derived.stream().filter(candidate -> candidate.names().contains(name)).findFirst();
    }

    /** Returns [rows, features], row after row; empty when one is wrong or the inputs are. */
    private Optional<float[]> features(
            StudyArrays found, Optional<float[]> inputs, Function<String, Location> where) {
        int rows = found.rows();
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
                                    where.apply(feature.name()),
                                    port.isPresent()
                                            ? derive(
                                                    port.get(),
                                                    feature,
                                                    inputs.get(),
                                                    found.shape())
                                            : found.features().get(next).toFloats()));
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

    private static float[] checked(FeatureSettings feature, Location where, float[] values) {
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
