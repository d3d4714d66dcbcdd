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
    private final int[] inOffset;
    private final int[] gradientOffset;
    private final int positions;
    private final int width;
    private final Layer.Conv2d layer;

    /**
     * Where a convolution's numbers lie.
     *
     * @param in framed input
     * @param out output, after pooling
     * @param gradientOut by the output after pooling, without a frame
     * @param winners of pooling; unused without it
     * @param gradientIn how the gradient by input is computed
     * @param scratch memory for the gradient by what is pooled
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
                    Math.multiplyExact(channels, frame.plane());
        };
    }

    ConvStage(Operation operation, Parameters parameters, Places places) {
        this.parameters = parameters;
        this.pooled = operation.pooled();
        this.places = places;
        this.layer = (Layer.Conv2d) operation.layer();
        int factor = pooled ? 2 : 1;
        this.width = operation.out().width() * factor;
        int[] pixels = ConvTables.pixels(operation.out().height() * factor, width, pooled);
        this.positions = pixels.length;
        this.inOffset = ConvTables.offsets(pixels, width, places.in().pitch(), layer.stride());
        this.gradientOffset =
                switch (places.gradientIn()) {
                    case GradientIn.Framed(Tensor _, ConvTables.Frame frame, TapTable _) ->
                            ConvTables.offsets(pixels, width, frame.width(), layer.stride());
                    case GradientIn.None _ -> multiples(positions);
                };
        this.forward =
                ConvTables.forward(
                        ConvTables.forwardTaps(places.in(), layer.kernel()),
                        inOffset,
                        outOffsets(operation, places.out()));
    }

    private static int[] outOffsets(Operation operation, Tensor out) {
        int height = operation.out().height();
        int width = operation.out().width();
        int[] offsets =
                ConvTables.offsets(ConvTables.pixels(height, width, false), width, out.pitch(), 1);
        for (int n = 0; n < offsets.length; n++) {
            offsets[n] += out.origin();
        }
        return operation.pooled() ? offsets : ConvTables.fillGroup(offsets);
    }

    private static int[] multiples(int count) {
        int[] offsets = new int[count];
        for (int n = 0; n < count; n++) {
            offsets[n] = n * BLOCK;
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
        if (pooled) {
            Tensor gradient = places.gradientOut();
            PoolSpread.vector(
                    parameters.outputs(),
                    arena,
                    gradient.slot(block),
                    gradient.plane(),
                    arena,
                    places.winners().slot(block),
                    argPlane(),
                    0,
                    positions / POSITIONS,
                    arena,
                    inside,
                    plane,
                    gradientOffset);
        } else {
            copyGradient(arena, block, inside, plane);
        }
        addByWeight(workspace, block, 0, channels(), inside, plane, 0, positions);
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

    private void copyGradient(float[] arena, int block, int inside, int plane) {
        Tensor gradient = places.gradientOut();
        for (int c = 0; c < parameters.outputs(); c++) {
            int from = gradient.slot(block) + c * gradient.plane();
            for (int n = 0; n < positions; n++) {
                System.arraycopy(
                        arena,
                        from + n * BLOCK,
                        arena,
                        inside + c * plane + gradientOffset[n],
                        BLOCK);
            }
        }
    }

    private void backwardFirst(Workspace workspace, int block) {
        Tensor gradient = places.gradientOut();
        if (!pooled) {
            addByWeight(
                    workspace,
                    block,
                    0,
                    channels(),
                    gradient.slot(block),
                    gradient.plane(),
                    0,
                    positions);
            return;
        }
        int windows = positions / POSITIONS;
        for (int m = 0; m < channels(); m += CHANNELS) {
            for (int window = 0; window < windows; window += BAND) {
                backwardBand(workspace, block, m, window, Math.min(window + BAND, windows));
            }
        }
    }

    private void backwardBand(Workspace workspace, int block, int m, int from, int to) {
        float[] arena = workspace.arena();
        Tensor gradient = places.gradientOut();
        int plane = BAND * POSITIONS * BLOCK;
        int base = places.scratch().slot(0) - from * POSITIONS * BLOCK;
        PoolSpread.vector(
                CHANNELS,
                arena,
                gradient.slot(block) + m * gradient.plane(),
                gradient.plane(),
                arena,
                places.winners().slot(block) + m * argPlane(),
                argPlane(),
                from,
                to,
                arena,
                base,
                plane,
                gradientOffset);
        addByWeight(workspace, block, m, CHANNELS, base, plane, from * POSITIONS, to * POSITIONS);
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
                forward.taps(),
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
        BiasGradient.vector(
                channels,
                arena,
                gradientBase,
                plane,
                gradientOffset,
                from,
                to,
                workspace.sums(),
                places.sums() + (parameters.weights() + m) * SUMS);
    }

    @Override
    void finish(Workspace workspace, int blocks) {
        LaneTree.add(
                workspace.sums(),
                places.sums(),
                parameters.weights() + channels(),
                workspace.gradients(),
                parameters.first());
        parameters.clearFilling(workspace.gradients());
    }
}
