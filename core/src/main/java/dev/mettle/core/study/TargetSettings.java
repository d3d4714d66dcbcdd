package dev.mettle.core.study;

import java.util.List;

/** Which arrays hold the targets, and how they are scaled. */
public sealed interface TargetSettings {
    /**
     * Numbers.
     *
     * @param columns at least one, with different names, in the order of the network's outputs
     */
    record Regression(List<Column> columns) implements TargetSettings {
        public Regression {
            columns = List.copyOf(columns);
            if (columns.isEmpty()) {
                throw new IllegalArgumentException("a regression needs at least one target.");
            }
        }
    }

    /**
     * Classes.
     *
     * @param name array of the labels 0, 1, ...
     * @param classes their names in the order of the labels; empty when the study names none
     */
    record Classification(String name, List<String> classes) implements TargetSettings {
        public Classification {
            classes = List.copyOf(classes);
        }
    }

    /**
     * One target of a regression.
     *
     * @param name of the array
     * @param scale {@code none}, {@code standard} or {@code log}
     */
    record Column(String name, ScaleKind scale) {}

    /** Returns the settings of a regression of one target. */
    static TargetSettings regression(String name, ScaleKind scale) {
        return new Regression(List.of(new Column(name, scale)));
    }

    /** Returns the names of the arrays. */
    default List<String> names() {
        return switch (this) {
            case Regression regression -> regression.columns().stream().map(Column::name).toList();
            case Classification classification -> List.of(classification.name());
        };
    }

    /** Returns the scale of each array; {@link ScaleKind#NONE} for labels. */
    default List<ScaleKind> scales() {
        return switch (this) {
            case Regression regression -> regression.columns().stream().map(Column::scale).toList();
            case Classification _ -> List.of(ScaleKind.NONE);
        };
    }

    /** Returns what kind of task it is. */
    default TaskKind kind() {
        return switch (this) {
            case Regression _ -> TaskKind.REGRESSION;
            case Classification _ -> TaskKind.CLASSIFICATION;
        };
    }
}
