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
    SIGMOID,
    /** 1.0507 x for x &gt; 0, 1.0507 · 1.6733 (eˣ - 1) otherwise. */
    SELU,
    /** x Φ(x), Φ being the normal distribution function: the exact form. */
    GELU,
    /** ln(1 + eˣ). */
    SOFTPLUS,
    /** eˣ over the sum of it over the channels, at each pixel by itself. */
    SOFTMAX;

    /**
     * Tells whether it works element by element and never decreases, so that it may be taken after
     * a maximum instead of before.
     */
    public boolean isMonotone() {
        return switch (this) {
            case RELU, LEAKY_RELU, ELU, TANH, SIGMOID, SELU, SOFTPLUS -> true;
            case SILU, GELU, SOFTMAX -> false;
        };
    }
}
