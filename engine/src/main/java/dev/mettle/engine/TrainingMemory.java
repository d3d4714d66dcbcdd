package dev.mettle.engine;

import dev.mettle.core.data.Shape;
import dev.mettle.core.data.Task;
import dev.mettle.core.study.Candidate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/**
 * The heap that one thread's trainings take: its scaled copies of the sample and of the held-out
 * rows, and the workspace of the largest network. The data set itself, which all threads share, is
 * not counted.
 *
 * <p>Arrays of half a region of the garbage collector or more take whole regions, so their sizes
 * are rounded up to those. The largest network is looked for among the {@value #PLANNED} with the
 * most values between layers and the one with the most weights; what a candidate takes beyond them
 * is below the rounding.
 *
 * @param rowBytes of the scaled rows
 * @param networkBytes of the workspace
 * @param largest id of the candidate that takes most
 */
public record TrainingMemory(long rowBytes, long networkBytes, String largest) {
    private static final int PLANNED = 4;
    private static final long REGION_BYTES = 4L << 20;

    /** What rows are made of. */
    private record Row(Shape input, int features, int categories, Task task) {
        long bytes(long rows) {
            return rounded(rows * input.size())
                    + rounded(rows * features)
                    + rounded(rows * categories)
                    + rounded(rows * task.targetCount());
        }
    }

    /**
     * Estimates what a thread takes.
     *
     * @param input shape of a row's input
     * @param features number of features of a row
     * @param categories number of categorical columns
     * @param candidates at least one
     * @param sample rows of a sample
     * @param heldOut rows of the larger held-out part
     * @throws IllegalArgumentException when a network's values don't fit into one array
     */
    public static TrainingMemory of(
            Shape input,
            int features,
            int categories,
            Task task,
            List<Candidate> candidates,
            int sample,
            int heldOut) {
        Row row = new Row(input, features, categories, task);
        long networkBytes = 0;
        String largest = "";
        for (Candidate candidate : large(candidates, row)) {
            long bytes = networkBytes(candidate, row);
            largest = bytes > networkBytes ? candidate.id() : largest;
            networkBytes = Math.max(networkBytes, bytes);
        }
        return new TrainingMemory(row.bytes(sample) + row.bytes(heldOut), networkBytes, largest);
    }

    /** Returns all that the thread takes, in bytes. */
    public long bytes() {
        return rowBytes + networkBytes;
    }

    private static SequencedSet<Candidate> large(List<Candidate> candidates, Row row) {
        List<Candidate> byValues = new ArrayList<>(candidates);
        byValues.sort(Comparator.comparingDouble(candidate -> -values(candidate, row)));
        SequencedSet<Candidate> large =
                new LinkedHashSet<>(byValues.subList(0, Math.min(PLANNED, byValues.size())));
        candidates.stream()
                .max(Comparator.comparingLong(Candidate::parameters))
                .ifPresent(large::add);
        return large;
    }

    /** Returns values between the layers of a mini-batch. */
    private static double values(Candidate candidate, Row row) {
        double sum = 0;
        for (Shape shape : candidate.network().shapes(row.input(), row.features())) {
            sum += shape.size();
        }
        return sum * candidate.recipe().batch();
    }

    private static long networkBytes(Candidate candidate, Row row) {
        try {
            NetworkPlan plan =
                    new NetworkPlan(
                            candidate.network(),
                            row.input(),
                            row.features(),
                            candidate.recipe().batch());
            long kept =
                    candidate.recipe().restoreBest().isPresent()
                            ? plan.weightFloats() + plan.stateFloats()
                            : 0;
            long changed =
                    candidate.recipe().augmentation().isOff() ? 0 : Augmenter.floats(row.input());
            return Workspace.floats(plan).stream().mapToLong(TrainingMemory::rounded).sum()
                    + rounded(changed)
                    + rounded(kept);
        } catch (ArithmeticException e) { // an offset beyond 2^31
            throw new IllegalArgumentException(
                    ("candidate %s (%s) is too large to be trained: the values between its layers"
                                    + " need more than 8 GB. Take fewer channels or units, or a"
                                    + " smaller batch than %,d.")
                            .formatted(
                                    candidate.id(),
                                    candidate.settingsText(),
                                    candidate.recipe().batch()),
                    e);
        }
    }

    private static long rounded(long floats) {
        long bytes = floats * Float.BYTES;
        return bytes < REGION_BYTES / 2
                ? bytes
                : (bytes + REGION_BYTES) / REGION_BYTES * REGION_BYTES;
    }
}
