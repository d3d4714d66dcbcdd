package dev.mettle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** A run of eight candidates whose winner is certified; its instances are trained again. */
class ReproduceCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir private Path directory;

    private Path run;
    private Path study;

    @BeforeEach
    void race() throws IOException {
        run = directory.resolve("run");
        study = Cli.study(Files.createDirectory(directory.resolve("a")));
        String text = Files.readString(study);
        String data = text.replaceAll("(?s).* file: (\\S+).*", "$1");
        Files.copy(Path.of(data), study.resolveSibling("here.npz"));
        Files.writeString(study, text.replace(data, "here.npz"));
        Cli raced = Cli.run("run", study, "--out", run);
        assertThat(raced.exitCode()).as(raced.err()).isZero();
    }

    private Cli reproduce(Object... more) {
        Object[] all = new Object[2 + more.length];
        all[0] = "reproduce";
        all[1] = run;
        System.arraycopy(more, 0, all, 2, more.length);
        return Cli.run(all);
    }

    @Test
    void theMedianCertifiedInstanceHasTheSameBits() throws IOException {
        Cli result = reproduce();
        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out())
                .contains(": the same bits: loss ")
                .contains(" weights")
                .contains("1 of 1 instances have the same bits as in the run (mettle ");
        JsonNode json = JSON.readTree(reproduce("--instance", "3,5", "--json").out());
        assertThat(json.path("same").asBoolean()).isTrue();
        assertThat(json.path("instances")).hasSize(2);
        JsonNode one = json.path("instances").path(1);
        assertThat(one.path("instance").asInt()).isEqualTo(5);
        assertThat(one.path("loss").asDouble()).isEqualTo(one.path("loss_now").asDouble());
        assertThat(one.path("weights").asInt()).isPositive();
        assertThat(one.path("weights_different").asInt()).isZero();
    }

    @Test
    void allCertifiedInstancesAndThoseOfTheRace() {
        Cli all = reproduce("--all-certified", "--threads", 1);
        assertThat(all.out().strip()).startsWith("118 of 118 instances have the same bits");
        assertThat(all.exitCode()).isZero();
        Cli race = reproduce("--purpose", "race", "--instance", 0);
        assertThat(race.out()).contains(" race 0: the same bits", "its weights were not kept");
    }

    /** The run and the study's folder may be somewhere else, on another machine. */
    @Test
    void theStudyMayHaveMoved() throws IOException {
        Path moved = Files.move(study.getParent(), directory.resolve("b"));
        Cli gone = reproduce();
        assertThat(gone.exitCode()).isEqualTo(ExitCode.WRONG_INPUT);
        Cli found = reproduce("--study", moved.resolve(study.getFileName()));
        assertThat(found.exitCode()).as(found.err()).isZero();
    }

    @Test
    void aWeightOrALossThatDiffersIsFound() throws SQLException {
        change("UPDATE weights SET floats = zeroblob(length(floats))");
        Cli weights = reproduce("--instance", 2);
        assertThat(weights.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(weights.out()).contains("certify 2: DIFFERENT: ").contains("weights differ");
        change("UPDATE instances SET loss = loss * 1.0000000000000002 WHERE purpose = 1");
        Cli loss = reproduce("--purpose", "race", "--instance", 1);
        assertThat(loss.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(loss.out()).contains("0 of 1 instances have the same bits");
    }

    private void change(String sql) throws SQLException {
        try (Connection ledger =
                        DriverManager.getConnection("jdbc:sqlite:" + run.resolve("ledger.sqlite"));
                var statement = ledger.createStatement()) {
            assertThat(statement.executeUpdate(sql)).isPositive();
        }
    }

    @Test
    void mistakesAreNamed() {
        assertThat(reproduce("--instance", 99).err())
                .contains("--instance 99: the run has the instances 0 to 58 of it.");
        assertThat(reproduce("--all-certified", "--instance", 1).err())
                .contains("leave --instance and --candidate out");
        assertThat(reproduce("--purpose", "assess").err()).contains("with the purpose assess");
    }
}
