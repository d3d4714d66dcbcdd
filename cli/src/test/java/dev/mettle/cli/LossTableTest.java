package dev.mettle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** {@code assess --table}: losses made elsewhere. */
class LossTableTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir private Path directory;

    private Path table(String text) throws IOException {
        return Files.writeString(directory.resolve("losses.csv"), text);
    }

    private Cli assess(String text, Object... options) throws IOException {
        Object[] command = new Object[options.length + 3];
        command[0] = "assess";
        command[1] = "--table";
        command[2] = table(text);
        System.arraycopy(options, 0, command, 3, options.length);
        return Cli.run(command);
    }

    private static void assertRefused(Cli result, String... words) {
        assertThat(result.exitCode()).as(result.err()).isEqualTo(ExitCode.WRONG_INPUT);
        assertThat(result.err()).contains(words).doesNotContain("Exception", "\tat ");
        assertThat(result.out()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {",", ";", "\t"})
    void commasSemicolonsAndTabsSeparate(String separator) throws IOException {
        String text =
                "candidate,instance,loss\na,0,1.0\na,1,1.1\na,2,0.9\nb,0,1.0\nb,1,inf\n"
                        .replace(",", separator);
        for (String start : new String[] {"", "\uFEFF"}) { // with or without a byte order mark
            Cli result = assess(start + text, "--json");
            assertThat(result.exitCode()).as(result.err()).isZero();
            JsonNode all = JSON.readTree(result.out());
            assertThat(all).hasSize(2);
            assertThat(all.at("/0/candidate").asText()).isEqualTo("a");
            assertThat(all.at("/0/losses/mean").asDouble()).isEqualTo(1.0);
            assertThat(all.at("/1/losses/mean").asText()).isEqualTo("Infinity");
            assertThat(result.err()).isEmpty();
        }
    }

    @Test
    void heavyTailsAreWarnedOf() throws IOException {
        StringBuilder heavy = new StringBuilder("candidate,instance,loss\n");
        for (int i = 0; i < 30; i++) {
            heavy.append("a,%d,%s%n".formatted(i, i == 0 ? 1.2 : 1 + i / 1000.0));
        }
        assertThat(assess(heavy.toString()).out())
                .contains("warning: The log-losses have heavier tails than normal");
        JsonNode one = JSON.readTree(assess(heavy.toString(), "--json").out());
        assertThat(one.at("/0/warnings")).hasSize(1);
        String light = heavy.toString().replace("1.2", "1.03");
        assertThat(assess(light).out()).contains("a is robust").doesNotContain("warning");
        assertThat(JSON.readTree(assess(light, "--json").out()).at("/0/warnings")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    ``                                               | holds no losses: a header line and rows are needed
                    candidate,instance,loss\\n                       | holds no losses
                    candidate,instance,los\\na,0,1\\n                | no column 'loss', only candidate, instance, los
                    loss\\n1\\n"2\\n                                 | is not a table
                    loss,x\\n1,2\\n1\\n                              | is not a table
                    instance,loss\\n0,1.5\\n1,x\\n                   | line 3, column 'loss': 'x' is not a number
                    instance;loss\\n0;1.5\\n1;1,5\\n                 | Write decimals with a point: 1.5
                    instance,loss\\n0,-inf\\n                        | '-inf' is not a number
                    instance,loss\\n0,1\\n0,2\\n                     | line 3: instance 0 of losses is on line 2 already
                    candidate,init,sample,loss\\na,0,0,1\\na,0,0,2\\n | instance 0, 0 of a is on line 2 already
                    """)
    void aTableThatIsNoneIsRefusedWithItsLine(String text, String words) throws IOException {
        assertRefused(assess(text.replace("\\n", "\n")), "losses.csv", words);
    }

    @Test
    void aFileThatIsNoTextIsRefused() throws IOException {
        Path latin =
                Files.write(
                        directory.resolve("l.csv"),
                        "candidate,loss\n\u00e9,1\n".getBytes(StandardCharsets.ISO_8859_1));
        assertRefused(Cli.run("assess", "--table", latin), "is not UTF-8 text");
        assertRefused(
                Cli.run("assess", "--table", directory), "is a directory; a table is a CSV file");
        assertRefused(Cli.run("assess", "--table", directory.resolve("x")), "there is no file");
    }

    @Test
    void aGridOfInitsAndSamplesIsNoSetOfIndependentLosses() throws IOException {
        assertRefused(
                assess("init,sample,loss\n0,0,1\n0,1,2\n1,0,3\n1,1,4\n"),
                "the 4 losses of losses come from 2 inits and 2 samples: a grid",
                "not independent",
                "init = sample");
        assertRefused(assess("init,sample,loss\n0,0,1\n1,1,2\n2,1,3\n"), "3 inits and 2 samples");
        assertThat(assess("init,sample,loss\n0,0,1\n1,1,2\n2,2,3\n").err()).isEmpty();
    }

    @Test
    void lossesOverInitsAloneSaySo() throws IOException {
        Cli fixed = assess("candidate,init,sample,loss\na,0,7,1\na,1,7,2\nb,0,7,3\nb,1,7,2\n");
        assertThat(fixed.exitCode()).isZero();
        assertThat(fixed.err().lines()).hasSize(1);
        assertThat(fixed.err()).contains("the same sample, so these are losses over inits alone");
        assertThat(assess("init,sample,loss\n0,0,1\n0,1,2\n").err())
                .contains("the same init, so these are losses over samples alone");
    }

    @Test
    void onePurposeOfALedgersTableIsTakenAndNamed() throws IOException {
        String text =
                """
                candidate,purpose,init,sample,loss
                a,race,0,0,1
                a,race,1,1,3
                b,race,0,0,5
                a,certify,0,0,9
                a,certify,1,1,9
                """;
        Cli race = assess(text, "--json");
        assertThat(JSON.readTree(race.out()).at("/0/losses/mean").asDouble()).isEqualTo(2);
        assertThat(race.err())
                .contains("race (3 rows), certify (2 rows)", "the losses of 'race'", "--purpose");
        Cli certify = assess(text, "--json", "--purpose", "certify");
        assertThat(JSON.readTree(certify.out())).hasSize(1);
        assertThat(JSON.readTree(certify.out()).at("/0/losses/mean").asDouble()).isEqualTo(9);
        assertThat(certify.err()).isEmpty();
        assertRefused(assess(text, "--purpose", "asess"), "--purpose asess", "race (3 rows)");
        assertRefused(assess("loss\n1\n", "--purpose", "race"), "no column 'purpose'");
    }

    @Test
    void aCandidateIsFoundByTheBeginningOfItsName() throws IOException {
        String text = "candidate,loss\nalpha,1\nbeta,2\n";
        assertThat(JSON.readTree(assess(text, "--json", "--candidate", "be").out())).hasSize(1);
        assertRefused(assess(text, "--candidate", "c"), "begins with 'c'; it has alpha, beta");
    }

    @Test
    void aPageOfATableCanBeWritten() throws IOException {
        StringBuilder text = new StringBuilder("candidate,instance,loss\n");
        for (int i = 0; i < 20; i++) {
            text.append("a,%d,%s\nb,%d,%s\n".formatted(i, 1 + 0.001 * i, i, 1 + 0.2 * i));
        }
        Path page = directory.resolve("page.html");
        Cli result = assess(text.toString(), "--report", page);
        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out())
                .startsWith("a is robust: cv is")
                .contains("\nb is not robust: cv is", "report     " + page);
        assertThat(Files.readString(page))
                .contains(
                        "1 of 2 candidates are robust, 1 are not, 0 are undecided",
                        "id=\"plot-assessment-2-shares\"",
                        "<h1>losses.csv</h1>");
    }

    @Test
    void optionsThatWouldBeIgnoredAreRefused() throws IOException {
        String text = "loss\n1\n2\n";
        assertRefused(assess(text, "--instances", 3), "--instances is for a study");
        assertRefused(assess(text, "--threads", 1), "--threads is for a study");
        assertRefused(assess(text, "--out", "x"), "--out is for a study");
        assertRefused(Cli.run("assess", "s.yaml", "--purpose", "race"), "--purpose is for --table");
        assertRefused(Cli.run("assess", "s.yaml", "--report", "x"), "--report is for --table");
    }
}
