package dev.mettle.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

class SettingGroupsTest {
    @Test
    void aFewValuesStayAsTheyAreNumbersInOrder() {
        List<String> values = List.of("0.1", "relu", "0.01", "1e-3", "0.1", "not used");
        assertThat(SettingGroups.of(values))
                .containsExactly(
                        Map.entry("1e-3", "1e-3"),
                        Map.entry("0.01", "0.01"),
                        Map.entry("0.1", "0.1"),
                        Map.entry("relu", "relu"),
                        Map.entry("not used", "not used"));
    }

    @Test
    void manyNumbersMakeGroupsOfEquallyManyNeighbours() {
        List<String> values =
                new ArrayList<>(IntStream.range(0, 60).mapToObj(i -> "" + (60 - i)).toList());
        values.add("not used");
        SequencedMap<String, String> labels = SettingGroups.of(values);
        assertThat(labels.values().stream().distinct())
                .containsExactly(
                        "1 to 10",
                        "11 to 20",
                        "21 to 30",
                        "31 to 40",
                        "41 to 50",
                        "51 to 60",
                        "not used");
        assertThat(labels).containsEntry("17", "11 to 20").hasSize(61);
    }

    @Test
    void equalNumbersAreNeverParted() {
        List<String> values =
                IntStream.range(0, 260).mapToObj(i -> "" + (i < 200 ? 1 : i)).toList();
        SequencedMap<String, String> labels = SettingGroups.of(values);
        assertThat(labels).containsEntry("1", "1");
        assertThat(labels.values().stream().distinct().count()).isBetween(2L, 6L);
    }

    @Test
    void labelsHaveAsManyDigitsAsTellThemApart() {
        List<String> close = IntStream.range(0, 60).mapToObj(i -> "1.00" + (10 + i)).toList();
        assertThat(SettingGroups.of(close).values().stream().distinct().toList())
                .hasSize(6)
                .first()
                .isEqualTo("1.001 to 1.002");
        List<String> small = IntStream.range(10, 70).mapToObj(i -> i + "e-9").toList();
        assertThat(SettingGroups.of(small).sequencedValues().getFirst())
                .isEqualTo("1e-8 to 1.9e-8");
        assertThat(
                        SettingGroups.of(small).values().stream()
                                .collect(Collectors.groupingBy(l -> l, Collectors.counting()))
                                .values())
                .containsOnly(10L);
    }
}
