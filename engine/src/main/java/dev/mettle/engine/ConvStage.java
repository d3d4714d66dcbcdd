package dev.mettle.engine;

import static dev.mettle.engine.kernel.Lanes.BLOCK;
import static dev.mettle.engine.kernel.Lanes.CHANNELS;
import static dev.mettle.engine.kernel.Lanes.POSITIONS;
import static dev.mettle.engine.kernel.Lanes.SUMS;

import dev.mettle.core.network.Extent;
import dev.mettle.core.network.Layer;
import dev.mettle.core.network.Window;
import dev.mettle.engine.kernel.LaneTree;
import dev.mettle.engine.kernel.Lanes;
import dev.mettle.engine.kernel.LoneTapSum;
import dev.mettle.engine.kernel.TapSum;
import dev.mettle.engine.kernel.TapSumPool;
import dev.mettle.engine.kernel.TapTable;

import java.util.Arrays;

/**
 * A convolution, with pooling by 2 x 2 where that follows: then it computes only the pixels that a
 * window reads, and what is pooled never reaches memory. Channels are computed four at a time; in
 * groups of channels those that are left over, one at a time.
 */
final class ConvStage extends Stage {
    private final Parameters parameters;
    private final boolean pooled;
    private final ConvPlaces places;
    private final ConvGradients gradients;

    /** Bands of positions, so that what a band reads stays in the cache for all channels. */
    private final TapTable[] bands;

    /** Positions of a band that is not the last. */
    private final int bandPositions;

    /** Channels of a group that are computed in fours; of a single group, with filling. */
    private final int fours;

    ConvStage(Operation operation, Parameters parameters, ConvPlaces places) {
        this.parameters = parameters;
        this.pooled = operation.pooled();
        this.places = places;
        this.gradients = new ConvGradients(operation, parameters, places);
        this.fours =
                parameters.groups() == 1
                        ? Lanes.roundChannels(parameters.outputs())
                        : parameters.each() / CHANNELS * CHANNELS;
        Window kernel = ((Layer.Conv2d) operation.layer()).kernel();
        int height = operation.out().height() * (pooled ? 2 : 1);
        int width = operation.out().width() * (pooled ? 2 : 1);
        int[] groups = ConvTables.groups(height, width, pooled);
        int pitch = places.in().pitch();
        TapTable table =
                ConvTables.forward(
                        ConvTables.taps(places.in(), parameters.inputs(), kernel),
                        parameters.together() == 1 ? 1 : CHANNELS,
                        ConvTables.offsets(groups, width, pitch, kernel.stride(), BLOCK),
                        outOffsets(operation, groups, places.out()));
        int size = Bands.groups(parameters.inputs(), kernel, table);
        this.bands = table.bands(size);
        this.bandPositions = size * POSITIONS;
    }

    private static int[] outOffsets(Operation operation, int[] groups, Tensor out) {
        int width = operation.out().width();
        int[] pixels =
                operation.pooled()
                        ? ConvTables.pixels(operation.out().height(), width, false)
                        : groups;
        int[] offsets = ConvTables.offsets(pixels, width, out.pitch(), Extent.of(1), BLOCK);
        for (int n = 0; n < offsets.length; n++) {
            offsets[n] += out.origin();
        }
        return offsets;
    }

    @Override
    void forward(Workspace workspace, int from, int to) {
        for (int block = from; block < to; block++) {
            for (int band = 0; band < bands.length; band++) {
                for (int group = 0; group < parameters.groups(); group++) {
                    forward(workspace, block, band, group);
                }
            }
        }
    }

    private void forward(Workspace workspace, int block, int band, int group) {
        float[] bias = parameters.biased() ? workspace.weights() : workspace.zeros();
        int firstBias = parameters.biased() ? parameters.bias() + group * parameters.each() : 0;
        if (pooled) {
            pool(workspace, block, band, group, bias, firstBias);
        } else {
            sum(workspace, block, band, group, bias, firstBias);
        }
    }

    private void sum(
            Workspace workspace, int block, int band, int group, float[] bias, int firstBias) {
        float[] arena = workspace.arena();
        float[] weights = workspace.weights();
        int read = places.in().slot(block) + group * parameters.inputs() * places.in().plane();
        int plane = places.out().plane();
        int write = places.out().slot(block) + group * parameters.each() * plane;
        if (fours > 0) {
            TapSum.vector(
                    bands[band],
                    fours,
                    arena,
                    read,
                    weights,
                    parameters.first() + group * parameters.groupWeights(),
                    parameters.taps(),
                    1,
                    bias,
                    firstBias,
                    arena,
                    write,
                    plane);
        }
        for (int o = fours; o < parameters.each(); o++) {
            int weight = parameters.weight(group * parameters.each() + o, 0);
            LoneTapSum.vector(
                    bands[band],
                    arena,
                    read,
                    weights,
                    weight,
                    bias[firstBias + o],
                    arena,
                    write + o * plane);
        }
    }

    /** Groups of pooled channels are fours. */
    private void pool(
            Workspace workspace, int block, int band, int group, float[] bias, int firstBias) {
        float[] arena = workspace.arena();
        Tensor in = places.in();
        Tensor out = places.out();
        int channel = group * parameters.each();
        TapSumPool.vector(
                bands[band],
                fours,
                arena,
                in.slot(block) + group * parameters.inputs() * in.plane(),
                workspace.weights(),
                parameters.first() + group * parameters.groupWeights(),
                bias,
                firstBias,
                arena,
                out.slot(block) + channel * out.plane(),
                out.plane(),
                arena,
                places.winners().slot(block)
                        + channel * gradients.winnersPlane()
                        + band * bandPositions / POSITIONS * BLOCK,
                gradients.winnersPlane());
    }

    @Override
    void start(Workspace workspace) {
        int count = (parameters.weights() + parameters.biases()) * SUMS;
        Arrays.fill(workspace.sums(), places.sums(), places.sums() + count, 0f);
    }

    @Override
    void backward(Workspace workspace, int from, int to) {
        for (int block = from; block < to; block++) {
            gradients.add(workspace, block);
        }
    }

    @Override
    void finish(Workspace workspace, int blocks) {
        LaneTree.vector(
                workspace.sums(),
                places.sums(),
                parameters.weights() + parameters.biases(),
                workspace.gradients(),
                parameters.first());
        parameters.clearFilling(workspace.gradients());
    }
}
