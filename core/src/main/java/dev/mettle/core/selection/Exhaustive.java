package dev.mettle.core.selection;

import java.util.List;

/** Gives every candidate all instances and drops none; all work is asked for at once. */
final class Exhaustive implements SelectionAlgorithm {
    private final Field field;

    Exhaustive(Field field) {
        this.field = field;
    }

    @Override
    public Selection select(LossTable table) {
        field.require(table);
        List<String> candidates = field.candidates();
        List<Cell> unknown = field.unknown(table, candidates, 0, field.instances());
        if (!unknown.isEmpty()) {
            return new Selection(
                    List.of(),
                    new Selection.Next.Train(unknown, field.instances(), candidates.size()));
        }
        return Field.done(List.of(), field.standings(table, candidates, field.instances()));
    }

    @Override
    public long trainingsAtMost() {
        return (long) field.candidates().size() * field.instances();
    }

    @Override
    public boolean isCountExact() {
        return true;
    }

    @Override
    public int fewestFinalists() {
        return field.candidates().size();
    }

    @Override
    public int instances() {
        return field.instances();
    }
}
