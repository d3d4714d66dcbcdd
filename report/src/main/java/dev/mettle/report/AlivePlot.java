package dev.mettle.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** How many candidates each iteration of the race trained. */
final class AlivePlot {
    private static final int LOGARITHMIC_FROM = 50;

    private AlivePlot() {}

    /** Draws a race of at least one iteration. */
    static Plot of(RaceProgress progress) {
        ObjectNode spec = Plot.template("alive");
        ArrayNode rows = Plot.data(spec, "iterations");
        int most = 1;
        for (RaceProgress.Iteration iteration : progress.iterations()) {
            rows.addObject()
                    .put("iteration", iteration.number())
                    .put("alive", iteration.trained())
                    .put("dropped", iteration.dropped())
                    .put("trainings", iteration.trainings());
            most = Math.max(most, iteration.trained());
        }
        boolean logarithmic = most >= LOGARITHMIC_FROM;
        ObjectNode scale = spec.withObject("/encoding/y/scale");
        scale.put("type", logarithmic ? "log" : "linear");
        if (logarithmic) {
            ObjectNode axis = spec.withObject("/encoding/y/axis");
            axis.remove("tickCount"); // it would thin out the ticks given
            ArrayNode ticks = axis.putArray("values");
            for (int power = 1; power <= most; power *= 10) {
                ticks.add(power);
            }
        }
        scale.putArray("domain").add(logarithmic ? 1 : 0).add(most * (logarithmic ? 1.3 : 1.08));
        Html reading =
                Html.of(
                        "Each step is one iteration: one more training of every candidate still in"
                            + " the race. The lower the line falls, the fewer trainings are spent"
                            + " on candidates that cannot win.%s",
                        logarithmic ? " The vertical axis is logarithmic." : "");
        return new Plot("plot-alive", "Candidates in the race", reading, spec);
    }
}
