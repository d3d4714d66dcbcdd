package dev.mettle.core.study;

import java.util.List;
import java.util.Optional;

/** Which rows are held out: some of them by a rule, or those that the study names. */
public sealed interface SplitSettings {
    /**
     * How many rows are held out.
     *
     * @param validation number of validation rows, at least 1
     * @param test number of test rows, at least 1
     */
    record Counts(int validation, int test) {
        public Counts {
            if (validation < 1 || test < 1) {
                throw new IllegalArgumentException(
                        "validation (%d) and test (%d) must be 1 or more."
                                .formatted(validation, test));
            }
        }
    }

    /** Rows at random. */
    record Random(Counts wanted) implements SplitSettings {
        /** As many rows as that. */
        public Random(int validation, int test) {
            this(new Counts(validation, test));
        }

        @Override
        public Optional<Counts> counts() {
            return Optional.of(wanted);
        }
    }

    /**
     * Groups at random: rows with the same value of a column stay together.
     *
     * @param by name of the column
     * @param wanted least numbers of rows; the last group may bring more
     */
    record Groups(String by, Counts wanted) implements SplitSettings {
        @Override
        public List<String> columns() {
            return List.of(by);
        }

        @Override
        public Optional<Counts> counts() {
            return Optional.of(wanted);
        }
    }

    /**
     * The latest rows: test, and before it validation. Rows of equal time stay together.
     *
     * @param by name of the column of times
     * @param wanted least numbers of rows; rows of equal time may bring more
     */
    record Time(String by, Counts wanted) implements SplitSettings {
        @Override
        public List<String> columns() {
            return List.of(by);
        }

        @Override
        public Optional<Counts> counts() {
            return Optional.of(wanted);
        }
    }

    /**
     * Rows of files of their own, with the same arrays as the study's file.
     *
     * @param validation path or pattern, looked up as the study's file is
     * @param test likewise
     */
    record Files(String validation, String test) implements SplitSettings {}

    /**
     * Rows at which a column is 1 or true.
     *
     * @param validation name of the column
     * @param test likewise
     */
    record Masks(String validation, String test) implements SplitSettings {
        @Override
        public List<String> columns() {
            return List.of(validation, test);
        }
    }

    /**
     * Each row's part by its name, or as 0 (pool), 1 (validation), 2 (test).
     *
     * @param part name of the column
     */
    record Column(String part) implements SplitSettings {
        @Override
        public List<String> columns() {
            return List.of(part);
        }
    }

    /** Returns the columns of the data that it looks at. */
    default List<String> columns() {
        return List.of();
    }

    /** Returns how many rows are to be held out; empty where the data say which. */
    default Optional<Counts> counts() {
        return Optional.empty();
    }
}
