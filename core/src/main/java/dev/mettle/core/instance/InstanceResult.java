package dev.mettle.core.instance;

/**
 * An instance as the ledger keeps it.
 *
 * @param key which instance
 * @param initSeed {@link dev.mettle.core.random.Seed#value} of the initialisation
 * @param sampleSeed the same of the sample
 * @param outcome how it ended
 * @param elapsedNanos time it took; not part of the result's bits
 */
public record InstanceResult(
        InstanceKey key, long initSeed, long sampleSeed, Outcome outcome, long elapsedNanos) {}
