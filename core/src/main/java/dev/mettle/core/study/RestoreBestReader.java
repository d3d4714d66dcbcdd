package dev.mettle.core.study;

import dev.mettle.core.document.Mapping;
import dev.mettle.core.document.Node;
import dev.mettle.core.document.Scalar;

import java.util.List;
import java.util.Optional;

/** Reads whether the best epoch is restored: {@code {patience: 10, holdout: 0.2}}, or none. */
final class RestoreBestReader {
    private static final List<String> KEYS = List.of("patience", "holdout");

    private final Problems problems;

    RestoreBestReader(Problems problems) {
        this.problems = problems;
    }

    /** Returns the keys of {@code restore_best}. */
    static List<String> keys() {
        return KEYS;
    }

    /** Reads the setting of a section {@code training}; {@code Optional.of(empty)} is: none. */
    Optional<Optional<RestoreBest>> read(Section training, Scope scope) {
        if (!training.has("restore_best")) {
            return Optional.of(Optional.empty());
        }
        return training.value("restore_best").flatMap(node -> read(node, training, scope));
    }

    private Optional<Optional<RestoreBest>> read(Node node, Section training, Scope scope) {
        if (node instanceof Scalar scalar && scalar.text().equals("none")) {
            return Optional.of(Optional.empty());
        }
        RestoreBest absent = StudyDefaults.RESTORE_BEST;
        if (!(node instanceof Mapping mapping)) {
            problems.add(
                    node.place(),
                    "restore_best must be none or {patience: %d, holdout: %s}, but is %s.",
                    absent.patience(),
                    absent.holdout(),
                    node.described());
            return Optional.empty();
        }
        return Section.open(
                        mapping,
                        "'restore_best'",
                        training.keyPlace("restore_best"),
                        KEYS,
                        scope,
                        problems)
                .flatMap(section -> {
                    Optional<Integer> patience =
                            section.whole("patience", 1, Integer.MAX_VALUE, absent.patience());
                    Optional<Double> holdout =
                            section.number("holdout", Limits.INSIDE, absent.holdout());
                    return patience.flatMap(
                            p -> holdout.map(h -> Optional.of(new RestoreBest(p, h))));
                });
    }
}
