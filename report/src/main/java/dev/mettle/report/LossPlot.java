package dev.mettle.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.mettle.core.run.CertificateRecord;
import dev.mettle.core.run.RunSummary;
import dev.mettle.core.statistics.Losses;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The losses of the best finalists: a strip of all instances over a box from quartile to quartile,
 * the certificate's instances apart from the race's. Failed instances are marks at the right edge,
 * with their number.
 */
final class LossPlot {
    private static final int MOST_FINALISTS = 12;
    private static final int ROW_HEIGHT = 52;

    /**
     * Where in a row, from 0 at its top to 1, the box begins and ends; the row's title is above.
     */
    private static final double BOX_TOP = 0.42;

    private static final double BOX_BOTTOM = 0.88;

    /**
     * Golden section: successive points land far from one another, and the picture is always the
     * same.
     */
    private static final double JITTER = 0.6180339887498949;

    private static final Html KEY =
            new Html(
                    " <span class=\"key race\">○</span> race, on the validation rows; <span"
                        + " class=\"key certificate\">●</span> fresh trainings of the certificate,"
                        + " on the test rows, with the certified bound as a thick line.");

    private static final double ROOM_FOR_FAILURES = 0.16;

    /** A strip: its title, colour group and losses. */
    private record Strip(
            String title, String purpose, Losses losses, Optional<CertificateRecord> certificate) {}

    private LossPlot() {}

    /** Draws the best finalists; empty when none of their losses is finite. */
    static Optional<Plot> of(RunDigest run) {
        List<Strip> strips = new ArrayList<>();
        List<RunSummary.Finalist> finalists = shown(run.summary());
        finalists.forEach(finalist -> addStrips(run, finalist, strips));
        LossAxis axis = new LossAxis();
        for (Strip strip : strips) {
            axis.include(strip.losses().min());
            axis.include(
                    strip.losses()
                            .ordered(
                                    Math.max(
                                            1,
                                            strip.losses().count() - strip.losses().failures())));
        }
        return axis.isEmpty()
                ? Optional.empty()
                : Optional.of(plot(run, strips, axis, finalists.size()));
    }

    /** Winners first, also those of a weak group far down the list, then the best others. */
    private static List<RunSummary.Finalist> shown(RunSummary summary) {
        List<String> winners =
                summary.winners().stream().map(winner -> winner.candidate().id()).toList();
        List<RunSummary.Finalist> sorted = new ArrayList<>(summary.finalists());
        sorted.sort(
                Comparator.comparingInt(finalist -> {
                    int place = winners.indexOf(finalist.candidate().id());
                    return place < 0 ? winners.size() : place;
                }));
        return sorted.subList(0, Math.min(sorted.size(), Math.max(MOST_FINALISTS, winners.size())));
    }

    private static void addStrips(RunDigest run, RunSummary.Finalist finalist, List<Strip> strips) {
        String name = Names.of(run.plan(), finalist.candidate(), finalist.group());
        for (CertificateRecord certificate : run.certificates()) {
            if (certificate.candidate().equals(finalist.candidate().id())) {
                run.losses(certificate)
                        .ifPresent(losses ->
                                strips.add(
                                        new Strip(
                                                "%s — certificate, %d fresh"
                                                        .formatted(name, losses.count()),
                                                "certificate",
                                                losses,
                                                Optional.of(certificate))));
            }
        }
        String title = "%s — race, %d".formatted(name, finalist.losses().count());
        strips.add(new Strip(title, "race", finalist.losses(), Optional.empty()));
    }

    private static Plot plot(RunDigest run, List<Strip> strips, LossAxis axis, int finalists) {
        ObjectNode spec = Plot.template("losses");
        LossMeaning meaning = new LossMeaning(run.plan());
        if (meaning.isShare()) {
            Plot.writePercent(spec);
        }
        boolean failures = strips.stream().anyMatch(strip -> strip.losses().failures() > 0);
        axis.leaveRoom(failures ? ROOM_FOR_FAILURES : 0);
        axis.apply(spec.withObject("/encoding/x"));
        spec.withObject("/encoding/x").put("title", meaning.axisTitle());
        spec.withObject("/encoding/y/scale").putArray("domain").add(strips.size()).add(0);
        spec.put("height", ROW_HEIGHT * strips.size());
        ArrayNode rows = Plot.data(spec, "strips");
        ArrayNode points = Plot.data(spec, "points");
        for (int i = 0; i < strips.size(); i++) {
            addRow(rows, strips.get(i), i, axis.upperEnd());
            addPoints(points, strips.get(i), i);
        }
        String others =
                run.summary().finalists().size() > finalists
                        ? " Shown are the best %d of %s finalists."
                                .formatted(
                                        finalists, Digits.count(run.summary().finalists().size()))
                        : "";
        Html reading =
                Html.of(
                        "Each dot is one training; further left is better, closer together is more"
                                + " robust. The box holds the middle half, its line is the"
                                + " median.%s%s%s%s",
                        strips.stream().anyMatch(strip -> strip.certificate().isPresent())
                                ? KEY
                                : Html.NONE,
                        axis.logarithmic() ? " The axis is logarithmic." : "",
                        failures ? " “n × ∞” at the right edge counts trainings that failed." : "",
                        others);
        return new Plot("plot-losses", "Every training of the best finalists", reading, spec);
    }

    private static void addRow(ArrayNode rows, Strip strip, int row, double upperEnd) {
        Losses losses = strip.losses();
        ObjectNode node =
                rows.addObject()
                        .put("title", strip.title())
                        .put("purpose", strip.purpose())
                        .put("row", row + 0.22)
                        .put("top", row + BOX_TOP)
                        .put("bottom", row + BOX_BOTTOM)
                        .put("middle", row + (BOX_TOP + BOX_BOTTOM) / 2);
        putFinite(node, "q1", losses.quantile(0.25));
        putFinite(node, "median", losses.quantile(0.5));
        node.put(
                "q3",
                Math.min(
                        losses.quantile(0.75), upperEnd)); // of many failures: a box without an end
        strip.certificate().ifPresent(certificate -> putFinite(node, "bound", certificate.bound()));
        if (losses.failures() > 0) {
            node.put("failed", losses.failures() + " × ∞");
        }
    }

    private static void putFinite(ObjectNode node, String name, double value) {
        if (Double.isFinite(value)) {
            node.put(name, value);
        }
    }

    private static void addPoints(ArrayNode points, Strip strip, int row) {
        double[] losses = strip.losses().toArray();
        for (int i = 0; i < losses.length && Double.isFinite(losses[i]); i++) {
            double jitter = (i + 1) * JITTER % 1;
            points.addObject()
                    .put("loss", losses[i])
                    .put("row", row + BOX_TOP + 0.04 + jitter * (BOX_BOTTOM - BOX_TOP - 0.08))
                    .put("purpose", strip.purpose());
        }
    }
}
