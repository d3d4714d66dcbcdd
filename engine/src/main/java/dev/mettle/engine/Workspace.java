package dev.mettle.engine;

import static dev.mettle.engine.kernel.Lanes.BLOCK;

import dev.mettle.core.random.Purpose;
import dev.mettle.core.random.RandomStream;
import dev.mettle.core.random.Seed;
import dev.mettle.core.random.Stream;
import dev.mettle.engine.kernel.BlockGather;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.List;

/**
 * The memory of one thread's trainings. Buffers grow to the largest network and are used again, so
 * that it stays bounded when many shapes come by. Not safe for several threads.
 */
final class Workspace {
    /**
     * Floats of the smallest large buffer: the garbage collector then puts it at the start of a
     * region (see {@code ALIGNMENT}).
     */
    private static final int LARGE = 1 << 20;

    /** Of a training whose weights were set, not drawn. */
    private static final Seed NO_SEED = new Seed(0, Purpose.ASSESS, Seed.Source.INIT, 0);

    private final ScaledRows sample = new ScaledRows();
    private final ScaledRows heldOut = new ScaledRows();
    private float[] arena = new float[0];
    private float[] weights = new float[0];
    private float[] gradients = new float[0];
    private float[] firstState = new float[0];
    private float[] secondState = new float[0];
    private float[] state = new float[0];
    private float[] kept = new float[0];
    private float[] sums = new float[0];
    private float[] zeros = new float[0];
    private int scratchSums;

    private @Nullable Augmenter augmenter;
    private ScaledRows rows = sample;
    private int[] order = new int[0];
    private final int[] rowStarts = new int[BLOCK];
    private final float[] lives = new float[BLOCK];
    private RandomStream noise = new RandomStream(NO_SEED, Stream.DROPOUT);
    private boolean training;
    private int step;
    private int first;
    private int last;

    /** Makes room for a network and sets everything to 0. */
    void attach(NetworkPlan plan) {
        augmenter = null;
        arena = cleared(arena, plan.arenaFloats(), LARGE);
        weights = cleared(weights, plan.weightFloatsRead(), 0);
        gradients = cleared(gradients, plan.weightFloats(), 0);
        firstState = cleared(firstState, plan.weightFloats(), 0);
        secondState = cleared(secondState, plan.weightFloats(), 0);
        state = cleared(state, plan.stateFloats(), 0);
        sums = cleared(sums, plan.sumFloats(), LARGE);
        zeros = cleared(zeros, plan.zeroFloats(), 0);
        scratchSums = plan.scratchSums();
    }

    /** Returns the lengths of the arrays that a network needs, in floats. */
    static List<Long> floats(NetworkPlan plan) {
        return List.of(
                (long) Math.max(plan.arenaFloats(), LARGE),
                (long) plan.weightFloatsRead(),
                (long) plan.weightFloats(), // gradients, and twice the state of the optimiser
                (long) plan.weightFloats(),
                (long) plan.weightFloats(),
                (long) plan.stateFloats(),
                (long) Math.max(plan.sumFloats(), LARGE),
                (long) plan.zeroFloats());
    }

    /** Keeps a copy of weights, and of what layers keep beside; only then it takes memory. */
    void keep(NetworkPlan plan) {
        int count = plan.weightFloats();
        if (kept.length < count + plan.stateFloats()) {
            kept = new float[count + plan.stateFloats()];
        }
        System.arraycopy(weights, 0, kept, 0, count);
        System.arraycopy(state, 0, kept, count, plan.stateFloats());
    }

    /** Sets weights, and what layers keep beside, to those kept. */
    void revert(NetworkPlan plan) {
        System.arraycopy(kept, 0, weights, 0, plan.weightFloats());
        System.arraycopy(kept, plan.weightFloats(), state, 0, plan.stateFloats());
    }

    private static float[] cleared(float[] buffer, int length, int atLeast) {
        if (buffer.length < length) {
            return new float[Math.max(length, atLeast)];
        }
        Arrays.fill(buffer, 0, length, 0f);
        return buffer;
    }

    /**
     * Chooses the rows {@code order[first]} to {@code order[last - 1]} of {@code rows} as the ones
     * that blocks hold.
     */
    void select(ScaledRows rows, int[] order, int first, int last) {
        this.rows = rows;
        this.order = order;
        this.first = first;
        this.last = last;
    }

    /** Begins a mini-batch of a training: the next step. */
    void beginStep() {
        training = true;
        step++;
    }

    /** Begins rows that are not trained on. */
    void beginEvaluation() {
        training = false;
    }

    /** Tells whether the rows selected are trained on. */
    boolean isTraining() {
        return training;
    }

    /** Returns the number of the step, from 1. */
    int step() {
        return step;
    }

    /** Sets what random numbers of the steps are drawn from, and begins at the first step. */
    void noise(RandomStream stream) {
        noise = stream;
        step = 0;
    }

    /** Returns what random numbers of the steps are drawn from. */
    RandomStream noise() {
        return noise;
    }

    /** Returns the number of rows selected. */
    int rows() {
        return last - first;
    }

    /** Returns the number of blocks of the rows selected. */
    int blocks() {
        return (last - first + BLOCK - 1) / BLOCK;
    }

    /** Returns how many lanes of a block hold a row. */
    int live(int block) {
        return Math.min(BLOCK, last - first - block * BLOCK);
    }

    /**
     * Returns 1 for each lane of a block that holds a row, and 0 for the others; until called
     * again.
     */
    float[] lives(int block) {
        int live = live(block);
        for (int lane = 0; lane < BLOCK; lane++) {
            lives[lane] = lane < live ? 1 : 0;
        }
        return lives;
    }

    /** Writes a block's targets. */
    void gatherTargets(int block, int to, int[] position) {
        gather(rows.targets(), rows.targetCount(), block, to, position);
    }

    /** Changes inputs from now on as they are gathered; null for no more. */
    void augment(@Nullable Augmenter by) {
        augmenter = by;
    }

    /** Writes a block's inputs. */
    void gatherInputs(int block, int to, int[] position) {
        if (augmenter != null) {
            int from = first + block * BLOCK;
            augmenter.gather(rows.inputs(), order, from, live(block), arena, to, position);
            return;
        }
        gather(rows.inputs(), rows.inputSize(), block, to, position);
    }

    /** Writes a block's features. */
    void gatherFeatures(int block, int to, int[] position) {
        gather(rows.features(), rows.featureCount(), block, to, position);
    }

    /**
     * Returns where the vector of the category of each of a block's rows begins; valid until rows
     * are gathered again.
     *
     * @throws IllegalArgumentException when the data lack the column, or it has more categories
     */
    int[] vectors(String column, EmbeddingWeights vectors, int block) {
        int[] codes = rows.codes();
        int columns = rows.codeColumns();
        int at = rows.codeColumn(column, vectors.categories());
        int from = first + block * BLOCK;
        int live = live(block);
        for (int e = 0; e < BLOCK; e++) {
            int row = order[e < live ? from + e : from];
            rowStarts[e] = vectors.vector(codes[row * columns + at]);
        }
        return rowStarts;
    }

    /**
     * Lanes without a row repeat the block's first one: what they compute is then finite whenever
     * the first row's is, and a gradient of 0 makes them contribute exactly nothing.
     */
    private void gather(float[] table, int columns, int block, int to, int[] position) {
        int from = first + block * BLOCK;
        int live = live(block);
        for (int e = 0; e < BLOCK; e++) {
            rowStarts[e] = order[e < live ? from + e : from] * columns;
        }
        BlockGather.gather(table, columns, rowStarts, arena, to, position);
    }

    /** Returns the rows that are trained on. */
    ScaledRows sample() {
        return sample;
    }

    /** Returns the rows that are evaluated on. */
    ScaledRows heldOut() {
        return heldOut;
    }

    /** Returns the memory of values and gradients. */
    float[] arena() {
        return arena;
    }

    /** Returns weights and biases. */
    float[] weights() {
        return weights;
    }

    /** Returns the gradients of weights and biases, in the same places. */
    float[] gradients() {
        return gradients;
    }

    /** Returns what an optimiser keeps of each weight first (a velocity or mean). */
    float[] firstState() {
        return firstState;
    }

    /** Returns what an optimiser keeps of each weight second (a mean square). */
    float[] secondState() {
        return secondState;
    }

    /** Returns what layers keep beside their weights. */
    float[] state() {
        return state;
    }

    /** Returns the partial sums of gradients. */
    float[] sums() {
        return sums;
    }

    /** Returns the place of the sums that any stage may use for itself. */
    int scratchSums() {
        return scratchSums;
    }

    /** Returns zeros, not to be written. */
    float[] zeros() {
        return zeros;
    }
}
