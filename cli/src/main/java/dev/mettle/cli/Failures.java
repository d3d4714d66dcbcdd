package dev.mettle.cli;

import dev.mettle.core.study.DataException;
import dev.mettle.ledger.LedgerException;
import java.io.PrintWriter;
import java.io.StringWriter;

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
            case UserException wrong -> wrongInput(console, wrong.getMessage());
            case DataException wrong -> wrongInput(console, wrong.getMessage());
            case LedgerException ledger -> ledger(console, ledger);
            case InterruptedException _ -> ExitCode.INTERRUPTED;
            default -> {
                console.message("mettle: an internal error: " + failure
                        + "\nThis is a defect of Mettle. What was finished is kept; --debug shows where it happened.");
                yield ExitCode.FAILED;
            }
        };
    }

    private static int ledger(Console console, LedgerException failure) {
        return switch (failure.kind()) {
            case MISSING, EXISTS, NOT_A_LEDGER, OTHER_VERSION, IN_USE, NOT_WRITABLE -> wrongInput(
                    console, failure.getMessage());
            case DAMAGED, FULL, REFUSED, FAILED -> {
                console.message("mettle: " + failure.getMessage());
                yield ExitCode.FAILED;
            }
        };
    }

    private static int wrongInput(Console console, String message) {
        console.message("mettle: " + message);
        return ExitCode.WRONG_INPUT;
    }
}
