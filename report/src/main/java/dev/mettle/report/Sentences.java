package dev.mettle.report;

/** Sentences from elsewhere, made ready for the page. */
final class Sentences {
    private Sentences() {}

    /** Keeps numbers and their percent signs on one line. */
    static String unbroken(String sentence) {
        return sentence.replace(" %", "\u00a0%");
    }

    /** Begins with a capital letter. */
    static String capitalised(String sentence) {
        return sentence.isEmpty()
                ? sentence
                : Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1);
    }
}
