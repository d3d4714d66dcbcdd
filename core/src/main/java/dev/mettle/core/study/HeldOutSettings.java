package dev.mettle.core.study;

/**
 * Which rows are held out, and whether the others may be equal to them.
 *
 * @param split which rows
 * @param leaks what happens to rows of the pool that are equal to a held-out row
 */
public record HeldOutSettings(SplitSettings split, LeakPolicy leaks) {
    /** Rows at random, where a leak is reported. */
    public HeldOutSettings(int validation, int test) {
        this(new SplitSettings.Random(validation, test), LeakPolicy.REPORT);
    }
}
