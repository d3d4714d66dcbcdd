package dev.mettle.core.selection;

import java.util.List;

/**
 * A round of a race whose rounds are known before it begins.
 *
 * @param candidates how many take part
 * @param instances instances each of them has at its end, from the race's beginning on
 */
public record Round(int candidates, int instances) {
    /** Returns the trainings of all rounds of a race. */
    public static long trainings(List<Round> rounds) {
        long trainings = 0;
        int before = 0;
        for (Round round : rounds) {
            trainings += (long) round.candidates() * (round.instances() - before);
            before = round.instances();
        }
        return trainings;
    }
}
