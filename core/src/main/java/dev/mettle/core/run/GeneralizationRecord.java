package dev.mettle.core.run;

import dev.mettle.core.data.Series;
import dev.mettle.core.instance.InstanceKey;
import dev.mettle.core.instance.InstanceResult;
import dev.mettle.core.random.Purpose;
import dev.mettle.core.statistics.Generalization;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Candidates of a run that were trained on another data set too. Their losses here are instances of
 * {@link Purpose#ASSESS} of the run itself.
 *
 * @param study name of the study with the other data
 * @param run directory of its run, whose ledger has the instances there
 * @param data what its data are, such as a file name
 * @param dataChecksum of its data
 * @param loss what its losses are called
 * @param instances of each candidate, here and there
 * @param dropped candidates that were not selected, from which some were drawn at random
 * @param members the candidates: selected ones, best first, then drawn ones, in the order drawn
 */
public record GeneralizationRecord(
        String study,
        String run,
        String data,
        String dataChecksum,
        LossWords loss,
        int instances,
        int dropped,
        List<Member> members) {
    /**
     * A candidate.
     *
     * @param candidate its id
     * @param selected whether the race selected it; else it was drawn
     * @param losses there, by index of the instance; +infinity for a failed one
     */
    public record Member(String candidate, boolean selected, Series losses) {}

    public GeneralizationRecord {
        members = List.copyOf(members);
    }

    /** Returns the instances of a candidate, the same here and there. */
    public static List<InstanceKey> keys(String candidate, int instances) {
        return IntStream.range(0, instances)
                .mapToObj(i -> InstanceKey.paired(candidate, Purpose.ASSESS, i))
                .toList();
    }

    /**
     * Returns the losses of these instances in the order of their keys.
     *
     * @throws IllegalArgumentException when one is missing
     */
    public static Series losses(List<InstanceKey> keys, Collection<InstanceResult> results) {
        Map<InstanceKey, Double> known = new HashMap<>();
        results.forEach(result -> known.put(result.key(), result.outcome().loss()));
        double[] losses = new double[keys.size()];
        for (int i = 0; i < losses.length; i++) {
            Double loss = known.get(keys.get(i));
            if (loss == null) {
                throw new IllegalArgumentException("%s is missing.".formatted(keys.get(i)));
            }
            losses[i] = loss;
        }
        return Series.of(losses);
    }

    /** Compares with the losses of the run that holds this record. */
    public Generalization compare(RunRecord here) {
        return new Generalization(
                members.stream()
                        .map(member ->
                                Generalization.Case.of(
                                        member.candidate(),
                                        member.selected(),
                                        losses(
                                                keys(member.candidate(), instances),
                                                here.instances(member.candidate(), Purpose.ASSESS)),
                                        member.losses()))
                        .toList(),
                dropped);
    }
}
