package dev.mettle.engine;

import static dev.mettle.engine.kernel.Lanes.BLOCK;

import dev.mettle.core.data.Shape;
import dev.mettle.core.random.KeyedWords;
import dev.mettle.core.random.NormalTable;
import dev.mettle.core.random.Seed;
import dev.mettle.core.random.Stream;
import dev.mettle.core.study.Augmentation;
import dev.mettle.engine.kernel.BlockGather;

import java.util.Arrays;

/**
 * Changes the inputs of mini-batches at random (docs/math/augmentation.md). What happens to a row
 * is a pure function of the seed, the epoch and the row's position in the sample, so neither the
 * order of rows nor the size of mini-batches matters. Not safe for several threads; allocates
 * nothing once made.
 */
final class Augmenter {
    /** Values that a block of four words gives noise to. */
    private static final int NOISES = 8;

    private static final int HALF_WORD = 16;

    private final Augmentation settings;
    private final Shape shape;
    private final float zero;
    private final float noise;
    private final KeyedWords moves;
    private final KeyedWords noises;
    private final int[] words = new int[4];
    private final float[] changed;
    private final int[] starts = new int[BLOCK];
    private int epoch;

    /**
     * Starts before the first epoch.
     *
     * @param shape of a row's input
     * @param zero what pixels that come in are: 0 in the unit of the array, scaled
     * @param seed that the order of mini-batches follows from
     */
    Augmenter(Augmentation settings, Shape shape, float zero, Seed seed) {
        this.settings = settings;
        this.shape = shape;
        this.zero = zero;
        this.noise = (float) settings.noise();
        this.moves = new KeyedWords(seed, Stream.MOVES);
        this.noises = new KeyedWords(seed, Stream.NOISE);
        this.changed = new float[floats(shape)];
    }

    /** Returns the floats of memory that it takes. */
    static int floats(Shape shape) {
        return Math.multiplyExact(BLOCK, shape.size());
    }

    /** Goes on to the next epoch. */
    void nextEpoch() {
        epoch++;
    }

    /**
     * Writes a block of changed inputs; arguments as in {@link BlockGather#gather}. Lanes without a
     * row repeat the first one.
     *
     * @param order positions in the sample
     * @param from where in {@code order} the block begins
     * @param live rows of the block, at least 1
     */
    void gather(
            float[] inputs,
            int[] order,
            int from,
            int live,
            float[] out,
            int outBase,
            int[] position) {
        int size = shape.size();
        for (int e = 0; e < BLOCK; e++) {
            starts[e] = e < live ? e * size : 0;
        }
        for (int e = 0; e < live; e++) {
            write(inputs, order[from + e], starts[e]);
        }
        BlockGather.gather(changed, size, starts, out, outBase, position);
    }

    private void write(float[] inputs, int row, int to) {
        int from = row * shape.size();
        if (settings.isSpatial()) {
            move(inputs, from, row, to);
        } else {
            System.arraycopy(inputs, from, changed, to, shape.size());
        }
        if (noise > 0) {
            addNoise(row, to);
        }
    }

    /** Flips first, then shifts. */
    private void move(float[] inputs, int from, int row, int to) {
        moves.block(epoch, row, words);
        int dx = shape.width() > 1 ? distance(words[0]) : 0;
        int dy = shape.height() > 1 ? distance(words[1]) : 0;
        boolean flipX = settings.flip().isHorizontal() && words[2] < 0;
        boolean flipY = settings.flip().isVertical() && words[3] < 0;
        int height = shape.height();
        int width = shape.width();
        for (int c = 0; c < shape.channels(); c++) {
            for (int y = 0; y < height; y++) {
                int line = y - dy;
                int at = to + (c * height + y) * width;
                if (line < 0 || line >= height) {
                    Arrays.fill(changed, at, at + width, zero);
                } else {
                    int read = flipY ? height - 1 - line : line;
                    moveLine(inputs, from + (c * height + read) * width, at, dx, flipX);
                }
            }
        }
    }

    /** Returns a whole number from -shift to shift; of equal probability to within 2⁻³² of each. */
    private int distance(int word) {
        long choices = 2L * settings.shift() + 1;
        return (int) (Integer.toUnsignedLong(word) * choices >>> Integer.SIZE) - settings.shift();
    }

    private void moveLine(float[] inputs, int from, int to, int dx, boolean flip) {
        int width = shape.width();
        int first = Math.clamp(dx, 0, width);
        int last = Math.clamp((long) width + dx, first, width);
        Arrays.fill(changed, to, to + first, zero);
        if (flip) {
            int read = from + width - 1 + dx;
            for (int x = first; x < last; x++) {
                changed[to + x] = inputs[read - x];
            }
        } else {
            System.arraycopy(inputs, from + first - dx, changed, to + first, last - first);
        }
        Arrays.fill(changed, to + last, to + width, zero);
    }

    private void addNoise(int row, int to) {
        int size = shape.size();
        int blocks = (size + NOISES - 1) / NOISES;
        for (int b = 0; b < blocks; b++) {
            noises.block(epoch, row * blocks + b, words); // unsigned: fewer than 2^32 in all
            int at = to + b * NOISES;
            int count = Math.min(NOISES, size - b * NOISES);
            for (int i = 0; i < count; i++) {
                int half = words[i >> 1] >>> (i & 1) * HALF_WORD;
                changed[at + i] += noise * NormalTable.of(half);
            }
        }
    }
}
