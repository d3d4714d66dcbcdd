package dev.mettle.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mettle.core.data.Task;
import dev.mettle.core.study.HeldOutLoss;
import dev.mettle.core.study.ScaleKind;

import org.junit.jupiter.api.Test;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

class DroppedCandidatesTest {
    private static RunRecord run(long seed, int candidates) {
        Provenance provenance =
                new Provenance("s", "s.yaml", "", seed, "", "0", "", "", 256, "h", "");
        RunPlan plan =
                new RunPlan(
                        Task.regression("y"),
                        List.of(ScaleKind.NONE),
                        new HeldOutLoss.Mse(),
                        1,
                        2,
                        1,
                        1,
                        0,
                        "progressive",
                        "mean",
                        5,
                        100,
                        Optional.empty(),
                        Optional.empty());
        return new MemoryLedger(
                provenance,
                plan,
                IntStream.range(0, candidates)
                        .mapToObj(i -> new CandidateRecord("c" + i, new LinkedHashMap<>(), 1))
                        .toList());
    }

    @Test
    void theSameOnesAreDrawnEveryTimeAndNobodyThatIsSelected() {
        DroppedCandidates dropped = new DroppedCandidates(run(7, 50), List.of("c3", "c40"));
        List<String> drawn = dropped.draw(20);
        assertThat(dropped.count()).isEqualTo(48);
        assertThat(drawn).hasSize(20).doesNotHaveDuplicates().doesNotContain("c3", "c40");
        assertThat(dropped.draw(20)).isEqualTo(drawn);
        assertThat(new DroppedCandidates(run(8, 50), List.of("c3", "c40")).draw(20))
                .isNotEqualTo(drawn);
    }

    @Test
    void moreOfThemBeginWithTheSame() {
        DroppedCandidates dropped = new DroppedCandidates(run(7, 50), List.of());
        assertThat(dropped.draw(30).subList(0, 12)).isEqualTo(dropped.draw(12));
        assertThat(dropped.draw(0)).isEmpty();
        assertThat(dropped.draw(99)).hasSize(50).doesNotHaveDuplicates();
    }

    @Test
    void everyOneIsDrawnEquallyOften() {
        Map<String, Integer> counts = new HashMap<>();
        int studies = 3000;
        for (int seed = 0; seed < studies; seed++) {
            new DroppedCandidates(run(seed, 12), List.of("c0", "c5"))
                    .draw(4)
                    .forEach(id -> counts.merge(id, 1, Integer::sum));
        }
        double expected = 0.4 * studies;
        double chiSquare =
                counts.values().stream()
                        .mapToDouble(n -> (n - expected) * (n - expected) / (expected * 0.6))
                        .sum();
        assertThat(counts).hasSize(10);
        assertThat(chiSquare).isLessThan(27.9); // 0.999 quantile with 9 degrees of freedom
    }
}
