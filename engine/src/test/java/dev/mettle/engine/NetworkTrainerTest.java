package dev.mettle.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.mettle.core.data.Dataset;
import dev.mettle.core.data.Partition;
import dev.mettle.core.data.Shape;
import dev.mettle.core.instance.InstanceKey;
import dev.mettle.core.instance.Outcome;
import dev.mettle.core.network.Activation;
import dev.mettle.core.network.Layer;
import dev.mettle.core.network.Network;
import dev.mettle.core.random.Purpose;
import dev.mettle.core.study.Candidate;
import dev.mettle.core.study.HeldOutLoss;
import dev.mettle.core.study.Initialisation;
import dev.mettle.core.study.Loss;
import dev.mettle.core.study.Optimizer;
import dev.mettle.core.study.Recipe;
import dev.mettle.core.study.StabilityStop;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

class NetworkTrainerTest {
    private static final Shape IMAGE = new Shape(1, 15, 15);
    private static final int ROWS = 400;

    private static NetworkTrainer trainer(Shape shape, int features, int sample) {
        Dataset data = Fixture.data(ROWS, shape, features);
        Partition partition = Fixture.partition(ROWS);
        return new NetworkTrainer(
                5,
                data,
                partition,
                Fixture.samples(partition.pool(), sample, features),
                new HeldOutLoss.Mse());
    }

    private static InstanceKey key(Purpose purpose, int index) {
        return InstanceKey.paired("candidate", purpose, index);
    }

    @Test
    void trainingLearnsAndIsCompletedWithLossBlocksAndMetrics() {
        Candidate candidate =
                Fixture.candidate(Fixture.dense(), Fixture.recipe(Fixture.ADAM, 20, 60));
        Outcome outcome = trainer(Shape.flat(4), 1, 100).train(candidate, key(Purpose.RACE, 0));
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Completed.class,
                        completed -> {
                            assertThat(completed.epochs()).isEqualTo(60);
                            assertThat(completed.curve().size()).isEqualTo(60);
                            assertThat(completed.curve().get(59))
                                    .isLessThan(completed.curve().get(0));
                            assertThat(completed.evaluation().lossByBlock().size()).isEqualTo(20);
                            assertThat(completed.evaluation().metrics())
                                    .containsKeys("rmse", "sigma_eff", "bias");
                            assertThat(completed.weights()).isEmpty();
                        });
    }

    @Test
    void weightsAreKeptForACertificateAndHaveTheNetworksSize() {
        Network network = Fixture.convolutional(Activation.RELU, true);
        Candidate candidate = Fixture.candidate(network, Fixture.recipe(Fixture.ADAM, 32, 2));
        Outcome outcome = trainer(IMAGE, 3, 50).train(candidate, key(Purpose.CERTIFY, 0));
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Completed.class,
                        completed ->
                                assertThat((long) completed.weights().orElseThrow().size())
                                        .isEqualTo(network.parameters(IMAGE, 3)));
    }

    @Test
    void aCertificateIsEvaluatedOnTestRowsAndARaceOnValidationRows() {
        Dataset data = Fixture.data(ROWS, Shape.flat(4), 0);
        Partition both = Fixture.partition(ROWS);
        Partition swapped = new Partition(both.pool(), both.test(), both.validation());
        Candidate candidate =
                Fixture.candidate(Fixture.dense(), Fixture.recipe(Fixture.ADAM, 20, 2));
        for (Purpose purpose : new Purpose[] {Purpose.CERTIFY, Purpose.RACE}) {
            NetworkTrainer one =
                    new NetworkTrainer(
                            5,
                            data,
                            both,
                            Fixture.samples(both.pool(), 50, 0),
                            new HeldOutLoss.Mse());
            NetworkTrainer other =
                    new NetworkTrainer(
                            5,
                            data,
                            swapped,
                            Fixture.samples(both.pool(), 50, 0),
                            new HeldOutLoss.Mse());
            assertThat(one.train(candidate, key(purpose, 0)).loss())
                    .isNotEqualTo(other.train(candidate, key(purpose, 0)).loss());
        }
    }

    @Test
    void anAdaptiveOptimiserWithAnAbsurdLearningRateExplodesToo() {
        for (Optimizer optimizer :
                List.of(
                        new Optimizer.RmsProp(1000, 0.99, 1e-8, 0, 0),
                        new Optimizer.Adam(1000, 0.9, 0.999, 1e-8, 0),
                        new Optimizer.AdamW(1000, 0.9, 0.999, 1e-8, 0))) {
            for (int epochs : new int[] {2, 20}) {
                Recipe recipe =
                        new Recipe(
                                new Loss.Mse(),
                                optimizer,
                                Initialisation.KAIMING_UNIFORM,
                                16,
                                epochs,
                                new StabilityStop.On(0.1, 30));
                Candidate candidate =
                        Fixture.candidate(Fixture.convolutional(Activation.RELU, false), recipe);
                assertThat(trainer(IMAGE, 0, 60).train(candidate, key(Purpose.RACE, 0)))
                        .as("%s, %d epochs", optimizer, epochs)
                        .isInstanceOf(Outcome.Exploded.class);
            }
        }
    }

    @Test
    void anAbsurdLearningRateExplodesWithoutAnException() {
        for (Optimizer optimizer :
                List.of(
                        new Optimizer.Sgd(1000, 0, false, 0),
                        new Optimizer.Sgd(1000, 0.9, true, 0))) {
            Recipe recipe =
                    new Recipe(
                            new Loss.Mse(),
                            optimizer,
                            Initialisation.KAIMING_UNIFORM,
                            16,
                            40,
                            new StabilityStop.On(0.1, 30));
            Candidate candidate =
                    Fixture.candidate(Fixture.convolutional(Activation.RELU, false), recipe);
            Outcome outcome = trainer(IMAGE, 0, 60).train(candidate, key(Purpose.RACE, 0));
            assertThat(outcome.loss()).isEqualTo(Double.POSITIVE_INFINITY);
            assertThat(outcome)
                    .isInstanceOfSatisfying(
                            Outcome.Exploded.class,
                            exploded -> {
                                assertThat(exploded.reason())
                                        .contains("epoch " + exploded.epochs())
                                        .endsWith(".");
                                assertThat(exploded.epochs()).isLessThan(40);
                                assertThat(exploded.curve().size()).isEqualTo(exploded.epochs());
                                exploded.evaluation()
                                        .ifPresent(known -> assertThat(known.loss()).isFinite());
                            });
        }
    }

    @Test
    void aStopForARisingLossKeepsTheFiniteEvaluation() {
        Recipe recipe =
                new Recipe(
                        new Loss.Mse(),
                        new Optimizer.Adam(0.05, 0.9, 0.999, 1e-8, 0),
                        Initialisation.KAIMING_UNIFORM,
                        1,
                        100,
                        new StabilityStop.On(0.0001, 3));
        Outcome outcome =
                trainer(Shape.flat(4), 0, 60)
                        .train(Fixture.candidate(Fixture.dense(), recipe), key(Purpose.RACE, 1));
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Exploded.class,
                        exploded -> {
                            assertThat(exploded.reason()).startsWith("The training loss rose to ");
                            assertThat(exploded.evaluation()).isPresent();
                        });
        assertThat(outcome.loss()).isEqualTo(Double.POSITIVE_INFINITY);
    }

    @Test
    void oneThreadTwoAndSevenGiveTheSameBits() throws InterruptedException, ExecutionException {
        NetworkTrainer trainer = trainer(IMAGE, 2, 90);
        List<Candidate> candidates = new ArrayList<>();
        for (Activation function : Activation.values()) {
            candidates.add(
                    Fixture.candidate(
                            Fixture.convolutional(function, true),
                            Fixture.recipe(Fixture.ADAM, 40, 3)));
        }
        List<Outcome> expected = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            expected.add(trainer.train(candidates.get(i % 6), key(Purpose.CERTIFY, i / 6)));
        }
        for (int threads : new int[] {1, 2, 7}) {
            assertThat(trainOn(threads, trainer, candidates)).isEqualTo(expected);
        }
        assertThat(expected.get(0)).isNotEqualTo(expected.get(6));
    }

    /** Trains four instances of each of six candidates, submitted in another order. */
    private static List<Outcome> trainOn(
            int threads, NetworkTrainer trainer, List<Candidate> candidates)
            throws InterruptedException, ExecutionException {
        List<Future<Outcome>> futures = new ArrayList<>();
        try (var executor = Executors.newFixedThreadPool(threads)) {
            for (int i = 23; i >= 0; i--) {
                int number = i;
                futures.addFirst(
                        executor.submit(() ->
                                trainer.train(
                                        candidates.get(number % 6),
                                        key(Purpose.CERTIFY, number / 6))));
            }
            List<Outcome> outcomes = new ArrayList<>();
            for (Future<Outcome> future : futures) {
                outcomes.add(future.get());
            }
            return outcomes;
        }
    }

    @Test
    void anInstanceOnOtherRowsIsThatOfAStudyWithSuchSamples() {
        NetworkTrainer ninety = trainer(IMAGE, 2, 90);
        Candidate candidate =
                Fixture.candidate(
                        Fixture.convolutional(Activation.TANH, true),
                        Fixture.recipe(Fixture.ADAM, 40, 2));
        InstanceKey key = key(Purpose.SAMPLE_SIZE, 1);
        for (int rows : new int[] {7, 90, 30, 100}) {
            assertThat(ninety.train(candidate, key.withRows(rows)))
                    .isEqualTo(trainer(IMAGE, 2, rows).train(candidate, key));
        }
        assertThat(ninety.train(candidate, key.withRows(30)))
                .isNotEqualTo(ninety.train(candidate, key));
    }

    @Test
    void theOrderOfMiniBatchesFollowsFromTheInitialisationUnlessItIsASourceOfItsOwn() {
        NetworkTrainer trainer = trainer(IMAGE, 2, 90);
        Candidate candidate =
                Fixture.candidate(
                        Fixture.convolutional(Activation.TANH, true),
                        Fixture.recipe(Fixture.ADAM, 40, 2));
        InstanceKey key = InstanceKey.crossed("candidate", 1, 2);
        Outcome tied = trainer.train(candidate, key);
        Outcome first = trainer.train(candidate, key.withOrder(0));
        assertThat(first).isNotEqualTo(tied);
        assertThat(trainer.train(candidate, key.withOrder(1))).isNotEqualTo(first);
        assertThat(trainer.train(candidate, key.withOrder(0))).isEqualTo(first);
        Candidate whole = // one mini-batch an epoch: its order is that of a sum's rows alone
                Fixture.candidate(
                        Fixture.convolutional(Activation.TANH, true),
                        Fixture.recipe(Fixture.ADAM, 90, 2));
        assertThat(trainer.train(whole, key.withOrder(1)).loss())
                .isCloseTo(trainer.train(whole, key.withOrder(0)).loss(), within(1e-5));
    }

    @Test
    void aUsedWorkspaceGivesTheSameBitsAsAFreshOne() {
        NetworkTrainer used = trainer(IMAGE, 2, 90);
        Candidate candidate =
                Fixture.candidate(
                        Fixture.convolutional(Activation.TANH, true),
                        Fixture.recipe(Fixture.ADAM, 40, 2));
        Recipe wild = Fixture.recipe(new Optimizer.Sgd(1000, 0, false, 0), 300, 2);
        used.train(
                Fixture.candidate(Fixture.convolutional(Activation.SILU, false), wild),
                key(Purpose.RACE, 3)); // leaves NaN behind
        assertThat(used.train(candidate, key(Purpose.RACE, 0)))
                .isEqualTo(trainer(IMAGE, 2, 90).train(candidate, key(Purpose.RACE, 0)));
    }

    @ParameterizedTest
    @CsvSource({"1,1", "1,7", "10,3", "31,32", "33,32", "64,32", "50,1000", "65,64", "100,33"})
    void anySampleAndBatchSizeTrains(int sample, int batch) {
        Candidate candidate =
                Fixture.candidate(
                        Fixture.convolutional(Activation.ELU, false),
                        Fixture.recipe(Fixture.ADAM, batch, 2));
        Outcome outcome = trainer(IMAGE, 0, sample).train(candidate, key(Purpose.RACE, 0));
        assertThat(outcome.loss()).isFinite();
    }

    /** Three rows in one block: what 29 lanes without a row hold must not change a bit. */
    @Test
    void lanesWithoutARowContributeNothing() {
        NetworkTrainer trainer = trainer(IMAGE, 0, 3);
        Network network = Fixture.convolutional(Activation.RELU, false);
        Outcome small =
                trainer.train(
                        Fixture.candidate(network, Fixture.recipe(Fixture.ADAM, 3, 5)),
                        key(Purpose.CERTIFY, 0));
        Outcome large =
                trainer.train(
                        Fixture.candidate(network, Fixture.recipe(Fixture.ADAM, 500, 5)),
                        key(Purpose.CERTIFY, 0));
        assertThat(small).isEqualTo(large);
        assertThat(small.loss()).isFinite();
    }

    @Test
    void anInterruptStopsALongTraining() throws InterruptedException {
        NetworkTrainer trainer = trainer(IMAGE, 0, 100);
        Candidate candidate =
                Fixture.candidate(
                        Fixture.convolutional(Activation.RELU, false),
                        Fixture.recipe(Fixture.ADAM, 10, 1_000_000));
        List<Throwable> thrown = new ArrayList<>();
        Thread thread =
                new Thread(() -> {
                    try {
                        trainer.train(candidate, key(Purpose.RACE, 0));
                    } catch (CancellationException e) {
                        thrown.add(e);
                    }
                });
        thread.start();
        thread.interrupt();
        thread.join(10_000);
        assertThat(thread.isAlive()).isFalse();
        assertThat(thrown).hasSize(1);
    }

    @Test
    void networksWithoutExactlyOneOutputOrWithoutWeightsAreRejected() {
        NetworkTrainer trainer = trainer(Shape.flat(4), 0, 30);
        Candidate two =
                Fixture.candidate(
                        new Network(List.of(new Layer.Dense(2))),
                        Fixture.recipe(Fixture.ADAM, 10, 1));
        assertThatThrownBy(() -> trainer.train(two, key(Purpose.RACE, 0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 output");
        NetworkTrainer single = trainer(Shape.flat(1), 0, 30);
        Candidate none =
                Fixture.candidate(
                        new Network(List.of(new Layer.Activate(Activation.RELU))),
                        Fixture.recipe(Fixture.ADAM, 10, 1));
        assertThatThrownBy(() -> single.train(none, key(Purpose.RACE, 0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no weights");
    }
}
