package dev.mettle.report;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;

/** The page: the answer first, everything else under headings, styles and scripts inside. */
final class Page {
    private Page() {}

    /**
     * What stands above and below the page.
     *
     * @param title its heading
     * @param subtitle the line under it
     * @param version of Mettle
     */
    record Head(String title, Html subtitle, String version) {}

    /** Writes the report of a run. */
    static void write(RunDigest run, Writer out) throws IOException {
        Head head =
                new Head(
                        run.provenance().study(),
                        Html.of(
                                "Mettle report: which model trains well every time? Target: %s. Run"
                                        + " started %s.",
                                run.plan().targetText(), run.provenance().started()),
                        run.provenance().version());
        write(head, AnswerSection.of(run), sections(run), out);
    }

    /**
     * Writes a page.
     *
     * @param answer what comes first; perhaps nothing
     */
    static void write(Head head, Html answer, List<Section> sections, Writer out)
            throws IOException {
        out.write(top(head).markup());
        if (sections.size() > 1) {
            out.write(navigation(sections).markup());
        }
        out.write("\n<main>\n");
        out.write(answer.markup());
        for (Section section : sections) {
            out.write('\n');
            out.write(section.html().markup());
        }
        out.write("\n</main>\n");
        out.write(footer(head).markup());
        for (String library : PlotLibraries.NAMES) {
            writeScript(PlotLibraries.script(library), out);
        }
        writeScript(Resources.text("report.js"), out);
        out.write("</body>\n</html>\n");
    }

    /** Returns the sections after the answer; those with nothing to say are left out. */
    static List<Section> sections(RunDigest run) {
        List<Section> sections = new ArrayList<>();
        BaselinesSection.of(run).ifPresent(sections::add);
        ConditionsSection.of(run).ifPresent(sections::add);
        FinalistsSection.of(run).ifPresent(sections::add);
        if (!run.withoutRace()) {
            sections.add(RaceSection.of(run));
        }
        AuditSection.of(run).ifPresent(sections::add);
        StabilitySection.of(run).ifPresent(sections::add);
        SettingsSection.of(run).ifPresent(sections::add);
        DecompositionSection.of(run).ifPresent(sections::add);
        CurvesSection.of(run).ifPresent(sections::add);
        NoiseSection.of(run).ifPresent(sections::add);
        AssessmentSection.of(run).ifPresent(sections::add);
        SizesSection.of(run).ifPresent(sections::add);
        GeneralizationSection.of(run).ifPresent(sections::add);
        sections.add(CountsSection.of(run));
        sections.add(ProvenanceSection.of(run));
        return sections;
    }

    private static Html top(Head head) {
        return Html.of(
                """
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="color-scheme" content="light dark">
                <title>%1$s – Mettle report</title>
                <style>
                %2$s</style>
                </head>
                <body>
                <header><h1>%1$s</h1><p>%3$s</p></header>
                """,
                head.title(), new Html(Resources.text("report.css")), head.subtitle());
    }

    private static Html navigation(List<Section> sections) {
        return Html.of(
                "<nav aria-label=\"Contents\">%s</nav>",
                Html.join(
                        sections.stream()
                                .map(section ->
                                        Html.of(
                                                "<a href=\"#%s\">%s</a>",
                                                section.id(), section.title()))
                                .toList()));
    }

    private static Html footer(Head head) {
        List<Html> licences = new ArrayList<>();
        for (String library : PlotLibraries.NAMES) {
            licences.add(
                    Html.of("<h3>%s</h3><pre>%s</pre>", library, PlotLibraries.licence(library)));
        }
        return Html.of(
                """
                <footer>
                <p>Made by Mettle %s. The plots are drawn by %s (BSD 3-Clause), which this file contains; it loads nothing from a network. Each plot has a menu to save it as SVG or PNG.</p>
                <details><summary>Licences of the plot libraries</summary>%s</details>
                <noscript><p>Plots need JavaScript; all numbers are readable without.</p></noscript>
                </footer>
                """,
                head.version(), PlotLibraries.versions(), Html.join(licences));
    }

    private static void writeScript(String script, Writer out) throws IOException {
        out.write("<script>");
        out.write(script);
        out.write("</script>\n");
    }
}
