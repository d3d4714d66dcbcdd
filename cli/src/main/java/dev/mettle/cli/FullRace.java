package dev.mettle.cli;

import dev.mettle.core.random.Purpose;
import dev.mettle.core.run.CandidateRecord;
import dev.mettle.core.run.RaceTables;
import dev.mettle.core.run.RunPlan;
import dev.mettle.core.run.RunRecord;
import dev.mettle.core.selection.LossTable;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;

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
        Map<String, double[]> losses = losses(run);
        RunPlan plan = run.plan();
        List<CandidateRecord> candidates = run.candidates();
        return RaceTables.of(plan, candidates, losses)
                .orElseThrow(() -> refusal(directory, plan, candidates, losses));
    }

    /**
     * Reads the losses of all candidates as one race, whatever {@code per} is.
     *
     * @throws UserException when a candidate lacks an instance
     */
    static LossTable whole(Path directory, RunRecord run) {
        Map<String, double[]> losses = losses(run);
        RunPlan plan = run.plan();
        List<CandidateRecord> candidates = run.candidates();
        return RaceTables.whole(plan, candidates, losses)
                .orElseThrow(() -> refusal(directory, plan, candidates, losses));
    }

    private static Map<String, double[]> losses(RunRecord run) {
        Map<String, DoubleStream.Builder> rows = new HashMap<>();
        run.forEachInstance(
                Purpose.RACE,
                result ->
                        rows.computeIfAbsent(result.key().candidate(), _ -> DoubleStream.builder())
                                .add(result.outcome().loss()));
        Map<String, double[]> losses = new HashMap<>();
        rows.forEach((candidate, row) -> losses.put(candidate, row.build().toArray()));
        return losses;
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
                way. All of them are compared on the same trainings. Run the study with 'selection: {algorithm: \
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
