package dev.mettle.core.study;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;

/** Warns of settings of selection and certificate that these candidates leave without effect. */
final class SelectionCheck {
    private final Problems problems;

    SelectionCheck(Problems problems) {
        this.problems = problems;
    }

    /**
     * Warns.
     *
     * @param moreToCome whether later rounds draw more candidates than these
     */
    void warn(
            List<Candidate> candidates,
            SelectionSettings selection,
            Optional<CertificateSettings> certificate,
            boolean moreToCome) {
        SequencedMap<String, Integer> sizes = sizes(candidates, selection.per());
        OptionalInt survivors = survivors(selection.algorithm());
        if (survivors.isPresent() && !moreToCome) {
            survivors(candidates.size(), survivors.getAsInt(), sizes, selection.per());
        }
        certificate.ifPresent(settings ->
                sizes.forEach((value, size) ->
                        attempts(
                                settings.attempts(),
                                Math.min(size, share(survivors, sizes.size())),
                                named(selection.per(), value))));
    }

    /** Returns how many candidates each value of {@code per} has; all under "" without. */
    private static SequencedMap<String, Integer> sizes(
            List<Candidate> candidates, Optional<String> per) {
        SequencedMap<String, Integer> sizes = new LinkedHashMap<>();
        for (Candidate candidate : candidates) {
            sizes.merge(candidate.group(per), 1, Integer::sum);
        }
        return sizes;
    }

    private static OptionalInt survivors(SelectionSettings.Algorithm algorithm) {
        return switch (algorithm) {
            case SelectionSettings.Algorithm.Exhaustive _ -> OptionalInt.empty();
            case SelectionSettings.Algorithm.Progressive(_, int survivors, _) ->
                    OptionalInt.of(survivors);
            case SelectionSettings.Algorithm.Halving(_, _, int survivors) ->
                    OptionalInt.of(survivors);
            case SelectionSettings.Algorithm.Racing(int survivors, _) -> OptionalInt.of(survivors);
        };
    }

    /**
     * Returns the places that each of the values owns among the finalists
     * (docs/decisions/0005-selection-per-value.md); without a limit all its candidates stay.
     */
    private static int share(OptionalInt survivors, int values) {
        return survivors.isPresent()
                ? Math.max(1, survivors.getAsInt() / values)
                : Integer.MAX_VALUE;
    }

    private void survivors(
            int candidates, int survivors, Map<String, Integer> sizes, Optional<String> per) {
        if (candidates == 1) {
            return;
        }
        if (survivors >= candidates) {
            problems.warn(
                    "selection: survivors (%d) is not below the number of candidates (%d), so none"
                            + " is ever dropped; algorithm: exhaustive says the same.",
                    survivors, candidates);
            return;
        }
        int share = share(OptionalInt.of(survivors), sizes.size());
        sizes.forEach((value, size) -> {
            if (size > 1 && size <= share) {
                problems.warn(
                        "selection: of %d survivors, %d places belong to %s, which has only %d"
                                + " candidates: none of them is ever dropped.",
                        survivors, share, named(per, value), size);
            }
        });
    }

    private void attempts(int attempts, int finalists, String whose) {
        if (attempts > finalists) {
            problems.warn(
                    "certificate: %d attempts are declared, but %s is sure of only %d finalist%s"
                            + " to try. Attempts that can't be made still cost confidence; write"
                            + " attempts: %d, or raise survivors.",
                    attempts, whose, finalists, finalists == 1 ? "" : "s", finalists);
        }
    }

    private static String named(Optional<String> per, String value) {
        return per.map(name -> name + "=" + value).orElse("the selection");
    }
}
