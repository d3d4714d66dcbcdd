package dev.mettle.data;

import java.io.EOFException;
import java.nio.BufferUnderflowException;

/** Says what is wrong with a file that a reader broke off. */
final class Damage {
    private Damage() {}

    /** Returns the message of the innermost cause that has one, or what its kind tells. */
    static String why(Throwable problem) {
        String why = "its parts contradict one another";
        for (Throwable at = problem; at != null; at = at.getCause()) {
            boolean ends = at instanceof BufferUnderflowException || at instanceof EOFException;
            String kind = ends ? "it ends too early" : why;
            why = at.getMessage() == null ? kind : at.getMessage();
        }
        return why;
    }
}
