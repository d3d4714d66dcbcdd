package dev.mettle.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Which values of the arrays of a study are missing: NaN, or no text. */
final class MissingRows {
    private final boolean[] missing;
    private final Map<String, Integer> counts = new LinkedHashMap<>();

    private MissingRows(int rows) {
        this.missing = new boolean[rows];
    }

    /**
     * Looks for missing values.
     *
     * @param arrays each is read
     * @param faults collects what is no number
     */
    static MissingRows of(StudyArrays arrays, Faults faults) {
        MissingRows rows = new MissingRows(arrays.rows());
        List<DataArray> numbers = new ArrayList<>(arrays.inputs());
        numbers.addAll(arrays.features());
        for (DataArray array : numbers) {
            faults.collect(() -> {
                rows.add(array.name(), array.toFloats());
                return array;
            });
        }
        List<DataArray> kinds = new ArrayList<>(arrays.targets());
        kinds.addAll(arrays.categories());
        kinds.addAll(arrays.split());
        for (DataArray array : kinds) {
            faults.collect(() -> {
                rows.add(array);
                return array;
            });
        }
        return rows;
    }

    private void add(String name, float[] values) {
        int size = values.length / missing.length;
        int count = 0;
        for (int i = 0; i < values.length; i++) {
            if (Float.isNaN(values[i])) {
                missing[i / size] = true;
                count++;
            }
        }
        count(name, count);
    }

    private void add(DataArray array) {
        double[] values = array.manyTexts().map(Texts::toDoubles).orElseGet(array::toDoubles);
        int count = 0;
        for (int row = 0; row < values.length; row++) {
            if (Double.isNaN(values[row])) {
                missing[row] = true;
                count++;
            }
        }
        count(array.name(), count);
    }

    private void count(String name, int count) {
        if (count > 0) {
            counts.put(name, count); // an array that is used twice counts once
        }
    }

    /** Tells whether any value is missing. */
    boolean any() {
        return !counts.isEmpty();
    }

    /** Returns the rows in which no value is missing. */
    int[] complete() {
        int[] rows = new int[missing.length];
        int count = 0;
        for (int row = 0; row < missing.length; row++) {
            if (!missing[row]) {
                rows[count++] = row;
            }
        }
        return Arrays.copyOf(rows, count);
    }

    /** Returns how many values are missing. */
    int values() {
        return counts.values().stream().mapToInt(count -> count).sum();
    }

    /** Returns how many values each array misses: "age 3, bmi 1". */
    String described() {
        return counts.entrySet().stream()
                .map(entry -> "%s %,d".formatted(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining(", "));
    }
}
