package dev.mettle.core.study;

import java.util.List;
import java.util.stream.Collectors;

/** The data do not fit the study: everything that was found, for the user. */
public final class DataException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<Fault> faults;

    /**
     * One thing that is wrong.
     *
     * @param key the study's key that names it ({@code file}, {@code input}, {@code target}, {@code
     *     features}, {@code validation} ... of the section {@code data}); {@code features.bmi}
     *     names one of them
     * @param message where, what was found, what is allowed, what to try
     */
    public record Fault(String key, String message) {}

    /** Takes a single fault, as key and message. */
    public DataException(String key, String message) {
        this(List.of(new Fault(key, message)));
    }

    /** Takes the faults, at least one. */
    public DataException(List<Fault> faults) {
        super(faults.stream().map(Fault::message).collect(Collectors.joining("\n")));
        this.faults = List.copyOf(faults);
    }

    /** Returns the key of the section {@code data} to which the first fault belongs. */
    public String key() {
        return faults.getFirst().key();
    }

    /** Returns what is wrong, in the order found. */
    public List<Fault> faults() {
        return faults;
    }
}
