package dev.mettle.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mettle.core.instance.InstanceKey;
import dev.mettle.core.random.Purpose;
import dev.mettle.core.statistics.Losses;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

class GridDesignTest {
    private static final GridDesign SMALL = design(OptionalInt.empty(), 4, 3);
    private static final GridDesign WITH_ARMS = design(OptionalInt.of(12), 4, 3);
    private static final GridDesign WITH_ORDER = design(OptionalInt.empty(), 4, 3, 5);

    private static GridDesign design(OptionalInt arms, Integer... levels) {
        return new GridDesign(List.of(levels), arms);
    }

    private static InstanceKey cell(int init, int sample) {
        return InstanceKey.crossed("c", init, sample);
    }

    @Test
    void everyInitMeetsEverySampleInOrder() {
        assertThat(SMALL.keys("c")).hasSize(12).startsWith(cell(0, 0), cell(0, 1), cell(0, 2));
        assertThat(WITH_ORDER.keys("c"))
                .hasSize(60)
                .startsWith(cell(0, 0).withOrder(0), cell(0, 0).withOrder(1));
    }

    @Test
    void armsShareLevelZeroOfTheGridSoThatLittleIsTrainedTwice() {
        assertThat(WITH_ARMS.keys("c"))
                .hasSize(12 + (12 - 4) + (12 - 3))
                .containsAll(SMALL.keys("c"))
                .contains(cell(11, 0), cell(0, 11))
                .doesNotContain(cell(4, 1));
    }

    @Test
    void lossesFindTheirCells() {
        Map<InstanceKey, Double> losses = new HashMap<>();
        for (InstanceKey key : WITH_ARMS.keys("c")) {
            losses.put(key, 100.0 * key.init() + key.sample());
        }
        GridDesign.Found found = WITH_ARMS.read("c", losses);
        assertThat(found.grid().levels()).containsExactly(4, 3);
        assertThat(found.grid().losses().toArray())
                .containsExactly(0, 1, 2, 100, 101, 102, 200, 201, 202, 300, 301, 302);
        assertThat(found.arms().orElseThrow().samples().toArray())
                .containsExactly(Losses.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11).toArray());
        assertThat(found.arms().orElseThrow().inits().max()).isEqualTo(1100);
        losses.remove(cell(2, 1));
        assertThatThrownBy(() -> WITH_ARMS.read("c", losses)).hasMessageContaining("no loss");
    }

    @Test
    void designsAreFoundAgainAmongTheInstancesOfALedger() {
        Set<InstanceKey> keys = new HashSet<>(WITH_ARMS.keys("c"));
        keys.addAll(WITH_ORDER.keys("c"));
        keys.add(cell(7, 7).withRows(100));
        keys.add(InstanceKey.paired("c", Purpose.ASSESS, 4));
        assertThat(GridDesign.in(keys)).containsExactly(WITH_ARMS, WITH_ORDER);
        assertThat(GridDesign.in(SMALL.keys("c"))).containsExactly(SMALL);
        assertThat(GridDesign.in(Set.of())).isEmpty();
    }

    @Test
    void ofAGridInTheMakingThePartThatIsWholeIsFound() {
        GridDesign whole = design(OptionalInt.empty(), 16, 16);
        List<InstanceKey> begun = new ArrayList<>(whole.keys("c")).subList(0, 16 * 12 + 5);
        assertThat(GridDesign.in(begun)).containsExactly(design(OptionalInt.empty(), 12, 16));
        assertThat(GridDesign.in(begun.subList(0, 34))).isEmpty();
        List<InstanceKey> orders = new ArrayList<>(WITH_ORDER.keys("c"));
        orders.remove(cell(1, 1).withOrder(4));
        assertThat(GridDesign.in(orders)).containsExactly(design(OptionalInt.empty(), 4, 3, 4));
    }

    @Test
    void armsAreFoundThatReachBeyondTheGridOnOneSideOnly() {
        GridDesign wide = design(OptionalInt.of(20), 32, 8);
        assertThat(GridDesign.in(wide.keys("c"))).containsExactly(wide);
    }

    @Test
    void aDesignNeedsThreeLevelsOfTwoOrThreeSources() {
        assertThatThrownBy(() -> design(OptionalInt.empty(), 4, 2)).hasMessageContaining("[4, 2]");
        assertThatThrownBy(() -> design(OptionalInt.empty(), 4)).hasMessageContaining("[4]");
        assertThatThrownBy(() -> design(OptionalInt.of(0), 4, 4)).hasMessageContaining("[0]");
    }
}
