package dev.mettle.engine;

import static dev.mettle.engine.kernel.Lanes.BLOCK;

import dev.mettle.core.random.RandomStream;
import dev.mettle.engine.kernel.Product;

import org.jspecify.annotations.Nullable;

/**
 * Dropout: in training values are multiplied by 0, or by one over the probability of staying
 * (docs/math/dropout.md). What is dropped is a function of the instance's seed, the step, the layer
 * and the place of the row in the mini-batch.
 */
final class DropoutStage extends Stage {
    private static final int HALF = 16;
    private static final int ALL = 1 << HALF;
    private static final int LOW = ALL - 1;

    /** Random blocks of four words that a value of 32 examples takes: half a word each. */
    private static final int WORD_BLOCKS = BLOCK / 8;

    private final int dropped;
    private final float kept;
    private final int place;
    private final Tensor in;
    private final Tensor out;
    private final @Nullable Tensor gradientIn;
    private final @Nullable Tensor gradientOut;
    private final Storage mask;

    /**
     * Takes the probability, which is rounded to a multiple of 2⁻¹⁶.
     *
     * @param place number of values of a mini-batch, in units of a value of a block, that dropout
     *     layers before this one have
     * @param mask factor of each value
     */
    DropoutStage(
            double probability,
            int place,
            Tensor in,
            Tensor out,
            @Nullable Tensor gradientIn,
            @Nullable Tensor gradientOut,
            Storage mask) {
        this.dropped = (int) Math.min(Math.rint(probability * ALL), LOW);
        this.kept = (float) ALL / (ALL - dropped);
        this.place = place;
        this.in = in;
        this.out = out;
        this.gradientIn = gradientIn;
        this.gradientOut = gradientOut;
        this.mask = mask;
    }

    @Override
    void forward(Workspace workspace, int from, int to) {
        for (int block = from; block < to; block++) {
            if (workspace.isTraining()) {
                draw(workspace, block);
            }
            rows(workspace, block);
        }
    }

    private void draw(Workspace workspace, int block) {
        float[] arena = workspace.arena();
        RandomStream random = workspace.noise();
        int size = in.shape().size();
        random.go(workspace.step(), (place + block * size) * WORD_BLOCKS);
        int at = mask.slot(block);
        for (int i = at; i < at + size * BLOCK; i += 2) {
            int word = random.nextInt();
            arena[i] = (word & LOW) < dropped ? 0 : kept;
            arena[i + 1] = (word >>> HALF) < dropped ? 0 : kept;
        }
    }

    private void rows(Workspace workspace, int block) {
        float[] arena = workspace.arena();
        int width = in.shape().width() * BLOCK;
        int height = in.shape().height();
        for (int row = 0; row < in.shape().channels() * height; row++) {
            int read = in.slot(block) + row * width;
            int write = out.slot(block) + out.at(row / height, row % height, 0);
            if (workspace.isTraining()) {
                Product.vector(
                        arena, read, arena, mask.slot(block) + row * width, arena, write, width);
            } else {
                System.arraycopy(arena, read, arena, write, width);
            }
        }
    }

    @Override
    void backward(Workspace workspace, int from, int to) {
        if (gradientIn == null || gradientOut == null) {
            return;
        }
        float[] arena = workspace.arena();
        for (int block = from; block < to; block++) {
            Product.vector(
                    arena,
                    gradientOut.slot(block),
                    arena,
                    mask.slot(block),
                    arena,
                    gradientIn.slot(block),
                    in.shape().size() * BLOCK);
        }
    }
}
