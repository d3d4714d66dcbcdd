package dev.mettle.core.study;

import dev.mettle.core.document.Mapping;
import dev.mettle.core.document.Place;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Function;

/**
 * The space of a study, of which more candidates can be made than the study begins with. Not safe
 * for use by several threads.
 */
public final class CandidateSpace {
    /**
     * What a round drew.
     *
     * @param candidates in the order drawn; fewer than asked for where points ran out
     * @param points drawn: one for each candidate, duplicate and candidate excluded
     * @param duplicates points dropped because they gave a candidate that was there already
     * @param excluded points dropped because a constraint excludes them, or their network is none
     */
    public record Drawn(List<Candidate> candidates, int points, int duplicates, int excluded) {
        public Drawn {
            candidates = List.copyOf(candidates);
        }
    }

    private static final Place NOWHERE = new Place(1, 1);

    private final StudySpace space;
    private final Function<Problems, CandidateReader> readers;
    private final Optional<Mapping.Entry> model;
    private final Optional<Mapping.Entry> training;
    private final long mostParameters;

    /**
     * Takes a space without mistakes.
     *
     * @param readers makes the reader of a candidate's network and training
     * @param mostParameters the constraint
     */
    CandidateSpace(
            StudySpace space,
            Function<Problems, CandidateReader> readers,
            Optional<Mapping.Entry> model,
            Optional<Mapping.Entry> training,
            long mostParameters) {
        this.space = space;
        this.readers = readers;
        this.model = model;
        this.training = training;
        this.mostParameters = mostParameters;
    }

    /**
     * Draws the candidates of a later round: a pure function of study, round, parents and known
     * candidates. Whoever is known already is dropped, and so is whoever a constraint excludes;
     * then the next point takes its place, until there are enough or {@link
     * SamplingSettings#mostPoints} are drawn.
     *
     * @param study whose space this is; it has {@code sampling}
     * @param round from 2
     * @param parents survivors of the round before, best first, by value of {@code per}; at least
     *     one group. A group without any is drawn from the whole space
     * @param known candidates of all rounds before
     */
    public Drawn around(
            Study study, int round, List<List<Candidate>> parents, List<Candidate> known) {
        SamplingSettings settings = study.sampling().orElseThrow().settings();
        Sampler sampler =
                new Sampler(
                        space.space(),
                        space.roots(),
                        new Neighbourhood(
                                study.seed(),
                                round,
                                settings.rounds(),
                                space.space(),
                                parents.stream().map(this::assignments).toList(),
                                study.selection().per().map(space.space()::position).orElse(-1)));
        Ids ids = new Ids(known);
        List<Candidate> candidates = new ArrayList<>();
        int points = 0;
        int duplicates = 0;
        int excluded = 0;
        while (candidates.size() < settings.drawn(round) && points < settings.mostPoints(round)) {
            points++;
            Optional<Candidate> candidate = read(sampler.next());
            if (candidate.isEmpty()) {
                excluded++;
            } else {
                Optional<Candidate> fresh = ids.admit(candidate.get());
                fresh.ifPresent(candidates::add);
                duplicates += fresh.isEmpty() ? 1 : 0;
            }
        }
        return new Drawn(candidates, points, duplicates, excluded);
    }

    private List<Assignment> assignments(List<Candidate> candidates) {
        return candidates.stream()
                .map(candidate -> Assignment.of(space.space(), candidate.settings()).orElseThrow())
                .toList();
    }

    /**
     * Returns a candidate that was drawn before, from what a ledger keeps of it; empty when this
     * space has none of that content.
     */
    public Optional<Candidate> restored(String id, SequencedMap<String, String> settings) {
        return Assignment.of(space.space(), settings)
                .flatMap(this::read)
                .filter(candidate -> Ids.digits(candidate).startsWith(id))
                .map(candidate -> candidate.withId(id));
    }

    /** Reads a candidate; empty when it has a mistake, or too many weights. */
    private Optional<Candidate> read(Assignment assignment) {
        Problems problems = new Problems();
        CandidateReader reader = readers.apply(problems);
        reader.read(model, training, List.of(assignment));
        List<Candidate> read = reader.candidates(mostParameters, NOWHERE);
        return problems.isEmpty() ? read.stream().findFirst() : Optional.empty();
    }

    /** The ids of candidates: short, and different even where their beginnings are the same. */
    private static final class Ids {
        private final Set<String> digits = new HashSet<>();
        private final Set<String> taken = new HashSet<>();
        private final int length;

        Ids(List<Candidate> known) {
            int longest = CandidateId.SHORT;
            for (Candidate candidate : known) {
                digits.add(digits(candidate));
                taken.add(candidate.id());
                longest = Math.max(longest, candidate.id().length());
            }
            length = longest;
        }

        private static String digits(Candidate candidate) {
            return CandidateId.digits(
                    CandidateId.canonicalText(candidate.network(), candidate.recipe()));
        }

        /** Returns the candidate with its id; empty when it is known. */
        Optional<Candidate> admit(Candidate candidate) {
            String all = digits(candidate);
            if (!digits.add(all)) {
                return Optional.empty();
            }
            int end = length;
            while (!taken.add(all.substring(0, end))) {
                end++;
            }
            return Optional.of(candidate.withId(all.substring(0, end)));
        }
    }
}
