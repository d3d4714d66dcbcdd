package dev.mettle.engine;

import dev.mettle.engine.kernel.TapTable;

import java.util.List;

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
record ConvPlaces(
        Tensor in,
        Tensor out,
        Tensor gradientOut,
        Storage winners,
        GradientIn gradientIn,
        Storage scratch,
        int sums) {
    /** How the gradient by input is computed. */
    sealed interface GradientIn {
        /** Not at all: nothing before this layer has weights. */
        record None() implements GradientIn {}

        /** From the gradient by output, framed, which the scratch memory holds. */
        record Framed(Tensor tensor, Frame frame, List<TapTable> tables) implements GradientIn {}
    }
}
