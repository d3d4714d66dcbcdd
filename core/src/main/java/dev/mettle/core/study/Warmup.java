package dev.mettle.core.study;

/**
 * A rise of the learning rate before the {@link Schedule} begins: in equal steps, mini-batch by
 * mini-batch, from a share of its first learning rate to all of it (docs/math/schedules.md).
 *
 * @param epochs of the rise, 0 for none
 * @param start share at the first mini-batch, in (0, 1]
 */
public record Warmup(int epochs, double start) {
    /** No rise. */
    public static final Warmup NONE = new Warmup(0, 1);

    public Warmup {
        if (epochs < 0) {
            throw new IllegalArgumentException("epochs (%d) must be 0 or more.".formatted(epochs));
        }
        if (!(start > 0 && start <= 1)) {
            throw new IllegalArgumentException("start (%s) must be in (0, 1].".formatted(start));
        }
    }
}
