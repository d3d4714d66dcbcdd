package dev.mettle.data;

import dev.mettle.core.study.CategorySettings;
import dev.mettle.core.study.DataException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** An array of several files, whose rows follow each other. */
final class JoinedArray implements DataArray {
    private final String key;
    private final String name;
    private final String label;
    private final String first;
    private final List<Long> shape;
    private final List<JoinedPart> parts;

    /**
     * Joins arrays whose rows are of one shape.
     *
     * @param label what messages call the files
     * @param first what the first array is, for messages
     * @param ofFirst its shape
     * @param parts the files, in their order
     */
    JoinedArray(
            String key,
            String name,
            String label,
            String first,
            List<Long> ofFirst,
            List<JoinedPart> parts) {
        this.key = key;
        this.name = name;
        this.label = label;
        this.first = first;
        this.parts = parts;
        List<Long> joined = new ArrayList<>(ofFirst);
        joined.set(0, parts.stream().mapToLong(JoinedPart::rows).sum());
        this.shape = List.copyOf(joined);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<Long> shape() {
        return shape;
    }

    @Override
    public long count() {
        return shape.stream().reduce(1L, Math::multiplyExact);
    }

    @Override
    public String shapeText() {
        return NpyHeader.shapeText(shape);
    }

    @Override
    public String describe() {
        String type = first.substring(first.lastIndexOf(' ') + 1);
        return "%s %s %s in %,d files".formatted(name, shapeText(), type, parts.size());
    }

    @Override
    public float[] toFloats() {
        float[] all = new float[length()];
        int at = 0;
        for (JoinedPart part : parts) {
            float[] own = part.use(file -> file.array(key, name).toFloats());
            requireSize(part, own.length);
            System.arraycopy(own, 0, all, at, own.length);
            at += own.length;
        }
        return all;
    }

    @Override
    public double[] toDoubles() {
        double[] all = new double[length()];
        int at = 0;
        for (JoinedPart part : parts) {
            double[] own = part.use(file -> file.array(key, name).toDoubles());
            requireSize(part, own.length);
            System.arraycopy(own, 0, all, at, own.length);
            at += own.length;
        }
        return all;
    }

    private int length() {
        if (count() > StoredArray.MOST_VALUES) {
            throw problem(
                    "of shape %s has more than %,d values. Use fewer files or columns."
                            .formatted(shapeText(), StoredArray.MOST_VALUES));
        }
        return (int) count();
    }

    private void requireSize(JoinedPart part, long values) {
        if (values * shape.getFirst() != count() * part.rows()) {
            throw new DataException(
                    FileChecks.KEY, "%s changes while it is read.".formatted(part.path()));
        }
    }

    @Override
    public Optional<Texts> texts() {
        Optional<Texts> texts = manyTexts();
        if (texts.isPresent() && texts.get().names().size() > CategorySettings.MOST) {
            throw problem(
                    "has more than %d different texts, too many for categories or classes."
                            .formatted(CategorySettings.MOST));
        }
        return texts;
    }

    @Override
    public Optional<Texts> manyTexts() {
        List<Optional<Texts>> each = new ArrayList<>();
        SortedSet<String> sorted = new TreeSet<>();
        for (JoinedPart part : parts) {
            Optional<Texts> texts = part.texts(key, name);
            texts.ifPresent(own -> sorted.addAll(own.names()));
            each.add(texts);
        }
        if (each.stream().allMatch(Optional::isEmpty)) {
            return Optional.empty();
        }
        List<String> names = List.copyOf(sorted);
        int[] codes = new int[length()];
        int at = 0;
        for (int i = 0; i < each.size(); i++) {
            int[] own =
                    each.get(i).isPresent()
                            ? codes(each.get(i).get(), names)
                            : withoutTexts(parts.get(i), parts.get(firstOfTexts(each)));
            requireSize(parts.get(i), own.length);
            System.arraycopy(own, 0, codes, at, own.length);
            at += own.length;
        }
        return Optional.of(new Texts(names, codes));
    }

    private static int firstOfTexts(List<Optional<Texts>> each) {
        int first = 0;
        while (each.get(first).isEmpty()) {
            first++;
        }
        return first;
    }

    private static int[] codes(Texts own, List<String> names) {
        int[] known = new int[own.names().size()];
        for (int code = 0; code < known.length; code++) {
            known[code] = Collections.binarySearch(names, own.names().get(code));
        }
        return Arrays.stream(own.codes())
                .map(code -> code == Texts.MISSING ? Texts.MISSING : known[code])
                .toArray();
    }

    /** A column without any value is one of numbers and of texts; others are not both. */
    private int[] withoutTexts(JoinedPart numbers, JoinedPart texts) {
        double[] values = numbers.use(file -> file.array(key, name).toDoubles());
        if (Arrays.stream(values).anyMatch(value -> !Double.isNaN(value))) {
            throw new DataException(
                    key,
                    "array '%s' holds numbers in %s, but texts in %s: files that are joined must agree."
                            .formatted(name, numbers.path(), texts.path()));
        }
        int[] codes = new int[values.length];
        Arrays.fill(codes, Texts.MISSING);
        return codes;
    }

    @Override
    public DataException problem(String message) {
        return new DataException(key, "%s: array '%s' %s".formatted(label, name, message));
    }
}
