package dev.mettle.engine;

import static dev.mettle.engine.kernel.Lanes.CHANNELS;

import java.util.Arrays;

/**
 * Where the vectors of an embedding lie: [category][dim].
 *
 * @param first offset of the first weight
 * @param categories number of vectors
 * @param dim length of a vector
 */
record EmbeddingWeights(int first, int categories, int dim) implements Learned {
    @Override
    public int count() {
        return Math.multiplyExact(categories, dim);
    }

    /** Returns the offset behind the last weight, a multiple of four. */
    int end() {
        return Math.addExact(first, (count() + CHANNELS - 1) / CHANNELS * CHANNELS);
    }

    /** Returns the place of a category's vector. */
    int vector(int category) {
        return first + category * dim;
    }

    @Override
    public void initialise(Workspace workspace, Initialiser initialiser) {
        Arrays.fill(workspace.weights(), first, end(), 0f);
        initialiser.vectors(workspace.weights(), first, first + count());
    }

    @Override
    public int export(Workspace workspace, float[] to, int at) {
        System.arraycopy(workspace.weights(), first, to, at, count());
        return at + count();
    }

    @Override
    public int restore(Workspace workspace, float[] from, int at) {
        System.arraycopy(from, at, workspace.weights(), first, count());
        return at + count();
    }
}
