package dev.mettle.core.study;

import dev.mettle.core.document.Mapping;
import dev.mettle.core.document.Node;
import dev.mettle.core.document.Place;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The space of a study with its assignments: all of them, or a sample. */
final class StudySpace {
    /** What mistakes are looked for with, where the study does not say how to draw. */
    private static final SamplingSettings TRIAL =
            new SamplingSettings(SamplingSettings.Method.RANDOM, 16, 1);

    private final Section study;
    private final Problems problems;
    private final SobolSequence sobol;
    private final List<Node> roots;
    private final Space space;
    private final Optional<SamplingSettings> settings;
    private final List<Assignment> assignments = new ArrayList<>();
    private int points;
    private int duplicates;
    private int excluded;

    /** Reads the sections {@code space} and {@code sampling}. */
    StudySpace(Section study, SobolSequence sobol, Problems problems) {
        this.study = study;
        this.sobol = sobol;
        this.problems = problems;
        this.roots =
                List.of("model", "training").stream()
                        .flatMap(key -> study.entry(key).stream())
                        .map(Mapping.Entry::value)
                        .toList();
        this.space = new SpaceReader(problems).read(study.entry("space"), roots);
        this.settings = new SamplingReader(sobol, problems).read(study, space, roots);
    }

    Space space() {
        return space;
    }

    /** Returns how the candidates were drawn; empty when they are the whole space. */
    Optional<Sampling> sampling() {
        return settings.map(asked -> new Sampling(asked, points, duplicates));
    }

    /**
     * Has every assignment read that may become a candidate.
     *
     * @param seed of the study; another one draws other candidates
     * @param mostParameters the constraint
     */
    void readInto(CandidateReader reader, long seed, long mostParameters) {
        Optional<Mapping.Entry> model = study.requiredEntry("model");
        Optional<Mapping.Entry> training = study.requiredEntry("training");
        if (study.has("sampling") || space.hasRanges()) {
            draw(reader.drawing(model, training, mostParameters), seed);
        } else {
            assignments.addAll(Expansion.of(space, roots, study.keyPlace("space"), problems));
            reader.read(model, training, assignments);
        }
    }

    private void draw(CandidateReader.Drawing drawing, long seed) {
        SamplingSettings asked = settings.orElse(TRIAL);
        Sampler sampler = new Sampler(space, roots, points(asked.method(), seed));
        Set<Assignment> seen = new HashSet<>();
        int wanted = asked.drawn(1);
        while (assignments.size() < wanted && points < asked.mostPoints(1)) {
            Assignment next = sampler.next();
            points++;
            if (!seen.add(next)) {
                duplicates++;
                continue;
            }
            switch (drawing.read(next)) {
                case TAKEN -> assignments.add(next);
                case TWIN -> duplicates++;
                case EXCLUDED -> excluded++;
            }
        }
        Expansion.reportUnused(space, space.closure(roots), problems);
        if (settings.isPresent() && assignments.size() < wanted) {
            problems.warn(
                    "sampling: %,d points gave only %,d of the %,d candidates asked for (%,d"
                            + " duplicates, %,d excluded).",
                    points, assignments.size(), wanted, duplicates, excluded);
        }
    }

    private Supplier<double[]> points(SamplingSettings.Method method, long seed) {
        int dimensions = space.dimensions().size();
        return switch (method) {
            case SOBOL -> Sampler.sobol(seed, dimensions, sobol);
            case RANDOM -> Sampler.random(seed, dimensions);
        };
    }

    /** Tells whether later rounds draw more candidates. */
    boolean hasMoreRounds() {
        return settings.filter(asked -> asked.rounds() > 1).isPresent();
    }

    /** Returns the parts of the study that may refer to dimensions. */
    List<Node> roots() {
        return roots;
    }

    /** Returns how many assignments a constraint left out, given how many became candidates. */
    int excluded(int candidates) {
        return excluded + assignments.size() - candidates;
    }

    /** Reports a dimension that can't divide the candidates into groups. */
    void checkPer(String per, Place at) {
        String name = per.startsWith("$") ? per.substring(1) : per;
        int position = space.position(per);
        if (position < 0) {
            problems.add(
                    at,
                    "per must name a dimension of the space, but is '%s'%s Dimensions: %s.",
                    per,
                    Suggestion.ending(name, space.names()),
                    space.names().isEmpty() ? "none" : String.join(", ", space.names()));
            return;
        }
        Space.Dimension dimension = space.dimensions().get(position);
        if (dimension.isWrong()) {
            return; // its own mistake is reported
        }
        if (dimension.range().isPresent()) {
            problems.add(
                    at,
                    "per needs a dimension of few values, but '%s' is a range; name another one, or"
                            + " give it a list of values.",
                    per);
            return;
        }
        assignments.stream()
                .filter(assignment -> !assignment.uses(position))
                .findFirst()
                .ifPresent(lacking ->
                        problems.add(
                                at,
                                "per needs a dimension that every candidate has, but candidate %s"
                                        + " has no '%s'.",
                                lacking.text(),
                                per));
        if (settings.isPresent()) {
            warnOfMissing(dimension, per);
        }
    }

    /** Warns of values that no candidate drawn has: there will be no winner for them. */
    private void warnOfMissing(Space.Dimension dimension, String per) {
        Set<String> drawn =
                assignments.stream()
                        .map(assignment -> assignment.settings().getOrDefault(per, ""))
                        .collect(Collectors.toSet());
        dimension.values().stream()
                .filter(value -> !drawn.contains(value.label()))
                .forEach(value ->
                        problems.warn(
                                "sampling: no candidate drawn has %s=%s, so there is no winner for"
                                        + " it; draw more.",
                                per, value.label()));
    }
}
