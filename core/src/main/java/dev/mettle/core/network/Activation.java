package dev.mettle.core.network;

/** Activation functions, with PyTorch's default constants. */
public enum Activation {
    /** max(x, 0); a NaN stays NaN. */
    RELU,
    /** x for x &gt; 0, 0.01 x otherwise. */
    LEAKY_RELU,
    /** x for x &gt; 0, eˣ - 1 otherwise. */
    ELU,
    /** x / (1 + e⁻ˣ). */
    SILU,
    /** Hyperbolic tangent. */
    TANH,
    /** 1 / (1 + e⁻ˣ). */
    SIGMOID;

    /**
     * Tells whether it never decreases, so that it may be taken after a maximum instead of before.
     */
    public boolean isMonotone() {
        return this != SILU;
    }
}
