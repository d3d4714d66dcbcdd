package dev.mettle.core.instance;

import dev.mettle.core.random.Purpose;
import dev.mettle.core.random.Seed;

import java.util.OptionalInt;

/**
 * Names one instance: with the study's seed it determines every bit of its result.
 *
 * @param candidate the candidate's id
 * @param purpose what it is trained for
 * @param init index of the initialisation, 0 and up
 * @param sample index of the sample, 0 and up; equal to {@code init} but in a crossed grid
 * @param order index of the order of mini-batches where it is a source of its own, 0 and up; empty
 *     where it follows from the initialisation's seed
 * @param rows rows of the training sample where they are not as many as the study's, at least 1;
 *     empty for as many as the study says
 */
public record InstanceKey(
        String candidate,
        Purpose purpose,
        int init,
        int sample,
        OptionalInt order,
        OptionalInt rows) {
    public InstanceKey {
        if (init < 0 || sample < 0 || order.orElse(0) < 0 || rows.orElse(1) < 1) {
            throw new IllegalArgumentException(
                    "init (%d), sample (%d) and order (%s) must be 0 or more, rows (%s) 1 or more."
                            .formatted(init, sample, order, rows));
        }
    }

    /** Returns the instance whose initialisation and sample have the same index. */
    public static InstanceKey paired(String candidate, Purpose purpose, int index) {
        return new InstanceKey(
                candidate, purpose, index, index, OptionalInt.empty(), OptionalInt.empty());
    }

    /** Returns a cell of the crossed grid of initialisations and samples. */
    public static InstanceKey crossed(String candidate, int init, int sample) {
        return new InstanceKey(
                candidate,
                Purpose.DECOMPOSE,
                init,
                sample,
                OptionalInt.empty(),
                OptionalInt.empty());
    }

    /** Returns the same instance with an order of mini-batches of its own. */
    public InstanceKey withOrder(int index) {
        return new InstanceKey(candidate, purpose, init, sample, OptionalInt.of(index), rows);
    }

    /**
     * Returns the same instance on so many rows: the first ones of any larger sample of its seed.
     */
    public InstanceKey withRows(int count) {
        return new InstanceKey(candidate, purpose, init, sample, order, OptionalInt.of(count));
    }

    /** Returns the seed of the initial weights. */
    public Seed initSeed(long studySeed) {
        return new Seed(studySeed, purpose, Seed.Source.INIT, init);
    }

    /** Returns the seed of the sample. */
    public Seed sampleSeed(long studySeed) {
        return new Seed(studySeed, purpose, Seed.Source.SAMPLE, sample);
    }

    /** Returns the seed of the order of mini-batches, and of augmentation. */
    public Seed orderSeed(long studySeed) {
        return order.isPresent()
                ? new Seed(studySeed, purpose, Seed.Source.ORDER, order.getAsInt())
                : initSeed(studySeed);
    }
}
