package dev.mettle.core.study;

import dev.mettle.core.document.Node;
import dev.mettle.core.document.Scalar;

import java.util.Optional;

/** What {@code $name} stands for at the part of a study that is being read. */
@FunctionalInterface
interface Scope {
    /**
     * Returns the node itself, or for a reference the value it stands for, which is never a
     * reference; empty when it stands for nothing, which has then been reported.
     */
    Optional<Node> resolve(Node node);

    /**
     * Returns the scope of the sections that belong to no candidate: a reference there is a
     * mistake.
     */
    static Scope outside(Problems problems) {
        return node -> {
            if (!isReference(node)) {
                return Optional.of(node);
            }
            problems.add(
                    node.place(),
                    "%s refers to a dimension of the space, which only values in 'model' and"
                            + " 'training' may do.",
                    node.described());
            return Optional.empty();
        };
    }

    /** Tells whether a node is {@code $name}. */
    static boolean isReference(Node node) {
        return node instanceof Scalar scalar
                && scalar.kind() == Scalar.Kind.STRING
                && scalar.text().startsWith("$");
    }

    /** Returns the dimension that a reference names. */
    static String referred(Scalar reference) {
        return reference.text().substring(1);
    }
}
