package dev.mettle.cli;

import dev.mettle.core.run.RunPlan;
import dev.mettle.core.statistics.components.Arms;
import dev.mettle.core.statistics.components.Decomposition;

import java.util.Optional;

/**
 * What {@code decompose} found about one candidate.
 *
 * @param candidate its id or name
 * @param decomposition of its grid
 * @param arms where there are some
 * @param trained of losses that Mettle trained; empty for losses made elsewhere
 */
record DecompositionResult(
        String candidate,
        Decomposition decomposition,
        Optional<Arms> arms,
        Optional<Trained> trained) {
    /**
     * What is known of losses that Mettle trained.
     *
     * @param plan of the run
     * @param directory of the run
     * @param orderTied whether the order of mini-batches follows from the initialisation
     */
    record Trained(RunPlan plan, RunDirectory directory, boolean orderTied) {}

    boolean determined() {
        return decomposition.result() instanceof Decomposition.Determined;
    }
}
