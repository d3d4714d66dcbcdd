package dev.mettle.core.study;

import dev.mettle.core.document.Node;
import dev.mettle.core.document.Scalar;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/** A value for every dimension that one candidate uses. */
final class Assignment implements Scope, Comparable<Assignment> {
    /** Position of a dimension that the candidate does not use. */
    static final int ABSENT = -1;

    private final Space space;
    private final int[] chosen;

    /** Takes the position of the value of every dimension, or {@link #ABSENT}; copies it. */
    Assignment(Space space, int[] chosen) {
        this.space = space;
        this.chosen = chosen.clone();
    }

    /** Returns the assignment with these values, by label; empty where the space lacks one. */
    static Optional<Assignment> of(Space space, SequencedMap<String, String> settings) {
        int[] chosen = new int[space.dimensions().size()];
        Arrays.fill(chosen, ABSENT);
        for (Map.Entry<String, String> setting : settings.entrySet()) {
            int d = space.position(setting.getKey());
            int position = d < 0 ? ABSENT : space.dimensions().get(d).position(setting.getValue());
            if (position == ABSENT) {
                return Optional.empty();
            }
            chosen[d] = position;
        }
        return Optional.of(new Assignment(space, chosen));
    }

    @Override
    public Optional<Node> resolve(Node node) {
        Node resolved = node;
        while (resolved instanceof Scalar reference && Scope.isReference(reference)) {
            int dimension = space.position(Scope.referred(reference));
            if (dimension < 0 || chosen[dimension] == ABSENT) {
                return Optional
                        .empty(); // no such dimension, or one without a valid value: reported with
                // the space
            }
            resolved = space.dimensions().get(dimension).value(chosen[dimension]).node();
        }
        return Optional.of(resolved);
    }

    boolean uses(int dimension) {
        return chosen[dimension] != ABSENT;
    }

    /** Returns the position of a dimension's value, or {@link #ABSENT}. */
    int position(int dimension) {
        return chosen[dimension];
    }

    /** Returns the positions of the values of some dimensions. */
    List<Integer> positions(BitSet dimensions) {
        List<Integer> positions = new ArrayList<>(dimensions.cardinality());
        for (int d = dimensions.nextSetBit(0); d >= 0; d = dimensions.nextSetBit(d + 1)) {
            positions.add(chosen[d]);
        }
        return positions;
    }

    /** Returns the label of every dimension used, in the order of the space. */
    SequencedMap<String, String> settings() {
        SequencedMap<String, String> settings = new LinkedHashMap<>();
        for (int d = 0; d < chosen.length; d++) {
            if (uses(d)) {
                Space.Dimension dimension = space.dimensions().get(d);
                settings.put(dimension.name().text(), dimension.value(chosen[d]).label());
            }
        }
        return settings;
    }

    /** Returns {@code c1=8,lr=0.001}. */
    String text() {
        return Candidate.settingsText(settings());
    }

    /** Orders as the space is written, the last dimension varying fastest. */
    @Override
    public int compareTo(Assignment other) {
        return Arrays.compare(chosen, other.chosen);
    }

    /** Tells whether the other one, of the same space, has the same values. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Assignment assignment && Arrays.equals(chosen, assignment.chosen);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(chosen);
    }
}
