package dev.mettle.data;

import dev.mettle.core.study.DataException;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Collects what is wrong with data, so that the user sees it all at once. */
final class Faults {
    private final List<DataException.Fault> found = new ArrayList<>();

    /** Returns what the check returns; empty when it throws, which is then kept. */
    <T> Optional<T> collect(Supplier<T> check) {
        try {
            return Optional.of(check.get());
        } catch (DataException e) {
            e.faults().stream().filter(fault -> !found.contains(fault)).forEach(found::add);
            return Optional.empty();
        }
    }

    /**
     * Ends the work on data that are wrong.
     *
     * @throws DataException with everything that was kept, when there is anything
     */
    void throwIfAny() {
        if (!found.isEmpty()) {
            throw new DataException(found);
        }
    }
}
