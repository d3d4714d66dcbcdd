package dev.mettle.report;

import dev.mettle.core.data.Series;
import dev.mettle.core.random.Purpose;
import dev.mettle.core.run.DroppedCandidates;
import dev.mettle.core.run.GeneralizationRecord;
import dev.mettle.core.run.LossWords;
import dev.mettle.core.selection.Ranked;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Candidates of a synthetic run on harder data: losses there are larger, less alike, and some
 * candidates fail.
 */
final class SyntheticGeneralization {
    private static final int INSTANCES = 20;

    private SyntheticGeneralization() {}

    /** Adds the finalists and some of the others, drawn at random, on data of that name. */
    static SyntheticRun of(SyntheticRun run, String harder, int drawn) {
        Random random = new Random(harder.hashCode());
        List<String> ids = new ArrayList<>(run.finalists.stream().map(Ranked::candidate).toList());
        DroppedCandidates others = new DroppedCandidates(run, ids);
        ids.addAll(others.draw(drawn));
        List<GeneralizationRecord.Member> members = new ArrayList<>();
        for (String id : ids) {
            for (int i = run.instances(id, Purpose.ASSESS).size(); i < INSTANCES; i++) {
                run.train(id, Purpose.ASSESS, i);
            }
            members.add(
                    new GeneralizationRecord.Member(
                            id,
                            members.size() < run.finalists.size(),
                            losses(run.level(id), random)));
        }
        run.generalizations.add(
                new GeneralizationRecord(
                        harder,
                        "runs/" + harder,
                        harder + ".npz",
                        "c0ffee",
                        LossWords.of(run.plan()),
                        INSTANCES,
                        others.count(),
                        members));
        return run;
    }

    private static Series losses(double here, Random random) {
        double there = here * Math.exp(1 + 0.3 * random.nextGaussian());
        double spread = 0.05 + 0.1 * Math.abs(random.nextGaussian());
        double[] losses = new double[INSTANCES];
        for (int i = 0; i < INSTANCES; i++) {
            losses[i] = there * Math.exp(spread * random.nextGaussian());
        }
        if (random.nextDouble() < 0.2) {
            losses[7] = Double.POSITIVE_INFINITY;
        }
        return Series.of(losses);
    }
}
