package dev.mettle.cli;

import dev.mettle.core.random.Purpose;
import dev.mettle.core.run.CandidateRecord;
import dev.mettle.core.run.RaceTables;
import dev.mettle.core.run.RunPlan;
import dev.mettle.core.run.RunRecord;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the race of a run in which every candidate has all its instances. */
final class FullRace {
    private static final String EXHAUSTIVE = "exhaustive";

    private FullRace() {}

    /**
     * Reads the losses.
     *
     * @throws UserException when a candidate lacks an instance
     */
    static RaceTables read(Path directory, RunRecord run) {
        Map<String, List<Double>> rows = new HashMap<>();
        run.forEachInstance(
                Purpose.RACE,
                result ->
                        rows.computeIfAbsent(result.key().candidate(), _ -> new ArrayList<>())
                                .add(result.outcome().loss()));
        RunPlan plan = run.plan();
        Map<String, double[]> losses = new HashMap<>();
        rows.forEach((candidate, row) ->
                losses.put(candidate, row.stream().mapToDouble(Double::doubleValue).toArray()));
        List<CandidateRecord> candidates = run.candidates();
        return RaceTables.of(plan, candidates, losses)
                .orElseThrow(() -> refusal(directory, plan, candidates, losses));
    }

    private static UserException refusal(
            Path directory,
            RunPlan plan,
            List<CandidateRecord> candidates,
            Map<String, double[]> losses) {
        long missing = 0;
        int lackingOnes = 0;
        for (CandidateRecord candidate : candidates) {
            double[] row = losses.get(candidate.id());
            int lacking = plan.instances() - (row == null ? 0 : row.length);
            missing += lacking;
            lackingOnes += lacking > 0 ? 1 : 0;
        }
        if (plan.algorithm().equals(EXHAUSTIVE)) {
            return new UserException(
                    "the race of %s is not over: %,d trainings are missing. 'mettle run STUDY' goes on with it."
                            .formatted(directory, missing));
        }
        return new UserException(
                """
                %s is not full: %,d of its %,d candidates have fewer than %d trainings, since '%s' drops candidates on the \
                way. Stability compares all of them on the same trainings. Run the study with 'selection: {algorithm: \
                exhaustive, instances: %d}' and --out DIR: %,d trainings.\
                """
                        .formatted(
                                directory,
                                lackingOnes,
                                candidates.size(),
                                plan.instances(),
                                plan.algorithm(),
                                plan.instances(),
                                (long) candidates.size() * plan.instances()));
    }
}
