package dev.mettle.report;

import java.util.List;

/**
 * The JavaScript libraries that draw the plots: Vega, Vega-Lite and, in a browser, vega-embed. They
 * come with this module, as they were published.
 */
public final class PlotLibraries {
    /** Libraries, in the order in which a page loads them. */
    static final List<String> NAMES = List.of("vega", "vega-lite", "vega-embed");

    private PlotLibraries() {}

    /** Returns Vega, which defines the global {@code vega}. */
    public static String vega() {
        return script("vega");
    }

    /** Returns Vega-Lite, which needs {@link #vega} and defines the global {@code vegaLite}. */
    public static String vegaLite() {
        return script("vega-lite");
    }

    /** Returns names and versions, from the file that the refresh script wrote. */
    public static String versions() {
        return Resources.text("vendor/VERSIONS")
                .strip()
                .lines()
                .map(line -> line.substring(0, line.lastIndexOf(' ')))
                .reduce((first, next) -> first + ", " + next)
                .orElse("");
    }

    static String script(String name) {
        return Resources.text("vendor/" + name + ".min.js");
    }

    static String licence(String name) {
        return Resources.text("vendor/" + name + ".LICENSE");
    }
}
