package dev.mettle.engine.kernel;

import static dev.mettle.engine.kernel.Lanes.SPECIES;
import static dev.mettle.engine.kernel.Lanes.SUMS;

import jdk.incubator.vector.FloatVector;

/**
 * Index vectors for {@link FloatVector#selectFrom(jdk.incubator.vector.Vector,
 * jdk.incubator.vector.Vector)}, by which two vectors of {@value Lanes#SUMS} lanes exchange halves:
 * of each pair of neighbouring runs of lanes, {@code low} takes the first runs of both vectors and
 * {@code high} the second ones. Loaded from memory, for C2 boxes constant shuffles.
 */
final class Exchange {
    private static final float[] INDICES = indices();

    private Exchange() {}

    private static float[] indices() {
        float[] indices = new float[2 * SUMS * SUMS];
        for (int distance = 1; distance < SUMS; distance *= 2) {
            for (int lane = 0; lane < SUMS; lane++) {
                int start = lane / (2 * distance) * (2 * distance) + lane % distance;
                int vector = lane / distance % 2 * SUMS;
                indices[2 * distance * SUMS + lane] = vector + start;
                indices[(2 * distance + 1) * SUMS + lane] = vector + start + distance;
            }
        }
        return indices;
    }

    /** Takes the first runs; {@code distance}, a power of two, is the length of a run. */
    static FloatVector low(int distance) {
        return FloatVector.fromArray(SPECIES, INDICES, 2 * distance * SUMS);
    }

    /** Takes the second runs. */
    static FloatVector high(int distance) {
        return FloatVector.fromArray(SPECIES, INDICES, (2 * distance + 1) * SUMS);
    }
}
