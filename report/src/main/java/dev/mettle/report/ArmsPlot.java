package dev.mettle.report;

import dev.mettle.core.run.GridDesign;
import dev.mettle.core.statistics.components.Arms;
import dev.mettle.core.statistics.components.Decomposition;

import java.util.List;
import java.util.OptionalDouble;

/** The two arms: one sample with fresh inits, one init with fresh samples, as strips. */
final class ArmsPlot {
    private ArmsPlot() {}

    /** Adds words and strips; nothing without arms. */
    static void add(
            RunDigest run,
            GridDesign.Found found,
            Decomposition decomposition,
            String id,
            String name,
            List<Block> blocks) {
        if (found.arms().isEmpty()) {
            return;
        }
        Arms arms = found.arms().get();
        blocks.add(
                Html.of(
                        "<p><b>%s</b> The first arm has one sample, so its variance is that of the"
                            + " initial weights and of their interaction <em>with that sample</em>;"
                            + " the second has one set of weights. With another sample, or other"
                            + " weights, they would come out differently: the grid above shows by"
                            + " how much.</p>",
                        Sentences.unbroken(arms.verdict())));
        LossStrips strips =
                new LossStrips(
                        run.plan(),
                        List.of(
                                new LossStrips.Strip(
                                        "one sample, %d fresh inits"
                                                .formatted(arms.inits().count()),
                                        LossStrips.Kind.INITS,
                                        arms.inits(),
                                        OptionalDouble.empty()),
                                new LossStrips.Strip(
                                        "one init, %d fresh samples"
                                                .formatted(arms.samples().count()),
                                        LossStrips.Kind.SAMPLES,
                                        arms.samples(),
                                        OptionalDouble.empty())));
        strips.plot(
                        id,
                        "%s: fresh weights, and fresh samples".formatted(name),
                        Html.of(
                                " Above: ○ one sample, fresh initial weights. Below: ● one set of"
                                        + " weights, fresh samples."))
                .ifPresent(blocks::add);
    }
}
