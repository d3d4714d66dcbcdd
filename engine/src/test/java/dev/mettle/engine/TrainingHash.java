package dev.mettle.engine;

import dev.mettle.core.data.Dataset;
import dev.mettle.core.data.Partition;
import dev.mettle.core.data.Shape;
import dev.mettle.core.instance.InstanceKey;
import dev.mettle.core.instance.Outcome;
import dev.mettle.core.network.Activation;
import dev.mettle.core.random.Purpose;
import dev.mettle.core.study.Candidate;
import dev.mettle.core.study.HeldOutLoss;
import dev.mettle.core.study.Optimizer;

import java.util.Arrays;
import java.util.List;

/**
 * Trains a few small networks and prints the vector width and a hash of all bits of the results.
 */
final class TrainingHash {
    private TrainingHash() {}

    public static void main(String[] arguments) {
        System.out.println(Vectors.bits() + " " + hash());
    }

    /** Returns a hash of weights, curves and losses. */
    static int hash() {
        Shape image = new Shape(1, 15, 15);
        Dataset data = Fixture.data(400, image, 2);
        Partition partition = Fixture.partition(400);
        NetworkTrainer trainer =
                new NetworkTrainer(
                        9,
                        data,
                        partition,
                        Fixture.samples(partition.pool(), 75, 2),
                        new HeldOutLoss.Mse());
        int hash = 1;
        List<Optimizer> optimizers =
                List.of(
                        Fixture.ADAM,
                        new Optimizer.Sgd(0.003, 0.9, true, 0.01),
                        new Optimizer.RmsProp(0.001, 0.99, 1e-8, 0.5, 0.01),
                        new Optimizer.AdamW(0.002, 0.9, 0.999, 1e-8, 0.1));
        for (Activation function : Activation.values()) {
            Optimizer optimizer = optimizers.get(function.ordinal() % optimizers.size());
            Candidate candidate =
                    Fixture.candidate(
                            Fixture.convolutional(function, true),
                            Fixture.recipe(optimizer, 40, 2));
            Outcome outcome =
                    trainer.train(
                            candidate,
                            InstanceKey.paired("candidate", Purpose.CERTIFY, function.ordinal()));
            if (outcome instanceof Outcome.Completed completed) {
                hash = 31 * hash + completed.weights().orElseThrow().hashCode();
                hash = 31 * hash + Arrays.hashCode(completed.curve().toArray());
                hash = 31 * hash + Double.hashCode(completed.evaluation().loss());
            } else {
                throw new IllegalStateException(outcome.toString());
            }
        }
        return hash;
    }
}
