package dev.mettle.engine;

import dev.mettle.core.data.Dataset;
import dev.mettle.core.data.Partition;
import dev.mettle.core.data.Sample;
import dev.mettle.core.data.SampleSource;
import dev.mettle.core.data.Scale;
import dev.mettle.core.data.Task;
import dev.mettle.core.instance.InstanceKey;
import dev.mettle.core.random.Purpose;
import dev.mettle.core.random.RandomStream;
import dev.mettle.core.random.Seed;
import dev.mettle.core.random.Stream;
import dev.mettle.core.study.Candidate;
import dev.mettle.core.study.HeldOutLoss;
import dev.mettle.core.study.Initialisation;
import dev.mettle.core.study.Loss;
import dev.mettle.core.study.Optimizer;
import dev.mettle.core.study.Recipe;
import dev.mettle.core.study.StabilityStop;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What is measured of a network, on made-up data: the bare training step and whole instances. For
 * one thread.
 */
final class BenchmarkTraining {
    /** Rows of an epoch, as in step.py: whole mini-batches of 256, 64 and 32. */
    static final int ROWS = 12_800;

    /** Epochs of an instance. */
    static final int EPOCHS = 20;

    private static final int ROWS_FOR_ONE_HELD_OUT = 6;
    private static final Seed SEED = new Seed(1, Purpose.ASSESS, Seed.Source.INIT, 0);

    private final BenchmarkNetwork network;
    private final int epochs;
    private final Dataset data;
    private final Sample sample;
    private final Training training;
    private final RandomStream random = new RandomStream(SEED, Stream.ORDER);
    private final int[] order;
    private final NetworkTrainer trainer;

    /** As many rows and epochs as the network says, and a held-out row for each six rows. */
    BenchmarkTraining(BenchmarkNetwork network) {
        this(network, network.rows(), network.epochs(), network.rows() / ROWS_FOR_ONE_HELD_OUT);
    }

    BenchmarkTraining(BenchmarkNetwork network, int rows, int epochs, int heldOutRows) {
        this.network = network;
        this.epochs = epochs;
        this.data = data(network, rows + heldOutRows);
        this.sample =
                new Sample(
                        IntStream.range(0, rows).toArray(),
                        List.of(Scale.NONE),
                        List.of(),
                        List.of(Scale.NONE));
        this.order = sample.rows().clone();
        Workspace workspace = new Workspace();
        workspace.sample().fill(data, sample.rows(), sample);
        NetworkPlan plan = new NetworkPlan(network.network(), network.input(), 0, network.batch());
        this.training = new Training(plan, workspace, recipe());
        training.initialise(SEED);
        int[] heldOut = IntStream.range(rows, rows + heldOutRows).toArray();
        this.trainer =
                new NetworkTrainer(
                        1,
                        data,
                        new Partition(sample.rows(), heldOut, heldOut),
                        new OneSample(sample),
                        new HeldOutLoss.Mse());
    }

    /** The same sample whatever the seed. */
    private record OneSample(Sample sample) implements SampleSource {
        @Override
        public int rows() {
            return sample.rows().length;
        }

        @Override
        public Sample draw(Seed seed, int rows) {
            return sample;
        }
    }

    private Recipe recipe() {
        return new Recipe(
                new Loss.Mse(),
                new Optimizer.Adam(0.001, 0.9, 0.999, 1e-8, 0),
                Initialisation.KAIMING_UNIFORM,
                network.batch(),
                epochs,
                new StabilityStop.Off());
    }

    private static Dataset data(BenchmarkNetwork network, int rows) {
        RandomStream random = new RandomStream(SEED, Stream.ROWS);
        float[] inputs = new float[rows * network.input().size()];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = (float) random.nextGaussian();
        }
        double[] targets = new double[rows];
        for (int i = 0; i < rows; i++) {
            targets[i] = random.nextGaussian();
        }
        return new Dataset(
                network.input(),
                inputs,
                List.of(),
                new float[0],
                Task.regression("y"),
                targets,
                "");
    }

    /** Bare training steps: one epoch of all rows, shuffled, gathered for each mini-batch. */
    float epoch() {
        random.shuffle(order, order.length);
        return training.epoch(order);
    }

    /** A whole instance: scaling, initialisation, epochs, evaluation on held-out rows. */
    void instance() {
        Candidate candidate =
                new Candidate("c", new LinkedHashMap<>(), network.network(), recipe(), 0);
        trainer.train(candidate, InstanceKey.paired("c", Purpose.ASSESS, 0));
    }
}
