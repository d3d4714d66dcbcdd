package dev.mettle.core.study;

import dev.mettle.core.data.Task;

import java.util.List;
import java.util.Optional;

/**
 * One question, valid as a whole: data, candidates, selection, certificate.
 *
 * @param name letters, digits, '-', '_' and '.'; names the run directory
 * @param seed of all instances
 * @param data rows, split and scales
 * @param task what is predicted
 * @param sample rows an instance trains on, drawn anew from the pool
 * @param candidates at least one, in the order of the space, or as drawn, of several rounds in the
 *     first; ids differ
 * @param excluded candidates that a constraint left out
 * @param sampling how the candidates were drawn; empty when they are the whole space
 * @param loss what is measured on held-out rows
 * @param selection how the winner is found
 * @param certificate what is certified, if anything
 * @param text the study file, as read
 * @param warnings sentences for the user about what is allowed but doubtful
 */
public record Study(
        String name,
        long seed,
        DataSettings data,
        Task task,
        int sample,
        List<Candidate> candidates,
        int excluded,
        Optional<Sampling> sampling,
        HeldOutLoss loss,
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

    /** Returns the same study with other candidates, such as those of later rounds too. */
    public Study with(List<Candidate> others) {
        return new Study(
                name,
                seed,
                data,
                task,
                sample,
                others,
                excluded,
                sampling,
                loss,
                selection,
                certificate,
                text,
                warnings);
    }
}
