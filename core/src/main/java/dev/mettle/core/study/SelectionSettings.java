package dev.mettle.core.study;

import dev.mettle.core.statistics.Criterion;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a winner is selected.
 *
 * @param algorithm which algorithm, with what only it needs
 * @param criterion what is compared; smaller is better
 * @param instances instances of a finalist, at least 1
 * @param per dimension for each of whose values a winner is picked
 * @param audit share of the dropped candidates that are trained in full afterwards, 0 to 1; 0 for
 *     no audit
 */
public record SelectionSettings(
        Algorithm algorithm,
        Criterion criterion,
        int instances,
        Optional<String> per,
        double audit) {
    /** A selection algorithm's own settings. */
    public sealed interface Algorithm {
        /** Every candidate gets all instances. */
        record Exhaustive() implements Algorithm {}

        /**
         * The paper's Algorithm 1.
         *
         * @param warmup iterations before the first elimination, at least 1
         * @param survivors candidates that are never dropped, at least 1
         * @param drop which candidates an iteration drops
         */
        record Progressive(int warmup, int survivors, Drop drop) implements Algorithm {
            public Progressive {
                if (warmup < 1 || survivors < 1) {
                    throw new IllegalArgumentException(
                            "warmup (%d) and survivors (%d) must be 1 or more."
                                    .formatted(warmup, survivors));
                }
            }
        }

        /**
         * Successive halving on instances.
         *
         * @param eta of n candidates ⌊n/eta⌋ stay after a round, at least 2
         * @param warmup instances of every candidate before the first elimination, at least 1
         * @param survivors candidates that are never dropped, at least 1
         */
        record Halving(int eta, int warmup, int survivors) implements Algorithm {
            public Halving {
                if (eta < 2 || warmup < 1 || survivors < 1) {
                    throw new IllegalArgumentException(
                            "eta (%d) must be 2 or more, warmup (%d) and survivors (%d) 1 or more."
                                    .formatted(eta, warmup, survivors));
                }
            }
        }

        /**
         * A race with few looks that checks how often it drops a candidate as good as its winner.
         *
         * @param survivors candidates that are never dropped, at least 1
         * @param previewRows rows of the trainings that tell who may race, at least 1; empty where
         *     everybody races
         */
        record Racing(int survivors, OptionalInt previewRows) implements Algorithm {
            public Racing {
                if (survivors < 1 || previewRows.orElse(1) < 1) {
                    throw new IllegalArgumentException(
                            "survivors (%d) and rows of a preview (%s) must be 1 or more."
                                    .formatted(survivors, previewRows));
                }
            }
        }

        /** Returns the rows of a preview, where the algorithm has previews. */
        default OptionalInt previewRows() {
            return OptionalInt.empty();
        }

        /** Returns the name that study files use. */
        default String label() {
            return switch (this) {
                case Exhaustive _ -> "exhaustive";
                case Progressive _ -> "progressive";
                case Halving _ -> "halving";
                case Racing _ -> "racing";
            };
        }
    }

    /** Which candidates an iteration of {@code progressive} drops. */
    public sealed interface Drop {
        /** All but the better half, rounded down. */
        record Half() implements Drop {}

        /** Those whose criterion is above a limit. */
        record Above(double limit) implements Drop {}

        /**
         * Those whose cv is above a limit, or that have a failed instance (the paper's "fails the
         * criterion").
         */
        record CvAbove(double limit) implements Drop {}
    }

    public SelectionSettings {
        if (instances < 1) {
            throw new IllegalArgumentException(
                    "instances (%d) must be 1 or more.".formatted(instances));
        }
        if (!(audit >= 0 && audit <= 1)) {
            throw new IllegalArgumentException("audit (%s) must be from 0 to 1.".formatted(audit));
        }
    }
}
