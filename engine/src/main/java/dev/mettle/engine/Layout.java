package dev.mettle.engine;

import dev.mettle.core.data.Shape;
import dev.mettle.core.network.Activation;
import dev.mettle.core.network.Layer;
import dev.mettle.engine.kernel.Lanes;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Where the values between steps and their gradients lie. A value lies as the step that reads it
 * wants it; one that is changed in place shares its memory with what comes of it.
 */
final class Layout {
    /** Blocks that go through the network together. */
    static final int GROUP = Lanes.POSITIONS;

    private final Graph graph;
    private final int blocks;
    private final boolean[] learned;
    private final boolean[] cross;
    private final boolean severalSegments;

    /** The step that writes each value; -1 for the input. */
    private final int[] producer;

    /** The step that reads each value; a block's input counts as read by its fork. */
    private final int[] consumer;

    private final int firstDense;
    private final @Nullable Tensor[] values;
    private final @Nullable Tensor[] gradients;

    /** Of each value whether several steps read its gradient, so that none may change it. */
    private final boolean[] shared;

    private final List<Storage> storages = new ArrayList<>();

    /**
     * Places all values.
     *
     * @param blocks of a mini-batch
     */
    Layout(Graph graph, int blocks) {
        this.graph = graph;
        this.blocks = blocks;
        this.learned = graph.learned();
        this.cross = graph.gradientsCross();
        int[] segments = graph.segments();
        this.severalSegments = segments[segments.length - 1] > 0;
        this.firstDense = graph.firstDense();
        int count = graph.shapes().size();
        this.producer = new int[count];
        this.consumer = new int[count];
        this.values = new Tensor[count];
        this.gradients = new Tensor[count];
        this.shared = new boolean[count];
        connect();
        int output = graph.output();
        values[output] = Tensor.plain(storage(), graph.shapes().get(output), blocks);
        gradients[output] = Tensor.plain(storage(), graph.shapes().get(output), blocks);
        for (int s = graph.steps().size() - 1; s >= 0; s--) {
            switch (graph.steps().get(s)) {
                case Step.Compute c -> place(c);
                case Step.Join j -> place(j);
                case Step.Fork f -> place(f);
            }
        }
    }

    /** Returns where a value lies. */
    Tensor value(int number) {
        return present(values[number]);
    }

    /** Returns where the gradient by a value lies; absent where nothing before it learns. */
    @Nullable Tensor gradient(int number) {
        return gradients[number];
    }

    /** Returns where the gradient by a value lies that a layer with weights needs. */
    Tensor neededGradient(int number) {
        return present(gradients[number]);
    }

    /** Returns new memory. */
    Storage storage() {
        Storage storage = new Storage();
        storages.add(storage);
        return storage;
    }

    /** Returns how many blocks of what a step keeps for its gradient are kept at the same time. */
    int kept(int step) {
        return severalSegments || step >= firstDense ? blocks : GROUP;
    }

    /** Gives all memory its place from {@code offset} on; returns the offset behind it. */
    int place(int offset) {
        int end = offset;
        for (Storage storage : storages) {
            end = storage.place(end);
        }
        return end;
    }

    private static Tensor present(@Nullable Tensor tensor) {
        if (tensor == null) {
            throw new IllegalStateException("a layer with weights lacks a gradient.");
        }
        return tensor;
    }

    private void connect() {
        Arrays.fill(producer, -1);
        for (int s = 0; s < graph.steps().size(); s++) {
            switch (graph.steps().get(s)) {
                case Step.Compute c -> {
                    consumer[c.in()] = s;
                    producer[c.out()] = s;
                }
                case Step.Fork f -> {
                    consumer[f.in()] = s;
                    producer[f.body()] = s;
                    int step = s;
                    f.shortcut().ifPresent(value -> producer[value] = step);
                }
                case Step.Join j -> {
                    consumer[j.body()] = s;
                    producer[j.out()] = s;
                    if (!j.isPlain()) {
                        consumer[j.shortcut()] = s;
                    }
                }
            }
        }
    }

    private Shape shape(int value) {
        return graph.shapes().get(value);
    }

    private Tensor plain(int value) {
        return Tensor.plain(storage(), shape(value), keptValues(value));
    }

    private Tensor plainGradient(int value) {
        return Tensor.plain(storage(), shape(value), keptGradients(value));
    }

    private int keptValues(int value) {
        return kept(consumer[value]);
    }

    private int keptGradients(int value) {
        if (cross[value] || producer[value] >= firstDense) {
            return blocks;
        }
        return consumer[value] >= firstDense ? GROUP : 1;
    }

    private void place(Step.Compute c) {
        int in = c.in();
        Tensor after = value(c.out());
        values[in] =
                switch (c.layer()) {
                    case Layer.Flatten _ when after.isPlain() ->
                            after.view(shape(in), keptValues(in));
                    case Layer.ConcatFeatures _, Layer.Embedding _ ->
                            after.prefix(shape(in), keptValues(in));
                    case Layer.Activate a when isInPlace(a) && !isNeeded(in) -> after;
                    case Layer.Conv2d conv ->
                            Tensor.framed(
                                    storage(),
                                    shape(in),
                                    conv.kernel().before(),
                                    conv.kernel().after(),
                                    keptValues(in));
                    default -> plain(in);
                };
        Tensor gradient = gradients[c.out()];
        if (!learned[in] || gradient == null) {
            return;
        }
        boolean taken = shared[c.out()];
        switch (c.layer()) {
            case Layer.Flatten _, Layer.ConcatFeatures _, Layer.Embedding _ -> {
                gradients[in] = gradient.view(shape(in), keptGradients(in));
                shared[in] = taken;
            }
            case Layer.Activate _, Layer.BatchNorm _, Layer.LayerNorm _, Layer.Dropout _
                    when !taken -> {
                gradient.storage().need(0, keptGradients(in));
                gradients[in] = gradient;
            }
            default -> gradients[in] = plainGradient(in);
        }
    }

    /** Tells whether the layer writes over what it reads. */
    private static boolean isInPlace(Layer layer) {
        return layer instanceof Layer.Activate(Activation function)
                && !ActivationStage.needsInput(function);
    }

    /** Tells whether what the layer reads lies in the memory of what it writes. */
    private static boolean isView(Layer layer) {
        return layer instanceof Layer.Flatten
                || layer instanceof Layer.ConcatFeatures
                || layer instanceof Layer.Embedding;
    }

    /** Tells whether an activation has written a value that it needs for its gradient. */
    private boolean isNeeded(int value) {
        return producer[value] >= 0
                && graph.steps().get(producer[value]) instanceof Step.Compute c
                && (isInPlace(c.layer()) || isView(c.layer()) && isNeeded(c.in()));
    }

    /** Tells whether the step that reads a value leaves it as it is. */
    private boolean isOnlyRead(int value) {
        return !(graph.steps().get(consumer[value]) instanceof Step.Compute c
                && (isInPlace(c.layer()) || isView(c.layer())));
    }

    /** Both branches read the gradient by the sum, and the body writes into the sum's memory. */
    private void place(Step.Join j) {
        Tensor out = value(j.out());
        Tensor gradient = gradients[j.out()];
        values[j.body()] = isForgotten(j.body()) ? out : plain(j.body());
        if (learned[j.body()]) {
            gradients[j.body()] = gradient;
            shared[j.body()] = true;
        }
        if (!j.isPlain()) {
            values[j.shortcut()] = plain(j.shortcut());
            if (learned[j.shortcut()]) {
                gradients[j.shortcut()] = gradient;
                shared[j.shortcut()] = true;
            }
        }
    }

    /** Tells whether the step that writes a value does not need it for its gradient. */
    private boolean isForgotten(int value) {
        return producer[value] >= 0
                && graph.steps().get(producer[value]) instanceof Step.Compute c
                && c.operation().isWeighted()
                && !isView(c.layer());
    }

    private void place(Step.Fork f) {
        Tensor body = value(f.body());
        values[f.in()] = isOnlyRead(f.body()) ? body : plain(f.in());
        Tensor gradient = gradients[f.body()];
        if (learned[f.in()] && gradient != null) {
            gradients[f.in()] = shared[f.body()] ? plainGradient(f.in()) : gradient;
            gradient.storage().need(0, keptGradients(f.in()));
        }
    }
}
