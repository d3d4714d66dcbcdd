package dev.mettle.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.mettle.core.instance.InstanceResult;
import dev.mettle.core.instance.Outcome;
import dev.mettle.core.instance.Weights;

import java.util.Locale;
import java.util.Optional;

/**
 * An instance of a ledger beside the same one trained again.
 *
 * @param kept as the ledger has it, without weights
 * @param keptWeights those of the ledger, where it kept them
 * @param now trained again
 */
record Retrained(InstanceResult kept, Optional<Weights> keptWeights, Outcome now) {
    /** Tells whether every bit is the same: losses, curve, metrics, seeds and weights. */
    boolean isSame() {
        return withoutWeights(now).equals(withoutWeights(kept.outcome()))
                && (keptWeights.isEmpty() || keptWeights.equals(weights()));
    }

    private static Outcome withoutWeights(Outcome outcome) {
        return outcome instanceof Outcome.Completed done
                ? new Outcome.Completed(
                        done.evaluation(), done.epochs(), done.curve(), Optional.empty())
                : outcome;
    }

    private Optional<Weights> weights() {
        return now instanceof Outcome.Completed done ? done.weights() : Optional.empty();
    }

    /** Returns the number of weights that are compared. */
    int weightCount() {
        return keptWeights.map(Weights::size).orElse(0);
    }

    /** Returns how many weights differ in a bit, all if the networks differ in size. */
    int differentWeights() {
        float[] before = keptWeights.map(Weights::toArray).orElse(new float[0]);
        float[] after = weights().map(Weights::toArray).orElse(new float[0]);
        if (before.length != after.length) {
            return before.length;
        }
        int different = 0;
        for (int i = 0; i < before.length; i++) {
            if (Float.floatToRawIntBits(before[i]) != Float.floatToRawIntBits(after[i])) {
                different++;
            }
        }
        return different;
    }

    /** Returns a line for people. */
    String text() {
        String name =
                "%s %s %d"
                        .formatted(
                                kept.key().candidate(),
                                kept.key().purpose().name().toLowerCase(Locale.ROOT),
                                kept.key().init());
        if (isSame()) {
            String weights =
                    keptWeights.isEmpty()
                            ? "its weights were not kept"
                            : "%,d weights".formatted(weightCount());
            return "%s: the same bits: %s, %s".formatted(name, outcome(now), weights);
        }
        return "%s: DIFFERENT: %s in the run, %s now; %s"
                .formatted(
                        name,
                        outcome(kept.outcome()),
                        outcome(now),
                        keptWeights.isEmpty()
                                ? "no weights to compare"
                                : "%,d of %,d weights differ"
                                        .formatted(differentWeights(), weightCount()));
    }

    /** Writes a loss with all its digits, as two that differ may look alike otherwise. */
    private static String outcome(Outcome outcome) {
        return outcome instanceof Outcome.Completed
                ? "loss " + outcome.loss()
                : outcome.label() + " after %d epochs".formatted(outcome.trainingCurve().size());
    }

    /** Puts the same into JSON. */
    void writeTo(ObjectNode node) {
        node.put("candidate", kept.key().candidate());
        node.put("purpose", kept.key().purpose().name().toLowerCase(Locale.ROOT));
        node.put("instance", kept.key().init());
        node.put("same", isSame());
        node.put("outcome", kept.outcome().label());
        node.put("outcome_now", now.label());
        node.put("loss", kept.outcome().loss());
        node.put("loss_now", now.loss());
        node.put("weights", weightCount());
        node.put("weights_different", differentWeights());
    }
}
