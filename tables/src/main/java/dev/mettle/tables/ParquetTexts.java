package dev.mettle.tables;

import dev.hardwood.reader.ColumnReader;
import dev.mettle.core.study.CategorySettings;
import dev.mettle.data.Texts;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The texts of one column, as codes. */
final class ParquetTexts {
    private final Map<String, Integer> seen = new HashMap<>();
    private final int[] codes;

    ParquetTexts(int rows) {
        codes = new int[rows];
    }

    /** Adds the texts of a batch, the first of which is of row {@code at}. */
    void add(ColumnReader from, int count, int at) {
        @Nullable String[] texts = from.getStrings();
        for (int i = 0; i < count; i++) {
            String text = texts[i];
            codes[at + i] = text == null ? Texts.MISSING : code(text);
        }
    }

    private int code(String text) {
        Integer known = seen.get(text);
        if (known != null) {
            return known;
        }
        int next = seen.size();
        if (next <= CategorySettings.MOST) { // one too many tells that there are too many
            seen.put(text, next);
        }
        return next;
    }

    /** Returns them with names in order; empty when there are more than categories may have. */
    Optional<Texts> sorted() {
        if (seen.size() > CategorySettings.MOST) {
            return Optional.empty();
        }
        List<String> names = new ArrayList<>(seen.keySet());
        names.sort(null);
        int[] sorted = new int[names.size()];
        for (int i = 0; i < sorted.length; i++) {
            sorted[seen.getOrDefault(names.get(i), 0)] = i;
        }
        for (int row = 0; row < codes.length; row++) {
            if (codes[row] != Texts.MISSING) {
                codes[row] = sorted[codes[row]];
            }
        }
        return Optional.of(new Texts(names, codes));
    }
}
