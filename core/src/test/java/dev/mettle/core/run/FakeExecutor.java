package dev.mettle.core.run;

import dev.mettle.core.data.Series;
import dev.mettle.core.instance.Evaluation;
import dev.mettle.core.instance.InstanceExecutor;
import dev.mettle.core.instance.InstanceKey;
import dev.mettle.core.instance.InstanceResult;
import dev.mettle.core.instance.Outcome;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** Computes losses instead of training, and is interrupted before an instance too many. */
final class FakeExecutor implements InstanceExecutor {
    private final Function<InstanceKey, Double> loss;
    private int left;

    FakeExecutor(Function<InstanceKey, Double> loss, int stopAfter) {
        this.loss = loss;
        this.left = stopAfter;
    }

    @Override
    public void execute(List<InstanceKey> keys, Consumer<InstanceResult> sink)
            throws InterruptedException {
        for (InstanceKey key : keys) {
            if (left-- == 0) {
                throw new InterruptedException();
            }
            sink.accept(new InstanceResult(key, 0, 0, outcome(loss.apply(key)), 1));
        }
    }

    private static Outcome outcome(double loss) {
        return Double.isFinite(loss)
                ? new Outcome.Completed(
                        new Evaluation(loss, Series.of(loss, loss), new LinkedHashMap<>()),
                        3,
                        Series.of(1, 2, 3),
                        Optional.empty())
                : new Outcome.Exploded(
                        "the loss is not finite.", Optional.empty(), 3, Series.of(1, 2, loss));
    }
}
