package dev.mettle.core.instance;

import dev.mettle.core.study.Candidate;

import java.util.List;
import java.util.function.Consumer;

/** Runs instances, on threads or machines. The results do not depend on which. */
public interface InstanceExecutor {
    /**
     * Learns of candidates that instances may be asked for from now on; by default forgets them.
     */
    default void admit(List<Candidate> candidates) {}

    /**
     * Trains every instance named and hands each result over once, in any order, from any thread
     * but one at a time.
     *
     * @throws InterruptedException when the work is to stop; results handed over by then are good,
     *     instances in flight are lost
     */
    void execute(List<InstanceKey> keys, Consumer<InstanceResult> sink) throws InterruptedException;
}
