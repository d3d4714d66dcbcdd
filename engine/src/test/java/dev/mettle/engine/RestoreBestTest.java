package dev.mettle.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mettle.core.data.Dataset;
import dev.mettle.core.data.Partition;
import dev.mettle.core.data.Shape;
import dev.mettle.core.data.Task;
import dev.mettle.core.instance.InstanceKey;
import dev.mettle.core.instance.Outcome;
import dev.mettle.core.instance.Weights;
import dev.mettle.core.network.Layer;
import dev.mettle.core.network.Network;
import dev.mettle.core.random.Purpose;
import dev.mettle.core.random.RandomStream;
import dev.mettle.core.random.Stream;
import dev.mettle.core.study.Clipping;
import dev.mettle.core.study.HeldOutLoss;
import dev.mettle.core.study.Loss;
import dev.mettle.core.study.Optimizer;
import dev.mettle.core.study.Recipe;
import dev.mettle.core.study.RestoreBest;
import dev.mettle.core.study.Schedule;
import dev.mettle.core.study.StabilityStop;
import dev.mettle.core.study.Warmup;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Training that ends with the weights of its best epoch. */
class RestoreBestTest {
    private static final long SEED = 5;
    private static final int ROWS = 400;
    private static final Shape FLAT = Shape.flat(4);
    private static final Network NETWORK = Fixture.dense();

    /** So large a rate that losses go up and down. */
    private static final Optimizer RESTLESS = new Optimizer.Adam(0.1, 0.9, 0.999, 1e-8, 0);

    private static final InstanceKey KEY = InstanceKey.paired("candidate", Purpose.CERTIFY, 3);

    private static Recipe recipe(Optimizer optimizer, int epochs, RestoreBest settings) {
        return Fixture.with(
                Fixture.recipe(optimizer, 16, epochs),
                Clipping.NONE,
                new Schedule.Constant(),
                Warmup.NONE,
                Optional.of(settings));
    }

    private static NetworkTrainer trainer(Dataset data, int sample) {
        Partition partition = Fixture.partition(ROWS);
        return new NetworkTrainer(
                SEED,
                data,
                partition,
                Fixture.samples(partition.pool(), sample, 0),
                new HeldOutLoss.Mse());
    }

    private static Outcome.Completed completed(Recipe recipe, int sample) {
        Outcome outcome =
                trainer(Fixture.data(ROWS, FLAT, 0), sample)
                        .train(Fixture.candidate(NETWORK, recipe), KEY);
        assertThat(outcome).isInstanceOf(Outcome.Completed.class);
        return (Outcome.Completed) outcome;
    }

    /** What epoch by epoch training on the first rows gives: losses of the last rows, weights. */
    private static final class ByHand {
        private final List<Double> losses = new ArrayList<>();
        private final List<Weights> weights = new ArrayList<>();

        ByHand(Recipe recipe, int sample, int aside, int epochs) {
            Dataset data = Fixture.data(ROWS, FLAT, 0);
            var source = Fixture.samples(Fixture.partition(ROWS).pool(), sample, 0);
            var drawn = source.draw(KEY.sampleSeed(SEED), sample);
            Workspace workspace = new Workspace();
            workspace.sample().fill(data, drawn.rows(), drawn);
            Training training =
                    new Training(new NetworkPlan(NETWORK, FLAT, 0, 16), workspace, recipe);
            training.initialise(KEY.initSeed(SEED));
            RandomStream random = new RandomStream(KEY.orderSeed(SEED), Stream.ORDER);
            int[] order = IntStream.range(0, sample - aside).toArray();
            int[] last = IntStream.range(sample - aside, sample).toArray();
            for (int epoch = 0; epoch < epochs; epoch++) {
                random.shuffle(order, order.length);
                training.epoch(order);
                losses.add(training.loss(last));
                weights.add(training.weights());
            }
        }

        /** Returns the place of the least loss of the first epochs. */
        int best(int epochs) {
            return IntStream.range(0, epochs)
                    .reduce((a, b) -> losses.get(b) < losses.get(a) ? b : a)
                    .orElseThrow();
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 0.2, 20", "3, 0.2, 20", "5, 0.33, 33", "1000, 0.1, 10"})
    void theWeightsAreThoseOfTheBestEpochAndPatienceEndsTheTraining(
            int patience, double holdout, int aside) {
        Recipe recipe = recipe(RESTLESS, 40, new RestoreBest(patience, holdout));
        Outcome.Completed outcome = completed(recipe, 100);
        ByHand hand = new ByHand(recipe, 100, aside, 40);
        int epochs = outcome.epochs();
        assertThat(outcome.curve().size()).isEqualTo(epochs);
        int best = hand.best(epochs);
        assertThat(outcome.weights().orElseThrow()).isEqualTo(hand.weights.get(best));
        if (epochs < 40) {
            assertThat(epochs - 1 - best).isEqualTo(patience);
        }
        if (patience < 10) {
            assertThat(epochs).isLessThan(40);
        } else {
            assertThat(epochs).isEqualTo(40);
            assertThat(best).isLessThan(39);
        }
    }

    /** Validation and test rows with other targets: the same epochs and the same weights. */
    @Test
    void noHeldOutRowIsLookedAt() {
        Dataset data = Fixture.data(ROWS, FLAT, 0);
        double[] targets = new double[ROWS];
        for (int i = 0; i < ROWS; i++) {
            targets[i] = i < ROWS / 2 ? data.target(i, 0) : 1000 - i;
        }
        Dataset other =
                new Dataset(FLAT, data.inputs(), List.of(), new float[0], data.task(), targets, "");
        Recipe recipe = recipe(RESTLESS, 40, new RestoreBest(3, 0.2));
        Outcome.Completed outcome = completed(recipe, 100);
        assertThat(trainer(other, 100).train(Fixture.candidate(NETWORK, recipe), KEY))
                .isInstanceOfSatisfying(
                        Outcome.Completed.class,
                        same -> {
                            assertThat(same.weights()).isEqualTo(outcome.weights());
                            assertThat(same.epochs()).isEqualTo(outcome.epochs());
                            assertThat(same.curve()).isEqualTo(outcome.curve());
                            assertThat(same.loss()).isNotEqualTo(outcome.loss());
                        });
    }

    @Test
    void whatIsSetAsideIsNotTrainedOn() {
        Recipe recipe = recipe(Fixture.ADAM, 1, new RestoreBest(1, 0.2));
        Recipe plain = Fixture.recipe(Fixture.ADAM, 16, 1);
        assertThat(completed(recipe, 100).weights()).isEqualTo(completed(plain, 80).weights());
    }

    @Test
    void anExplodedTrainingStaysExploded() {
        Recipe wild = recipe(new Optimizer.Sgd(30, 0.9, true, 0), 40, new RestoreBest(1000, 0.2));
        Recipe stopped =
                new Recipe(
                        wild.loss(),
                        wild.optimizer(),
                        wild.init(),
                        wild.batch(),
                        wild.epochs(),
                        new StabilityStop.On(0.1, 30),
                        wild.clip(),
                        wild.schedule(),
                        wild.warmup(),
                        wild.restoreBest(),
                        wild.augmentation());
        for (Recipe recipe : List.of(wild, stopped)) {
            assertThat(
                            trainer(Fixture.data(ROWS, FLAT, 0), 100)
                                    .train(Fixture.candidate(NETWORK, recipe), KEY))
                    .isInstanceOf(Outcome.Exploded.class);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "2, 1", "3, 1", "5, 1", "10, 2", "18000, 3600", "7, 1", "8, 2"})
    void atLeastOneRowIsSetAsideAndOneIsLeft(int sample, int aside) {
        assertThat(new RestoreBest(1, 0.2).rows(sample)).isEqualTo(aside);
        assertThat(new RestoreBest(1, 0.999).rows(sample))
                .isEqualTo(Math.min(sample - 1, Math.round(0.999 * sample)));
        assertThat(
                        completed(
                                        recipe(Fixture.ADAM, 3, new RestoreBest(1, 0.2)),
                                        Math.min(sample, 50))
                                .loss())
                .isFinite();
    }

    @Test
    void theLossOfRowsIsTheOneOfTrainingOnThem() {
        Task task = Fixture.task(new Loss.CrossEntropy(0.1), 3);
        int[] rows = IntStream.range(0, 301).toArray();
        Workspace workspace = new Workspace();
        workspace.sample().fill(Fixture.table(301, 5, task), rows, Fixture.unscaled(rows, task));
        Network network = new Network(List.of(new Layer.Dense(3)));
        Recipe recipe =
                Fixture.recipe(
                        new Loss.CrossEntropy(0.1), new Optimizer.Sgd(1e-30, 0, false, 0), 512, 1);
        Training training =
                new Training(new NetworkPlan(network, Shape.flat(5), 0, 512), workspace, recipe);
        training.initialise(KEY.initSeed(SEED));
        float whole = training.epoch(rows); // a step of almost nothing
        assertThat((float) training.loss(rows)).isEqualTo(whole);
        float[] gradients = Arrays.copyOf(workspace.gradients(), 32);
        training.loss(Arrays.copyOf(rows, 40));
        assertThat(Arrays.copyOf(workspace.gradients(), 32)).containsExactly(gradients);
    }
}
