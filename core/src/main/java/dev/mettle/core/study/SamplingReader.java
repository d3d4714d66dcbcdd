package dev.mettle.core.study;

import dev.mettle.core.document.Mapping;
import dev.mettle.core.document.Node;
import dev.mettle.core.document.Place;

import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/** Reads the section {@code sampling} and checks it against the space. */
final class SamplingReader {
    static final SequencedMap<String, SamplingSettings.Method> METHODS =
            Words.of(SamplingSettings.Method.values());
    private static final List<String> KEYS = List.of("method", "count", "rounds");

    /** Each round needs candidates of its own to learn from. */
    static final int MOST_ROUNDS = 20;

    private final Problems problems;
    private final SobolSequence sobol;

    SamplingReader(SobolSequence sobol, Problems problems) {
        this.sobol = sobol;
        this.problems = problems;
    }

    static List<String> keys() {
        return KEYS;
    }

    /** Reads the section, if the study has one; reports ranges if it has none. */
    Optional<SamplingSettings> read(Section study, Space space, List<Node> roots) {
        if (!study.has("sampling")) {
            if (!study.isMeant("sampling")) {
                reportRanges(space);
            }
            return Optional.empty();
        }
        Mapping.Entry entry = study.entry("sampling").orElseThrow();
        Place at = entry.key().place();
        if (!study.has("space")) {
            problems.add(
                    at,
                    "sampling draws candidates from a space, but the study has none; take it out,"
                            + " or add space: {lr: {min: 1e-4, max: 1e-2, log: true}}.");
        }
        return Section.open(
                        entry.value(), "'sampling'", at, KEYS, Scope.outside(problems), problems)
                .flatMap(section -> settings(section, space, roots));
    }

    private Optional<SamplingSettings> settings(Section section, Space space, List<Node> roots) {
        Optional<SamplingSettings.Method> method =
                section.word("method", METHODS, StudyDefaults.SAMPLING);
        Optional<Integer> count = section.whole("count", 1, StudyDefaults.MOST_CANDIDATES);
        Optional<Integer> rounds = section.whole("rounds", 1, MOST_ROUNDS, StudyDefaults.ROUNDS);
        int dimensions = space.dimensions().size();
        if (method.equals(Optional.of(SamplingSettings.Method.SOBOL))
                && dimensions > sobol.mostCoordinates()) {
            problems.add(
                    section.keyPlace("method"),
                    "method sobol is for at most %,d dimensions, but the space has %,d; write"
                            + " method: random.",
                    sobol.mostCoordinates(),
                    dimensions);
            return Optional.empty();
        }
        if (dimensions > 0) {
            count.ifPresent(wanted -> checkCount(wanted, section.place("count"), space, roots));
        }
        if (method.isEmpty() || count.isEmpty() || rounds.isEmpty()) {
            return Optional.empty();
        }
        if (rounds.get() > count.get()) {
            problems.add(
                    section.place("rounds"),
                    "rounds (%d) is above count (%,d), but every round draws at least one of the"
                            + " candidates; write rounds: %d or less.",
                    rounds.get(),
                    count.get(),
                    count.get());
            return Optional.empty();
        }
        return Optional.of(new SamplingSettings(method.get(), count.get(), rounds.get()));
    }

    private void checkCount(int wanted, Place at, Space space, List<Node> roots) {
        if (space.dimensions().stream().anyMatch(Space.Dimension::isWrong)) {
            return; // its mistake is reported, and it may have more values
        }
        long all = Combinations.upTo(wanted + 1L, space, roots);
        if (all < wanted) {
            problems.add(
                    at,
                    "sampling asks for %,d candidates, but the space has only %,d; write a smaller"
                            + " count, or take sampling out to have them all.",
                    wanted,
                    all);
        } else if (all == wanted && !space.hasRanges()) {
            problems.warn(
                    "sampling: the space has no more than the %,d candidates asked for; without"
                            + " sampling it is taken as a whole.",
                    wanted);
        }
    }

    private void reportRanges(Space space) {
        List<String> names =
                space.dimensions().stream()
                        .filter(dimension -> dimension.range().isPresent())
                        .map(dimension -> dimension.name().text())
                        .toList();
        space.dimensions().stream()
                .filter(dimension -> dimension.range().isPresent())
                .findFirst()
                .ifPresent(first ->
                        problems.add(
                                first.name().place(),
                                "a space with ranges (%s) can't be taken as a whole; say how many"
                                        + " candidates to draw from it: sampling: {method: sobol,"
                                        + " count: 64}, beside 'space'.",
                                String.join(", ", names)));
    }
}
