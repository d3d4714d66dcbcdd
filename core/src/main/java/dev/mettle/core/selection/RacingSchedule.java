package dev.mettle.core.selection;

import java.util.ArrayList;
import java.util.List;

/**
 * When a race looks at its candidates, and how many stay. Numbers were chosen by experiments on
 * recorded and simulated races (docs/decisions/0017-racing.md).
 *
 * @param looks instances of a candidate at each look; doubled each time, without the last number
 * @param places how many stay after each look
 * @param most how many may stay when candidates are let in again
 * @param instances of a finalist
 */
record RacingSchedule(
        List<Integer> looks, List<Integer> places, List<Integer> most, int instances) {
    /** Finalists of a race of 200 candidates or more. */
    private static final int FINALISTS = 10;

    /** One candidate in so many stays after the first look. */
    private static final int FIRST_CUT = 8;

    /** How many more may stay when candidates are let in again. */
    private static final int ROOM = 3;

    RacingSchedule {
        looks = List.copyOf(looks);
        places = List.copyOf(places);
        most = List.copyOf(most);
    }

    /**
     * Makes the schedule.
     *
     * @param minimum candidates that are never dropped
     */
    static RacingSchedule of(int candidates, int instances, int minimum) {
        List<Integer> looks = new ArrayList<>();
        for (int n = 1; n < instances && 3 * n <= 2 * instances; n *= 2) {
            looks.add(n);
        }
        int fewest = finalists(candidates);
        List<Integer> places = new ArrayList<>();
        List<Integer> most = new ArrayList<>();
        int share = candidates;
        for (int look = 0; look < looks.size(); look++) {
            share = look == 0 ? above(share, FIRST_CUT) : above(2 * share, 5);
            places.add(Math.min(candidates, Math.max(share, Math.max(fewest, minimum))));
            most.add(
                    Math.min(
                            candidates,
                            Math.max(ROOM * share, Math.max(fewest + above(fewest, 5), minimum))));
        }
        return new RacingSchedule(looks, places, most, instances);
    }

    /** Returns the fewest finalists: with more of them equals of the best are lost less often. */
    static int finalists(int candidates) {
        return Math.min(FINALISTS, above(candidates, 20));
    }

    private static int above(int dividend, int divisor) {
        return (dividend + divisor - 1) / divisor;
    }

    /** Returns the rounds where nobody is let in again. */
    List<Round> rounds(int candidates) {
        List<Round> rounds = new ArrayList<>();
        int stay = candidates;
        for (int k = 0; k < looks.size(); k++) {
            rounds.add(new Round(stay, looks.get(k)));
            stay = places.get(k);
        }
        rounds.add(new Round(stay, instances));
        return rounds;
    }

    /** Returns the trainings when so many stay after each look. */
    long trainings(int candidates, List<Integer> stay) {
        long trainings = looks.isEmpty() ? (long) candidates * instances : candidates;
        for (int k = 0; k < looks.size(); k++) {
            int next = k + 1 < looks.size() ? looks.get(k + 1) : instances;
            trainings += (long) stay.get(k) * (next - looks.get(k));
        }
        return trainings;
    }
}
