package dev.mettle.core.network;

/** A layer does not fit its input. */
public final class NetworkShapeException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int layer;

    /** Takes the layer's position in the network, from 0, and what is wrong, as a sentence. */
    NetworkShapeException(int layer, String problem) {
        super(problem);
        this.layer = layer;
    }

    /** Returns the layer's position in the network, from 0. */
    public int layer() {
        return layer;
    }
}
