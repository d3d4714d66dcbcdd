package dev.mettle.core.instance;

import dev.mettle.core.study.Candidate;

/**
 * Trains one instance: a pure function of the candidate, the key and the study's seed. Safe for use
 * by several threads. What goes wrong inside a training is an {@link Outcome}; an exception means a
 * defect and becomes {@link Outcome.Crashed}.
 */
public interface Trainer {
    /**
     * Trains and evaluates the instance, on the test rows if its purpose is a certificate, else on
     * the validation rows.
     */
    Outcome train(Candidate candidate, InstanceKey key);
}
