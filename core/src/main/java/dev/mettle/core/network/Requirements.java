package dev.mettle.core.network;

import dev.mettle.core.data.Shape;

/** What layers require of their settings and inputs. */
final class Requirements {
    private Requirements() {}

    /** Throws unless a number is above 0 and finite. */
    static void positive(String what, double value) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("%s (%s) must be above 0.".formatted(what, value));
        }
    }

    /** Throws unless a pool's padding is at most half of its size. */
    static void pool(Window window) {
        if (!window.isPool()) {
            throw new IllegalArgumentException(
                    "padding (%s) must be at most half of size (%s)."
                            .formatted(window.before(), window.size()));
        }
    }

    /** Throws unless a layer's input is flat. */
    static void flat(String what, Shape in) {
        if (!in.isFlat()) {
            throw new NetworkShapeException(
                    "%s needs a flat input, but gets [%d, %d, %d]; put 'flatten' before it."
                            .formatted(what, in.channels(), in.height(), in.width()));
        }
    }

    /** Throws unless a number is 1 or more. */
    static void atLeastOne(String what, int value) {
        if (value < 1) {
            throw new IllegalArgumentException("%s (%d) must be 1 or more.".formatted(what, value));
        }
    }
}
