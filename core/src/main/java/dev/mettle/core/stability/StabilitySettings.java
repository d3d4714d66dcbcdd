package dev.mettle.core.stability;

import dev.mettle.core.statistics.Criterion;

import java.util.ArrayList;
import java.util.List;

/**
 * What is asked of a full table.
 *
 * @param criterion by which candidates are compared; smaller is better
 * @param instances numbers of instances per candidate to choose by, rising, each at least 1
 * @param repeats how often the table is resampled, at least 1
 */
public record StabilitySettings(Criterion criterion, List<Integer> instances, int repeats) {
    /** Numbers of instances that are looked at unless others are asked for. */
    public static final List<Integer> INSTANCES = List.of(5, 10, 20, 50);

    /** Repeats unless others are asked for: a share of 95 % then has an interval of ± 3.5 %. */
    public static final int REPEATS = 200;

    public StabilitySettings {
        instances = List.copyOf(instances);
        if (instances.isEmpty() || repeats < 1) {
            throw new IllegalArgumentException(
                    "instances (%s) and repeats (%d) must be at least one."
                            .formatted(instances, repeats));
        }
        int before = 0;
        for (int count : instances) {
            if (count <= before) {
                throw new IllegalArgumentException(
                        "instances (%s) must be 1 or more and rise.".formatted(instances));
            }
            before = count;
        }
    }

    /**
     * Returns the usual question to a table: the usual numbers of instances that are below its own,
     * and its own.
     *
     * @param instances of each candidate of the table
     */
    public static StabilitySettings usual(Criterion criterion, int instances, int repeats) {
        List<Integer> counts = new ArrayList<>(INSTANCES);
        counts.removeIf(count -> count >= instances);
        counts.add(instances);
        return new StabilitySettings(criterion, counts, repeats);
    }
}
