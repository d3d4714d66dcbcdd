package dev.mettle.cli;

import java.util.Optional;

/**
 * A row of a table of losses; each column but the loss may be absent.
 *
 * @param line of the file, from 1
 * @param candidate which candidate
 * @param purpose what it was trained for
 * @param instance its number, of init and sample together
 * @param init number of its initial weights
 * @param sample number of its sample
 * @param order number of its order of mini-batches, where that is not tied to init
 * @param rows size of its training sample
 * @param loss +infinity for a failed instance
 */
record LossRow(
        long line,
        String candidate,
        Optional<String> purpose,
        Optional<String> instance,
        Optional<String> init,
        Optional<String> sample,
        Optional<String> order,
        Optional<String> rows,
        double loss) {}
