package dev.mettle.figures;

import dev.mettle.report.Figure;

import java.util.List;

/** The captions of figures as one Markdown page that also shows them. */
final class Captions {
    private Captions() {}

    /** Returns the page; names of a study in it are text, never markup. */
    static String of(List<Figure> figures) {
        StringBuilder page = new StringBuilder("# Figures\n");
        if (figures.isEmpty()) {
            page.append("\nThe report of this run has no plots.\n");
        }
        for (Figure figure : figures) {
            page.append(
                    "\n## %s\n\n![%s](%s.svg)\n\n%s\n"
                            .formatted(
                                    escape(figure.title()),
                                    figure.name(),
                                    figure.name(),
                                    escape(figure.caption())));
        }
        return page.toString();
    }

    private static String escape(String text) {
        return text.replaceAll("([\\\\`*_\\[\\]<>#|&])", "\\\\$1");
    }
}
