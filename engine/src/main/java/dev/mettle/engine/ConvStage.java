package dev.mettle.engine;

import static dev.mettle.engine.kernel.Lanes.BLOCK;
import static dev.mettle.engine.kernel.Lanes.CHANNELS;
import static dev.mettle.engine.kernel.Lanes.POSITIONS;
import static dev.mettle.engine.kernel.Lanes.SUMS;

import dev.mettle.core.network.Layer;
import dev.mettle.engine.kernel.BiasGradient;
import dev.mettle.engine.kernel.LaneTree;
import dev.mettle.engine.kernel.Lanes;
import dev.mettle.engine.kernel.PoolSpread;
import dev.mettle.engine.kernel.TapGradient;
import dev.mettle.engine.kernel.TapSum;
import dev.mettle.engine.kernel.TapSumPool;
import dev.mettle.engine.kernel.TapTable;

import java.util.Arrays;

/**
 * A convolution, with pooling by 2 x 2 where that follows: then it computes only the pixels that a
 * window reads, and what is pooled never reaches memory.
 */
final class ConvStage extends Stage {
    /**
     * Windows whose gradients are spread at once in the first layer: four channels of them stay in
     * the fastest cache.
     */
    private static final int BAND = 12;

    private final Parameters parameters;
    private final boolean pooled;
    private final Places places;
    private final TapTable forward;
    private final int[] rows;
    private final int[] inOffset;
    private final int[] gradientOffset;
    private final int[] outOffset;
    private final int positions;

    /**
     * Where a convolution's numbers lie.
     *
     * @param in framed input
     * @param out output, after pooling
     * @param gradientOut by the output after pooling, without a frame
     * @param winners of pooling; unused without it
     * @param gradientIn how the gradient by input is computed
     * @param scratch memory for the gradient by what is pooled, four channels interleaved
     * @param sums place of the partial sums in {@link Workspace#sums}
     */
    record Places(
            Tensor in,
            Tensor out,
            Tensor gradientOut,
            Storage winners,
            GradientIn gradientIn,
            Storage scratch,
            int sums) {}

    /** How the gradient by input is computed. */
    sealed interface GradientIn {
        /** Not at all: nothing before this layer has weights. */
        record None() implements GradientIn {}

        /** From the gradient by output, framed, which the scratch memory holds. */
        record Framed(Tensor tensor, ConvTables.Frame frame, TapTable table)
                implements GradientIn {}
    }

    /** Returns the scratch memory a convolution needs, in floats. */
    static int scratch(Operation operation, GradientIn gradientIn) {
        int channels = Lanes.roundChannels(operation.out().channels());
        return switch (gradientIn) {
            case GradientIn.None _ -> CHANNELS * BAND * POSITIONS * BLOCK;
            case GradientIn.Framed(Tensor _, ConvTables.Frame frame, TapTable _) ->
                    Math.multiplyExact(channels / CHANNELS, frame.plane());
        };
    }

    ConvStage(Operation operation, Parameters parameters, Places places) {
        this.parameters = parameters;
        this.pooled = operation.pooled();
        this.places = places;
        Layer.Conv2d layer = (Layer.Conv2d) operation.layer();
        int height = operation.out().height();
        int width = operation.out().width();
        int factor = pooled ? 2 : 1;
        int[] pixels = ConvTables.pixels(height * factor, width * factor, pooled);
        int pitch = places.in().pitch();
        this.positions = pixels.length;
        this.rows = ConvTables.rows(places.in(), layer.kernel());
        this.inOffset = ConvTables.offsets(pixels, width * factor, pitch, layer.stride());
        this.gradientOffset =
                switch (places.gradientIn()) {
                    case GradientIn.Framed(Tensor _, ConvTables.Frame frame, TapTable _) ->
                            ConvTables.offsets(
                                    pixels,
                                    width * factor,
                                    frame.width(),
                                    layer.stride() * CHANNELS);
                    case GradientIn.None _ -> multiples(positions, CHANNELS * BLOCK);
                };
        this.outOffset = multiples(height * width, BLOCK);
        int[] groups = ConvTables.groups(height * factor, width * factor, pooled);
        this.forward =
                ConvTables.forward(
                        rows,
                        layer.kernel(),
                        ConvTables.offsets(groups, width * factor, pitch, layer.stride()),
                        outOffsets(operation, groups, places.out()));
    }

    private static int[] outOffsets(Operation operation, int[] groups, Tensor out) {
        int width = operation.out().width();
        int[] pixels =
                operation.pooled()
                        ? ConvTables.pixels(operation.out().height(), width, false)
                        : groups;
        int[] offsets = ConvTables.offsets(pixels, width, out.pitch(), 1);
        for (int n = 0; n < offsets.length; n++) {
            offsets[n] += out.origin();
        }
        return offsets;
    }

    private static int[] multiples(int count, int step) {
        int[] offsets = new int[count];
        for (int n = 0; n < count; n++) {
            offsets[n] = n * step;
        }
        return offsets;
    }

    private int channels() {
        return Lanes.roundChannels(parameters.outputs());
    }

    private int argPlane() {
        return positions / POSITIONS * BLOCK;
    }

    @Override
    void forward(Workspace workspace, int from, int to) {
        for (int block = from; block < to; block++) {
            forward(workspace, block);
        }
    }

    private void forward(Workspace workspace, int block) {
        float[] arena = workspace.arena();
        float[] weights = workspace.weights();
        Tensor in = places.in();
        Tensor out = places.out();
        if (pooled) {
            TapSumPool.vector(
                    forward,
                    channels(),
                    arena,
                    in.slot(block),
                    weights,
                    parameters.first(),
                    weights,
                    parameters.bias(),
                    arena,
                    out.slot(block),
                    out.plane(),
                    arena,
                    places.winners().slot(block),
                    argPlane());
        } else {
            TapSum.vector(
                    forward,
                    channels(),
                    arena,
                    in.slot(block),
                    weights,
                    parameters.first(),
                    parameters.taps(),
                    1,
                    weights,
                    parameters.bias(),
                    arena,
                    out.slot(block),
                    out.plane());
        }
    }

    @Override
    void start(Workspace workspace) {
        int count = (parameters.weights() + channels()) * SUMS;
        Arrays.fill(workspace.sums(), places.sums(), places.sums() + count, 0f);
    }

    @Override
    void backward(Workspace workspace, int from, int to) {
        for (int block = from; block < to; block++) {
            switch (places.gradientIn()) {
                case GradientIn.Framed framed -> backward(workspace, block, framed);
                case GradientIn.None _ -> backwardFirst(workspace, block);
            }
        }
    }

    private void backward(Workspace workspace, int block, GradientIn.Framed framed) {
        float[] arena = workspace.arena();
        int inside = places.scratch().slot(0) + framed.frame().origin();
        int plane = framed.frame().plane();
        for (int m = 0; m < parameters.outputs(); m += CHANNELS) {
            spread(arena, block, m, 0, positions, inside + m / CHANNELS * plane);
        }
        addByWeight(workspace, block, 0, channels(), inside, plane, 0, positions);
        addByBias(workspace, block);
        Tensor gradientIn = framed.tensor();
        int area = parameters.area();
        TapSum.vector(
                framed.table(),
                Lanes.roundChannels(parameters.inputs()),
                arena,
                places.scratch().slot(0),
                workspace.weights(),
                parameters.first(),
                area * CHANNELS,
                area * CHANNELS,
                workspace.zeros(),
                0,
                arena,
                gradientIn.slot(block),
                gradientIn.plane());
    }

    /** Bands keep what is spread in the fastest cache. */
    private void backwardFirst(Workspace workspace, int block) {
        int base = places.scratch().slot(0);
        for (int m = 0; m < channels(); m += CHANNELS) {
            for (int from = 0; from < positions; from += BAND * POSITIONS) {
                int to = Math.min(from + BAND * POSITIONS, positions);
                int first = base - gradientOffset[from];
                spread(workspace.arena(), block, m, from, to, first);
                addByWeight(workspace, block, m, CHANNELS, first, 0, from, to);
            }
        }
        addByBias(workspace, block);
    }

    /**
     * Writes the gradient by what is pooled, or by the output without pooling, of four channels:
     * positions {@code from} to {@code to - 1}, interleaved.
     */
    private void spread(float[] arena, int block, int m, int from, int to, int base) {
        Tensor gradient = places.gradientOut();
        int read = gradient.slot(block) + m * gradient.plane();
        int channels = Math.min(CHANNELS, parameters.outputs() - m);
        if (pooled) {
            PoolSpread.vector(
                    channels,
                    arena,
                    read,
                    gradient.plane(),
                    arena,
                    places.winners().slot(block) + m * argPlane(),
                    argPlane(),
                    from / POSITIONS,
                    to / POSITIONS,
                    arena,
                    base,
                    BLOCK,
                    gradientOffset);
            return;
        }
        for (int c = 0; c < channels; c++) {
            for (int n = from; n < to; n++) {
                System.arraycopy(
                        arena,
                        read + c * gradient.plane() + n * BLOCK,
                        arena,
                        base + c * BLOCK + gradientOffset[n],
                        BLOCK);
            }
        }
    }

    private void addByWeight(
            Workspace workspace,
            int block,
            int m,
            int channels,
            int gradientBase,
            int plane,
            int from,
            int to) {
        float[] arena = workspace.arena();
        TapGradient.vector(
                rows,
                parameters.taps() / rows.length,
                channels,
                arena,
                places.in().slot(block),
                inOffset,
                arena,
                gradientBase,
                plane,
                gradientOffset,
                from,
                to,
                workspace.sums(),
                places.sums() + m * parameters.taps() * SUMS);
    }

    /** A window's gradient goes to one of its positions, so the sum needs no spreading. */
    private void addByBias(Workspace workspace, int block) {
        Tensor gradient = places.gradientOut();
        BiasGradient.vector(
                channels(),
                workspace.arena(),
                gradient.slot(block),
                gradient.plane(),
                outOffset,
                0,
                outOffset.length,
                workspace.sums(),
                places.sums() + parameters.weights() * SUMS);
    }

    @Override
    void finish(Workspace workspace, int blocks) {
        LaneTree.vector(
                workspace.sums(),
                places.sums(),
                parameters.weights() + channels(),
                workspace.gradients(),
                parameters.first());
        parameters.clearFilling(workspace.gradients());
    }
}
