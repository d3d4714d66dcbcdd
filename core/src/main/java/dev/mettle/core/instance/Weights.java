package dev.mettle.core.instance;

import java.util.Arrays;

/**
 * The trained weights of an instance, layer after layer, each layer's weights [out, in, taps]
 * before its biases, an embedding's [category, dim]. Immutable.
 */
public final class Weights {
    private final float[] values;

    private Weights(float[] values) {
        this.values = values;
    }

    /** Copies the weights given. */
    public static Weights of(float... values) {
        return new Weights(values.clone());
    }

    /** Returns a copy. */
    public float[] toArray() {
        return values.clone();
    }

    /** Returns the number of weights and biases. */
    public int size() {
        return values.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Weights that && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }
}
