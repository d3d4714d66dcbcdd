package dev.mettle.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.mettle.core.statistics.TailCheck;
import dev.mettle.core.statistics.components.Arms;
import dev.mettle.core.statistics.components.Decomposition;
import dev.mettle.core.statistics.components.Failures;
import dev.mettle.core.statistics.components.LossGrid;
import dev.mettle.core.statistics.components.SpreadComparison;
import dev.mettle.core.statistics.components.SpreadRange;
import dev.mettle.core.statistics.components.VarianceComponents;
import dev.mettle.core.statistics.components.VarianceComponents.Component;
import dev.mettle.core.statistics.components.VarianceComponents.Interval;

import java.util.List;

/**
 * The JSON document of a decomposition. Its fields are an interface: they keep name and meaning.
 */
final class DecompositionJson {
    private final DecompositionResult result;
    private final Decomposition decomposition;
    private final LossGrid grid;

    private DecompositionJson(DecompositionResult result) {
        this.result = result;
        this.decomposition = result.decomposition();
        this.grid = decomposition.grid();
    }

    static ObjectNode of(DecompositionResult result) {
        return new DecompositionJson(result).document();
    }

    private ObjectNode document() {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("candidate", result.candidate());
        document.put("verdict", decomposition.verdict());
        ArrayNode sources = document.putArray("sources");
        grid.axes().forEach(axis -> sources.add(axis.name()));
        ArrayNode size = document.putArray("grid");
        grid.axes().forEach(axis -> size.add(axis.labels().size()));
        ArrayNode used = document.putArray("grid_used");
        decomposition.levels().forEach(used::add);
        document.put("instances", grid.losses().size());
        document.put("quantity", decomposition.quantity());
        switch (decomposition.result()) {
            case Decomposition.Determined determined -> determined(document, determined);
            case Decomposition.Undetermined(String reason) -> {
                document.putNull("components");
                document.put("undetermined", reason);
            }
        }
        document.set("failures", failures(decomposition.failures()));
        result.arms().ifPresent(arms -> document.set("arms", arms(arms)));
        ArrayNode warnings = document.putArray("warnings");
        decomposition.warnings().forEach(warnings::add);
        result.trained()
                .ifPresent(trained -> {
                    document.put("order_tied_to_init", trained.orderTied());
                    document.put("run", trained.directory().path().toString());
                    document.put("report", trained.directory().report().toString());
                });
        return document;
    }

    private void determined(ObjectNode document, Decomposition.Determined determined) {
        document.set("components", components(determined.components()));
        document.put("total_variance", determined.components().total());
        determined
                .corrected()
                .ifPresent(corrected -> {
                    var plan = result.trained().orElseThrow().plan();
                    ObjectNode node = document.putObject("finite_pool");
                    node.put("sample", plan.sample());
                    node.put("pool", plan.pool());
                    node.put("fraction", (double) plan.sample() / plan.pool());
                    node.set("components", components(corrected));
                });
        ObjectNode spreads = document.putObject("std_with_the_rest_fixed");
        for (SpreadRange range : decomposition.ranges()) {
            spreads.putObject(grid.axes().get(range.factor()).name())
                    .put("combinations", range.count())
                    .put("smallest", range.smallest())
                    .put("median", range.median())
                    .put("largest", range.largest());
        }
        ObjectNode tails = document.putObject("tails");
        for (int i = 0; i < determined.tails().size(); i++) {
            TailCheck tail = determined.tails().get(i);
            String name = i < grid.axes().size() ? grid.axes().get(i).name() : "residuals";
            tails.putObject(name)
                    .put("count", tail.count())
                    .put("excess_kurtosis", tail.excessKurtosis())
                    .put("score", tail.score())
                    .put("heavy", tail.heavy());
        }
    }

    private ObjectNode components(VarianceComponents components) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        for (Component component : components.components()) {
            ObjectNode own = node.putObject(grid.term(component.term()));
            own.set("share", interval(component.share()));
            own.set("variance", interval(component.variance()));
            own.put("raw_variance", component.raw());
            own.put("mean_square", component.meanSquare());
            own.put("degrees_of_freedom", component.degrees());
            own.put("probability_largest", component.dominates());
        }
        return node;
    }

    private static ObjectNode interval(Interval interval) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("value", interval.value())
                .put("low", interval.low())
                .put("high", interval.high());
    }

    private ObjectNode failures(Failures failures) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("count", failures.count());
        for (int factor = 0; factor < grid.axes().size(); factor++) {
            LossGrid.Axis axis = grid.axes().get(factor);
            ObjectNode own = node.putObject(axis.name());
            ObjectNode counts = own.putObject("by_level");
            List<Integer> byLevel = failures.byLevel().get(factor);
            for (int level = 0; level < byLevel.size(); level++) {
                if (byLevel.get(level) > 0) {
                    counts.put(axis.labels().get(level), byLevel.get(level));
                }
            }
            failures.clustering().get(factor).ifPresent(p -> own.put("clustering_p_value", p));
            ArrayNode out = own.putArray("left_out");
            for (Failures.Level level : failures.removed()) {
                if (level.factor() == factor) {
                    out.add(axis.labels().get(level.level()));
                }
            }
        }
        return node;
    }

    private static ObjectNode arms(Arms arms) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("verdict", arms.verdict());
        node.put("quantity", arms.logarithmic() ? "log-loss" : "loss");
        node.set("init", RunJson.losses(arms.inits()).put("failed", arms.inits().failures()));
        node.set("sample", RunJson.losses(arms.samples()).put("failed", arms.samples().failures()));
        arms.comparison()
                .ifPresent((SpreadComparison comparison) -> {
                    node.put("init_std", comparison.firstStd());
                    node.put("sample_std", comparison.secondStd());
                    node.set("variance_ratio", interval(comparison.varianceRatio()));
                    node.put("brown_forsythe_p_value", comparison.pValue());
                });
        return node;
    }
}
