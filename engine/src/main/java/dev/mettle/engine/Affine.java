package dev.mettle.engine;

import dev.mettle.engine.kernel.Lanes;

import java.util.Arrays;

/**
 * Where scale and shift of a normalisation lie in the weights: first all scales, then all shifts,
 * each with numbers that fill up the last four and stay 0.
 *
 * @param first offset of the first scale
 * @param scales how many there are, and as many shifts
 */
record Affine(int first, int scales) implements Learned {
    /** Returns the number of scales, filling included. */
    int padded() {
        return Lanes.roundChannels(scales);
    }

    /** Returns the offset of the first shift. */
    int shift() {
        return first + padded();
    }

    /** Returns the offset behind the last shift. */
    int end() {
        return shift() + padded();
    }

    @Override
    public int count() {
        return 2 * scales;
    }

    /** Scales start at 1, shifts at 0. */
    @Override
    public void initialise(Workspace workspace, Initialiser initialiser) {
        Arrays.fill(workspace.weights(), first, end(), 0f);
        Arrays.fill(workspace.weights(), first, first + scales, 1f);
    }

    @Override
    public int export(Workspace workspace, float[] to, int at) {
        System.arraycopy(workspace.weights(), first, to, at, scales);
        System.arraycopy(workspace.weights(), shift(), to, at + scales, scales);
        return at + count();
    }

    @Override
    public int restore(Workspace workspace, float[] from, int at) {
        System.arraycopy(from, at, workspace.weights(), first, scales);
        System.arraycopy(from, at + scales, workspace.weights(), shift(), scales);
        return at + count();
    }

    /** Sets the gradients of numbers that only fill up to 0. */
    void clearFilling(float[] gradients) {
        Arrays.fill(gradients, first + scales, shift(), 0f);
        Arrays.fill(gradients, shift() + scales, end(), 0f);
    }
}
