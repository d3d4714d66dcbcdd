package dev.mettle.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.mettle.core.run.LossWords;
import dev.mettle.core.run.RunPlan;
import dev.mettle.core.run.SizeStudy;
import dev.mettle.core.run.SizeWords;
import dev.mettle.core.statistics.Bracket;
import dev.mettle.core.statistics.Losses;
import dev.mettle.core.statistics.MinimalSize;
import dev.mettle.core.statistics.SignificantDigits;
import dev.mettle.core.statistics.SizeComparison;
import dev.mettle.core.statistics.SizeStep;
import dev.mettle.core.statistics.SizedLosses;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What {@code sample-size} tells.
 *
 * @param study what was found
 * @param directory of the run; empty for losses made elsewhere
 * @param plan of the run; empty for losses made elsewhere
 */
record SizeAnswer(SizeStudy study, Optional<RunDirectory> directory, Optional<RunPlan> plan) {
    private static final String ROW = "%9s %8s %7s  %-13s %-28s %-9s %-18s %s";

    /** Returns the lines for people, the answer first. */
    String text() {
        SizeWords words = new SizeWords(study);
        List<String> lines = new ArrayList<>();
        lines.add(words.verdict());
        for (SizeStudy.Candidate candidate : study.candidates()) {
            lines.add("");
            lines.add(title(candidate));
            lines.add(
                    row(
                            "rows",
                            "of pool",
                            "failed",
                            "median",
                            "10 % to 90 %",
                            "cv",
                            "limits",
                            "by itself"));
            for (int k = 0; k < candidate.sizes().size(); k++) {
                lines.add(row(candidate, k));
            }
        }
        lines.add("");
        lines.addAll(words.details());
        lines.add("");
        words.caveats().forEach(caveat -> lines.add("* " + caveat));
        directory.ifPresent(run -> lines.add("report     " + run.report()));
        return String.join("\n", lines);
    }

    private String title(SizeStudy.Candidate candidate) {
        String settings =
                String.join(
                        ",",
                        candidate.record().settings().entrySet().stream()
                                .map(setting -> setting.getKey() + "=" + setting.getValue())
                                .toList());
        return "%s%s%s; cv with one-sided %s limits"
                .formatted(
                        candidate.record().id(),
                        settings.isEmpty() ? "" : "  " + settings,
                        plan.map(p -> "; loss: " + LossWords.of(p).withUnit()).orElse(""),
                        Numbers.share(1 - study.alpha()));
    }

    private String row(SizeStudy.Candidate candidate, int k) {
        SizeStep step = candidate.minimal().steps().get(k);
        Losses losses = candidate.sizes().get(k).sorted();
        return row(
                String.format(Locale.ROOT, "%,d", step.rows()),
                study.pool().isPresent()
                        ? String.format(
                                Locale.ROOT,
                                "%.1f %%",
                                100.0 * step.rows() / study.pool().getAsInt())
                        : "",
                "%d/%d".formatted(step.failures(), step.instances()),
                Numbers.shown(losses.quantile(0.5)),
                "%s to %s"
                        .formatted(
                                Numbers.shown(losses.quantile(0.1)),
                                Numbers.shown(losses.quantile(0.9))),
                cv(step.cv()),
                step.failures() > 0
                        ? "a failure"
                        : "%s to %s".formatted(cv(step.lower()), cv(step.upper())),
                switch (step.proof()) {
                    case ROBUST -> "robust";
                    case NOT_ROBUST -> "not robust";
                    case OPEN -> "open";
                });
    }

    /** Returns a cv with three significant digits. */
    private static String cv(double share) {
        return Double.isInfinite(share)
                ? Numbers.percent(share)
                : SignificantDigits.of(100 * share, 3) + " %";
    }

    private static String row(String... cells) {
        return ROW.formatted((Object[]) cells).stripTrailing();
    }

    /** Returns the JSON document. */
    ObjectNode document() {
        SizeWords words = new SizeWords(study);
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("verdict", words.verdict());
        directory.ifPresent(run -> document.put("run", run.path().toString()));
        study.pool().ifPresent(pool -> document.put("pool", pool));
        document.put("limit", study.limits().cv());
        document.put("family_wise_error", study.alpha());
        document.put("paired", study.paired());
        ArrayNode candidates = document.putArray("candidates");
        study.candidates().forEach(candidate -> candidates.add(candidate(candidate)));
        ArrayNode ratios = document.putArray("ratios");
        for (int r = 0; r < study.ratios().size(); r++) {
            SizeComparison.Ratio ratio = study.ratios().get(r);
            ObjectNode node = ratios.addObject();
            node.put("candidate", study.candidates().get(r + 1).record().id());
            node.put("to", study.candidates().getFirst().record().id());
            put(node, "ratio", ratio.point());
            put(node, "interval", ratio.interval());
            put(node, "proved", ratio.proven());
        }
        ArrayNode sentences = document.putArray("sentences");
        words.details().forEach(sentences::add);
        words.caveats().forEach(sentences::add);
        return document;
    }

    private ObjectNode candidate(SizeStudy.Candidate candidate) {
        MinimalSize minimal = candidate.minimal();
        ObjectNode node = RunJson.candidate(candidate.record());
        if (plan.isEmpty()) { // nothing else is known of candidates made elsewhere
            node.remove(List.of("settings", "parameters"));
        }
        put(node, "robust_from", minimal.robustFrom());
        put(node, "not_robust_up_to", minimal.notRobustUpTo());
        candidate
                .endlessPool()
                .ifPresent(endless ->
                        put(node, "robust_from_with_endless_pool", endless.robustFrom()));
        put(node, "crossing", candidate.needed().point());
        put(node, "crossing_interval", candidate.needed().interval());
        node.put("heavy_tails", minimal.heavyTails());
        ArrayNode sizes = node.putArray("sizes");
        for (int k = 0; k < candidate.sizes().size(); k++) {
            sizes.add(size(candidate.sizes().get(k), minimal.steps().get(k)));
        }
        return node;
    }

    private ObjectNode size(SizedLosses sized, SizeStep step) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("rows", step.rows());
        study.pool()
                .ifPresent(pool -> {
                    node.put("share_of_pool", (double) step.rows() / pool);
                    node.put(
                            "cv_with_endless_pool_at_most",
                            step.cv() / MinimalSize.poolFactor(step.rows(), pool));
                });
        node.put("failures", step.failures());
        node.set("losses", RunJson.losses(sized.sorted()));
        node.put("cv", step.cv());
        node.put("cv_lower", step.lower());
        node.put("cv_upper", step.upper());
        node.put("proof", step.proof().name().toLowerCase(Locale.ROOT));
        return node;
    }

    private static void put(ObjectNode node, String name, OptionalInt rows) {
        if (rows.isPresent()) {
            node.put(name, rows.getAsInt());
        } else {
            node.putNull(name);
        }
    }

    private static void put(ObjectNode node, String name, Bracket bracket) {
        node.putObject(name).put("low", bracket.low()).put("high", bracket.high());
    }
}
