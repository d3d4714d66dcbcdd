package dev.mettle.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The axis of a plot of losses: collects what is shown, then picks a linear or a logarithmic scale
 * and its ends. Values that are not finite are left out; plots show them at the edge.
 */
final class LossAxis {
    /** From this ratio of largest to smallest on, a linear axis would hide the small ones. */
    private static final double LOGARITHMIC_FROM = 5;

    /** Share of the axis left free on each side. */
    private static final double MARGIN = 0.04;

    private static final int MOST_POWERS = 8;

    private double smallest = Double.POSITIVE_INFINITY;
    private double largest = Double.NEGATIVE_INFINITY;
    private double roomAtEnd;

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

    /** Leaves a further share of the axis free at its upper end, for marks of what is infinite. */
    void leaveRoom(double share) {
        roomAtEnd = share;
    }

    /** Returns the upper end of the axis; at least one value must have been included. */
    double upperEnd() {
        return back(transform(largest) + (MARGIN + roomAtEnd) * width());
    }

    /** Returns the lower end of the axis; at least one value must have been included. */
    double lowerEnd() {
        return back(transform(smallest) - MARGIN * width());
    }

    private double width() {
        double low = transform(smallest);
        double high = transform(largest);
        return high > low ? high - low : Math.max(Math.abs(high), Double.MIN_NORMAL) * 0.2;
    }

    /**
     * Sets the scale of a channel, and round ticks where it is logarithmic; at least one value must
     * have been included.
     */
    void apply(ObjectNode channel) {
        ObjectNode scale = channel.withObject("/scale");
        scale.put("type", logarithmic() ? "log" : "linear");
        scale.put("nice", false);
        scale.putArray("domain").add(lowerEnd()).add(upperEnd());
        if (logarithmic()) {
            ObjectNode axis = channel.withObject("/axis");
            axis.remove("tickCount"); // it would thin out the ticks given
            ticks(axis.putArray("values"));
        } else {
            scale.put("zero", false);
        }
    }

    /**
     * The library would draw a line at every multiple of every power of ten; these are as many as
     * can be read.
     */
    private void ticks(ArrayNode values) {
        double decades = Math.log10(upperEnd() / lowerEnd());
        int[] steps =
                decades < 1.2
                        ? new int[] {1, 2, 3, 5, 7}
                        : decades < 3 ? new int[] {1, 2, 5} : new int[] {1};
        int stride = (int) Math.ceil(decades / MOST_POWERS);
        for (int power = (int) Math.floor(Math.log10(lowerEnd()));
                power <= Math.log10(upperEnd());
                power += stride) {
            for (int step : steps) {
                double value = step * Math.pow(10, power);
                if (value >= lowerEnd() && value <= upperEnd()) {
                    values.add(Double.parseDouble("%de%d".formatted(step, power)));
                }
            }
        }
    }

    private double transform(double value) {
        return logarithmic() ? Math.log(value) : value;
    }

    private double back(double value) {
        return logarithmic() ? Math.exp(value) : value;
    }
}
