package dev.mettle.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.mettle.core.run.RunRecord;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A plot of the report as a figure of its own: what it shows, how to read it, and the specification
 * from which the report draws it.
 *
 * @param name a name for files, the same for the same plot of every run, such as {@code
 *     finalists-losses}: the section of the report, then the plot; lower-case letters, digits and
 *     hyphens
 * @param title what it shows, plain text
 * @param caption the sentences under the plot in the report, plain text in one line
 * @param specification in Vega-Lite's language, as JSON, with its data; its width is {@code
 *     container}
 */
public record Figure(String name, String title, String caption, String specification) {
    private static final String PREFIX = "plot-";

    /** Returns the plots of a run's report in the order of the report; perhaps none. */
    public static List<Figure> of(RunRecord run) {
        List<Figure> figures = new ArrayList<>();
        for (Section section : Page.sections(RunDigest.of(run))) {
            section.plots().forEach(plot -> figures.add(of(section, plot)));
        }
        return List.copyOf(figures);
    }

    private static Figure of(Section section, Plot plot) {
        try {
            return new Figure(
                    name(section.id(), plot.id().substring(PREFIX.length())),
                    plot.title(),
                    plot.reading().plainText(),
                    new ObjectMapper().writeValueAsString(plot.spec()));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String name(String section, String plot) {
        return plot.equals(section) || plot.startsWith(section + "-") ? plot : section + "-" + plot;
    }
}
