package dev.mettle.data;

import java.util.function.IntFunction;

/** How messages name an array and its rows. */
public final class Location {
    private final String array;
    private final IntFunction<String> rows;
    private final boolean counted;
    private final boolean mayMiss;

    private Location(String array, IntFunction<String> rows, boolean counted, boolean mayMiss) {
        this.array = array;
        this.rows = rows;
        this.counted = counted;
        this.mayMiss = mayMiss;
    }

    /**
     * Names rows by their numbers, from 0 as in NumPy.
     *
     * @param array source and array, such as "showers.npz: array 'cells'"
     */
    public static Location counted(String array) {
        return new Location(array, row -> "%s, row %d".formatted(array, row), true, false);
    }

    /**
     * Names the rows of a table by where they are in its file.
     *
     * @param array file and column
     * @param rows what a row is called, such as "t.csv, line 17, column 'age'"
     */
    public static Location table(String array, IntFunction<String> rows) {
        return new Location(array, rows, false, false);
    }

    /**
     * Names the rows of several files.
     *
     * @param array what the files and the array are called
     * @param rows what a row is called
     * @param counted whether rows of all files are called by their numbers
     */
    static Location joined(String array, IntFunction<String> rows, boolean counted) {
        return new Location(array, rows, counted, false);
    }

    /** Returns the location of an array of which only the rows given stay, in their order. */
    Location keeping(int[] kept) {
        return new Location(array, row -> rows.apply(kept[row]), counted, mayMiss);
    }

    /** Returns the location of values that may be missing, as they will be filled in. */
    Location allowingMissing() {
        return new Location(array, rows, counted, true);
    }

    /** Tells whether NaN is allowed: a value that is filled in. */
    boolean mayMiss() {
        return mayMiss;
    }

    /** Returns what the array is called. */
    public String array() {
        return array;
    }

    /** Returns what a row of it is called. */
    String row(int row) {
        return rows.apply(row);
    }

    /** Returns a sentence about how rows are counted, or nothing where lines are named. */
    String note() {
        return counted ? " Rows are counted from 0." : "";
    }

    /** Tells whether rows are those of a table of text, where NaN is a value that is not there. */
    boolean isTable() {
        return !counted;
    }
}
