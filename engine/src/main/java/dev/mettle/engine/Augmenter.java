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
        int plane = shape.height() * shape.width();
        for (int c = 0; c < shape.channels(); c++) {
            int read = from + c * plane;
            int write = to + c * plane;
            if (flipX || flipY) {
                flip(inputs, read, write, flipX, flipY);
                shift(changed, write, write, dx, dy);
            } else {
                shift(inputs, read, write, dx, dy);
            }
        }
    }

    /** Returns a whole number from -shift to shift; of equal probability to within 2⁻³² of each. */
    private int distance(int word) {
        long choices = 2L * settings.shift() + 1;
        return (int) (Integer.toUnsignedLong(word) * choices >>> Integer.SIZE) - settings.shift();
    }

    private void flip(float[] inputs, int from, int to, boolean flipX, boolean flipY) {
        int height = shape.height();
        int width = shape.width();
        for (int y = 0; y < height; y++) {
            int read = from + (flipY ? height - 1 - y : y) * width;
            if (flipX) {
                reverse(inputs, read, to + y * width);
            } else {
                System.arraycopy(inputs, read, changed, to + y * width, width);
            }
        }
    }

    private void reverse(float[] inputs, int from, int to) {
        int last = from + shape.width() - 1;
        for (int x = 0; x < shape.width(); x++) {
            changed[to + x] = inputs[last - x];
        }
    }

    /**
     * Moves a channel, perhaps in place: row after row, a shift is an offset. What leaves a line at
     * one side and would come in at the other is then overwritten.
     */
    private void shift(float[] source, int from, int to, int dx, int dy) {
        int height = shape.height();
        int width = shape.width();
        int plane = height * width;
        if (Math.abs(dx) >= width || Math.abs(dy) >= height) {
            Arrays.fill(changed, to, to + plane, zero);
            return;
        }
        int offset = dy * width + dx; // smaller than the plane
        int kept = plane - Math.abs(offset);
        System.arraycopy(
                source, from + Math.max(0, -offset), changed, to + Math.max(0, offset), kept);
        if (dy > 0) {
            Arrays.fill(changed, to, to + dy * width, zero);
        } else if (dy < 0) {
            Arrays.fill(changed, to + plane + dy * width, to + plane, zero);
        }
        int first = dx > 0 ? 0 : width + dx;
        int last = dx > 0 ? dx : width;
        for (int x = first; x < last; x++) {
            for (int at = to + x; at < to + plane; at += width) {
                changed[at] = zero;
            }
        }
    }

    private void addNoise(int row, int to) {
        int size = shape.size();
        int blocks = (size + NOISES - 1) / NOISES;
        int first = row * blocks; // unsigned: fewer than 2^32 in all
        for (int b = 0; b < size / NOISES; b++) {
            noises.block(epoch, first + b, words);
            addTwo(words[0], to + b * NOISES);
            addTwo(words[1], to + b * NOISES + 2);
            addTwo(words[2], to + b * NOISES + 4);
            addTwo(words[3], to + b * NOISES + 6);
        }
        int rest = size % NOISES;
        if (rest > 0) {
            noises.block(epoch, first + blocks - 1, words);
        }
        for (int i = 0; i < rest; i++) {
            int half = words[i >> 1] >>> (i & 1) * HALF_WORD;
            changed[to + size - rest + i] += noise * NormalTable.of(half);
        }
    }

    private void addTwo(int word, int at) {
        changed[at] += noise * NormalTable.of(word);
        changed[at + 1] += noise * NormalTable.of(word >>> HALF_WORD);
    }
}
