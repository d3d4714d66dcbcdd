package dev.mettle.core.stability;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Makes the answers of all repeats, in their order. */
final class Answers {
    private final FullTable full;
    private final List<Repeat> repeats;

    Answers(FullTable full, List<Repeat> repeats) {
        this.full = full;
        this.repeats = List.copyOf(repeats);
    }

    Stability of(StabilitySettings settings) {
        List<Repeat.Split> splits =
                repeats.stream().map(Repeat::split).flatMap(Optional::stream).toList();
        List<Stability.AtCount> counts = new ArrayList<>();
        for (int k = 0; k < settings.instances().size(); k++) {
            int which = k;
            int count = settings.instances().get(k);
            long raced = repeats.stream().mapToLong(r -> r.raceTrainings().get(which)).sum();
            counts.add(
                    new Stability.AtCount(
                            count,
                            choices(
                                    (double) full.ranking().size() * count,
                                    repeats.stream().map(r -> r.picks().get(which)).toList()),
                            choices(
                                    (double) raced / repeats.size(),
                                    repeats.stream().map(r -> r.racePicks().get(which)).toList()),
                            splits.isEmpty() || k >= splits.getFirst().counts().size()
                                    ? Optional.empty()
                                    : Optional.of(Halves.judgement(full.instances(), splits, k))));
        }
        return new Stability(settings, full.ranking(), full.instances(), counts);
    }

    private Choices choices(double trainings, List<Integer> picks) {
        Map<Integer, Integer> times = new TreeMap<>();
        picks.forEach(pick -> times.merge(pick, 1, Integer::sum));
        List<Choices.Pick> list = new ArrayList<>();
        times.forEach((candidate, count) ->
                list.add(
                        new Choices.Pick(
                                full.id(candidate),
                                full.rank(candidate),
                                full.regret(candidate),
                                count)));
        list.sort(
                Comparator.comparingInt(Choices.Pick::times)
                        .reversed()
                        .thenComparingInt(Choices.Pick::rank));
        return new Choices(trainings, list);
    }
}
