package dev.mettle.core.selection;

import java.util.ArrayList;
import java.util.List;

/**
 * When a race looks at its candidates, and how many stay. Numbers were chosen by experiments on
 * recorded and simulated races (docs/decisions/0017-racing.md).
 *
 * @param looks in order; perhaps one at a preview, then at 1, 2, 4, ... instances
 * @param places how many stay after each look
 * @param most how many may stay when candidates are let in again
 * @param instances of a finalist
 */
record RacingSchedule(List<Look> looks, List<Integer> places, List<Integer> most, int instances) {
    /**
     * A look at the candidates.
     *
     * @param instances of each
     * @param preview whether these are previews
     */
    record Look(int instances, boolean preview) {
        /** Returns the number of instances of the race that candidates have at this look. */
        int raced() {
            return preview ? 0 : instances;
        }
    }

    /** Finalists of a race of 200 candidates or more. */
    private static final int FINALISTS = 10;

    /** One candidate in so many stays after the first look at a race's instances. */
    private static final int FIRST_CUT = 8;

    /** One candidate in so many may race after a preview. */
    private static final int PREVIEW_CUT = 4;

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
     * @param previews whether a preview of each comes first
     */
    static RacingSchedule of(int candidates, int instances, int minimum, boolean previews) {
        List<Look> looks = new ArrayList<>();
        if (previews) {
            looks.add(new Look(1, true));
        }
        for (int n = 1; n < instances && 3 * n <= 2 * instances; n *= 2) {
            looks.add(new Look(n, false));
        }
        int fewest = finalists(candidates);
        List<Integer> places = new ArrayList<>();
        List<Integer> most = new ArrayList<>();
        int share = candidates;
        for (Look look : looks) {
            share =
                    look.preview()
                            ? above(candidates, PREVIEW_CUT)
                            : look.instances() == 1
                                    ? above(candidates, FIRST_CUT)
                                    : above(2 * share, 5);
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
            if (!looks.get(k).preview()) {
                rounds.add(new Round(stay, looks.get(k).instances()));
            }
            stay = places.get(k);
        }
        rounds.add(new Round(stay, instances));
        return rounds;
    }

    /** Returns the trainings of the race when so many stay after each look; without previews. */
    long trainings(int candidates, List<Integer> stay) {
        long trainings = 0;
        int racing = candidates;
        int before = 0;
        for (int k = 0; k < looks.size(); k++) {
            trainings += (long) racing * (looks.get(k).raced() - before);
            before = looks.get(k).raced();
            racing = stay.get(k);
        }
        return trainings + (long) racing * (instances - before);
    }
}
