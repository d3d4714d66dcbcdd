package dev.mettle.engine;

import dev.mettle.core.data.Shape;
import dev.mettle.core.network.Layer;
import dev.mettle.core.network.Network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/**
 * A network as steps, in the order in which they are computed.
 *
 * @param steps each reads values of earlier ones
 * @param shapes of the values; the last one is the output
 */
record Graph(List<Step> steps, List<Shape> shapes) {
    Graph {
        steps = List.copyOf(steps);
        shapes = List.copyOf(shapes);
    }

    /**
     * Returns the steps of a network.
     *
     * @throws dev.mettle.core.network.NetworkShapeException when a layer does not fit its input
     */
    static Graph of(Network network, Shape input, int features) {
        network.shapes(input, features); // says which layer does not fit, in the user's order
        Builder builder = new Builder(features);
        builder.add(network.layers(), builder.value(input));
        return new Graph(builder.steps, builder.shapes);
    }

    /** Collects steps and values. */
    private static final class Builder {
        private final List<Step> steps = new ArrayList<>();
        private final List<Shape> shapes = new ArrayList<>();
        private final int features;

        Builder(int features) {
            this.features = features;
        }

        int value(Shape shape) {
            shapes.add(shape);
            return shapes.size() - 1;
        }

        /** Adds layers that read value {@code in}; returns the value that the last one writes. */
        int add(List<Layer> layers, int in) {
            List<Layer> ordered = Operation.poolFirst(layers);
            int at = in;
            for (int i = 0; i < ordered.size(); i++) {
                if (ordered.get(i) instanceof Layer.Residual(var body, var shortcut)) {
                    at = addBlock(body, shortcut, at);
                    continue;
                }
                Operation operation =
                        Operation.of(ordered.subList(i, ordered.size()), shapes.get(at), features);
                int out = value(operation.out());
                steps.add(new Step.Compute(operation, at, out));
                at = out;
                i += operation.pooled() ? 1 : 0;
            }
            return at;
        }

        private int addBlock(List<Layer> body, List<Layer> shortcut, int in) {
            int read = value(shapes.get(in));
            OptionalInt aside =
                    shortcut.isEmpty()
                            ? OptionalInt.empty()
                            : OptionalInt.of(value(shapes.get(in)));
            Step.Fork fork = new Step.Fork(in, read, aside);
            steps.add(fork);
            int made = add(body, read);
            int added = aside.isPresent() ? add(shortcut, aside.getAsInt()) : in;
            int out = value(shapes.get(made));
            steps.add(new Step.Join(fork, made, added, out));
            return out;
        }
    }

    /** Returns the number of the output's value. */
    int output() {
        return shapes.size() - 1;
    }

    /** Returns the first step of a dense layer, or the number of steps. */
    int firstDense() {
        for (int s = 0; s < steps.size(); s++) {
            if (steps.get(s) instanceof Step.Compute c && c.layer() instanceof Layer.Dense) {
                return s;
            }
        }
        return steps.size();
    }

    /** Returns of each value whether a layer before it learns, so that it needs a gradient. */
    boolean[] learned() {
        boolean[] learned = new boolean[shapes.size()];
        for (Step step : steps) {
            switch (step) {
                case Step.Compute c ->
                        learned[c.out()] = learned[c.in()] || c.operation().isWeighted();
                case Step.Fork f -> {
                    learned[f.body()] = learned[f.in()];
                    f.shortcut().ifPresent(s -> learned[s] = learned[f.in()]);
                }
                case Step.Join j -> learned[j.out()] = learned[j.body()] || learned[j.shortcut()];
            }
        }
        return learned;
    }

    /**
     * Returns the segment of each step, from 0. All rows of a mini-batch go through a segment
     * before the next one begins; a batch norm ends one and begins the next, and counts with the
     * one that it ends.
     */
    int[] segments() {
        int[] segments = new int[steps.size()];
        int segment = 0;
        for (int s = 0; s < segments.length; s++) {
            segments[s] = segment;
            segment += endsSegment(steps.get(s)) ? 1 : 0;
        }
        return segments;
    }

    private static boolean endsSegment(Step step) {
        return step instanceof Step.Compute c && c.layer() instanceof Layer.BatchNorm;
    }

    /**
     * Returns of each value whether its gradient is written in one segment and read in another, so
     * that it is kept for all rows of a mini-batch.
     */
    boolean[] gradientsCross() {
        int[] segments = segments();
        int[] first = new int[shapes.size()];
        int[] last = new int[shapes.size()];
        Arrays.fill(first, Integer.MAX_VALUE);
        Arrays.fill(last, -1);
        for (int s = 0; s < segments.length; s++) {
            int at = segments[s];
            switch (steps.get(s)) {
                case Step.Compute c -> {
                    use(first, last, c.in(), at);
                    use(first, last, c.out(), at);
                    use(first, last, c.out(), endsSegment(c) ? at + 1 : at);
                }
                case Step.Fork f -> {
                    use(first, last, f.in(), at);
                    use(first, last, f.body(), at);
                    f.shortcut().ifPresent(value -> use(first, last, value, at));
                }
                case Step.Join j -> {
                    use(first, last, j.body(), at);
                    use(first, last, j.shortcut(), at);
                    use(first, last, j.out(), at);
                    use(first, last, j.out(), segments[steps.indexOf(j.fork())]);
                }
            }
        }
        boolean[] cross = new boolean[first.length];
        for (int v = 0; v < cross.length; v++) {
            cross[v] = first[v] < last[v];
        }
        return cross;
    }

    private static void use(int[] first, int[] last, int value, int segment) {
        first[value] = Math.min(first[value], segment);
        last[value] = Math.max(last[value], segment);
    }
}
