package dev.mettle.report;

import dev.mettle.core.data.Series;
import dev.mettle.core.instance.Evaluation;
import dev.mettle.core.instance.InstanceKey;
import dev.mettle.core.instance.InstanceResult;
import dev.mettle.core.instance.Outcome;
import dev.mettle.core.run.GridDesign;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.function.Predicate;

/** Adds a crossed grid to a synthetic run: init 60 %, sample 30 %, interaction 10 %. */
final class SyntheticGrid {
    private final Random random = new Random(7);
    private final Map<Integer, Double> inits = new HashMap<>();
    private final Map<Integer, Double> samples = new HashMap<>();
    private final Map<Integer, Double> orders = new HashMap<>();

    private SyntheticGrid() {}

    /**
     * Trains a grid.
     *
     * @param arms instances of each arm; 0 for none
     * @param fails which instances explode
     */
    static void add(
            SyntheticRun run,
            String candidate,
            int arms,
            Predicate<InstanceKey> fails,
            Integer... levels) {
        SyntheticGrid grid = new SyntheticGrid();
        GridDesign design =
                new GridDesign(
                        List.of(levels), arms == 0 ? OptionalInt.empty() : OptionalInt.of(arms));
        for (InstanceKey key : design.keys(candidate)) {
            Outcome outcome =
                    fails.test(key)
                            ? new Outcome.Exploded(
                                    "training loss of epoch 9 is not finite.",
                                    Optional.empty(),
                                    9,
                                    Series.EMPTY)
                            : new Outcome.Completed(
                                    new Evaluation(
                                            grid.loss(key), Series.EMPTY, new LinkedHashMap<>()),
                                    20,
                                    Series.EMPTY,
                                    Optional.empty());
            run.put(new InstanceResult(key, 1, 2, outcome, 250_000_000L));
        }
    }

    private double loss(InstanceKey key) {
        double value =
                effect(inits, key.init(), 0.6)
                        + effect(samples, key.sample(), 0.3)
                        + Math.sqrt(0.1) * random.nextGaussian();
        if (key.order().isPresent()) {
            value += effect(orders, key.order().getAsInt(), 0.05);
        }
        return 0.0024 * Math.exp(0.12 * value);
    }

    private double effect(Map<Integer, Double> effects, int level, double variance) {
        return effects.computeIfAbsent(level, _ -> Math.sqrt(variance) * random.nextGaussian());
    }
}
