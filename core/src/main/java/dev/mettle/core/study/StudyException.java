package dev.mettle.core.study;

import dev.mettle.core.document.Problem;

import java.util.List;
import java.util.stream.Collectors;

/** A study file is wrong: everything that was found, in the order of the file. */
public final class StudyException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<Problem> problems;

    /** Takes the problems, at least one, and sorts them by place. */
    public StudyException(List<Problem> problems) {
        super(lines(problems, "study"));
        if (problems.isEmpty()) {
            throw new IllegalArgumentException("a study exception needs a problem.");
        }
        this.problems = problems.stream().sorted(Problem.READING_ORDER).toList();
    }

    /** Returns the problems by place, at least one. */
    public List<Problem> problems() {
        return problems;
    }

    /**
     * Returns one line for each problem, {@code file:line:column: message}, without a line end
     * after the last.
     */
    public String render(String file) {
        return lines(problems, file);
    }

    private static String lines(List<Problem> problems, String file) {
        return problems.stream()
                .sorted(Problem.READING_ORDER)
                .map(problem -> problem.render(file))
                .collect(Collectors.joining("\n"));
    }
}
