package dev.mettle.engine;

import static dev.mettle.engine.kernel.Lanes.BLOCK;
import static dev.mettle.engine.kernel.Lanes.CHANNELS;
import static dev.mettle.engine.kernel.Lanes.SUMS;

import dev.mettle.core.data.Shape;
import dev.mettle.core.network.Activation;
import dev.mettle.core.network.Extent;
import dev.mettle.core.network.Layer;
import dev.mettle.core.network.Network;
import dev.mettle.core.network.Window;
import dev.mettle.engine.kernel.DenseGradient;
import dev.mettle.engine.kernel.Lanes;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * How a network is computed: its segments of stages, and the places of all numbers in a {@link
 * Workspace}. Immutable once made.
 */
final class NetworkPlan {
    /** Blocks that go through the network together. */
    static final int GROUP = Layout.GROUP;

    /**
     * Where the first number lies. A large array starts 16 bytes behind a multiple of 64, so this
     * is the next multiple: 10 to 17 % faster kernels, as no vector straddles two cache lines.
     */
    private static final int ALIGNMENT = 12;

    private final Graph graph;
    private final int blocks;
    private final Layout layout;
    private final boolean[] learned;
    private final Storage lossTargets;
    private final Storage lossValues;
    private final List<Learned> learnedNumbers = new ArrayList<>();
    private final List<Segment> segments;
    private final int arenaFloats;
    private int weightFloats;
    private int stateFloats;
    private int sumFloats = ALIGNMENT;
    private int zeroFloats;
    private int slack;
    private int scratchFloats;
    private int dropouts;

    /**
     * Plans a network.
     *
     * @param batch rows of a mini-batch
     * @throws dev.mettle.core.network.NetworkShapeException when a layer does not fit its input
     * @throws IllegalArgumentException when the network has no weights
     */
    NetworkPlan(Network network, Shape input, int features, int batch) {
        this.graph = Graph.of(network, input, features);
        this.blocks = Math.max(GROUP, (batch + BLOCK - 1) / BLOCK);
        this.learned = graph.learned();
        if (!learned[graph.output()]) {
            throw new IllegalArgumentException(
                    "the network has no weights; add a 'dense' or 'conv2d' layer.");
        }
        this.layout = new Layout(graph, blocks);
        this.segments = makeSegments();
        lossTargets = layout.storage();
        lossValues = layout.storage();
        lossTargets.need(output().shape().size() * BLOCK, 1);
        lossValues.need(2 * output().shape().size() * BLOCK, 1); // see CrossEntropyLoss
        arenaFloats = layout.place(ALIGNMENT);
    }

    /** Returns the segments, in the order in which they are computed. */
    List<Segment> segments() {
        return segments;
    }

    /** Returns the places of the learned numbers, layer by layer. */
    List<Learned> learned() {
        return learnedNumbers;
    }

    /** Returns the network's input. */
    Tensor input() {
        return layout.value(0);
    }

    /** Returns the network's output; its values are the outputs of a row. */
    Tensor output() {
        return layout.value(graph.output());
    }

    /** Returns the gradient by output. */
    Tensor outputGradient() {
        return layout.neededGradient(graph.output());
    }

    /** Returns the place of one block's targets. */
    Storage lossTargets() {
        return lossTargets;
    }

    /** Returns the place of one block's losses. */
    Storage lossValues() {
        return lossValues;
    }

    /** Returns the floats of the memory for values and gradients. */
    int arenaFloats() {
        return arenaFloats;
    }

    /** Returns the weights and biases that an optimiser steps over: a multiple of a block. */
    int weightFloats() {
        return (weightFloats + BLOCK - 1) / BLOCK * BLOCK;
    }

    /**
     * Returns the floats of the memory for weights: some are read behind the last one, and the
     * result is dropped.
     */
    int weightFloatsRead() {
        return weightFloats() + slack;
    }

    /** Returns the floats that layers keep from mini-batch to mini-batch beside their weights. */
    int stateFloats() {
        return stateFloats;
    }

    /** Returns the place of the scratch memory for sums, behind the sums that layers keep. */
    int scratchSums() {
        return sumFloats;
    }

    /** Returns the floats of the memory for sums. */
    int sumFloats() {
        return sumFloats + scratchFloats;
    }

    /** Returns the greatest number of zeros that a stage reads as biases. */
    int zeroFloats() {
        return zeroFloats;
    }

    private List<Segment> makeSegments() {
        int firstDense = graph.firstDense();
        List<Segment> made = new ArrayList<>();
        Segment.Maker segment = new Segment.Maker();
        for (int s = 0; s < graph.steps().size(); s++) {
            boolean tail = s >= firstDense;
            switch (graph.steps().get(s)) {
                case Step.Compute c when c.layer() instanceof Layer.BatchNorm layer -> {
                    BatchNormStage stage = batchNorm(c, layer);
                    segment.add(stage.statistics(), tail, learned[c.in()]);
                    made.add(segment.make());
                    segment = new Segment.Maker();
                    segment.add(stage, tail, true);
                }
                case Step.Compute c -> segment.add(stage(c, s), tail, learned[c.out()]);
                case Step.Fork f -> segment.add(fork(f), tail, learned[f.in()]);
                case Step.Join j -> segment.add(join(j), tail, false);
            }
        }
        made.add(segment.make());
        return List.copyOf(made);
    }

    private Stage stage(Step.Compute step, int number) {
        Operation operation = step.operation();
        Tensor in = layout.value(step.in());
        Tensor out = layout.value(step.out());
        @Nullable Tensor gradientIn = layout.gradient(step.in());
        @Nullable Tensor gradientOut = layout.gradient(step.out());
        return switch (operation.layer()) {
            case Layer.Conv2d c -> conv(step, c, number);
            case Layer.Dense d -> dense(step, d);
            case Layer.MaxPool(Window window) ->
                    new PoolStage(
                            window, in, out, winners(operation, number), gradientIn, gradientOut);
            case Layer.AveragePool(Window window) ->
                    new AverageStage(window, in, out, gradientIn, gradientOut);
            case Layer.GlobalPool _ -> throw new IllegalStateException("a pool by now.");
            case Layer.Activate(Activation function) when function == Activation.SOFTMAX ->
                    new SoftmaxStage(in, out, gradientIn, gradientOut);
            case Layer.Activate(Activation function) ->
                    new ActivationStage(
                            function, in, out, gradientIn, gradientOut, scratch(function, in));
            case Layer.ConcatFeatures _ -> new ConcatStage(out, operation.in().channels());
            case Layer.Embedding e -> embedding(step, e);
            case Layer.Flatten _ -> new FlattenStage(in, out);
            case Layer.LayerNorm n -> layerNorm(step, n, number);
            case Layer.Dropout d -> dropout(step, d, number);
            case Layer.BatchNorm _, Layer.Residual _ ->
                    throw new IllegalStateException("made elsewhere.");
        };
    }

    private Stage dense(Step.Compute step, Layer.Dense layer) {
        Parameters own =
                add(Parameters.dense(weightFloats, layer.units(), step.operation().in().size()));
        scratch(DenseStage.scratchSums(own));
        Storage turned = layout.storage();
        turned.need(BLOCK * DenseGradient.pitch(own.outputs()), 1);
        return new DenseStage(
                own,
                layout.value(step.in()),
                layout.value(step.out()),
                layout.gradient(step.in()),
                layout.neededGradient(step.out()),
                turned,
                blocks);
    }

    private Stage conv(Step.Compute step, Layer.Conv2d layer, int number) {
        Operation operation = step.operation();
        Parameters own =
                add(Parameters.convolution(weightFloats, layer, operation.in().channels()));
        int sums = sums((own.weights() + own.biases()) * SUMS);
        ConvPlaces.GradientIn how = gradientIn(step, layer, own);
        Storage scratch = layout.storage();
        scratch.need(ConvGradients.scratch(own, how), 1);
        return new ConvStage(
                operation,
                own,
                new ConvPlaces(
                        layout.value(step.in()),
                        layout.value(step.out()),
                        layout.neededGradient(step.out()),
                        winners(operation, number),
                        how,
                        scratch,
                        sums));
    }

    private ConvPlaces.GradientIn gradientIn(
            Step.Compute step, Layer.Conv2d layer, Parameters own) {
        Tensor gradientIn = layout.gradient(step.in());
        if (gradientIn == null) {
            return new ConvPlaces.GradientIn.None();
        }
        Operation operation = step.operation();
        int factor = operation.pooled() ? 2 : 1;
        Extent computed =
                new Extent(operation.out().height() * factor, operation.out().width() * factor);
        Frame frame = Frame.of(own, layer.kernel(), operation.in(), computed);
        return new ConvPlaces.GradientIn.Framed(
                gradientIn, frame, ConvBackTables.of(own, layer.kernel(), frame, gradientIn));
    }

    private BatchNormStage batchNorm(Step.Compute step, Layer.BatchNorm layer) {
        Affine own = new Affine(weightFloats, step.operation().in().channels());
        BatchMoments moments = new BatchMoments(own, stateFloats, blocks);
        weightFloats = own.end();
        stateFloats += BatchMoments.floats(own, blocks);
        learnedNumbers.add(moments);
        scratch(own.padded() * SUMS);
        return new BatchNormStage(
                layer,
                moments,
                new BatchNormStage.Places(
                        layout.value(step.in()),
                        layout.value(step.out()),
                        layout.gradient(step.in()),
                        layout.neededGradient(step.out()),
                        sums(2 * own.padded() * SUMS)));
    }

    private Stage layerNorm(Step.Compute step, Layer.LayerNorm layer, int number) {
        Affine own = new Affine(weightFloats, step.operation().in().size());
        weightFloats = own.end();
        learnedNumbers.add(own);
        Storage moments = layout.storage();
        moments.need(2 * BLOCK, layout.kept(number));
        return new LayerNormStage(
                layer,
                own,
                new LayerNormStage.Places(
                        layout.value(step.in()),
                        layout.value(step.out()),
                        layout.gradient(step.in()),
                        layout.neededGradient(step.out()),
                        moments,
                        sums(2 * own.padded() * SUMS)));
    }

    private Stage dropout(Step.Compute step, Layer.Dropout layer, int number) {
        Storage mask = layout.storage();
        mask.need(step.operation().in().size() * BLOCK, layout.kept(number));
        int place = dropouts;
        dropouts += step.operation().in().size() * blocks;
        return new DropoutStage(
                layer.probability(),
                place,
                layout.value(step.in()),
                layout.value(step.out()),
                layout.gradient(step.in()),
                layout.gradient(step.out()),
                mask);
    }

    private Storage scratch(Activation function, Tensor in) {
        Storage scratch = layout.storage();
        scratch.need(ActivationStage.scratchFloats(function, in.shape()), 1);
        return scratch;
    }

    private Stage embedding(Step.Compute step, Layer.Embedding layer) {
        EmbeddingWeights own = new EmbeddingWeights(weightFloats, layer.categories(), layer.dim());
        weightFloats = own.end();
        learnedNumbers.add(own);
        Storage sums = layout.storage();
        sums.need(BLOCK, 1);
        return new EmbeddingStage(
                layer.column(),
                own,
                layout.value(step.out()),
                layout.neededGradient(step.out()),
                step.operation().in().channels(),
                sums);
    }

    private Stage fork(Step.Fork fork) {
        List<Tensor> values = new ArrayList<>(List.of(layout.value(fork.body())));
        fork.shortcut().ifPresent(s -> values.add(layout.value(s)));
        return new ForkStage(
                layout.value(fork.in()),
                values,
                layout.gradient(fork.in()),
                layout.gradient(fork.body()),
                layout.gradient(added(fork)));
    }

    /** Returns the value whose gradient is that by what a block adds to its body. */
    private int added(Step.Fork fork) {
        return fork.shortcut()
                .orElseGet(() ->
                        graph.steps().stream()
                                .filter(Step.Join.class::isInstance)
                                .map(Step.Join.class::cast)
                                .filter(join -> join.fork().equals(fork))
                                .findFirst()
                                .orElseThrow()
                                .out());
    }

    private Stage join(Step.Join join) {
        return new JoinStage(
                layout.value(join.body()), layout.value(join.shortcut()), layout.value(join.out()));
    }

    private Storage winners(Operation operation, int number) {
        Storage winners = layout.storage();
        winners.need(
                Lanes.roundChannels(operation.out().channels())
                        * operation.out().height()
                        * operation.out().width()
                        * BLOCK,
                layout.kept(number));
        return winners;
    }

    private int sums(int floats) {
        int place = sumFloats;
        sumFloats += floats;
        return place;
    }

    private void scratch(int floats) {
        scratchFloats = Math.max(scratchFloats, floats);
    }

    private Parameters add(Parameters own) {
        weightFloats = own.end();
        // the gradient by input of up to three channels that only fill up reads weights behind the
        // last ones
        slack = Math.max(slack, CHANNELS * own.together() * own.area());
        zeroFloats = Math.max(zeroFloats, Lanes.roundChannels(own.inputs()));
        zeroFloats = Math.max(zeroFloats, own.biased() ? 0 : Lanes.roundChannels(own.outputs()));
        learnedNumbers.add(own);
        return own;
    }
}
