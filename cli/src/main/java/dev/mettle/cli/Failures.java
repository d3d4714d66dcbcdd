package dev.mettle.cli;

import dev.mettle.core.study.CandidateChoiceException;
import dev.mettle.core.study.DataException;
import dev.mettle.ledger.LedgerException;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;
import java.util.Objects;

/** Turns whatever a command threw into one message and an exit code. */
final class Failures {
    private static final long MEGABYTE = 1_000_000;

    private Failures() {}

    /** Reports an error of the JVM; what was finished is in the ledger by then. */
    static int report(Error failure, Console console, boolean debug) {
        if (debug) {
            console.message(trace(failure));
        }
        console.message(
                switch (failure) {
                    case OutOfMemoryError _ ->
                            ("mettle: the memory is not enough: the JVM may use %,d MB of heap, and"
                                 + " %s. What was finished is kept. Give it more with"
                                 + " METTLE_JAVA_OPTIONS=-Xmx8g, or take a smaller sample or fewer"
                                 + " threads.")
                                    .formatted(
                                            Runtime.getRuntime().maxMemory() / MEGABYTE,
                                            Objects.requireNonNullElse(
                                                    failure.getMessage(), "it is full"));
                    case StackOverflowError _ ->
                            "mettle: the input nests too deeply. Write it flatter, or give the JVM"
                                    + " more with METTLE_JAVA_OPTIONS=-Xss64m.";
                    default -> internal(failure);
                });
        return ExitCode.FAILED;
    }

    private static String trace(Throwable failure) {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace, true));
        return trace.toString();
    }

    private static String internal(Throwable failure) {
        return "mettle: an internal error: "
                + failure
                + "\nThis is a defect of Mettle. What was finished is kept; --debug shows where it"
                + " happened.";
    }

    static int report(Exception failure, Console console, boolean debug) {
        if (debug) {
            console.message(trace(failure));
        }
        return switch (failure) {
            case UserException wrong -> wrongInput(console, wrong);
            case DataException wrong -> wrongInput(console, wrong);
            case CandidateChoiceException wrong -> wrongInput(console, wrong);
            case LedgerException ledger -> ledger(console, ledger);
            case UncheckedIOException files ->
                    files(console, Objects.requireNonNull(files.getCause()));
            case IOException files -> files(console, files);
            case InterruptedException _ -> ExitCode.INTERRUPTED;
            default -> {
                console.message(internal(failure));
                yield ExitCode.FAILED;
            }
        };
    }

    /** A file that is not what the user thinks is wrong input; a disk that fails is not. */
    private static int files(Console console, IOException failure) {
        if (isFull(failure)) {
            console.message(
                    "mettle: the disk is full (%s). Make room and give the same command again."
                            .formatted(reason(failure)));
            return ExitCode.FAILED;
        }
        if (failure instanceof FileSystemException named) {
            console.message("mettle: %s: %s.".formatted(named.getFile(), reason(named)));
            return ExitCode.WRONG_INPUT;
        }
        console.message("mettle: reading or writing failed: %s.".formatted(reason(failure)));
        return ExitCode.FAILED;
    }

    /**
     * Returns the exception for something that can't be written: the user's input is wrong, unless
     * the disk is full.
     *
     * @param what what can't be written, such as "the report x.html"
     * @param remedy what to try, as the end of a sentence
     */
    static RuntimeException cannotWrite(String what, IOException cause, String remedy) {
        return isFull(cause)
                ? new UncheckedIOException(cause)
                : new UserException(
                        "can't write %s: %s; %s.".formatted(what, reason(cause), remedy));
    }

    /** Java has no exception of its own for a full disk: these are the system's words. */
    private static boolean isFull(IOException failure) {
        String message = String.valueOf(failure.getMessage());
        return message.contains("No space left")
                || message.contains("quota exceeded")
                || message.contains("not enough space");
    }

    /** Returns why a file could not be read or written, in a few words. */
    static String reason(IOException failure) {
        return switch (failure) {
            case AccessDeniedException _ -> "permission denied";
            case NoSuchFileException _ -> "there is no such file or directory";
            case FileAlreadyExistsException _ -> "it is there already";
            case DirectoryNotEmptyException _ -> "it is a directory that is not empty";
            case FileSystemException named when named.getReason() != null ->
                    named.getReason().toLowerCase(Locale.ROOT);
            default -> message(failure);
        };
    }

    private static int ledger(Console console, LedgerException failure) {
        return switch (failure.kind()) {
            case MISSING, EXISTS, NOT_A_LEDGER, OTHER_VERSION, IN_USE, NOT_WRITABLE ->
                    wrongInput(console, failure);
            case DAMAGED, FULL, REFUSED, FAILED -> {
                console.message("mettle: " + message(failure));
                yield ExitCode.FAILED;
            }
        };
    }

    private static int wrongInput(Console console, Exception wrong) {
        console.message("mettle: " + message(wrong));
        return ExitCode.WRONG_INPUT;
    }

    private static String message(Exception failure) {
        return Objects.requireNonNullElse(failure.getMessage(), failure.toString());
    }
}
