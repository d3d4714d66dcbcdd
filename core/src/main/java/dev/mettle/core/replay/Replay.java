package dev.mettle.core.replay;

import dev.mettle.core.random.Purpose;
import dev.mettle.core.random.RandomStream;
import dev.mettle.core.random.Seed;
import dev.mettle.core.random.Stream;
import dev.mettle.core.selection.LossTable;
import dev.mettle.core.selection.SelectionAlgorithm;
import dev.mettle.core.selection.SelectionAlgorithms;
import dev.mettle.core.statistics.Losses;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.IntConsumer;

/**
 * Selection algorithms on a recorded table, many times, each time with the instances in another
 * random order: the same one for all candidates, since instance j of every candidate has the same
 * training sample, and the same one for all contestants, so that they can be compared in pairs.
 *
 * @param table what they saw
 * @param truth by which they are judged
 * @param scores in the order of the contestants
 */
public record Replay(LossTable table, Truth truth, List<Score> scores) {
    /** How often unless the user says otherwise. */
    public static final int REPEATS = 200;

    public Replay {
        scores = List.copyOf(scores);
    }

    /**
     * Replays contestants. Pure: the same result for any number of threads.
     *
     * @param table all of whose losses are known
     * @param fresh losses of instances that are not in the table, of some candidates or none
     * @param contestants none with more instances than the table
     * @param repeats at least 1
     * @param finished is told the number of repeats done, by the calling thread
     * @throws InterruptedException when told to stop
     */
    public static Replay of(
            LossTable table,
            Map<String, Losses> fresh,
            List<Contestant> contestants,
            int repeats,
            int threads,
            IntConsumer finished)
            throws InterruptedException {
        Truth truth = new Truth(table, fresh);
        List<SelectionAlgorithm> algorithms =
                contestants.stream()
                        .map(one -> SelectionAlgorithms.of(one.settings(), oneRace(table)))
                        .toList();
        List<List<Race>> races =
                Repeats.of(repeats, threads, finished, r -> repeat(table, algorithms, r));
        List<Score> scores = new ArrayList<>();
        for (int c = 0; c < contestants.size(); c++) {
            int contestant = c;
            scores.add(
                    new Score(
                            contestants.get(c),
                            races.stream().map(all -> all.get(contestant)).toList(),
                            truth));
        }
        return new Replay(table, truth, scores);
    }

    /**
     * An algorithm is a pure function of the losses, and those that it did not ask for change
     * nothing; so it gets all at once, and its eliminations tell what it needed.
     */
    private static List<Race> repeat(
            LossTable table, List<SelectionAlgorithm> algorithms, int repeat) {
        LossTable permuted = table.columns(order(table.instances(), repeat));
        return algorithms.stream().map(algorithm -> Race.of(algorithm, permuted)).toList();
    }

    /** Returns the order of the instances in a repeat. */
    static int[] order(int instances, int repeat) {
        int[] order = new int[instances];
        Arrays.setAll(order, j -> j);
        new RandomStream(new Seed(0, Purpose.RACE, Seed.Source.ORDER, repeat), Stream.RESAMPLES)
                .shuffle(order, instances);
        return order;
    }

    private static SequencedMap<String, String> oneRace(LossTable table) {
        SequencedMap<String, String> groups = new LinkedHashMap<>();
        table.candidates().forEach(candidate -> groups.put(candidate, ""));
        return groups;
    }
}
