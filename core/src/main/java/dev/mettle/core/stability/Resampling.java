package dev.mettle.core.stability;

import dev.mettle.core.random.Purpose;
import dev.mettle.core.random.RandomStream;
import dev.mettle.core.random.Seed;
import dev.mettle.core.random.Stream;
import dev.mettle.core.selection.Elimination;
import dev.mettle.core.selection.LossTable;
import dev.mettle.core.selection.Ranked;
import dev.mettle.core.selection.Selection;
import dev.mettle.core.selection.SelectionAlgorithm;
import dev.mettle.core.selection.SelectionAlgorithms;
import dev.mettle.core.study.SelectionSettings;
import dev.mettle.core.study.SelectionSettings.Algorithm;
import dev.mettle.core.study.StudyDefaults;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntConsumer;

/**
 * Resamples a full table. The random numbers of repeat r are those of index r of one fixed seed:
 * they depend neither on the number of repeats nor on who asks.
 */
final class Resampling {
    private final FullTable full;
    private final StabilitySettings settings;
    private final List<SelectionAlgorithm> races = new ArrayList<>();
    private final List<TreeMap<Integer, Integer>> picks = new ArrayList<>();
    private final List<TreeMap<Integer, Integer>> racePicks = new ArrayList<>();
    private final long[] raceTrainings;
    private final List<Halves> halves = new ArrayList<>();

    Resampling(FullTable full, StabilitySettings settings) {
        if (settings.most() > full.instances()) {
            throw new IllegalArgumentException(
                    "the table holds %d instances per candidate; %d are asked for."
                            .formatted(full.instances(), settings.most()));
        }
        this.full = full;
        this.settings = settings;
        this.raceTrainings = new long[settings.instances().size()];
        for (int count : settings.instances()) {
            races.add(race(count));
            picks.add(new TreeMap<>());
            racePicks.add(new TreeMap<>());
            if (count <= full.instances() / 2) {
                halves.add(new Halves(full, count));
            }
        }
    }

    private SelectionAlgorithm race(int instances) {
        Algorithm rule =
                new Algorithm.Progressive(
                        Math.min(StudyDefaults.WARMUP, instances),
                        StudyDefaults.SURVIVORS,
                        StudyDefaults.DROP);
        return SelectionAlgorithms.of(
                new SelectionSettings(rule, settings.criterion(), instances, Optional.empty()),
                full.groups());
    }

    Stability run(IntConsumer finished) {
        for (int repeat = 0; repeat < settings.repeats(); repeat++) {
            resample(repeat);
            if (!halves.isEmpty()) {
                split(repeat);
            }
            finished.accept(repeat + 1);
        }
        List<Stability.AtCount> counts = new ArrayList<>();
        for (int k = 0; k < settings.instances().size(); k++) {
            int count = settings.instances().get(k);
            counts.add(
                    new Stability.AtCount(
                            count,
                            choices((double) full.ranking().size() * count, picks.get(k)),
                            choices(
                                    (double) raceTrainings[k] / settings.repeats(),
                                    racePicks.get(k)),
                            k < halves.size()
                                    ? Optional.of(halves.get(k).judgement())
                                    : Optional.empty()));
        }
        return new Stability(settings, full.ranking(), full.instances(), counts);
    }

    private void resample(int repeat) {
        RandomStream random = random(Seed.Source.SAMPLE, repeat);
        int[] columns = new int[settings.most()];
        for (int j = 0; j < columns.length; j++) {
            columns[j] = random.nextInt(full.instances());
        }
        LossTable table = full.table().columns(columns);
        for (int k = 0; k < settings.instances().size(); k++) {
            int pick = full.best(table, settings.instances().get(k));
            picks.get(k).merge(pick, 1, Integer::sum);
            race(k, table);
        }
    }

    private void race(int k, LossTable table) {
        Selection selection = races.get(k).select(table);
        if (selection.next() instanceof Selection.Next.Done(List<Ranked> finalists)) {
            long trainings = (long) finalists.size() * settings.instances().get(k);
            for (Elimination elimination : selection.eliminations()) {
                trainings += elimination.iteration();
            }
            raceTrainings[k] += trainings;
            int pick = full.position(finalists.getFirst().candidate());
            racePicks.get(k).merge(pick, 1, Integer::sum);
        } else {
            throw new IllegalStateException("a race over a full table did not end.");
        }
    }

    private void split(int repeat) {
        int[] order = new int[full.instances()];
        Arrays.setAll(order, j -> j);
        random(Seed.Source.INIT, repeat).shuffle(order, order.length);
        int half = order.length / 2;
        LossTable chooser = full.table().columns(Arrays.copyOf(order, half));
        LossTable judge = full.table().columns(Arrays.copyOfRange(order, half, order.length));
        double byHalf = full.judge(judge, full.best(chooser, half));
        double least = full.judge(judge, full.best(judge, judge.instances()));
        halves.forEach(count -> count.add(chooser, judge, byHalf, least));
    }

    private static RandomStream random(Seed.Source source, int repeat) {
        return new RandomStream(new Seed(0, Purpose.RACE, source, repeat), Stream.RESAMPLES);
    }

    private Choices choices(double trainings, Map<Integer, Integer> times) {
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
