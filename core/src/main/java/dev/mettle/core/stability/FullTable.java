package dev.mettle.core.stability;

import dev.mettle.core.selection.LossTable;
import dev.mettle.core.selection.Ranked;
import dev.mettle.core.selection.Selection;
import dev.mettle.core.selection.SelectionAlgorithms;
import dev.mettle.core.statistics.Criterion;
import dev.mettle.core.statistics.Losses;
import dev.mettle.core.study.SelectionSettings;
import dev.mettle.core.study.SelectionSettings.Algorithm;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/** A table in which every loss is known, with its ranking, by which picks are judged. */
final class FullTable {
    private final LossTable table;
    private final Criterion criterion;

    /** Ids in their alphabetical order, which decides ties. */
    private final List<String> ids;

    private final List<Ranked> ranking;
    private final int[] rank;
    private final double[] value;

    /** Criterion of the best candidate. */
    private final double least;

    FullTable(LossTable table, Criterion criterion) {
        if (table.candidates().size() < 2) {
            throw new IllegalArgumentException("a choice needs at least two candidates.");
        }
        this.table = table;
        this.criterion = criterion;
        this.ids = table.candidates().stream().sorted().toList();
        this.ranking = ranking(table);
        this.rank = new int[ids.size()];
        this.value = new double[ids.size()];
        Map<String, Integer> position = new HashMap<>();
        for (int i = 0; i < ids.size(); i++) {
            position.put(ids.get(i), i);
        }
        boolean bestFailed = ranking.getFirst().failures() > 0;
        for (int place = 0; place < ranking.size(); place++) {
            Ranked ranked = ranking.get(place);
            int candidate = position.getOrDefault(ranked.candidate(), 0);
            rank[candidate] = place + 1;
            value[candidate] =
                    ranked.failures() > 0 && !bestFailed
                            ? Double.POSITIVE_INFINITY
                            : ranked.criterion();
        }
        this.least = ranking.getFirst().criterion();
        if (least == Double.POSITIVE_INFINITY) {
            throw new NoBestCandidateException();
        }
    }

    private List<Ranked> ranking(LossTable all) {
        Selection selection =
                SelectionAlgorithms.of(
                                new SelectionSettings(
                                        new Algorithm.Exhaustive(),
                                        criterion,
                                        all.instances(),
                                        Optional.empty(),
                                        0),
                                groups())
                        .select(all);
        return switch (selection.next()) {
            case Selection.Next.Done(List<Ranked> finalists, _) -> finalists;
            case Selection.Next.Train train ->
                    throw new IllegalArgumentException(
                            "the table is not full: %d losses are missing."
                                    .formatted(train.cells().size()));
        };
    }

    /** Returns the candidates for a selection algorithm: one race for all of them. */
    SequencedMap<String, String> groups() {
        SequencedMap<String, String> groups = new LinkedHashMap<>();
        ids.forEach(id -> groups.put(id, ""));
        return groups;
    }

    LossTable table() {
        return table;
    }

    int instances() {
        return table.instances();
    }

    List<Ranked> ranking() {
        return ranking;
    }

    String id(int candidate) {
        return ids.get(candidate);
    }

    int position(String id) {
        return Collections.binarySearch(ids, id);
    }

    int rank(int candidate) {
        return rank[candidate];
    }

    /** Returns how much worse a candidate is than the best; 0 or more. */
    double regret(int candidate) {
        return relative(value[candidate], least);
    }

    /**
     * Returns (value - least) / |least|; 0 where they are equal.
     *
     * @param value at least {@code least}, possibly +infinity
     * @param least finite
     */
    static double relative(double value, double least) {
        return value == least ? 0 : (value - least) / Math.abs(least);
    }

    /**
     * Returns the best candidate by the first instances of a table of the same candidates, by the
     * ranking that all selection algorithms use: none failed, then criterion, then id.
     */
    int best(LossTable other, int count) {
        int best = 0;
        boolean bestFailed = true;
        double smallest = Double.NaN; // beaten by the first
        for (int i = 0; i < ids.size(); i++) {
            Losses losses = other.first(ids.get(i), count);
            boolean failed = losses.max() == Double.POSITIVE_INFINITY;
            double own = criterion.of(losses);
            boolean better = failed == bestFailed ? !(own >= smallest) : bestFailed;
            if (better) {
                best = i;
                bestFailed = failed;
                smallest = own;
            }
        }
        return best;
    }

    /**
     * Returns the criterion of a candidate over all instances of another table; +infinity if one
     * failed.
     */
    double judge(LossTable other, int candidate) {
        Losses losses = other.first(ids.get(candidate), other.instances());
        return losses.max() == Double.POSITIVE_INFINITY
                ? Double.POSITIVE_INFINITY
                : criterion.of(losses);
    }
}
