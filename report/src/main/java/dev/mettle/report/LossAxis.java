package dev.mettle.report;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The axis of a plot of losses: collects what is shown, then picks a linear or a logarithmic scale and its ends. Values
 * that are not finite are left out; plots show them at the edge.
 */
final class LossAxis {
    /** From this ratio of largest to smallest on, a linear axis would hide the small ones. */
    private static final double LOGARITHMIC_FROM = 5;
    /** Share of the axis left free on each side. */
    private static final double MARGIN = 0.04;

    private double smallest = Double.POSITIVE_INFINITY;
    private double largest = Double.NEGATIVE_INFINITY;

    /** Makes room for a value. */
    void include(double value) {
        if (Double.isFinite(value)) {
            smallest = Math.min(smallest, value);
            largest = Math.max(largest, value);
        }
    }

    /** Tells whether no finite value was included. */
    boolean isEmpty() {
        return smallest > largest;
    }

    /** Tells whether the values ask for a logarithmic axis. */
    boolean logarithmic() {
        return smallest > 0 && largest / smallest >= LOGARITHMIC_FROM;
    }

    /**
     * Sets type and ends of a scale; at least one value must have been included.
     *
     * @param roomAtEnd further share of the axis left free at its upper end
     */
    void apply(ObjectNode scale, double roomAtEnd) {
        double low = transform(smallest);
        double high = transform(largest);
        double width = high > low ? high - low : Math.max(Math.abs(high), Double.MIN_NORMAL) * 0.2;
        scale.put("type", logarithmic() ? "log" : "linear");
        if (!logarithmic()) {
            scale.put("zero", false);
        }
        scale.put("nice", false);
        scale.putArray("domain").add(back(low - MARGIN * width)).add(back(high + (MARGIN + roomAtEnd) * width));
    }

    private double transform(double value) {
        return logarithmic() ? Math.log(value) : value;
    }

    private double back(double value) {
        return logarithmic() ? Math.exp(value) : value;
    }
}
