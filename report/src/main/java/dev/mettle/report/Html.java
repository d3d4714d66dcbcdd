package dev.mettle.report;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A piece of HTML that is safe to put into a page. Text becomes HTML only through {@link #of} and
 * {@link #text}, which escape it: no name of a study can reach the page as markup.
 *
 * @param markup the HTML
 */
record Html(String markup) implements Block {
    /** Nothing. */
    static final Html NONE = new Html("");

    /**
     * Fills a template written in this package.
     *
     * @param template HTML with {@code %s} for each argument, and {@code %%} for a percent sign
     * @param arguments pieces of HTML, put in as they are, and anything else, escaped
     */
    static Html of(String template, Object... arguments) {
        Object[] safe = new Object[arguments.length];
        for (int i = 0; i < safe.length; i++) {
            safe[i] =
                    arguments[i] instanceof Html(String markup)
                            ? markup
                            : escape(String.valueOf(arguments[i]));
        }
        return new Html(template.formatted(safe));
    }

    /** Returns text as HTML. */
    static Html text(String text) {
        return new Html(escape(text));
    }

    /** Puts pieces after one another, each on its line. */
    static Html join(List<Html> pieces) {
        return new Html(pieces.stream().map(Html::markup).collect(Collectors.joining("\n")));
    }

    /** Puts pieces after one another, each on its line. */
    static Html join(Html... pieces) {
        return join(List.of(pieces));
    }

    @Override
    public Html html() {
        return this;
    }

    /** Tells whether there is nothing. */
    boolean isEmpty() {
        return markup.isEmpty();
    }

    private static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.append(c);
            }
        }
        return escaped.toString();
    }
}
