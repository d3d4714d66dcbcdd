package dev.mettle.engine;

import static dev.mettle.engine.kernel.Lanes.BLOCK;
import static dev.mettle.engine.kernel.Lanes.CHANNELS;
import static dev.mettle.engine.kernel.Lanes.POSITIONS;
import static dev.mettle.engine.kernel.Lanes.SUMS;

import dev.mettle.engine.kernel.BiasGradient;
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
    private final Parameters parameters;
    private final Tensor in;
    private final Tensor out;
    private final @Nullable Tensor gradientIn;
    private final Tensor gradientOut;

    /** Tables for 1 to 4 blocks at once. */
    private final TapTable[] forward = new TapTable[POSITIONS];

    private final TapTable[] backward = new TapTable[POSITIONS];
    private final int[] taps;
    private final int[] inOfBlock;
    private final int[] gradientOfBlock;

    /**
     * Takes all blocks of a mini-batch as {@code blocks}.
     *
     * @param gradientIn absent in the first layer with weights
     */
    DenseStage(
            Parameters parameters,
            Tensor in,
            Tensor out,
            @Nullable Tensor gradientIn,
            Tensor gradientOut,
            int blocks) {
        this.parameters = parameters;
        this.in = in;
        this.out = out;
        this.gradientIn = gradientIn;
        this.gradientOut = gradientOut;
        this.taps = multiples(parameters.inputs(), BLOCK);
        this.inOfBlock = multiples(blocks, in.storage().stride());
        this.gradientOfBlock = multiples(blocks, gradientOut.storage().stride());
        int[] forwardWeights = multiples(parameters.inputs(), CHANNELS);
        int[] backwardTaps = multiples(parameters.outputs(), BLOCK);
        int[] backwardWeights = new int[parameters.outputs()];
        for (int o = 0; o < backwardWeights.length; o++) {
            backwardWeights[o] = parameters.weight(o, 0) - parameters.first();
        }
        for (int count = 1; count <= POSITIONS; count++) {
            forward[count - 1] = table(count, in, out, taps, forwardWeights);
            backward[count - 1] =
                    table(
                            count,
                            gradientOut,
                            gradientIn == null ? in : gradientIn,
                            backwardTaps,
                            backwardWeights);
        }
    }

    /** Positions are half blocks, so that few blocks are enough to fill a group. */
    private static TapTable table(int blocks, Tensor from, Tensor to, int[] taps, int[] weights) {
        int groups = (2 * blocks + POSITIONS - 1) / POSITIONS;
        int[] read = new int[groups * POSITIONS];
        int[] write = new int[groups * POSITIONS];
        int[] last = new int[groups];
        for (int n = 0; n < read.length; n++) {
            int half = Math.min(n, 2 * blocks - 1);
            read[n] = half / 2 * from.storage().stride() + half % 2 * SUMS;
            write[n] = half / 2 * to.storage().stride() + half % 2 * SUMS + to.origin();
        }
        Arrays.fill(last, taps.length);
        return new TapTable(read, write, new int[groups], last, taps, weights, SUMS);
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
                parameters.taps(),
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
                CHANNELS,
                CHANNELS,
                workspace.zeros(),
                0,
                arena,
                gradientIn.slot(from),
                BLOCK);
    }

    @Override
    void finish(Workspace workspace, int blocks) {
        float[] arena = workspace.arena();
        int length = parameters.taps() * CHANNELS;
        int sums = workspace.scratchSums();
        for (int o = 0; o < parameters.outputs(); o += CHANNELS) {
            int gradient = gradientOut.slot(0) + o * BLOCK;
            clear(workspace.sums(), sums, length);
            TapGradient.vector(
                    taps,
                    CHANNELS,
                    arena,
                    in.slot(0),
                    inOfBlock,
                    arena,
                    gradient,
                    BLOCK,
                    gradientOfBlock,
                    0,
                    blocks,
                    workspace.sums(),
                    sums);
            LaneTree.add(
                    workspace.sums(),
                    sums,
                    length,
                    workspace.gradients(),
                    parameters.first() + o * parameters.taps());
            clear(workspace.sums(), sums, CHANNELS);
            BiasGradient.vector(
                    CHANNELS,
                    arena,
                    gradient,
                    BLOCK,
                    gradientOfBlock,
                    0,
                    blocks,
                    workspace.sums(),
                    sums);
            LaneTree.add(
                    workspace.sums(), sums, CHANNELS, workspace.gradients(), parameters.bias() + o);
        }
        parameters.clearFilling(workspace.gradients());
    }

    private static void clear(float[] sums, int from, int count) {
        Arrays.fill(sums, from, from + count * SUMS, 0f);
    }
}
