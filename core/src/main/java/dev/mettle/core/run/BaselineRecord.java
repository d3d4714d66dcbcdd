package dev.mettle.core.run;

import dev.mettle.core.instance.Evaluation;
import dev.mettle.core.statistics.Losses;

import java.util.List;

/**
 * What a baseline reached on the samples and test rows of the certificate, or on the samples and
 * validation rows of the race where nothing is certified.
 *
 * @param name such as "calibrated energy sum"
 * @param evaluations one per sample, in order; a fit that failed has the loss +infinity and no
 *     metrics
 */
public record BaselineRecord(String name, List<Evaluation> evaluations) {
    public BaselineRecord {
        evaluations = List.copyOf(evaluations);
    }

    /**
     * Returns the losses, +infinity for one that is not finite.
     *
     * @throws IllegalArgumentException when there is none
     */
    public Losses losses() {
        return Losses.of(
                evaluations.stream()
                        .mapToDouble(Evaluation::loss)
                        .map(loss -> Double.isFinite(loss) ? loss : Double.POSITIVE_INFINITY)
                        .toArray());
    }
}
