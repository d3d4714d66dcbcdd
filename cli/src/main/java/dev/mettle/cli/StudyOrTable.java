package dev.mettle.cli;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** Where losses come from: trainings of a study, or a table made elsewhere. Exactly one is set. */
final class StudyOrTable {
    /** Why an option does not go with a table; the option is filled in. */
    static final String FOR_STUDIES = "%s is for a study; with --table nothing is trained.";

    @Parameters(paramLabel = "STUDY", description = "The study file (YAML).")
    private @Nullable Path study;

    @Option(names = "--table", paramLabel = "FILE", description = "Losses made elsewhere (CSV).")
    private @Nullable Path table;

    boolean isTable() {
        return table != null;
    }

    /** Returns the study file; only where this is no table. */
    Path study() {
        return Objects.requireNonNull(study);
    }

    /** Returns the table; only where this is one. */
    Path table() {
        return Objects.requireNonNull(table);
    }

    /**
     * Refuses the first of the options that was given: one that is ignored is a misunderstanding.
     */
    static void refuse(
            @Nullable CommandSpec spec, List<String> options, UnaryOperator<String> message) {
        var given = Objects.requireNonNull(spec).commandLine().getParseResult();
        for (String option : options) {
            if (given.hasMatchedOption(option)) {
                throw new UserException(message.apply(option) + " Take it out.");
            }
        }
    }
}
