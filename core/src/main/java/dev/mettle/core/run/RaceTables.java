package dev.mettle.core.run;

import dev.mettle.core.selection.LossTable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * The losses of a race in which every candidate has all its instances, as tables: one for each
 * value of {@code per}, since each has a winner of its own.
 *
 * @param byGroup the tables, by value of {@code per} in the order of the study; one with the name
 *     "" without
 */
public record RaceTables(SequencedMap<String, LossTable> byGroup) {
    /**
     * Makes the tables.
     *
     * @param losses of the candidates' instances, in their order
     * @return empty when a candidate lacks an instance
     */
    public static Optional<RaceTables> of(
            RunPlan plan, List<CandidateRecord> candidates, Map<String, double[]> losses) {
        if (!isFull(plan, candidates, losses)) {
            return Optional.empty();
        }
        SequencedMap<String, List<String>> groups = new LinkedHashMap<>();
        for (CandidateRecord candidate : candidates) {
            groups.computeIfAbsent(candidate.group(plan.per()), _ -> new ArrayList<>())
                    .add(candidate.id());
        }
        SequencedMap<String, LossTable> tables = new LinkedHashMap<>();
        groups.forEach((group, ids) -> tables.put(group, table(ids, plan.instances(), losses)));
        return Optional.of(new RaceTables(tables));
    }

    /**
     * Makes one table of all candidates, whatever {@code per} is.
     *
     * @param losses of the candidates' instances, in their order
     * @return empty when a candidate lacks an instance
     */
    public static Optional<LossTable> whole(
            RunPlan plan, List<CandidateRecord> candidates, Map<String, double[]> losses) {
        return isFull(plan, candidates, losses)
                ? Optional.of(
                        table(
                                candidates.stream().map(CandidateRecord::id).toList(),
                                plan.instances(),
                                losses))
                : Optional.empty();
    }

    private static boolean isFull(
            RunPlan plan, List<CandidateRecord> candidates, Map<String, double[]> losses) {
        return candidates.stream()
                .allMatch(candidate -> {
                    double[] row = losses.get(candidate.id());
                    return row != null && row.length >= plan.instances();
                });
    }

    private static LossTable table(List<String> ids, int instances, Map<String, double[]> losses) {
        LossTable table = new LossTable(ids, instances);
        for (String id : ids) {
            double[] row = losses.getOrDefault(id, new double[0]);
            for (int j = 0; j < instances; j++) {
                table.put(id, j, row[j]);
            }
        }
        return table;
    }
}
