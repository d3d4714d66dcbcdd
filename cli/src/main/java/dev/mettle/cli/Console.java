package dev.mettle.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;

import java.io.PrintStream;

/** Where commands print: results on standard output, progress and messages on standard error. */
final class Console {
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final PrintStream out;
    private final PrintStream err;
    private final boolean terminal;

    /** Takes the two streams, and whether the second one is a terminal that understands '\r'. */
    Console(PrintStream out, PrintStream err, boolean terminal) {
        this.out = out;
        this.err = err;
        this.terminal = terminal;
    }

    /** Returns the process's own streams. */
    static Console ofProcess() {
        boolean terminal = System.console() != null && System.console().isTerminal();
        return new Console(System.out, System.err, terminal);
    }

    /** Prints a result as lines of text. */
    void result(String text) {
        out.println(text);
        out.flush();
    }

    /** Prints a result as one JSON document; +infinity is the string "Infinity". */
    void result(JsonNode document) {
        try {
            result(JSON.writeValueAsString(document));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns standard output, for tables that are streamed. */
    PrintStream out() {
        return out;
    }

    /** Returns standard error, for the help of a mistyped command. */
    PrintStream err() {
        return err;
    }

    /** Prints a message on standard error. */
    void message(String text) {
        err.println(text);
        err.flush();
    }

    /** Prints a message in the place of a line that is drawn in place. */
    void warning(String text) {
        if (terminal) {
            overwrite("");
        }
        message(text);
    }

    /** Overwrites the current line of the terminal. */
    void overwrite(String text) {
        err.print("\r\u001b[K" + text);
        err.flush();
    }

    /** Tells whether progress may be drawn in place. */
    boolean isTerminal() {
        return terminal;
    }
}
