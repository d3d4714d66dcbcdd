package dev.mettle.core.run;

import dev.mettle.core.instance.InstanceKey;
import dev.mettle.core.instance.InstanceResult;
import dev.mettle.core.instance.Weights;
import dev.mettle.core.random.Purpose;
import dev.mettle.core.selection.Elimination;
import dev.mettle.core.selection.RaceCheck;
import dev.mettle.core.selection.Ranked;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A run as it can be read back, from the writer's side or while another process writes. */
public interface RunRecord {
    /** Returns what the run is made from. */
    Provenance provenance();

    /** Returns what the run set out to do. */
    RunPlan plan();

    /** Returns the candidates, in the order of the study, or as drawn round by round. */
    List<CandidateRecord> candidates();

    /**
     * Hands over the instances of one purpose, by candidate in the order of the study, then init,
     * then sample; without weights.
     */
    void forEachInstance(Purpose purpose, Consumer<InstanceResult> consumer);

    /**
     * Returns the instances of one candidate and purpose, by init, then sample; without weights.
     */
    List<InstanceResult> instances(String candidate, Purpose purpose);

    /** Returns the trained weights of an instance, if they were kept. */
    Optional<Weights> weights(InstanceKey key);

    /**
     * Returns the rounds so far, in order; empty where a study has but one, or nothing is raced
     * yet.
     */
    List<RoundRecord> rounds();

    /** Returns the eliminations, in the order made. */
    List<Elimination> eliminations();

    /** Returns the finalists, best first; empty while the race goes on. */
    List<Ranked> finalists();

    /**
     * Returns how sure the race is; empty while it goes on, and where its algorithm does not say.
     */
    Optional<RaceCheck> raceCheck();

    /** Returns what the audit of the race found; empty before its end, and where there is none. */
    Optional<AuditRecord> audit();

    /** Returns the certificates, in the order made. */
    List<CertificateRecord> certificates();

    /** Returns what baselines reached. */
    List<BaselineRecord> baselines();

    /** Returns what became of candidates on other data, one for each study, in the order made. */
    List<GeneralizationRecord> generalizations();
}
