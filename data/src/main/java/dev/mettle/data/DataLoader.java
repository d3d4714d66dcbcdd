package dev.mettle.data;

import dev.mettle.core.data.Dataset;
import dev.mettle.core.data.Shape;
import dev.mettle.core.study.DataException;
import dev.mettle.core.study.DataFacts;
import dev.mettle.core.study.DataSettings;
import dev.mettle.core.study.DerivedFeatures;
import dev.mettle.core.study.FeatureSettings;
import dev.mettle.core.study.ScaleKind;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.TreeSet;

/**
 * Loads the data of a study and checks them: what comes back is finite, of equal length, and ready
 * to be split.
 *
 * <p>Input arrays: (n) and (n,d) are tables of 1 and d columns; (n,h,w) is an image of one channel;
 * (n,c,h,w) of c. Targets and features that are arrays: (n) or (n,1).
 */
public final class DataLoader {
    private final DataSettings settings;
    private final List<DerivedFeatures> derived;
    private final NpzFile file;

    private DataLoader(DataSettings settings, List<DerivedFeatures> derived, NpzFile file) {
        this.settings = settings;
        this.derived = derived;
        this.file = file;
    }

    /**
     * Loads a study's data. A feature that a port can derive is derived, even when the file has an
     * array of that name.
     *
     * @param settings file, arrays and features; the split is not looked at
     * @param studyDirectory folder of the study file, from which the data file is looked up
     * @param derived computes features that are not arrays of the file; the first port that knows a
     *     name is asked
     * @throws DataException with the study's key and a message for the user, when anything is wrong
     *     with the data
     */
    public static LoadedData load(
            DataSettings settings, Path studyDirectory, List<DerivedFeatures> derived) {
        try (NpzFile file = NpzFile.open(resolve(settings.file(), studyDirectory))) {
            return new DataLoader(settings, derived, file).load();
        }
    }

    private static Path resolve(String file, Path studyDirectory) {
        try {
            return studyDirectory.resolve(file).normalize();
        } catch (InvalidPathException e) {
            throw new DataException(
                    "file", "'%s' is not a path (%s).".formatted(file, e.getReason()));
        }
    }

    private LoadedData load() {
        NpyArray input = file.array("input", settings.input());
        Shape shape = inputShape(input);
        int rows = (int) (long) input.shape().getFirst();
        List<NpyArray> targetColumns = new ArrayList<>();
        for (String name : settings.target().names()) {
            targetColumns.add(column("target", name, input));
        }
        List<NpyArray> stored = storedFeatures(input);
        float[] inputs = input.toFloats();
        finite("input", input, inputs, input.shape().subList(1, input.shape().size()));
        Targets targets = Targets.of(settings.target(), targetColumns, this::where);
        float[] features = features(stored, inputs, shape, rows);
        List<String> names = settings.features().stream().map(FeatureSettings::name).toList();
        String checksum = DataChecksum.of(file.path(), settings, this::isDerived);
        Dataset dataset =
                new Dataset(
                        shape, inputs, names, features, targets.task(), targets.values(), checksum);
        return new LoadedData(dataset, new DataFacts(shape, rows, targets.task()));
    }

    private static Shape inputShape(NpyArray input) {
        List<Long> sizes = input.shape();
        if (sizes.isEmpty() || sizes.size() > 4) {
            throw input.problem(
                    ("has the shape %s; an input is (n), (n,d), (n,h,w) or (n,c,h,w), n "
                                    + "being the number of rows.")
                            .formatted(input.shapeText()));
        }
        if (sizes.getFirst() == 0) {
            throw input.problem("has no rows: its shape is %s.".formatted(input.shapeText()));
        }
        if (input.count() == 0) {
            throw input.problem(
                    "has rows without values: its shape is %s.".formatted(input.shapeText()));
        }
        if (input.count() > Integer.MAX_VALUE) {
            throw input.problem(
                    "of shape %s has more than %d values. Use fewer rows."
                            .formatted(input.shapeText(), Integer.MAX_VALUE));
        }
        int[] axes = sizes.stream().mapToInt(size -> (int) (long) size).toArray();
        return switch (axes.length) {
            case 1 -> Shape.flat(1);
            case 2 -> Shape.flat(axes[1]);
            case 3 -> new Shape(1, axes[1], axes[2]);
            default -> new Shape(axes[1], axes[2], axes[3]);
        };
    }

    /** Finds an array with one number per row of the input. */
    private NpyArray column(String key, String name, NpyArray input) {
        NpyArray column = file.array(key, name);
        List<Long> sizes = column.shape();
        boolean single = sizes.size() == 1 || sizes.size() == 2 && sizes.get(1) == 1;
        if (!single) {
            throw column.problem(
                    ("has the shape %s, where one number per row is needed: (n) or (n,1). "
                                    + "Write each column as an array of its own.")
                            .formatted(column.shapeText()));
        }
        if (!sizes.getFirst().equals(input.shape().getFirst())) {
            throw column.problem(
                    "has %d rows, but the input '%s' has %d. Each row needs its own number."
                            .formatted(sizes.getFirst(), input.name(), input.shape().getFirst()));
        }
        if (key.equals("target")
                ? name.equals(input.name())
                : settings.target().names().contains(name)) {
            throw column.problem(
                    ("is the %s too: a network that sees the answer learns nothing. Name "
                                    + "another array.")
                            .formatted(key.equals("target") ? "input" : "target"));
        }
        return column;
    }

    /** Returns the arrays among the features, in their order. */
    private List<NpyArray> storedFeatures(NpyArray input) {
        List<NpyArray> arrays = new ArrayList<>();
        for (FeatureSettings feature : settings.features()) {
            if (isDerived(feature.name())) {
                continue;
            }
            if (!file.names().contains(feature.name())) {
                throw unknownFeature(feature.name());
            }
            arrays.add(column("features", feature.name(), input));
        }
        return arrays;
    }

    private DataException unknownFeature(String name) {
        SequencedSet<String> computed = new LinkedHashSet<>();
        derived.forEach(port -> computed.addAll(new TreeSet<>(port.names())));
        SequencedSet<String> known = new LinkedHashSet<>(computed);
        known.addAll(file.names());
        settings.target().names().forEach(known::remove);
        return new DataException(
                "features",
                "'%s' is neither a derived feature (%s) nor an array of %s, which has %s.%s"
                        .formatted(
                                name,
                                computed.isEmpty() ? "there are none" : String.join(", ", computed),
                                file.path(),
                                file.listing(),
                                NearestName.question(name, known)));
    }

    private boolean isDerived(String name) {
        return port(name).isPresent();
    }

    private Optional<DerivedFeatures> port(String name) {
        return derived.stream().filter(candidate -> candidate.names().contains(name)).findFirst();
    }

    /** Returns [rows, features], row after row. */
    private float[] features(List<NpyArray> stored, float[] inputs, Shape shape, int rows) {
        int count = settings.features().size();
        if ((long) rows * count > Integer.MAX_VALUE - 8) {
            throw new DataException(
                    "features", "%d features of %d rows are too many.".formatted(count, rows));
        }
        float[] features = new float[rows * count];
        int used = 0;
        for (int f = 0; f < count; f++) {
            FeatureSettings feature = settings.features().get(f);
            Optional<DerivedFeatures> port = port(feature.name());
            float[] values =
                    port.isPresent()
                            ? derive(port.get(), feature, inputs, shape)
                            : stored.get(used++).toFloats();
            check(feature, values);
            for (int row = 0; row < rows; row++) {
                features[row * count + f] = values[row];
            }
        }
        return features;
    }

    private static float[] derive(
            DerivedFeatures port, FeatureSettings feature, float[] inputs, Shape shape) {
        try {
            return port.compute(feature, inputs, shape);
        } catch (IllegalArgumentException e) {
            throw new DataException("features", String.valueOf(e.getMessage()));
        }
    }

    private void check(FeatureSettings feature, float[] values) {
        String where = where(feature.name());
        Checks.finite("features", where, i -> values[i], values.length, List.of());
        if (feature.scale() == ScaleKind.LOG) {
            Checks.positive("features", where, i -> values[i], values.length);
        }
    }

    private void finite(String key, NpyArray array, float[] values, List<Long> rowShape) {
        Checks.finite(key, where(array.name()), i -> values[i], values.length, rowShape);
    }

    private String where(String name) {
        return "%s: %s '%s'"
                .formatted(file.path(), isDerived(name) ? "derived feature" : "array", name);
    }
}
