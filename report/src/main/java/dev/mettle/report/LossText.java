package dev.mettle.report;

import dev.mettle.core.statistics.Estimate;

/**
 * How losses are called and written, whether a run made them or a table brought them.
 *
 * @param noun what a loss is called in a sentence
 * @param axisTitle title of an axis of losses
 * @param isShare whether they are shares of rows, which people read in percent
 */
record LossText(String noun, String axisTitle, boolean isShare) {
    /** Losses of which nothing is known but their values. */
    static final LossText PLAIN = new LossText("loss", "loss", false);

    /** Returns a loss, in percent if it is a share. */
    String shown(double loss) {
        return isShare ? Digits.percent(loss) : Digits.number(loss);
    }

    /** Returns the ends of an interval; a dash where one of them is infinite. */
    String interval(Estimate estimate) {
        return Double.isInfinite(estimate.low()) || Double.isInfinite(estimate.high())
                ? "–"
                : shown(estimate.low()) + " to " + shown(estimate.high());
    }
}
