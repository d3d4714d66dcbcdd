package dev.mettle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** Classifications and several targets from the study file to the ledger; data: tasks.py. */
class TaskRunTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir Path directory;

    private Path study(String target, String training, int outputs, String selection)
            throws IOException, URISyntaxException {
        Path data =
                Path.of(Objects.requireNonNull(TaskRunTest.class.getResource("tasks.npz")).toURI());
        String text =
                """
                study: tasks
                data:
                  file: %s
                  input: x
                  validation: 100
                  test: 100
                  %s
                sample: 60
                model: {network: [dense: 8, activation: relu, dense: %d]}
                space: {lr: [0.003, 0.01]}
                training: {%s optimizer: {lr: $lr}, epochs: 5, batch: 16}
                selection: {algorithm: exhaustive, instances: 2 %s}
                """
                        .formatted(
                                data.toString().replace(java.io.File.separatorChar, '/'),
                                target,
                                outputs,
                                training,
                                selection);
        return Files.writeString(directory.resolve("study.yaml"), text);
    }

    private String header(Path study) throws IOException {
        Path run = directory.resolve("run");
        Cli result = Cli.run("run", study, "--out", run, "--json");
        assertThat(result.exitCode()).as(result.err()).isZero();
        JsonNode document = JSON.readTree(result.out());
        assertThat(document.get("winner").get("certificate").get("certified").asBoolean()).isTrue();
        assertThat(document.at("/baseline/name").asText()).endsWith("regression");
        Cli again = Cli.run("run", study, "--out", run, "--json");
        assertThat(JSON.readTree(again.out()).get("winner")).isEqualTo(document.get("winner"));
        assertThat(run.resolve("report.html")).exists();
        return Cli.stableTable(run).lines().findFirst().orElseThrow();
    }

    @Test
    void aClassificationIsSelectedCertifiedAndResumed() throws Exception {
        String target = "target: label\n  classes: [low, middle, high]\ntask: classification";
        assertThat(header(study(target, "", 3, "")))
                .contains(",loss,cross_entropy,error_rate,accuracy,auc,epochs");
    }

    @Test
    void twoClassesMayHaveOneLogitAndTheErrorRateAsTheirLoss() throws Exception {
        String target = "target: signal\ntask: classification";
        assertThat(header(study(target, "loss: bce,", 1, ", loss: error_rate")))
                .contains(",loss,cross_entropy,error_rate,accuracy,auc,epochs");
    }

    @Test
    void severalTargetsHaveALossEach() throws Exception {
        String target = "target: [energy, angle]\n  scale: {energy: log}";
        assertThat(header(study(target, "", 2, "")))
                .contains(
                        ",loss,loss.energy,rmse.energy,mae.energy,r2.energy,sigma_eff.energy,bias.energy,"
                            + "loss.angle,rmse.angle,mae.angle,r2.angle,sigma_eff.angle,bias.angle,");
    }

    @Test
    void aTargetThatIsConstantOnHeldOutRowsIsFoundBeforeAnythingIsTrained() throws Exception {
        Path study = study("target: [energy, rare]", "", 2, "");
        Cli result = Cli.run("run", study, "--out", directory.resolve("run"));
        assertThat(result.exitCode()).isEqualTo(ExitCode.WRONG_INPUT);
        assertThat(result.err())
                .contains("target 'rare' has the same value in all 100 held-out rows");
        assertThat(directory.resolve("run")).doesNotExist();
    }
}
