package dev.mettle.report;

/** What a section is made of: text and tables, or a plot, which can also be a file of its own. */
sealed interface Block permits Html, Plot {
    /** Returns it as a piece of the page. */
    Html html();
}
