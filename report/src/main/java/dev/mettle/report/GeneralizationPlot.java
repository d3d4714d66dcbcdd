package dev.mettle.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.mettle.core.run.GeneralizationRecord;
import dev.mettle.core.run.LossWords;
import dev.mettle.core.statistics.Criterion;
import dev.mettle.core.statistics.Generalization;
import dev.mettle.core.statistics.Generalization.Case;
import dev.mettle.core.statistics.Robustness;

import java.util.Optional;

/** A criterion of candidates on one data set against the same on another; failures at the edge. */
final class GeneralizationPlot {
    /** Share of an axis that is kept for the marks of candidates at infinity. */
    private static final double ROOM_FOR_FAILURES = 0.1;

    private final RunDigest run;
    private final GeneralizationRecord record;
    private final Generalization found;
    private final Criterion criterion;
    private final ObjectNode spec = Plot.template("generalization");
    private final LossAxis here = new LossAxis();
    private final LossAxis there = new LossAxis();
    private int failHere;
    private int failThere;
    private int failBoth;

    GeneralizationPlot(
            RunDigest run, GeneralizationRecord record, Generalization found, Criterion criterion) {
        this.run = run;
        this.record = record;
        this.found = found;
        this.criterion = criterion;
    }

    /**
     * Draws it; empty when nothing is finite on one of the two.
     *
     * @param id unique in the page
     */
    Optional<Plot> plot(String id) {
        addCases(true);
        addCases(false);
        if (here.isEmpty() || there.isEmpty()) {
            return Optional.empty();
        }
        if (failBoth > 0) {
            Plot.data(spec, "both")
                    .addObject()
                    .put("text", "◥ %s on both".formatted(fail(failBoth)));
        }
        boolean cv = criterion instanceof Criterion.Cv;
        ArrayNode limits = Plot.data(spec, "limits");
        if (cv) {
            double limit = Robustness.Limits.DEFAULT.cv();
            limits.addObject().put("value", limit);
            here.include(limit);
            there.include(limit);
        }
        here.leaveRoom(failHere + failBoth > 0 ? ROOM_FOR_FAILURES : 0);
        there.leaveRoom(failThere + failBoth > 0 ? ROOM_FOR_FAILURES : 0);
        here.apply(spec.withObject("/encoding/x"));
        there.apply(spec.withObject("/encoding/y"));
        titles(cv);
        return Optional.of(
                new Plot(
                        id,
                        "%s here and there: %s against %s"
                                .formatted(
                                        cv ? "Relative spread (cv)" : "The " + criterion.label(),
                                        run.provenance().study(),
                                        record.study()),
                        reading(cv),
                        spec));
    }

    private void titles(boolean cv) {
        LossMeaning meaning = new LossMeaning(run.plan());
        String name = criterion.label();
        spec.withObject("/encoding/x")
                .put(
                        "title",
                        cv
                                ? "cv on " + run.provenance().study()
                                : "%s on %s: %s"
                                        .formatted(
                                                name,
                                                run.provenance().study(),
                                                meaning.axisTitle()));
        spec.withObject("/encoding/y")
                .put("title", "%s on %s%s".formatted(name, record.study(), unitThere(cv)));
        if (cv) {
            Plot.writePercent(spec);
            return;
        }
        if (meaning.isShare()) {
            Plot.writePercent(spec.get("encoding").get("x"));
        }
        if (record.loss().isShare()) {
            Plot.writePercent(spec.get("encoding").get("y"));
        }
    }

    /** Names the loss there where it is another one than here. */
    private String unitThere(boolean cv) {
        boolean same = record.loss().equals(LossWords.of(run.plan()));
        return cv || same ? "" : ": " + record.loss().withUnit();
    }

    private void addCases(boolean selected) {
        String kind = selected ? "selected" : "dropped";
        ArrayNode points = Plot.data(spec, kind);
        ArrayNode atRight = Plot.data(spec, kind + "FailHere");
        ArrayNode atTop = Plot.data(spec, kind + "FailThere");
        for (Case one : found.of(selected)) {
            double x = criterion.of(one.lossesHere());
            double y = criterion.of(one.lossesThere());
            here.include(x);
            there.include(y);
            if (Double.isFinite(x) && Double.isFinite(y)) {
                add(points, one).put("here", x).put("there", y);
            } else if (Double.isFinite(x)) {
                add(atTop, one).put("here", x);
                failThere++;
            } else if (Double.isFinite(y)) {
                add(atRight, one).put("there", y);
                failHere++;
            } else {
                failBoth++;
            }
        }
    }

    private static ObjectNode add(ArrayNode rows, Case one) {
        return rows.addObject().put("candidate", Names.id(one.candidate()));
    }

    private static String fail(int count) {
        return count == 1 ? "1 fails" : count + " fail";
    }

    private Html reading(boolean cv) {
        return Html.of(
                "Each mark is a candidate, trained %s times on both data sets; further left and"
                        + " further down is better. <span class=\"key certificate\">◆</span>"
                        + " selected, ○ dropped and drawn at random.%s%s%s",
                record.instances(),
                cv
                        ? Html.of(
                                " Left of the upright dashed line a candidate is within the limit"
                                        + " of %s here, below the level one there.",
                                Digits.wholePercent(Robustness.Limits.DEFAULT.cv()))
                        : Html.NONE,
                failHere + failThere + failBoth > 0
                        ? Html.of(
                                " Triangles at the edge have a failed training: at the top there,"
                                        + " at the right here; full ones are selected.%s",
                                failBoth > 0
                                        ? " %s on both.".formatted(capital(fail(failBoth)))
                                        : "")
                        : Html.NONE,
                axes());
    }

    private static String capital(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    private String axes() {
        if (here.logarithmic() && there.logarithmic()) {
            return " Both axes are logarithmic.";
        }
        return here.logarithmic()
                ? " The horizontal axis is logarithmic."
                : there.logarithmic() ? " The vertical axis is logarithmic." : "";
    }
}
