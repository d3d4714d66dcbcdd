package dev.mettle.core.network;

import java.util.ArrayList;
import java.util.List;

/** A layer does not fit its input. */
public final class NetworkShapeException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final ArrayList<Integer> path;

    /** Takes what is wrong, as a sentence; {@link #inLayer} adds where. */
    NetworkShapeException(String problem) {
        this(List.of(), problem);
    }

    private NetworkShapeException(List<Integer> path, String problem) {
        super(problem);
        this.path = new ArrayList<>(path);
    }

    /** Returns the same problem, inside layer {@code index} of a list. */
    NetworkShapeException inLayer(int index) {
        List<Integer> longer = new ArrayList<>(List.of(index));
        longer.addAll(path);
        return new NetworkShapeException(longer, String.valueOf(getMessage()));
    }

    /**
     * Returns where the layer is: its position in the network, from 0, then its position in that
     * residual block, the shortcut's layers after the body's, and so on.
     */
    public List<Integer> path() {
        return List.copyOf(path);
    }
}
