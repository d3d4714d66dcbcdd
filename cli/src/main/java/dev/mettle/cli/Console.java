package dev.mettle.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.function.BooleanSupplier;

/** Where commands print: results on standard output, progress and messages on standard error. */
final class Console {
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final PrintStream out;
    private final PrintStream err;
    private final boolean terminal;
    private final BooleanSupplier readerGone;

    /** Takes the two streams, and whether the second one is a terminal that understands '\r'. */
    Console(PrintStream out, PrintStream err, boolean terminal) {
        this(out, err, terminal, () -> false);
    }

    private Console(
            PrintStream out, PrintStream err, boolean terminal, BooleanSupplier readerGone) {
        this.out = out;
        this.err = err;
        this.terminal = terminal;
        this.readerGone = readerGone;
    }

    /** Returns a console whose words nobody hears. */
    static Console silent() {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
        return new Console(nowhere, nowhere, false);
    }

    /** Returns the process's own streams. */
    static Console ofProcess() {
        boolean terminal = System.console() != null && System.console().isTerminal();
        Pipe pipe = new Pipe(new FileOutputStream(FileDescriptor.out));
        PrintStream out =
                new PrintStream(new BufferedOutputStream(pipe), false, System.out.charset());
        return new Console(out, System.err, terminal, () -> pipe.readerGone);
    }

    /** Remembers that whoever read the output has ended, as {@code head} does. */
    private static final class Pipe extends FilterOutputStream {
        private boolean readerGone;

        Pipe(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int from, int count) throws IOException {
            try {
                out.write(bytes, from, count);
            } catch (IOException e) {
                readerGone |= String.valueOf(e.getMessage()).contains("Broken pipe");
                throw e;
            }
        }
    }

    /**
     * Returns the exit code of a command that has ended with this one: results that could not be
     * written are a failure. Nothing is said where the reader has gone by its own will.
     */
    int endWith(int exitCode) {
        if (!out.checkError()) { // flushes, too
            return exitCode;
        }
        if (!readerGone.getAsBoolean()) {
            message(
                    "mettle: standard output could not be written (is the disk full?). What was"
                            + " trained is kept.");
        }
        return exitCode == ExitCode.DONE ? ExitCode.FAILED : exitCode;
    }

    /** Prints a result as lines of text. */
    void result(String text) {
        out.println(encodable(text, out));
        out.flush();
    }

    /** Prints a result as one JSON document; +infinity is the string "Infinity". */
    void result(JsonNode document) {
        out.println(
                Ascii.isNeededFor(out.charset())
                        ? text(document, JSON.writer().with(JsonWriteFeature.ESCAPE_NON_ASCII))
                        : text(document));
        out.flush();
    }

    private static String encodable(String text, PrintStream stream) {
        return Ascii.isNeededFor(stream.charset()) ? Ascii.of(text) : text;
    }

    /** Returns a JSON document as text. */
    static String text(JsonNode document) {
        return text(document, JSON.writer());
    }

    private static String text(JsonNode document, ObjectWriter writer) {
        try {
            return writer.writeValueAsString(document);
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
        err.println(encodable(text, err));
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
        err.print("\r\u001b[K" + encodable(text, err));
        err.flush();
    }

    /** Tells whether progress may be drawn in place. */
    boolean isTerminal() {
        return terminal;
    }
}
