package dev.mettle.engine;

import static dev.mettle.engine.kernel.Lanes.CHANNELS;

import dev.mettle.core.random.RandomStream;
import dev.mettle.core.study.Initialisation;

import java.util.Arrays;

/**
 * Where the vectors of an embedding lie: [category][dim].
 *
 * @param first offset of the first weight
 * @param categories number of vectors
 * @param dim length of a vector
 */
record EmbeddingWeights(int first, int categories, int dim) implements WeightPlaces {
    @Override
    public int count() {
        return Math.multiplyExact(categories, dim);
    }

    @Override
    public int end() {
        return Math.addExact(first, (count() + CHANNELS - 1) / CHANNELS * CHANNELS);
    }

    /** Returns the place of a category's vector. */
    int vector(int category) {
        return first + category * dim;
    }

    /**
     * Draws standard normal numbers, as torch.nn.Embedding does, whatever the initialisation of the
     * other layers: a vector is no sum, so it has no fan-in.
     */
    @Override
    public void initialise(float[] values, Initialisation initialisation, RandomStream random) {
        Arrays.fill(values, first, end(), 0f);
        for (int i = 0; i < count(); i++) {
            values[first + i] = (float) random.nextGaussian();
        }
    }

    @Override
    public int export(float[] values, float[] to, int at) {
        System.arraycopy(values, first, to, at, count());
        return at + count();
    }

    @Override
    public int restore(float[] values, float[] from, int at) {
        System.arraycopy(from, at, values, first, count());
        return at + count();
    }
}
