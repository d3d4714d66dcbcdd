package dev.mettle.engine;

import static dev.mettle.engine.kernel.Lanes.BLOCK;
import static dev.mettle.engine.kernel.Lanes.CHANNELS;
import static dev.mettle.engine.kernel.Lanes.POSITIONS;
import static dev.mettle.engine.kernel.Lanes.SUMS;

import dev.mettle.engine.kernel.BiasGradient;
import dev.mettle.engine.kernel.BlockTurn;
import dev.mettle.engine.kernel.DenseGradient;
import dev.mettle.engine.kernel.LaneTree;
import dev.mettle.engine.kernel.Lanes;
import dev.mettle.engine.kernel.TapGradient;
import dev.mettle.engine.kernel.TapSum;
import dev.mettle.engine.kernel.TapTable;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/**
 * A fully connected layer: a convolution whose positions are half blocks of examples. Its input and
 * the gradient by its output stay in memory for the whole mini-batch, and gradients by weight are
 * summed once at the end.
 */
final class DenseStage extends Stage {
    /** The inputs are one run of taps. */
    private static final int[] ONE_RUN = {0};

    private final Parameters parameters;
    private final Tensor in;
    private final Tensor out;
    private final @Nullable Tensor gradientIn;
    private final Tensor gradientOut;
    private final Storage turned;

    /** Tables for 1 to 4 blocks at once. */
    private final TapTable[] forward = new TapTable[POSITIONS];

    private final TapTable[] backward = new TapTable[POSITIONS];
    private final int[] inOfBlock;
    private final int[] gradientOfBlock;

    /**
     * Takes all blocks of a mini-batch as {@code blocks}.
     *
     * @param gradientIn absent in the first layer with weights
     * @param turned memory for one block's gradient by output, [example][output]
     */
    DenseStage(
            Parameters parameters,
            Tensor in,
            Tensor out,
            @Nullable Tensor gradientIn,
            Tensor gradientOut,
            Storage turned,
            int blocks) {
        this.parameters = parameters;
        this.in = in;
        this.out = out;
        this.gradientIn = gradientIn;
        this.gradientOut = gradientOut;
        this.turned = turned;
        this.inOfBlock = multiples(blocks, in.storage().stride());
        this.gradientOfBlock = multiples(blocks, gradientOut.storage().stride());
        int[] forwardTaps = taps(parameters.inputs(), parameters.together());
        int[] backwardTaps = taps(parameters.outputs(), 1);
        for (int count = 1; count <= POSITIONS; count++) {
            forward[count - 1] = table(count, in, out, forwardTaps);
            backward[count - 1] =
                    table(count, gradientOut, gradientIn == null ? in : gradientIn, backwardTaps);
        }
    }

    /** Positions are half blocks, so that a pair is a block and two blocks fill a group. */
    private static TapTable table(int blocks, Tensor from, Tensor to, int[] taps) {
        int groups = (blocks + 1) / 2;
        int[] read = new int[groups * 2];
        int[] write = new int[groups * POSITIONS];
        int[] last = new int[groups];
        for (int n = 0; n < write.length; n++) {
            int block = Math.min(n / 2, blocks - 1);
            read[n / 2] = block * from.storage().stride();
            write[n] = block * to.storage().stride() + n % 2 * SUMS + to.origin();
        }
        Arrays.fill(last, taps.length / 2);
        return new TapTable(read, SUMS, write, new int[groups], last, taps, SUMS);
    }

    /** Returns the entries of {@code count} taps: one per value, their weights so far apart. */
    private static int[] taps(int count, int weightStep) {
        int[] taps = new int[2 * count];
        for (int t = 0; t < count; t++) {
            taps[2 * t] = t * BLOCK;
            taps[2 * t + 1] = t * weightStep;
        }
        return taps;
    }

    private static int[] multiples(int count, int step) {
        int[] values = new int[count];
        for (int i = 0; i < count; i++) {
            values[i] = i * step;
        }
        return values;
    }

    @Override
    void forward(Workspace workspace, int from, int to) {
        float[] arena = workspace.arena();
        TapSum.vector(
                forward[to - from - 1],
                Lanes.roundChannels(parameters.outputs()),
                arena,
                in.slot(from),
                workspace.weights(),
                parameters.first(),
                1,
                1,
                workspace.weights(),
                parameters.bias(),
                arena,
                out.slot(from),
                out.plane());
    }

    @Override
    void backward(Workspace workspace, int from, int to) {
        if (gradientIn == null) {
            return;
        }
        float[] arena = workspace.arena();
        TapSum.vector(
                backward[to - from - 1],
                Lanes.roundChannels(parameters.inputs()),
                arena,
                gradientOut.slot(from),
                workspace.weights(),
                parameters.first(),
                parameters.together(),
                parameters.together(),
                workspace.zeros(),
                0,
                arena,
                gradientIn.slot(from),
                BLOCK);
    }

    /** Returns the floats of sums that the gradients by weight and by bias need. */
    static int scratchSums(Parameters parameters) {
        int rows = Lanes.roundChannels(parameters.inputs());
        int weights =
                isNarrow(parameters)
                        ? rows * CHANNELS * SUMS
                        : rows * DenseGradient.pitch(parameters.outputs());
        return Math.max(weights, Lanes.roundChannels(parameters.outputs()) * SUMS);
    }

    /** With so few outputs, vectors over examples do less work than vectors over outputs. */
    private static boolean isNarrow(Parameters parameters) {
        return parameters.outputs() <= CHANNELS;
    }

    @Override
    void finish(Workspace workspace, int blocks) {
        if (isNarrow(parameters)) {
            finishNarrow(workspace, blocks);
        } else {
            finishWide(workspace, blocks);
        }
        biasGradient(workspace, blocks);
        parameters.clearFilling(workspace.gradients());
    }

    private void finishNarrow(Workspace workspace, int blocks) {
        float[] arena = workspace.arena();
        int length = parameters.taps() * CHANNELS;
        int sums = workspace.scratchSums();
        clear(workspace.sums(), sums, length * SUMS);
        TapGradient.vector(
                ONE_RUN,
                parameters.inputs(),
                CHANNELS,
                arena,
                in.slot(0),
                inOfBlock,
                arena,
                gradientOut.slot(0),
                0,
                gradientOfBlock,
                0,
                blocks,
                workspace.sums(),
                sums);
        LaneTree.vector(workspace.sums(), sums, length, workspace.gradients(), parameters.first());
    }

    private void finishWide(Workspace workspace, int blocks) {
        float[] arena = workspace.arena();
        int rows = parameters.inputs();
        int pitch = DenseGradient.pitch(parameters.outputs());
        int sums = workspace.scratchSums();
        clear(workspace.sums(), sums, rows * pitch);
        for (int block = 0; block < blocks; block++) {
            BlockTurn.rows(
                    arena,
                    gradientOut.slot(block),
                    parameters.outputs(),
                    arena,
                    turned.slot(0),
                    pitch);
            DenseGradient.vector(
                    arena,
                    in.slot(block),
                    rows,
                    arena,
                    turned.slot(0),
                    pitch,
                    workspace.sums(),
                    sums);
        }
        for (int i = 0; i < rows; i++) {
            System.arraycopy(
                    workspace.sums(),
                    sums + i * pitch,
                    workspace.gradients(),
                    parameters.first() + i * parameters.together(),
                    parameters.together());
        }
    }

    private void biasGradient(Workspace workspace, int blocks) {
        int channels = Lanes.roundChannels(parameters.outputs());
        int sums = workspace.scratchSums();
        clear(workspace.sums(), sums, channels * SUMS);
        BiasGradient.vector(
                channels,
                workspace.arena(),
                gradientOut.slot(0),
                BLOCK,
                gradientOfBlock,
                0,
                blocks,
                workspace.sums(),
                sums);
        LaneTree.vector(workspace.sums(), sums, channels, workspace.gradients(), parameters.bias());
    }

    private static void clear(float[] sums, int from, int count) {
        Arrays.fill(sums, from, from + count, 0f);
    }
}
