package dev.mettle.core.instance;

import dev.mettle.core.data.Series;

import java.util.Optional;

/**
 * How an instance ended. A bad instance is an outcome, never an exception, so it can't stop a
 * study.
 */
public sealed interface Outcome {
    /**
     * Trained to the end, with a finite loss.
     *
     * @param evaluation on the held-out rows
     * @param epochs epochs trained
     * @param curve mean training loss of every epoch, on the scale the network was trained on
     * @param weights trained weights, kept for certified instances
     */
    record Completed(Evaluation evaluation, int epochs, Series curve, Optional<Weights> weights)
            implements Outcome {}

    /**
     * Stopped by the stability stop, or ended with a loss that is not finite.
     *
     * @param reason one sentence
     * @param evaluation on the held-out rows, where it is known and finite; for information, never
     *     for a criterion
     * @param epochs epochs trained
     * @param curve mean training loss of every epoch, the last one possibly not finite
     */
    record Exploded(String reason, Optional<Evaluation> evaluation, int epochs, Series curve)
            implements Outcome {}

    /**
     * The trainer failed.
     *
     * @param reason one sentence
     */
    record Crashed(String reason) implements Outcome {}

    /** Returns the loss that criteria see: +infinity unless completed. */
    default double loss() {
        return this instanceof Completed completed
                ? completed.evaluation().loss()
                : Double.POSITIVE_INFINITY;
    }

    /** Returns what is known of the held-out rows. */
    default Optional<Evaluation> known() {
        return switch (this) {
            case Completed completed -> Optional.of(completed.evaluation());
            case Exploded exploded -> exploded.evaluation();
            case Crashed _ -> Optional.empty();
        };
    }

    /** Returns the mean training loss of every epoch, as far as it is known. */
    default Series trainingCurve() {
        return switch (this) {
            case Completed completed -> completed.curve();
            case Exploded exploded -> exploded.curve();
            case Crashed _ -> Series.EMPTY;
        };
    }

    /** Returns the name that ledgers and tables use. */
    default String label() {
        return switch (this) {
            case Completed _ -> "completed";
            case Exploded _ -> "exploded";
            case Crashed _ -> "crashed";
        };
    }
}
