package dev.mettle.core.run;

import dev.mettle.core.instance.InstanceResult;
import dev.mettle.core.selection.Elimination;
import dev.mettle.core.selection.RaceCheck;
import dev.mettle.core.selection.Ranked;

import java.util.List;

/**
 * Is told how a run goes on; one call at a time. For progress and logs: it cannot change anything.
 */
public interface RunListener {
    /** Hears nothing. */
    RunListener NONE = new RunListener() {};

    /**
     * A round begins, of a study that has several.
     *
     * @param round what it drew
     * @param rounds how many there are
     */
    default void round(RoundRecord round, int rounds) {}

    /**
     * The race asks for instances.
     *
     * @param iteration from 1; 0 for previews
     * @param alive candidates still in the race
     * @param instances how many are trained now
     */
    default void raceStep(int iteration, int alive, int instances) {}

    /** An instance of any purpose is finished. */
    default void finished(InstanceResult result) {}

    /** Candidates were dropped. */
    default void eliminated(List<Elimination> eliminations) {}

    /** The race is over, and its algorithm has checked how sure it is. */
    default void checked(RaceCheck check) {}

    /** The race is over. */
    default void selected(List<Ranked> finalists) {}

    /**
     * The audit of the race begins.
     *
     * @param candidates dropped ones that were drawn
     * @param instances how many are trained now
     */
    default void auditing(int candidates, int instances) {}

    /** The audit is over. */
    default void audited(AuditFinding finding) {}

    /**
     * A finalist's certificate begins.
     *
     * @param attempt from 1
     * @param instances how many are trained now
     */
    default void certifying(Ranked finalist, int attempt, int instances) {}

    /** A certificate was tried. */
    default void certified(CertificateRecord certificate) {}
}
