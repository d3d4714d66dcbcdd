package dev.mettle.engine;

import dev.mettle.core.random.RandomStream;
import dev.mettle.core.study.Initialisation;

/** Where the weights of one layer lie among those of its network. */
sealed interface WeightPlaces permits Parameters, EmbeddingWeights {
    /** Returns the number of weights and biases, filling left out. */
    int count();

    /** Returns the offset behind the last one, a multiple of four. */
    int end();

    /** Draws initial weights in the order in which they are exported; biases and filling are 0. */
    void initialise(float[] values, Initialisation initialisation, RandomStream random);

    /** Copies weights and biases to {@code to}, from {@code at} on; returns the place behind. */
    int export(float[] values, float[] to, int at);

    /** The opposite of {@link #export}. */
    int restore(float[] values, float[] from, int at);
}
