package dev.mettle.report;

import dev.mettle.core.selection.Elimination;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How the race went, iteration by iteration: iteration i trains instance i of every candidate still
 * in it.
 */
final class RaceProgress {
    /**
     * One iteration.
     *
     * @param number from 1
     * @param trained candidates that have this instance
     * @param failed those of them whose instance failed
     * @param dropped candidates dropped after it
     * @param trainings instances trained up to its end
     */
    record Iteration(int number, int trained, int failed, int dropped, long trainings) {}

    private final List<Iteration> iterations = new ArrayList<>();
    private final Map<String, Integer> droppedAfter = new HashMap<>();
    private final int candidates;

    private RaceProgress(int candidates) {
        this.candidates = candidates;
    }

    /** Counts the iterations of a run; none when nothing is trained yet. */
    static RaceProgress of(RunDigest run) {
        RaceProgress progress = new RaceProgress(run.candidates().size());
        Map<Integer, Integer> dropped = new HashMap<>();
        for (Elimination elimination : run.eliminations()) {
            progress.droppedAfter.put(elimination.candidate(), elimination.iteration());
            dropped.merge(elimination.iteration(), 1, Integer::sum);
        }
        int most =
                run.raceLosses().values().stream()
                        .mapToInt(losses -> losses.length)
                        .max()
                        .orElse(0);
        int[] trained = new int[most];
        int[] failed = new int[most];
        for (double[] losses : run.raceLosses().values()) {
            for (int i = 0; i < losses.length; i++) {
                trained[i]++;
                failed[i] += losses[i] == Double.POSITIVE_INFINITY ? 1 : 0;
            }
        }
        long trainings = 0;
        for (int i = 0; i < most; i++) {
            trainings += trained[i];
            progress.iterations.add(
                    new Iteration(
                            i + 1,
                            trained[i],
                            failed[i],
                            dropped.getOrDefault(i + 1, 0),
                            trainings));
        }
        return progress;
    }

    /** Returns the iterations, in order. */
    List<Iteration> iterations() {
        return iterations;
    }

    /** Returns the number of all candidates. */
    int candidates() {
        return candidates;
    }

    /** Tells whether a candidate was dropped. */
    boolean dropped(String candidate) {
        return droppedAfter.containsKey(candidate);
    }
}
