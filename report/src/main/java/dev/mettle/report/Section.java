package dev.mettle.report;

import java.util.List;

/**
 * A part of the page under a heading.
 *
 * @param id its anchor
 * @param title its heading, and its name in the page's table of contents
 * @param blocks what is under the heading, in order
 */
record Section(String id, String title, List<Block> blocks) {
    Section {
        blocks = List.copyOf(blocks);
    }

    /** Returns the plots of the section, in order. */
    List<Plot> plots() {
        return blocks.stream().filter(Plot.class::isInstance).map(Plot.class::cast).toList();
    }

    Html html() {
        return Html.of(
                "<section id=\"%s\">\n<h2>%s</h2>\n%s\n</section>",
                id, title, Html.join(blocks.stream().map(Block::html).toList()));
    }
}
