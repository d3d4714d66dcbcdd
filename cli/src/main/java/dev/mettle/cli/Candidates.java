package dev.mettle.cli;

import dev.mettle.core.run.RunRecord;
import dev.mettle.core.run.RunSummary;
import dev.mettle.core.selection.Ranked;
import dev.mettle.core.study.Candidate;
import dev.mettle.core.study.CandidateChooser;
import dev.mettle.core.study.Study;
import dev.mettle.ledger.SqliteLedger;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Finds the candidate that {@code --candidate} names. */
final class Candidates {
    /** Stands for the winner of the study's run. */
    static final String WINNER = "winner";

    private Candidates() {}

    /**
     * Returns the candidate named; a study with only one needs no name.
     *
     * @param run the study's run, for the word {@code winner}
     * @throws UserException when the name fits none, or several
     */
    static Candidate choose(Study study, Optional<RunRecord> run, @Nullable String name) {
        if (name == null) {
            if (study.candidates().size() == 1) {
                return study.candidates().getFirst();
            }
            throw new UserException(
                    "the study has %,d candidates: name one with --candidate (an id, 'winner', or %s). 'mettle validate --list' prints them."
                            .formatted(
                                    study.candidates().size(),
                                    study.candidates().getFirst().settingsText()));
        }
        if (name.equals(WINNER)) {
            String id =
                    run.map(Candidates::winner)
                            .orElseThrow(() ->
                                    new UserException(
                                            "there is no run of %s yet, so it has no winner: 'mettle run' first, or name a candidate."
                                                    .formatted(study.name())));
            return CandidateChooser.choose(study.candidates(), id);
        }
        return CandidateChooser.choose(study.candidates(), name);
    }

    /** The same, before anything is written: the run, if there is one, tells who won. */
    static Candidate choose(Study study, RunDirectory directory, @Nullable String name) {
        return look(directory, run -> choose(study, run, name));
    }

    /** Returns what a look into the run tells, which may not exist yet. */
    static <T> T look(RunDirectory directory, Function<Optional<RunRecord>, T> question) {
        if (!directory.exists()) {
            return question.apply(Optional.empty());
        }
        try (var ledger = SqliteLedger.openReadOnly(directory.ledger())) {
            return question.apply(Optional.of(ledger));
        }
    }

    private static String winner(RunRecord run) {
        return RunSummary.of(run).winners().stream()
                .findFirst()
                .orElseThrow(() ->
                        new UserException(
                                "the run of %s has no winner (yet): 'mettle run' goes on with it."
                                        .formatted(run.provenance().study())))
                .candidate()
                .id();
    }

    /** Returns the finalists of a race that is over. */
    static List<Ranked> finalists(RunRecord run) {
        if (run.finalists().isEmpty()) {
            throw new UserException(
                    "the race of %s is not over: 'mettle run' goes on with it."
                            .formatted(run.provenance().study()));
        }
        return run.finalists();
    }
}
