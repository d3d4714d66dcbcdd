package dev.mettle.cli;

import dev.mettle.core.study.CandidateChoiceException;
import dev.mettle.core.study.DataException;
import dev.mettle.ledger.LedgerException;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Objects;

/** Turns whatever a command threw into one message and an exit code. */
final class Failures {
    private Failures() {}

    static int report(Exception failure, Console console, boolean debug) {
        if (debug) {
            StringWriter trace = new StringWriter();
            failure.printStackTrace(new PrintWriter(trace, true));
            console.message(trace.toString());
        }
        return switch (failure) {
            case UserException wrong -> wrongInput(console, wrong);
            case DataException wrong -> wrongInput(console, wrong);
            case CandidateChoiceException wrong -> wrongInput(console, wrong);
            case LedgerException ledger -> ledger(console, ledger);
            case InterruptedException _ -> ExitCode.INTERRUPTED;
            default -> {
                console.message(
                        "mettle: an internal error: "
                                + failure
                                + "\n"
                                + "This is a defect of Mettle. What was finished is kept; --debug"
                                + " shows where it happened.");
                yield ExitCode.FAILED;
            }
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
