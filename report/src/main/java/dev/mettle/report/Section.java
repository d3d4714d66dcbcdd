package dev.mettle.report;

/**
 * A part of the page under a heading.
 *
 * @param id its anchor
 * @param title its heading, and its name in the page's table of contents
 * @param body what is under the heading
 */
record Section(String id, String title, Html body) {
    Html html() {
        return Html.of("<section id=\"%s\">\n<h2>%s</h2>\n%s\n</section>", id, title, body);
    }
}
