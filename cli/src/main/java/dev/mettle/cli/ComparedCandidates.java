package dev.mettle.cli;

import dev.mettle.cli.yaml.YamlReader;
import dev.mettle.core.document.Mapping;
import dev.mettle.core.document.Node;
import dev.mettle.core.document.Scalar;
import dev.mettle.core.document.Sequence;
import dev.mettle.core.run.DroppedCandidates;
import dev.mettle.core.run.RunRecord;
import dev.mettle.core.selection.Ranked;
import dev.mettle.core.study.Candidate;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The candidates of a run that are tried on other data.
 *
 * @param selected finalists, best first
 * @param drawn some of the others, by lot, in the order drawn
 * @param dropped how many others there are
 */
record ComparedCandidates(List<String> selected, List<String> drawn, int dropped) {
    /** What an id is made of, and what may leave a candidate out. */
    private static final List<String> SECTIONS =
            List.of("task", "model", "space", "constraints", "training");

    ComparedCandidates {
        selected = List.copyOf(selected);
        drawn = List.copyOf(drawn);
    }

    /**
     * Chooses them.
     *
     * @param finalists best first, at least one
     * @param most finalists that count as selected; null for all
     * @param wanted how many of the others
     */
    static ComparedCandidates of(
            RunRecord run,
            List<Ranked> finalists,
            @Nullable Integer most,
            int wanted,
            Console console) {
        List<String> selected =
                finalists.stream()
                        .map(Ranked::candidate)
                        .limit(most == null ? finalists.size() : most)
                        .toList();
        DroppedCandidates others = new DroppedCandidates(run, selected);
        if (others.count() == 0) {
            console.message(
                    "note: no candidate was dropped, so nothing stands beside the %d selected ones; --selected N takes the best N of them as selected and the others as dropped."
                            .formatted(selected.size()));
        } else if (others.count() < wanted) {
            console.message(
                    "note: only %d candidates were dropped; all of them are taken."
                            .formatted(others.count()));
        }
        return new ComparedCandidates(selected, others.draw(wanted), others.count());
    }

    /** Returns all of them, selected ones first. */
    List<String> ids() {
        return Stream.concat(selected.stream(), drawn.stream()).toList();
    }

    /** Says how many there are. */
    String text() {
        return "%d selected%s"
                .formatted(
                        selected.size(),
                        drawn.isEmpty()
                                ? ""
                                : drawn.size() == dropped
                                        ? " and all %d dropped".formatted(dropped)
                                        : " and %d of %,d dropped"
                                                .formatted(drawn.size(), dropped));
    }

    /**
     * Makes sure that the other study has all of them.
     *
     * @throws UserException when it lacks one, with the sections in which the studies differ
     */
    void requireIn(OpenStudy there, OpenStudy here) {
        Map<String, Candidate> known = new HashMap<>();
        there.study().candidates().forEach(candidate -> known.put(candidate.id(), candidate));
        List<String> lacking = ids().stream().filter(id -> !known.containsKey(id)).toList();
        if (lacking.isEmpty()) {
            return;
        }
        String example =
                here.study().candidates().stream()
                        .filter(candidate -> candidate.id().equals(lacking.getFirst()))
                        .map(candidate -> candidate.id() + " " + candidate.settingsText())
                        .findFirst()
                        .orElse(lacking.getFirst());
        List<String> sections = differing(here.study().text(), there.study().text());
        throw new UserException(
                """
                %s lacks %d of the %d candidates to compare, such as %s.
                A candidate is the same only where network and training are the same. %s
                Copy 'model', 'space' and 'training' from %s.\
                """
                        .formatted(
                                there.file(),
                                lacking.size(),
                                ids().size(),
                                example.strip(),
                                sections.isEmpty()
                                        ? "The sections are the same, but not what they come to"
                                                + " with these data."
                                        : "Sections that differ: %s."
                                                .formatted(String.join(", ", sections)),
                                here.file()));
    }

    private static List<String> differing(String here, String there) {
        Node first = YamlReader.parse(here);
        Node second = YamlReader.parse(there);
        return SECTIONS.stream()
                .filter(section -> !same(section(first, section), section(second, section)))
                .toList();
    }

    private static Optional<Node> section(Node document, String name) {
        return document instanceof Mapping mapping
                ? mapping.entry(name).map(Mapping.Entry::value)
                : Optional.empty();
    }

    private static boolean same(Optional<Node> first, Optional<Node> second) {
        return first.isPresent() == second.isPresent()
                && (first.isEmpty() || same(first.get(), second.orElseThrow()));
    }

    /** Tells whether two nodes say the same, wherever they are written. */
    private static boolean same(Node first, Node second) {
        return switch (first) {
            case Scalar a -> second instanceof Scalar b && a.text().equals(b.text());
            case Sequence a -> second instanceof Sequence b && same(a.items(), b.items());
            case Mapping a ->
                    second instanceof Mapping b
                            && a.entries().size() == b.entries().size()
                            && a.entries().stream()
                                    .allMatch(entry ->
                                            b.entry(entry.key().text())
                                                    .filter(other ->
                                                            same(entry.value(), other.value()))
                                                    .isPresent());
        };
    }

    private static boolean same(List<Node> first, List<Node> second) {
        boolean same = first.size() == second.size();
        for (int i = 0; same && i < first.size(); i++) {
            same = same(first.get(i), second.get(i));
        }
        return same;
    }

    /** Returns what a reader of the comparison should know, a line each. */
    List<String> notes(OpenStudy here, OpenStudy there) {
        List<String> notes = new ArrayList<>();
        if (here.data().checksum().equals(there.data().checksum())) {
            notes.add(
                    "warning: %s has the same data as the run: what agrees says how well the measurement repeats, not that anything generalises."
                            .formatted(there.file()));
        }
        if (here.study().sample() != there.study().sample()) {
            notes.add(
                    "note: a training draws %,d rows here and %,d there, so the data are not all that differs."
                            .formatted(here.study().sample(), there.study().sample()));
        }
        return notes;
    }
}
