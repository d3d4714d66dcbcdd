package dev.mettle.engine;

import static dev.mettle.engine.kernel.Lanes.BLOCK;

import dev.mettle.core.data.Shape;
import dev.mettle.core.network.Activation;
import dev.mettle.engine.kernel.Elu;
import dev.mettle.engine.kernel.Gelu;
import dev.mettle.engine.kernel.LeakyRelu;
import dev.mettle.engine.kernel.Relu;
import dev.mettle.engine.kernel.Selu;
import dev.mettle.engine.kernel.Sigmoid;
import dev.mettle.engine.kernel.Silu;
import dev.mettle.engine.kernel.Softplus;
import dev.mettle.engine.kernel.Tanh;

import org.jspecify.annotations.Nullable;

/**
 * An activation, element by element; the gradient is computed in place, the value too unless the
 * gradient needs the input.
 */
final class ActivationStage extends Stage {
    private final Activation function;
    private final Tensor in;
    private final Tensor out;
    private final @Nullable Tensor gradient;
    private final @Nullable Tensor gradientOut;
    private final Storage scratch;

    /**
     * Takes the gradients, which lie in the same place unless others read the one by output.
     *
     * @param scratch memory for {@link #scratchFloats}
     */
    ActivationStage(
            Activation function,
            Tensor in,
            Tensor out,
            @Nullable Tensor gradientIn,
            @Nullable Tensor gradientOut,
            Storage scratch) {
        this.function = function;
        this.in = in;
        this.out = out;
        this.gradient = gradientIn;
        this.gradientOut = gradientOut;
        this.scratch = scratch;
    }

    /** Returns the floats that the gradient needs beside values and gradients. */
    static int scratchFloats(Activation function, Shape shape) {
        return function == Activation.GELU ? shape.size() * BLOCK : 0;
    }

    /** Tells whether the gradient needs the input; otherwise the output is enough. */
    static boolean needsInput(Activation function) {
        return function == Activation.SILU || function == Activation.GELU;
    }

    private static IllegalStateException notElementwise() {
        return new IllegalStateException("softmax has a stage of its own.");
    }

    @Override
    void forward(Workspace workspace, int from, int to) {
        for (int block = from; block < to; block++) {
            int read = in.slot(block);
            int write = out.slot(block);
            if (in.isPlain() && out.isPlain()) {
                forward(workspace.arena(), read, write, in.shape().size() * BLOCK);
            } else {
                forwardRows(workspace.arena(), read, write);
            }
        }
    }

    private void forwardRows(float[] arena, int read, int write) {
        for (int c = 0; c < in.shape().channels(); c++) {
            for (int y = 0; y < in.shape().height(); y++) {
                forward(
                        arena,
                        read + in.at(c, y, 0),
                        write + out.at(c, y, 0),
                        in.shape().width() * BLOCK);
            }
        }
    }

    private void forward(float[] arena, int read, int write, int length) {
        switch (function) {
            case RELU -> Relu.forward(arena, read, arena, write, length);
            case LEAKY_RELU -> LeakyRelu.forward(arena, read, arena, write, length);
            case ELU -> Elu.forward(arena, read, arena, write, length);
            case SILU -> Silu.forward(arena, read, arena, write, length);
            case TANH -> Tanh.forward(arena, read, arena, write, length);
            case SIGMOID -> Sigmoid.forward(arena, read, arena, write, length);
            case SELU -> Selu.forward(arena, read, arena, write, length);
            case GELU -> Gelu.forward(arena, read, arena, write, length);
            case SOFTPLUS -> Softplus.forward(arena, read, arena, write, length);
            case SOFTMAX -> throw notElementwise();
        }
    }

    @Override
    void backward(Workspace workspace, int from, int to) {
        if (gradient == null || gradientOut == null) {
            return;
        }
        Tensor known = needsInput(function) ? in : out;
        for (int block = from; block < to; block++) {
            int read = known.slot(block);
            int change = gradient.slot(block);
            if (gradientOut.slot(block) != change) {
                System.arraycopy(
                        workspace.arena(),
                        gradientOut.slot(block),
                        workspace.arena(),
                        change,
                        in.shape().size() * BLOCK);
            }
            if (known.isPlain()) {
                backward(workspace.arena(), read, change, known.shape().size() * BLOCK);
            } else {
                backwardRows(workspace.arena(), known, gradient, read, change);
            }
        }
    }

    private void backwardRows(float[] arena, Tensor known, Tensor gradient, int read, int change) {
        for (int c = 0; c < known.shape().channels(); c++) {
            for (int y = 0; y < known.shape().height(); y++) {
                backward(
                        arena,
                        read + known.at(c, y, 0),
                        change + gradient.at(c, y, 0),
                        known.shape().width() * BLOCK);
            }
        }
    }

    private void backward(float[] arena, int read, int change, int length) {
        switch (function) {
            case RELU -> Relu.backward(arena, read, arena, change, length);
            case LEAKY_RELU -> LeakyRelu.backward(arena, read, arena, change, length);
            case ELU -> Elu.backward(arena, read, arena, change, length);
            case SILU -> Silu.backward(arena, read, arena, change, length);
            case TANH -> Tanh.backward(arena, read, arena, change, length);
            case SIGMOID -> Sigmoid.backward(arena, read, arena, change, length);
            case SELU -> Selu.backward(arena, read, arena, change, length);
            case GELU -> Gelu.backward(arena, read, arena, change, length, arena, scratch.slot(0));
            case SOFTPLUS -> Softplus.backward(arena, read, arena, change, length);
            case SOFTMAX -> throw notElementwise();
        }
    }
}
