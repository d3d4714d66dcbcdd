package dev.mettle.engine;

import java.util.Arrays;

/**
 * Mean and variance of each channel over a mini-batch, and their running means
 * (docs/math/normalisation.md). In the {@link Workspace#state}, each with numbers that fill up the
 * last four channels: running means, running variances, then what is recomputed at every step.
 *
 * @param affine scale and shift of each channel
 * @param state offset of the first running mean
 * @param blocks most blocks of a mini-batch
 */
record BatchMoments(Affine affine, int state, int blocks) implements Learned {
    private static final int KEPT = 7;

    /** Returns the floats of state that so many channels need. */
    static int floats(Affine affine, int blocks) {
        return (KEPT + 2 * blocks) * affine.padded();
    }

    private int place(int number) {
        return state + number * affine.padded();
    }

    /** Returns the offset of the first running variance. */
    int variances() {
        return place(1);
    }

    /** Returns the offset of the means that values are centred by. */
    int means() {
        return place(2);
    }

    /** Returns the offset of one over the standard deviations. */
    int reciprocals() {
        return place(3);
    }

    /** Returns the offset of the factors of centred values: scale over standard deviation. */
    int factors() {
        return place(4);
    }

    /** Returns the offset of what centred values add to the gradient by input, each times it. */
    int slopes() {
        return place(5);
    }

    /** Returns the offset of what every value adds to the gradient by input. */
    int offsets() {
        return place(6);
    }

    /** Returns the offset of a block's means. */
    int blockMeans(int block) {
        return place(KEPT + block);
    }

    /** Returns the offset of a block's sums of squares about its means. */
    int blockSquares(int block) {
        return place(KEPT + blocks + block);
    }

    /**
     * Joins the blocks' moments (Chan, Golub and LeVeque 1979) in their order, in double, and moves
     * the running means: the variance's with n - 1, as in PyTorch.
     *
     * @param positions values of a channel and row
     */
    void join(Workspace workspace, int positions, double epsilon, double momentum) {
        float[] all = workspace.state();
        for (int c = 0; c < affine.scales(); c++) {
            double mean = 0;
            double squares = 0;
            double count = 0;
            for (int block = 0; block < workspace.blocks(); block++) {
                double more = (double) workspace.live(block) * positions;
                double distance = all[blockMeans(block) + c] - mean;
                double both = count + more;
                mean += distance * more / both;
                squares += all[blockSquares(block) + c] + distance * distance * count * more / both;
                count = both;
            }
            all[means() + c] = (float) mean;
            centre(workspace, c, squares / count, epsilon);
            double unbiased = squares / Math.max(1, count - 1);
            all[state + c] = (float) ((1 - momentum) * all[state + c] + momentum * mean);
            all[variances() + c] =
                    (float) ((1 - momentum) * all[variances() + c] + momentum * unbiased);
        }
    }

    /** Takes the running means, for rows that are not trained on. */
    void recall(Workspace workspace, double epsilon) {
        float[] all = workspace.state();
        for (int c = 0; c < affine.scales(); c++) {
            all[means() + c] = all[state + c];
            centre(workspace, c, all[variances() + c], epsilon);
        }
    }

    private void centre(Workspace workspace, int channel, double variance, double epsilon) {
        float[] all = workspace.state();
        float reciprocal = (float) (1 / Math.sqrt(variance + epsilon));
        all[reciprocals() + channel] = reciprocal;
        all[factors() + channel] = workspace.weights()[affine.first() + channel] * reciprocal;
    }

    /**
     * Completes the gradients by scale and shift, and computes what the gradient by input needs of
     * them.
     *
     * @param positions values of a channel and row
     */
    void finish(Workspace workspace, int positions) {
        float[] all = workspace.state();
        float[] gradients = workspace.gradients();
        double count = (double) workspace.rows() * positions;
        for (int c = 0; c < affine.scales(); c++) {
            double reciprocal = all[reciprocals() + c];
            double factor = all[factors() + c];
            double byScale = gradients[affine.first() + c] * reciprocal;
            double byShift = gradients[affine.shift() + c];
            gradients[affine.first() + c] = (float) byScale;
            all[slopes() + c] = (float) (-factor * byScale * reciprocal / count);
            all[offsets() + c] = (float) (-factor * byShift / count);
        }
        affine.clearFilling(gradients);
    }

    @Override
    public int count() {
        return 2 * affine.count();
    }

    /** Scales and running variances start at 1, shifts and running means at 0. */
    @Override
    public void initialise(Workspace workspace, Initialiser initialiser) {
        affine.initialise(workspace, initialiser);
        Arrays.fill(workspace.state(), state, state + floats(affine, blocks), 0f);
        Arrays.fill(workspace.state(), variances(), variances() + affine.scales(), 1f);
    }

    /** Scales, shifts, running means, running variances: the order of PyTorch. */
    @Override
    public int export(Workspace workspace, float[] to, int at) {
        int behind = affine.export(workspace, to, at);
        System.arraycopy(workspace.state(), state, to, behind, affine.scales());
        System.arraycopy(
                workspace.state(), variances(), to, behind + affine.scales(), affine.scales());
        return at + count();
    }

    @Override
    public int restore(Workspace workspace, float[] from, int at) {
        int behind = affine.restore(workspace, from, at);
        System.arraycopy(from, behind, workspace.state(), state, affine.scales());
        System.arraycopy(
                from, behind + affine.scales(), workspace.state(), variances(), affine.scales());
        return at + count();
    }
}
