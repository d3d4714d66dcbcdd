package dev.mettle.figures;

/** This machine cannot paint text, as containers without fonts cannot. */
final class NoFontsException extends Exception {
    private static final long serialVersionUID = 1;

    NoFontsException(Throwable cause) {
        super(cause.toString(), cause);
    }
}
