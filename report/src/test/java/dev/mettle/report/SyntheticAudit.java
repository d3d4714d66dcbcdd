package dev.mettle.report;

import dev.mettle.core.random.Purpose;
import dev.mettle.core.run.AuditRecord;
import dev.mettle.core.run.CandidateRecord;
import dev.mettle.core.selection.Elimination;
import dev.mettle.core.selection.Ranked;
import dev.mettle.core.statistics.Losses;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The audit of a synthetic race. */
final class SyntheticAudit {
    private SyntheticAudit() {}

    /** Audits every third of the candidates that a run has dropped. */
    static void of(SyntheticRun run) {
        Map<String, CandidateRecord> byId = new HashMap<>();
        run.candidates.forEach(candidate -> byId.put(candidate.id(), candidate));
        List<AuditRecord.Audited> audited = new ArrayList<>();
        long trainings = 0;
        for (int e = 0; e < run.eliminations.size(); e += 3) {
            Elimination elimination = run.eliminations.get(e);
            String id = elimination.candidate();
            for (int i = elimination.iteration(); i < run.instances; i++) {
                run.train(id, Purpose.RACE, i);
                trainings++;
            }
            Losses losses = run.losses(id, Purpose.RACE);
            String group = Optional.ofNullable(byId.get(id)).orElseThrow().group(run.per);
            audited.add(
                    new AuditRecord.Audited(
                            new Ranked(id, group, losses.mean(), losses.failures()),
                            e == 0 ? 0.5 : 0.3));
        }
        run.audit = Optional.of(new AuditRecord(run.eliminations.size(), trainings, audited));
    }
}
