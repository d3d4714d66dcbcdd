package dev.mettle.core.run;

import dev.mettle.core.selection.Elimination;
import dev.mettle.core.selection.Ranked;
import dev.mettle.core.selection.SelectionAlgorithm;
import dev.mettle.core.selection.SelectionAlgorithms;
import dev.mettle.core.study.Candidate;
import dev.mettle.core.study.CandidateSpace;
import dev.mettle.core.study.Sampling;
import dev.mettle.core.study.SamplingSettings;
import dev.mettle.core.study.Study;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The races of a study, one for each round in which candidates are drawn. Each is a pure function
 * of the study and of who survived the round before.
 */
public final class RaceRounds {
    /**
     * A race.
     *
     * @param round from 1
     * @param algorithm made for its candidates
     * @param candidates who take part: survivors of the round before, then new ones
     * @param drawn the new ones
     * @param known all candidates so far, in the order drawn
     * @param survivors ids of those of the round before
     * @param had instances that survivors bring along
     */
    public record Race(
            int round,
            SelectionAlgorithm algorithm,
            List<Candidate> candidates,
            CandidateSpace.Drawn drawn,
            List<Candidate> known,
            Set<String> survivors,
            int had) {
        public Race {
            candidates = List.copyOf(candidates);
            known = List.copyOf(known);
            survivors = Set.copyOf(survivors);
        }

        /**
         * Returns an elimination of this race with the number of instances that the candidate has:
         * a survivor may have more than those at which it was dropped.
         */
        Elimination counted(Elimination elimination) {
            return survivors.contains(elimination.candidate())
                    ? new Elimination(
                            elimination.candidate(),
                            Math.max(elimination.iteration(), had),
                            elimination.criterion(),
                            elimination.bar(),
                            elimination.reason())
                    : elimination;
        }

        /** Returns what a ledger keeps of the round. */
        RoundRecord record() {
            return new RoundRecord(
                    round,
                    drawn.candidates().size(),
                    algorithm.instances(),
                    drawn.points(),
                    drawn.duplicates(),
                    drawn.excluded());
        }
    }

    /** Draws the candidates of later rounds. */
    @FunctionalInterface
    public interface Draw {
        /** As {@link CandidateSpace#around}, of a study that is known. */
        CandidateSpace.Drawn around(
                int round, List<List<Candidate>> parents, List<Candidate> known);
    }

    private final Study study;
    private final Draw draw;

    /** Takes a study and what draws its later rounds. */
    public RaceRounds(Study study, Draw draw) {
        this.study = study;
        this.draw = draw;
    }

    /** Returns how many rounds there are; 1 for a study that says nothing of them. */
    public int count() {
        return study.sampling().map(Sampling::settings).map(SamplingSettings::rounds).orElse(1);
    }

    /** Returns the first race, that of the study's candidates. */
    public Race first() {
        CandidateSpace.Drawn drawn =
                new CandidateSpace.Drawn(
                        study.candidates(),
                        study.sampling().map(Sampling::points).orElse(0),
                        study.sampling().map(Sampling::duplicates).orElse(0),
                        study.excluded());
        return new Race(
                1,
                algorithm(1, groups(study.candidates()), Set.of()),
                study.candidates(),
                drawn,
                study.candidates(),
                Set.of(),
                0);
    }

    /**
     * Draws the candidates of the next race around those who survived one.
     *
     * @param before any race but the last
     * @param survivors of it, best first
     */
    public Race next(Race before, List<Ranked> survivors) {
        Map<String, Candidate> byId = new HashMap<>();
        before.candidates().forEach(candidate -> byId.put(candidate.id(), candidate));
        List<Candidate> stay = survivors.stream().map(f -> candidate(byId, f)).toList();
        List<List<Candidate>> parents =
                StudyRun.byGroup(survivors).values().stream()
                        .map(group ->
                                group.stream()
                                        .filter(survivor -> survivor.failures() == 0)
                                        .map(survivor -> candidate(byId, survivor))
                                        .toList())
                        .toList();
        int round = before.round() + 1;
        CandidateSpace.Drawn drawn = draw.around(round, parents, before.known());
        List<Candidate> candidates = joined(stay, drawn.candidates());
        Set<String> safe = Set.copyOf(survivors.stream().map(Ranked::candidate).toList());
        return new Race(
                round,
                algorithm(round, groups(candidates), safe),
                candidates,
                drawn,
                joined(before.known(), drawn.candidates()),
                safe,
                before.algorithm().instances());
    }

    private static Candidate candidate(Map<String, Candidate> byId, Ranked ranked) {
        return Objects.requireNonNull(byId.get(ranked.candidate()), "a survivor did not take part");
    }

    private static List<Candidate> joined(List<Candidate> first, List<Candidate> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    private SequencedMap<String, String> groups(List<Candidate> candidates) {
        return SelectionAlgorithms.groups(study.selection(), candidates);
    }

    private SelectionAlgorithm algorithm(
            int round, SequencedMap<String, String> groups, Set<String> survivors) {
        return round == count()
                ? SelectionAlgorithms.of(study.selection(), groups)
                : SelectionAlgorithms.ofRound(study.selection(), groups, survivors);
    }

    /**
     * Returns the greatest number of trainings that all races can ask for. Of the later rounds only
     * the numbers of candidates are known; losses that survivors have already are counted too.
     */
    public long trainingsAtMost() {
        return algorithms().stream().mapToLong(SelectionAlgorithm::trainingsAtMost).sum();
    }

    /** Returns how many candidates are dropped at most, in all rounds. */
    public int droppedAtMost() {
        int later =
                IntStream.rangeClosed(2, count())
                        .map(round -> study.sampling().orElseThrow().settings().drawn(round))
                        .sum();
        return study.candidates().size() + later - algorithms().getLast().fewestFinalists();
    }

    /** Returns the algorithm of each round, of later ones for candidates that are not drawn yet. */
    private List<SelectionAlgorithm> algorithms() {
        List<SelectionAlgorithm> algorithms = new ArrayList<>(List.of(first().algorithm()));
        List<String> values =
                groups(study.candidates()).sequencedValues().stream().distinct().toList();
        int before = study.candidates().size();
        for (int round = 2; round <= count(); round++) {
            int stay = Math.min(before, SelectionAlgorithms.survivorsOfRound() * values.size());
            before = stay + study.sampling().orElseThrow().settings().drawn(round);
            SequencedMap<String, String> groups = new LinkedHashMap<>();
            for (int i = 0; i < before; i++) {
                groups.put(Integer.toString(i), values.get(i % values.size()));
            }
            algorithms.add(algorithm(round, groups, Set.of()));
        }
        return algorithms;
    }

    /** Tells whether they ask for exactly that number, whatever the losses are. */
    public boolean isCountExact() {
        return count() == 1 && first().algorithm().isCountExact();
    }
}
