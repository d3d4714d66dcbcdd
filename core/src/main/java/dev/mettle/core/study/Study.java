package dev.mettle.core.study;

import java.util.List;
import java.util.Optional;

/**
 * One question, valid as a whole: data, candidates, selection, certificate.
 *
 * @param name letters, digits, '-', '_' and '.'; names the run directory
 * @param seed of all instances
 * @param data rows, split and scales
 * @param sample rows an instance trains on, drawn anew from the pool
 * @param candidates at least one, in the order of the space; ids differ
 * @param excluded candidates that a constraint left out
 * @param selection how the winner is found
 * @param certificate what is certified, if anything
 * @param text the study file, as read
 * @param warnings sentences for the user about what is allowed but doubtful
 */
public record Study(
        String name,
        long seed,
        DataSettings data,
        int sample,
        List<Candidate> candidates,
        int excluded,
        SelectionSettings selection,
        Optional<CertificateSettings> certificate,
        String text,
        List<String> warnings) {
    public Study {
        candidates = List.copyOf(candidates);
        warnings = List.copyOf(warnings);
        if (candidates.isEmpty()) {
            throw new IllegalArgumentException("a study needs at least one candidate.");
        }
    }
}
