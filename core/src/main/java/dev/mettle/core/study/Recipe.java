package dev.mettle.core.study;

/**
 * How a network is trained.
 *
 * @param loss training loss
 * @param optimizer with its settings
 * @param init initial weights
 * @param batch rows of a mini-batch, at least 1; the last one of an epoch may be smaller
 * @param epochs passes over the sample, at least 1
 * @param stability the stability stop
 */
public record Recipe(
        Loss loss,
        Optimizer optimizer,
        Initialisation init,
        int batch,
        int epochs,
        StabilityStop stability) {
    public Recipe {
        if (batch < 1 || epochs < 1) {
            throw new IllegalArgumentException(
                    "batch (%d) and epochs (%d) must be 1 or more.".formatted(batch, epochs));
        }
    }
}
