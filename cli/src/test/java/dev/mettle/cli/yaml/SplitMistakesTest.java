package dev.mettle.cli.yaml;

import static dev.mettle.cli.yaml.StudyText.SHORTEST;
import static dev.mettle.cli.yaml.StudyText.problems;
import static dev.mettle.cli.yaml.StudyText.with;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mettle.core.study.HeldOutSettings;
import dev.mettle.core.study.LeakPolicy;
import dev.mettle.core.study.SplitSettings;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a study says of held-out rows: every message with its exact place. */
class SplitMistakesTest {
    private static final String COUNTS = "  validation: 5000\n  test: 10000\n";
    private static final SplitSettings.Counts BOTH = new SplitSettings.Counts(5000, 10_000);

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            quoteCharacter = '`',
            textBlock =
                    """
                    split: patient                  ! f:6:10: split must be random, {by: COLUMN}, {time: COLUMN}, {files: {validation: FILE, test: FILE}}, {masks: {validation: COLUMN, test: COLUMN}} or {column: COLUMN}, but is 'patient'.
                    split: [by]                     ! f:6:10: split must be random, {by: COLUMN}, {time: COLUMN}, {files: {validation: FILE, test: FILE}}, {masks: {validation: COLUMN, test: COLUMN}} or {column: COLUMN}, but is a list.
                    split: {}                       ! f:6:10: 'split' says nothing; it has one of the keys by, time, files, masks or column.
                    split: {by: a, time: b}         ! f:6:10: 'split' has both by and time: rows are held out in one way. Leave one out.
                    split: {buy: a}                 ! f:6:11: unknown key 'buy' in 'split'; did you mean "by"? Allowed: by, time, files, masks, column.
                    split: {by: [a]}                ! f:6:15: by must be the name of a column, but is a list.
                    split: {time: }                 ! f:6:16: time must be the name of a column, but is empty.
                    leaks: keep                     ! f:6:10: leaks must be report, drop or error, but is 'keep'.
                    """)
    void aMistakeIsReportedWithItsPlace(String line, String expected) {
        assertThat(
                        problems(
                                with(
                                        SHORTEST,
                                        "  validation: 5000",
                                        "  " + line + "\n  validation: 5000")))
                .containsExactly(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            quoteCharacter = '`',
            textBlock =
                    """
                    split: {files: val.npz}               ! f:6:18: 'files' must be a mapping with the keys validation, test, but is 'val.npz'.
                    split: {files: {validation: v}}       ! f:6:11: 'test' is missing in 'files'; it names both: {validation: ..., test: ...}.
                    split: {masks: {validation: v, tst: t}} ! f:6:34: unknown key 'tst' in 'masks'; did you mean "test"? Allowed: validation, test.
                    split: {masks: {validation: v, test: v}} ! f:6:40: validation and test are both 'v'; choices would look at the rows that only the certificate may see. Name two.
                    split: {column: [a]}                  ! f:6:19: column must be the name of a column, but is a list.
                    """)
    void aMistakeOfGivenPartsIsReportedWithItsPlace(String line, String expected) {
        assertThat(problems(with(SHORTEST, COUNTS, "  " + line + "\n"))).containsExactly(expected);
    }

    @Test
    void givenPartsAreNotCounted() {
        assertThat(problems(with(SHORTEST, COUNTS, "  split: {column: part}\n" + COUNTS)))
                .containsExactly(
                        "f:7:3: 'validation' counts rows that are held out by a rule, but split:"
                                + " {column: ...} names them itself. Take 'validation' out.",
                        "f:8:3: 'test' counts rows that are held out by a rule, but split: {column:"
                                + " ...} names them itself. Take 'test' out.");
        assertThat(problems(with(SHORTEST, COUNTS, "  split: {by: part}\n")))
                .anyMatch(problem -> problem.contains("'validation' is missing in 'data'"))
                .anyMatch(problem -> problem.contains("'test' is missing in 'data'"));
    }

    @Test
    void aSimulationHasNoFilesOfHeldOutRows() {
        assertThat(
                        problems(
                                with(
                                        with(
                                                SHORTEST,
                                                "file: showers.npz",
                                                "simulate: {events: 30000}"),
                                        COUNTS,
                                        "  split: {files: {validation: a, test: b}}\n")))
                .containsExactly(
                        "f:6:11: split: {files: ...} goes with 'file', but the rows are simulated."
                                + " Write 'validation' and 'test' with numbers of rows instead.");
    }

    private static HeldOutSettings read(String lines) {
        return StudyText.read(with(SHORTEST, COUNTS, lines)).data().heldOut();
    }

    @Test
    void whatIsWrittenIsRead() {
        assertThat(read("  split: random\n" + COUNTS))
                .isEqualTo(read(COUNTS))
                .isEqualTo(new HeldOutSettings(5000, 10_000));
        assertThat(read("  split: {by: who}\n  leaks: drop\n" + COUNTS))
                .isEqualTo(
                        new HeldOutSettings(
                                new SplitSettings.Groups("who", BOTH), LeakPolicy.DROP));
        assertThat(read("  split: {time: 7}\n  leaks: error\n" + COUNTS))
                .isEqualTo(
                        new HeldOutSettings(new SplitSettings.Time("7", BOTH), LeakPolicy.ERROR));
        assertThat(read("  split: {files: {validation: v-*.npz, test: t.csv}}\n").split())
                .isEqualTo(new SplitSettings.Files("v-*.npz", "t.csv"));
        assertThat(read("  split: {masks: {validation: v, test: t}}\n").split())
                .isEqualTo(new SplitSettings.Masks("v", "t"));
        assertThat(read("  split: {column: part}\n").split())
                .isEqualTo(new SplitSettings.Column("part"));
    }
}
