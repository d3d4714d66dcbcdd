package dev.mettle.core.stability;

import dev.mettle.core.random.Purpose;
import dev.mettle.core.random.RandomStream;
import dev.mettle.core.random.Seed;
import dev.mettle.core.random.Stream;
import dev.mettle.core.replay.Race;
import dev.mettle.core.selection.LossTable;
import dev.mettle.core.selection.SelectionAlgorithm;
import dev.mettle.core.selection.SelectionAlgorithms;
import dev.mettle.core.study.SelectionSettings;
import dev.mettle.core.study.SelectionSettings.Algorithm;
import dev.mettle.core.study.StudyDefaults;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Resamples a full table. The random numbers of repeat r are those of index r of one fixed seed:
 * they depend neither on the number of repeats nor on who asks. Immutable; safe for several
 * threads.
 */
final class Resampling {
    private final FullTable full;
    private final StabilitySettings settings;
    private final List<SelectionAlgorithm> races;

    /** Numbers of instances up to half of the table's. */
    private final List<Integer> halfCounts;

    Resampling(FullTable full, StabilitySettings settings) {
        int most = settings.instances().getLast();
        if (most > full.instances()) {
            throw new IllegalArgumentException(
                    "the table holds %d instances per candidate; %d are asked for."
                            .formatted(full.instances(), most));
        }
        this.full = full;
        this.settings = settings;
        this.races = settings.instances().stream().map(this::race).toList();
        this.halfCounts =
                settings.instances().stream()
                        .filter(count -> count <= full.instances() / 2)
                        .toList();
    }

    private SelectionAlgorithm race(int instances) {
        Algorithm rule =
                new Algorithm.Progressive(
                        Math.min(StudyDefaults.WARMUP, instances),
                        StudyDefaults.SURVIVORS,
                        StudyDefaults.DROP);
        return SelectionAlgorithms.of(
                new SelectionSettings(rule, settings.criterion(), instances, Optional.empty(), 0),
                full.groups());
    }

    /** Makes repeat number r, from 0. */
    Repeat repeat(int r) {
        List<Integer> counts = settings.instances();
        LossTable table = drawn(r, counts.getLast());
        List<Integer> picks = new ArrayList<>();
        List<Integer> racePicks = new ArrayList<>();
        List<Long> raceTrainings = new ArrayList<>();
        for (int k = 0; k < counts.size(); k++) {
            picks.add(full.best(table, counts.get(k)));
            Race race = Race.of(races.get(k), table);
            racePicks.add(full.position(race.pick()));
            raceTrainings.add(race.trainings());
        }
        return new Repeat(
                picks,
                racePicks,
                raceTrainings,
                halfCounts.isEmpty() ? Optional.empty() : Optional.of(split(r)));
    }

    private LossTable drawn(int r, int count) {
        RandomStream random = random(Seed.Source.SAMPLE, r);
        int[] columns = new int[count];
        for (int j = 0; j < count; j++) {
            columns[j] = random.nextInt(full.instances());
        }
        return full.table().columns(columns);
    }

    private Repeat.Split split(int r) {
        int[] order = new int[full.instances()];
        Arrays.setAll(order, j -> j);
        random(Seed.Source.INIT, r).shuffle(order, order.length);
        int half = order.length / 2;
        LossTable chooser = full.table().columns(Arrays.copyOf(order, half));
        LossTable judge = full.table().columns(Arrays.copyOfRange(order, half, order.length));
        List<Repeat.Fresh> fresh = new ArrayList<>();
        for (int count : halfCounts) {
            int pick = full.best(chooser, count);
            fresh.add(new Repeat.Fresh(full.judge(judge, pick), full.best(judge, count) == pick));
        }
        return new Repeat.Split(
                full.judge(judge, full.best(chooser, half)),
                full.judge(judge, full.best(judge, judge.instances())),
                fresh);
    }

    private static RandomStream random(Seed.Source source, int r) {
        return new RandomStream(new Seed(0, Purpose.RACE, source, r), Stream.RESAMPLES);
    }
}
