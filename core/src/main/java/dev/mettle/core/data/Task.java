package dev.mettle.core.data;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;

/** What a network is to predict from a row. */
public sealed interface Task {
    /**
     * Numbers.
     *
     * @param targets names of the targets, at least one, different, in the order of the network's
     *     outputs
     */
    record Regression(List<String> targets) implements Task {
        public Regression {
            targets = List.copyOf(targets);
            requireDifferent("target", targets, 1);
        }
    }

    /**
     * One of several classes.
     *
     * @param target name of the labels 0, 1, ...
     * @param classes names of the classes in the order of their labels, at least two, different
     */
    record Classification(String target, List<String> classes) implements Task {
        public Classification {
            classes = List.copyOf(classes);
            requireDifferent("class", classes, 2);
        }

        /** Returns the names of classes that have none of their own: 0, 1, ... */
        public static List<String> numbered(int classes) {
            return IntStream.range(0, classes).mapToObj(Integer::toString).toList();
        }
    }

    /** Returns the regression of one target. */
    static Task regression(String target) {
        return new Regression(List.of(target));
    }

    /** Returns the names of the arrays of targets: those of a regression, or the one of labels. */
    default List<String> targetNames() {
        return switch (this) {
            case Regression regression -> regression.targets();
            case Classification classification -> List.of(classification.target());
        };
    }

    /** Returns how many numbers a row's target has. */
    default int targetCount() {
        return targetNames().size();
    }

    private static void requireDifferent(String what, List<String> names, int least) {
        if (names.size() < least) {
            throw new IllegalArgumentException(
                    "%d %s names are too few; at least %d are needed."
                            .formatted(names.size(), what, least));
        }
        if (new HashSet<>(names).size() < names.size()) {
            names.stream()
                    .filter(name -> Collections.frequency(names, name) > 1)
                    .findFirst()
                    .ifPresent(name -> {
                        throw new IllegalArgumentException(
                                "the %s name '%s' is there twice.".formatted(what, name));
                    });
        }
    }
}
