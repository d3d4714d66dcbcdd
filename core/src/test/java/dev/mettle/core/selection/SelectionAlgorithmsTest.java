package dev.mettle.core.selection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mettle.core.data.Task;
import dev.mettle.core.network.Layer;
import dev.mettle.core.network.Network;
import dev.mettle.core.statistics.Criterion;
import dev.mettle.core.study.Candidate;
import dev.mettle.core.study.DataSettings;
import dev.mettle.core.study.HeldOutLoss;
import dev.mettle.core.study.Initialisation;
import dev.mettle.core.study.Loss;
import dev.mettle.core.study.Optimizer;
import dev.mettle.core.study.Recipe;
import dev.mettle.core.study.ScaleKind;
import dev.mettle.core.study.SelectionSettings;
import dev.mettle.core.study.SelectionSettings.Algorithm;
import dev.mettle.core.study.SelectionSettings.Drop;
import dev.mettle.core.study.StabilityStop;
import dev.mettle.core.study.Study;
import dev.mettle.core.study.TargetSettings;

import org.junit.jupiter.api.Test;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

class SelectionAlgorithmsTest {
    private static final List<String> IDS = List.of("a", "b", "c");

    @Test
    void anExhaustiveStudyGetsTheExhaustiveAlgorithm() {
        SelectionAlgorithm algorithm =
                SelectionAlgorithms.of(study(new Algorithm.Exhaustive(), Optional.empty()));
        assertThat(algorithm).isInstanceOf(Exhaustive.class);
        assertThat(algorithm.trainingsAtMost()).isEqualTo(6);
        assertThat(finalists(algorithm)).extracting(Ranked::group).containsOnly("");
    }

    @Test
    void groupsAreTheValuesOfPerAndACandidateWithoutItStandsAlone() {
        Algorithm half = new Algorithm.Progressive(1, 1, new Drop.Half());
        SelectionAlgorithm algorithm = SelectionAlgorithms.of(study(half, Optional.of("bias")));
        assertThat(algorithm).isInstanceOf(Progressive.class);
        assertThat(finalists(algorithm))
                .containsExactly(
                        new Ranked("a", "true", 1, 0),
                        new Ranked("b", "false", 1, 0),
                        new Ranked("c", "", 1, 0));
    }

    private static List<Ranked> finalists(SelectionAlgorithm algorithm) {
        LossTable table = new LossTable(IDS, algorithm.instances());
        for (String id : IDS) {
            for (int instance = 0; instance < algorithm.instances(); instance++) {
                table.put(id, instance, 1);
            }
        }
        return ((Selection.Next.Done) algorithm.select(table).next()).finalists();
    }

    private static Study study(Algorithm algorithm, Optional<String> per) {
        return new Study(
                "s",
                1,
                new DataSettings(
                        "f",
                        1,
                        "x",
                        ScaleKind.NONE,
                        TargetSettings.regression("y", ScaleKind.NONE),
                        List.of(),
                        20,
                        20),
                Task.regression("y"),
                10,
                List.of(candidate("a", "true"), candidate("b", "false"), candidate("c", "")),
                0,
                Optional.empty(),
                new HeldOutLoss.Mse(),
                new SelectionSettings(algorithm, new Criterion.Mean(), 2, per, 0),
                Optional.empty(),
                "",
                List.of());
    }

    private static Candidate candidate(String id, String bias) {
        SequencedMap<String, String> settings = new LinkedHashMap<>();
        if (!bias.isEmpty()) {
            settings.put("bias", bias);
        }
        Optimizer optimizer = new Optimizer.Sgd(0.1, 0, false, 0);
        Recipe recipe =
                new Recipe(
                        new Loss.Mse(),
                        optimizer,
                        Initialisation.KAIMING_UNIFORM,
                        8,
                        3,
                        new StabilityStop.Off());
        return new Candidate(id, settings, new Network(List.of(new Layer.Dense(1))), recipe, 2);
    }
}
