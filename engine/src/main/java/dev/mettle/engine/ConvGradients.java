package dev.mettle.engine;

import static dev.mettle.engine.kernel.Lanes.BLOCK;
import static dev.mettle.engine.kernel.Lanes.CHANNELS;
import static dev.mettle.engine.kernel.Lanes.POSITIONS;
import static dev.mettle.engine.kernel.Lanes.SUMS;

import dev.mettle.core.network.Extent;
import dev.mettle.core.network.Layer;
import dev.mettle.core.network.Window;
import dev.mettle.engine.kernel.BiasGradient;
import dev.mettle.engine.kernel.Lanes;
import dev.mettle.engine.kernel.LoneTapGradient;
import dev.mettle.engine.kernel.LoneTapSum;
import dev.mettle.engine.kernel.PoolSpread;
import dev.mettle.engine.kernel.TapGradient;
import dev.mettle.engine.kernel.TapSum;
import dev.mettle.engine.kernel.TapTable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The gradients of a convolution by weight, bias and input. */
final class ConvGradients {
    /**
     * Windows whose gradients are spread at once in the first layer: four channels of them stay in
     * the fastest cache.
     */
    private static final int BAND = 12;

    private final Parameters parameters;
    private final boolean pooled;
    private final ConvPlaces places;
    private final Window kernel;

    /** Runs of taps of one group, for channels in fours: so many input channels at once. */
    private final int[][] runs;

    /** Taps of a run. */
    private final int length;

    /** Single taps of one group, for channels alone. */
    private final int[] taps;

    /** Where each position reads, and where its gradient lies after and before spreading. */
    private final int[] inOffset;

    private final int[] spreadOffset;
    private final int[] outOffset;
    private final int positions;
    private final TapTable[] bands;

    ConvGradients(Operation operation, Parameters parameters, ConvPlaces places) {
        this.parameters = parameters;
        this.pooled = operation.pooled();
        this.places = places;
        this.kernel = ((Layer.Conv2d) operation.layer()).kernel();
        int height = operation.out().height() * (pooled ? 2 : 1);
        int width = operation.out().width() * (pooled ? 2 : 1);
        int[] pixels = ConvTables.pixels(height, width, pooled);
        this.positions = pixels.length;
        this.length = ConvTables.length(kernel);
        this.runs = chunks(ConvTables.runs(places.in(), parameters.inputs(), kernel));
        this.taps = ConvTables.taps(places.in(), parameters.inputs(), kernel);
        this.inOffset =
                ConvTables.offsets(pixels, width, places.in().pitch(), kernel.stride(), BLOCK);
        this.outOffset =
                ConvTables.multiples(operation.out().height() * operation.out().width(), BLOCK);
        switch (places.gradientIn()) {
            case ConvPlaces.GradientIn.None _ -> {
                this.spreadOffset = ConvTables.multiples(positions, CHANNELS * BLOCK);
                this.bands = new TapTable[0];
            }
            case ConvPlaces.GradientIn.Framed(_, Frame frame, List<TapTable> tables) -> {
                this.spreadOffset =
                        ConvTables.offsets(
                                pixels, width, frame.width(), Extent.of(1), frame.pixel());
                this.bands = bands(tables);
            }
        }
    }

    private int[][] chunks(int[] all) {
        int each = all.length / parameters.inputs();
        int size = each * Bands.channels(places.in(), kernel);
        int[][] chunks = new int[(all.length + size - 1) / size][];
        for (int i = 0; i < chunks.length; i++) {
            chunks[i] = Arrays.copyOfRange(all, i * size, Math.min((i + 1) * size, all.length));
        }
        return chunks;
    }

    /** Returns bands of all tables in turn: the phases of a stride read the same gradients. */
    private TapTable[] bands(List<TapTable> tables) {
        List<TapTable[]> all = new ArrayList<>();
        int most = 0;
        for (TapTable table : tables) {
            TapTable[] bands = table.bands(Bands.groups(parameters.each(), kernel, table));
            most = Math.max(most, bands.length);
            all.add(bands);
        }
        List<TapTable> inTurn = new ArrayList<>();
        for (int i = 0; i < most; i++) {
            for (TapTable[] bands : all) {
                if (i < bands.length) {
                    inTurn.add(bands[i]);
                }
            }
        }
        return inTurn.toArray(TapTable[]::new);
    }

    /** Returns the scratch memory a convolution needs, in floats. */
    static int scratch(Parameters parameters, ConvPlaces.GradientIn gradientIn) {
        return switch (gradientIn) {
            case ConvPlaces.GradientIn.None _ -> CHANNELS * BAND * POSITIONS * BLOCK;
            case ConvPlaces.GradientIn.Framed(_, Frame frame, _) ->
                    Math.multiplyExact(parameters.groups() * frame.planes(), frame.plane());
        };
    }

    /** Returns the distance of channels of pooling's winners. */
    int winnersPlane() {
        return positions / POSITIONS * BLOCK;
    }

    /** Adds a block's gradients by weight and bias, and computes those by input. */
    void add(Workspace workspace, int block) {
        switch (places.gradientIn()) {
            case ConvPlaces.GradientIn.None _ -> {
                if (parameters.together() == 1) {
                    addByLoneWeights(workspace, block);
                } else {
                    addInFirstLayer(workspace, block);
                }
            }
            case ConvPlaces.GradientIn.Framed framed -> {
                spreadAll(workspace, block, framed.frame());
                if (parameters.together() == 1) {
                    addByLoneWeights(workspace, block);
                } else {
                    addByWeights(workspace, block, framed.frame());
                }
                byInput(workspace, block, framed);
            }
        }
        if (parameters.biased()) {
            addByBias(workspace, block);
        }
    }

    /** Bands keep what is spread in the fastest cache. */
    private void addInFirstLayer(Workspace workspace, int block) {
        int base = places.scratch().slot(0);
        for (int group = 0; group < parameters.groups(); group++) {
            for (int o = 0; o < parameters.each(); o += CHANNELS) {
                for (int from = 0; from < positions; from += BAND * POSITIONS) {
                    int to = Math.min(from + BAND * POSITIONS, positions);
                    int first = base - spreadOffset[from];
                    spreadFour(workspace.arena(), block, group, o, from, to, first);
                    for (int chunk = 0; chunk < runs.length; chunk++) {
                        addByWeight(workspace, block, group, o, chunk, first, from, to);
                    }
                }
            }
        }
    }

    private void spreadAll(Workspace workspace, int block, Frame frame) {
        int inside = places.scratch().slot(0) + frame.origin();
        for (int group = 0; group < parameters.groups(); group++) {
            int base = inside + group * frame.planes() * frame.plane();
            for (int o = 0; o < parameters.each(); o += frame.together()) {
                int to = base + o / frame.together() * frame.plane();
                if (frame.together() == 1) {
                    spreadRows(workspace.arena(), block, group * parameters.each() + o, to);
                } else {
                    spreadFour(workspace.arena(), block, group, o, 0, positions, to);
                }
            }
        }
    }

    /** Writes a channel's gradient row by row. */
    private void spreadRows(float[] arena, int block, int channel, int base) {
        Tensor gradient = places.gradientOut();
        int width = gradient.shape().width();
        int read = gradient.slot(block) + channel * gradient.plane();
        for (int n = 0; n < positions; n += width) {
            System.arraycopy(arena, read + n * BLOCK, arena, base + spreadOffset[n], width * BLOCK);
        }
    }

    /**
     * Writes the gradient by what is pooled, or by the output without pooling, of four channels of
     * a group from {@code o} on: positions {@code from} to {@code to - 1}, interleaved.
     */
    private void spreadFour(
            float[] arena, int block, int group, int o, int from, int to, int base) {
        Tensor gradient = places.gradientOut();
        int channel = group * parameters.each() + o;
        int read = gradient.slot(block) + channel * gradient.plane();
        int channels = Math.min(CHANNELS, parameters.each() - o);
        if (pooled) {
            PoolSpread.vector(
                    channels,
                    arena,
                    read,
                    gradient.plane(),
                    arena,
                    places.winners().slot(block) + channel * winnersPlane(),
                    winnersPlane(),
                    from / POSITIONS,
                    to / POSITIONS,
                    arena,
                    base,
                    BLOCK,
                    spreadOffset);
            return;
        }
        for (int c = 0; c < channels; c++) {
            for (int n = from; n < to; n++) {
                System.arraycopy(
                        arena,
                        read + c * gradient.plane() + n * BLOCK,
                        arena,
                        base + c * BLOCK + spreadOffset[n],
                        BLOCK);
            }
        }
    }

    /**
     * In bands of positions and chunks of input channels: four channels' gradients stay in the
     * fastest cache for all inputs of a chunk, and those in the next cache for all outputs.
     */
    private void addByWeights(Workspace workspace, int block, Frame frame) {
        int inside = places.scratch().slot(0) + frame.origin();
        for (int from = 0; from < positions; from += Bands.POSITIONS) {
            int to = Math.min(from + Bands.POSITIONS, positions);
            for (int group = 0; group < parameters.groups(); group++) {
                for (int chunk = 0; chunk < runs.length; chunk++) {
                    for (int o = 0; o < parameters.each(); o += CHANNELS) {
                        int plane = group * frame.planes() + o / CHANNELS;
                        int base = inside + plane * frame.plane();
                        addByWeight(workspace, block, group, o, chunk, base, from, to);
                    }
                }
            }
        }
    }

    /** Adds the gradients of four outputs by the weights of one chunk of inputs. */
    private void addByWeight(
            Workspace workspace,
            int block,
            int group,
            int o,
            int chunk,
            int gradientBase,
            int from,
            int to) {
        float[] arena = workspace.arena();
        Tensor in = places.in();
        int before = chunk * runs[0].length * length;
        TapGradient.vector(
                runs[chunk],
                length,
                CHANNELS,
                arena,
                in.slot(block) + group * parameters.inputs() * in.plane(),
                inOffset,
                arena,
                gradientBase,
                0,
                spreadOffset,
                from,
                to,
                workspace.sums(),
                places.sums()
                        + (group * parameters.groupWeights() + o * taps.length + before * CHANNELS)
                                * SUMS);
    }

    private void addByLoneWeights(Workspace workspace, int block) {
        float[] arena = workspace.arena();
        Tensor in = places.in();
        Tensor gradient = places.gradientOut();
        for (int o = 0; o < parameters.outputs(); o++) {
            int group = o / parameters.each();
            LoneTapGradient.vector(
                    taps,
                    arena,
                    in.slot(block) + group * parameters.inputs() * in.plane(),
                    inOffset,
                    arena,
                    gradient.slot(block) + o * gradient.plane(),
                    outOffset,
                    0,
                    positions,
                    workspace.sums(),
                    places.sums() + o * taps.length * SUMS);
        }
    }

    private void byInput(Workspace workspace, int block, ConvPlaces.GradientIn.Framed framed) {
        for (int band = 0; band < bands.length; band++) {
            for (int group = 0; group < parameters.groups(); group++) {
                byInput(workspace, block, bands[band], group, framed);
            }
        }
    }

    private void byInput(
            Workspace workspace,
            int block,
            TapTable table,
            int group,
            ConvPlaces.GradientIn.Framed framed) {
        float[] arena = workspace.arena();
        Frame frame = framed.frame();
        int read = places.scratch().slot(0) + group * frame.planes() * frame.plane();
        int inputs = parameters.inputs();
        int plane = framed.tensor().plane();
        int write = framed.tensor().slot(block) + group * inputs * plane;
        int first = parameters.first() + group * parameters.groupWeights();
        int step = parameters.area() * parameters.together();
        int fours =
                parameters.groups() == 1
                        ? Lanes.roundChannels(inputs)
                        : inputs / CHANNELS * CHANNELS;
        if (fours > 0) {
            TapSum.vector(
                    table,
                    fours,
                    arena,
                    read,
                    workspace.weights(),
                    first,
                    step,
                    step,
                    workspace.zeros(),
                    0,
                    arena,
                    write,
                    plane);
        }
        for (int c = fours; c < inputs; c++) {
            LoneTapSum.vector(
                    table,
                    arena,
                    read,
                    workspace.weights(),
                    first + c * step,
                    0f,
                    arena,
                    write + c * plane);
        }
    }

    /** A window's gradient goes to one of its positions, so the sum needs no spreading. */
    private void addByBias(Workspace workspace, int block) {
        Tensor gradient = places.gradientOut();
        BiasGradient.vector(
                Lanes.roundChannels(parameters.outputs()),
                workspace.arena(),
                gradient.slot(block),
                gradient.plane(),
                outOffset,
                0,
                outOffset.length,
                workspace.sums(),
                places.sums() + parameters.weights() * SUMS);
    }
}
