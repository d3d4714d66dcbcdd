package dev.mettle.core.stability;

import java.util.List;
import java.util.Optional;

/**
 * What one repeat found. Candidates are positions in {@link FullTable}.
 *
 * @param picks the pick by each number of instances
 * @param racePicks the pick of a race up to each number of instances
 * @param raceTrainings trainings that each race took
 * @param split what a split of the table found; empty where all numbers are above half of it
 */
record Repeat(
        List<Integer> picks,
        List<Integer> racePicks,
        List<Long> raceTrainings,
        Optional<Split> split) {
    /**
     * A split into a choosing and a judging half.
     *
     * @param byHalf criterion, on the judging half, of the best candidate of the choosing half
     * @param least criterion, on the judging half, of its own best candidate
     * @param counts of each number of instances up to half of the table's
     */
    record Split(double byHalf, double least, List<Fresh> counts) {}

    /**
     * A pick of the choosing half.
     *
     * @param judged its criterion on the judging half; +infinity if it has a failed instance there
     * @param agreed whether as many instances of the judging half pick the same candidate
     */
    record Fresh(double judged, boolean agreed) {}
}
