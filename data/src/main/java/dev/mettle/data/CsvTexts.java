package dev.mettle.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The texts of one column of a table. */
final class CsvTexts extends CsvScan {
    private final int column;
    private final MissingTexts missing;
    private final int most;
    private final Map<String, Integer> seen = new HashMap<>();
    private int[] codes = new int[1024];
    private int rows;

    private CsvTexts(Path path, CsvLayout layout, MissingTexts missing, int column, int most) {
        super(path, layout);
        this.missing = missing;
        this.column = column;
        this.most = most;
    }

    /**
     * Reads the texts of a column.
     *
     * @param most that may differ
     * @throws TooManyTextsException when more of them do
     */
    static Texts read(
            Path path, CsvText text, CsvLayout layout, MissingTexts missing, int column, int most)
            throws TooManyTextsException {
        CsvTexts texts = new CsvTexts(path, layout, missing, column, most);
        texts.read(text);
        if (texts.seen.size() > most) {
            throw new TooManyTextsException();
        }
        return texts.sorted();
    }

    /** A column has more different texts than a categorical column may have. */
    static final class TooManyTextsException extends Exception {
        private static final long serialVersionUID = 1;
    }

    @Override
    void field(int index, char[] text, int offset, int length) {
        if (index != column) {
            return;
        }
        if (rows == codes.length) {
            codes = Arrays.copyOf(codes, 2 * rows);
        }
        codes[rows++] =
                missing.has(text, offset, length)
                        ? Texts.MISSING
                        : code(new String(text, offset, length));
    }

    private int code(String text) {
        Integer known = seen.get(text);
        if (known != null) {
            return known;
        }
        int next = seen.size();
        if (next <= most) { // one too many tells that there are too many
            seen.put(text, next);
        }
        return next;
    }

    @Override
    void endRow(int ended, long startingLine) {}

    private Texts sorted() {
        List<String> names = new ArrayList<>(seen.keySet());
        names.sort(null);
        int[] sorted = new int[names.size()];
        for (int i = 0; i < sorted.length; i++) {
            sorted[seen.getOrDefault(names.get(i), 0)] = i;
        }
        int[] result = new int[rows];
        for (int row = 0; row < rows; row++) {
            result[row] = codes[row] < 0 ? Texts.MISSING : sorted[codes[row]];
        }
        return new Texts(names, result);
    }
}
