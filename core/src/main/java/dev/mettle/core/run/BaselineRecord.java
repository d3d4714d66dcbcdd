package dev.mettle.core.run;

import dev.mettle.core.instance.Evaluation;

import java.util.List;

/**
 * What a baseline reached on the samples and test rows of the certificate, or on the samples and
 * validation rows of the race where nothing is certified.
 *
 * @param name such as "calibrated energy sum"
 * @param evaluations one per certificate sample, in order
 */
public record BaselineRecord(String name, List<Evaluation> evaluations) {
    public BaselineRecord {
        evaluations = List.copyOf(evaluations);
    }
}
