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
 * @param augmentation random changes of the inputs
 */
public record Recipe(
        Loss loss,
        Optimizer optimizer,
        Initialisation init,
        int batch,
        int epochs,
        StabilityStop stability,
        Augmentation augmentation) {
    public Recipe {
        if (batch < 1 || epochs < 1) {
            throw new IllegalArgumentException(
                    "batch (%d) and epochs (%d) must be 1 or more.".formatted(batch, epochs));
        }
    }

    /** A recipe that takes the inputs as they are. */
    public Recipe(
            Loss loss,
            Optimizer optimizer,
            Initialisation init,
            int batch,
            int epochs,
            StabilityStop stability) {
        this(loss, optimizer, init, batch, epochs, stability, Augmentation.NONE);
    }
}
