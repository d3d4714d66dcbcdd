package dev.mettle.core.study;

import java.util.Optional;

/**
 * How a network is trained.
 *
 * @param loss training loss
 * @param optimizer with its settings
 * @param init initial weights and biases
 * @param batch rows of a mini-batch, at least 1; the last one of an epoch may be smaller
 * @param epochs passes over the sample, at least 1
 * @param stability the stability stop
 * @param clip limits of gradients
 * @param schedule of the learning rate
 * @param warmup before the schedule, shorter than the training
 * @param restoreBest whether the weights of the best epoch are the result, and not the last ones
 * @param augmentation random changes of the inputs
 */
public record Recipe(
        Loss loss,
        Optimizer optimizer,
        InitialWeights init,
        int batch,
        int epochs,
        StabilityStop stability,
        Clipping clip,
        Schedule schedule,
        Warmup warmup,
        Optional<RestoreBest> restoreBest,
        Augmentation augmentation) {
    public Recipe {
        if (batch < 1 || epochs < 1) {
            throw new IllegalArgumentException(
                    "batch (%d) and epochs (%d) must be 1 or more.".formatted(batch, epochs));
        }
        if (warmup.epochs() >= epochs) {
            throw new IllegalArgumentException(
                    "warmup (%d) must be below epochs (%d).".formatted(warmup.epochs(), epochs));
        }
    }

    /** Takes a recipe with everything else as a study file means it that does not say. */
    public Recipe(
            Loss loss,
            Optimizer optimizer,
            Initialisation init,
            int batch,
            int epochs,
            StabilityStop stability) {
        this(
                loss,
                optimizer,
                InitialWeights.of(init),
                batch,
                epochs,
                stability,
                Clipping.NONE,
                StudyDefaults.SCHEDULE,
                Warmup.NONE,
                Optional.empty(),
                StudyDefaults.AUGMENTATION);
    }
}
