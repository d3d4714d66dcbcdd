package dev.mettle.core.run;

import dev.mettle.core.study.Candidate;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * A candidate as the ledger keeps it.
 *
 * @param id its id
 * @param settings value of each dimension, as written, in the order of the space
 * @param parameters number of weights and biases
 */
public record CandidateRecord(String id, SequencedMap<String, String> settings, long parameters) {
    public CandidateRecord {
        settings = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(settings));
    }

    /** Returns the candidate's value of the dimension {@code per}; "" without either. */
    public String group(Optional<String> per) {
        return per.map(dimension -> settings.getOrDefault(dimension, "")).orElse("");
    }

    /** Returns what ledgers keep of a candidate. */
    public static CandidateRecord of(Candidate candidate) {
        return new CandidateRecord(candidate.id(), candidate.settings(), candidate.parameters());
    }
}
