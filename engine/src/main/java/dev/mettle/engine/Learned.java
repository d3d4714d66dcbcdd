package dev.mettle.engine;

/** Where the numbers of one layer lie that its training leaves behind. */
sealed interface Learned permits Parameters, EmbeddingWeights, Affine, BatchMoments {
    /** Returns how many numbers the layer leaves behind. */
    int count();

    /** Sets them to what a training starts with. */
    void initialise(Workspace workspace, Initialiser initialiser);

    /** Copies them to {@code to}, from {@code at} on; returns the place behind them. */
    int export(Workspace workspace, float[] to, int at);

    /** The opposite of {@link #export}. */
    int restore(Workspace workspace, float[] from, int at);
}
