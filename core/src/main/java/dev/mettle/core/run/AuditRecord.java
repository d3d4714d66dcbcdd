package dev.mettle.core.run;

import dev.mettle.core.selection.Ranked;

import java.util.List;

/**
 * What an audit of a race found: some of the dropped candidates, trained in full.
 *
 * @param dropped candidates that the race dropped
 * @param trainings instances that the audit added to those of the race
 * @param audited the candidates drawn, in the order dropped
 */
public record AuditRecord(int dropped, long trainings, List<Audited> audited) {
    /**
     * A dropped candidate, trained in full.
     *
     * @param result its criterion and failures over as many instances as a finalist has
     * @param probability of having been drawn, above 0, at most 1
     */
    public record Audited(Ranked result, double probability) {}

    public AuditRecord {
        audited = List.copyOf(audited);
    }
}
