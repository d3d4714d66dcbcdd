package dev.mettle.core.run;

import dev.mettle.core.instance.InstanceResult;
import dev.mettle.core.selection.Elimination;
import dev.mettle.core.selection.RaceCheck;
import dev.mettle.core.selection.Ranked;

import java.util.List;

/**
 * Keeps everything of a run for ever. Safe for use by several threads. What is recorded survives a
 * kill once {@link #flush} has returned, or a little later by itself; no instance is ever changed
 * or removed.
 */
public interface Ledger extends RunRecord, AutoCloseable {
    /** Keeps a result; one of a key that is already there is an error. */
    void record(InstanceResult result);

    /**
     * Keeps what a round drew; does nothing when the round is there. Candidates that are there
     * already, the first ones of the study, are not kept twice.
     *
     * @param drawn new candidates of the round, in the order drawn, after those of the rounds
     *     before
     */
    void recordRound(RoundRecord round, List<CandidateRecord> drawn);

    /** Keeps the eliminations, in order; those already there are left alone. */
    void recordEliminations(List<Elimination> eliminations);

    /** Keeps the finalists, best first; does nothing when they are already there. */
    void recordFinalists(List<Ranked> finalists);

    /** Keeps how sure the race is; does nothing when that is already there. */
    void recordRaceCheck(RaceCheck check);

    /** Keeps what the audit found; does nothing when that is already there. */
    void recordAudit(AuditRecord audit);

    /**
     * Keeps a certificate; does nothing when one of the same candidate and attempt is already
     * there.
     */
    void recordCertificate(CertificateRecord certificate);

    /**
     * Keeps what a baseline reached on each certificate sample; replaces an earlier one of that
     * name.
     */
    void recordBaseline(BaselineRecord baseline);

    /**
     * Keeps what became of candidates on other data; replaces an earlier one of that study.
     *
     * @param generalization all its candidates are in the ledger
     */
    void recordGeneralization(GeneralizationRecord generalization);

    /** Waits until all that was recorded is on disk. */
    void flush();

    /** Flushes and closes. */
    @Override
    void close();
}
