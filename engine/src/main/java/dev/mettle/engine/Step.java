package dev.mettle.engine;

import dev.mettle.core.network.Layer;

import java.util.OptionalInt;

/** A step of a network's computation. The values between steps are numbered; 0 is the input. */
sealed interface Step {
    /**
     * A layer.
     *
     * @param operation what it does
     * @param in value that it reads
     * @param out value that it writes
     */
    record Compute(Operation operation, int in, int out) implements Step {
        Layer layer() {
            return operation.layer();
        }
    }

    /**
     * The beginning of a residual block.
     *
     * @param in its input
     * @param body what its layers read: the same numbers
     * @param shortcut what the layers of its shortcut read; empty where there are none
     */
    record Fork(int in, int body, OptionalInt shortcut) implements Step {}

    /**
     * The end of a residual block: a sum.
     *
     * @param fork its beginning
     * @param body what its layers have made
     * @param shortcut what is added to it; the fork's input where the shortcut has no layers
     * @param out the sum
     */
    record Join(Fork fork, int body, int shortcut, int out) implements Step {
        /** Tells whether the block's input itself is added. */
        boolean isPlain() {
            return fork.shortcut().isEmpty();
        }
    }
}
