package dev.mettle.cli.yaml;

import static dev.mettle.cli.yaml.StudyText.SHORTEST;
import static dev.mettle.cli.yaml.StudyText.problems;
import static dev.mettle.cli.yaml.StudyText.with;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mettle.core.study.CsvSettings;
import dev.mettle.core.study.DataSource;
import dev.mettle.core.study.TextEncoding;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.Optional;

/** What a study says of tables: every message with its exact place. */
class TableMistakesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            quoteCharacter = '`',
            textBlock =
                    """
                    csv: comma                  ! f:4:8: 'csv' must be a mapping with the keys delimiter, decimal, encoding, missing, but is 'comma'.
                    csv: {delim: ','}           ! f:4:9: unknown key 'delim' in 'csv'; did you mean "delimiter"? Allowed: delimiter, decimal, encoding, missing.
                    csv: {delimiter: ', '}      ! f:4:20: delimiter must be one character between the fields of a line, such as ',', ';', '|' or tab, but is ', '.
                    csv: {delimiter: a}         ! f:4:20: delimiter must be one character between the fields of a line, such as ',', ';', '|' or tab, but is 'a'.
                    csv: {delimiter: [;]}       ! f:4:20: delimiter must be one character between the fields of a line, such as ',', ';', '|' or tab, but is a list.
                    csv: {decimal: point}       ! f:4:18: decimal must be '.' or ',', but is 'point'.
                    csv: {delimiter: ',', decimal: ','} ! f:4:34: delimiter and decimal are both ','; numbers could not be told apart.
                    csv: {encoding: latin-1}    ! f:4:19: encoding must be utf-8, utf-16, latin1 or windows-1252, but is 'latin-1'; did you mean "latin1"?
                    csv: {missing: NA}          ! f:4:18: missing must be a list of the texts that stand for a missing value, such as ['', NA], but is 'NA'.
                    csv: {missing: [[NA]]}      ! f:4:18: missing must be a list of the texts that stand for a missing value, such as ['', NA], but is a list of other things.
                    simulate: {events: 9}       ! f:4:3: 'data' has both 'file' and 'simulate': the rows come from one of them. Leave one out.
                    """)
    void aMistakeIsReportedWithItsPlace(String line, String expected) {
        assertThat(problems(with(SHORTEST, "  input: cells", "  " + line + "\n  input: cells")))
                .containsExactly(expected);
    }

    @Test
    void aSimulationHasNoCsv() {
        assertThat(
                        problems(
                                with(
                                        SHORTEST,
                                        "file: showers.npz",
                                        "simulate: {events: 9}\n  csv: {}")))
                .containsExactly(
                        "f:3:3: 'data' has both 'csv' and 'simulate': the rows come from one of"
                                + " them. Leave one out.");
    }

    @Test
    void settingsOfATableAreRead() {
        String csv =
                "csv: {delimiter: tab, decimal: ',', encoding: windows-1252, missing: ['', -999]}";
        var settings = StudyText.read(with(SHORTEST, "input: cells", csv + "\n  input: [a, b]"));
        assertThat(settings.data().input()).containsExactly("a", "b");
        assertThat(settings.data().source())
                .isEqualTo(
                        new DataSource.File(
                                "showers.npz",
                                Optional.of(
                                        new CsvSettings(
                                                Optional.of('\t'),
                                                Optional.of(','),
                                                Optional.of(TextEncoding.WINDOWS_1252),
                                                List.of("", "-999")))));
    }
}
