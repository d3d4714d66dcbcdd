package dev.mettle.core.data;

/**
 * Which rows of a data set belong together, such as those of one patient. Immutable by agreement:
 * the codes are shared.
 */
public final class RowGroups {
    private final String column;
    private final int[] codes;

    /**
     * Keeps the codes given, without a copy.
     *
     * @param column whose equal values make a group
     * @param codes of each row; equal ones for rows of one group
     */
    public RowGroups(String column, int[] codes) {
        this.column = column;
        this.codes = codes;
    }

    /** Returns the column whose equal values make a group. */
    public String column() {
        return column;
    }

    /** Returns the group of a row. */
    public int of(int row) {
        return codes[row];
    }

    /** Returns the number of rows. */
    public int rows() {
        return codes.length;
    }

    /** Returns how many groups these rows have, where rows of one group follow each other. */
    public int count(int[] rows) {
        int count = 0;
        for (int i = 0; i < rows.length; i++) {
            if (i == 0 || codes[rows[i]] != codes[rows[i - 1]]) {
                count++;
            }
        }
        return count;
    }
}
