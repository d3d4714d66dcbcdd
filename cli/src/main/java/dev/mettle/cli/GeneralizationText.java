package dev.mettle.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.mettle.core.run.CandidateRecord;
import dev.mettle.core.run.GeneralizationRecord;
import dev.mettle.core.run.LossWords;
import dev.mettle.core.run.RunRecord;
import dev.mettle.core.statistics.Criterion;
import dev.mettle.core.statistics.Generalization;
import dev.mettle.core.statistics.Generalization.Case;
import dev.mettle.core.statistics.Losses;
import dev.mettle.core.statistics.Proportion;
import dev.mettle.core.statistics.RankCorrelation;
import dev.mettle.core.statistics.Robustness;
import dev.mettle.core.statistics.Robustness.Verdict;
import dev.mettle.core.statistics.SignificantDigits;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What became of candidates on other data, for people and as JSON. */
final class GeneralizationText {
    private static final List<Verdict> VERDICTS =
            List.of(Verdict.YES, Verdict.UNDECIDED, Verdict.NO);

    private final RunRecord run;
    private final GeneralizationRecord record;
    private final Generalization found;
    private final SequencedSet<Criterion> criteria = new LinkedHashSet<>();
    private final Map<String, CandidateRecord> candidates;

    /**
     * Compares.
     *
     * @param criterion by which the run selected
     */
    GeneralizationText(RunRecord run, GeneralizationRecord record, Criterion criterion) {
        this.run = run;
        this.record = record;
        this.found = record.compare(run);
        this.candidates =
                run.candidates().stream()
                        .collect(Collectors.toMap(CandidateRecord::id, Function.identity()));
        criteria.add(criterion instanceof Criterion.Cv ? new Criterion.Mean() : criterion);
        criteria.add(new Criterion.Cv());
    }

    /** Returns the lines for people, the verdict first. */
    String text(RunDirectory directory) {
        List<String> lines = new ArrayList<>();
        lines.add(found.sentence(here(), record.study(), GeneralizationText::percent));
        lines.add("");
        lines.add("%s (here): %s".formatted(here(), LossWords.of(run.plan()).withUnit()));
        lines.add("%s (there): %s".formatted(record.study(), record.loss().withUnit()));
        lines.add(
                "%d trainings of each candidate on both, measured on validation rows; %d selected, %d of %,d dropped ones drawn at random"
                        .formatted(
                                record.instances(),
                                found.of(true).size(),
                                found.of(false).size(),
                                found.dropped()));
        lines.addAll(table());
        found.selectedLessDropped().ifPresent(difference -> lines.add(text(difference)));
        lines.add("");
        lines.add("rank correlation, here against there (Kendall's tau-b, 95 % interval)");
        criteria.forEach(criterion -> lines.addAll(correlations(criterion)));
        lines.addAll(failing());
        lines.add("report     " + directory.report());
        return String.join("\n", lines);
    }

    private String here() {
        return run.provenance().study();
    }

    /** Returns a share of a few candidates: more digits would promise too much. */
    static String percent(double share) {
        return String.format(Locale.ROOT, "%.0f %%", 100 * share);
    }

    private List<String> table() {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add(row("", "", "robust there", "undecided", "not robust"));
        for (boolean selected : new boolean[] {true, false}) {
            if (found.of(selected).isEmpty()) {
                continue;
            }
            for (Verdict verdict : VERDICTS) {
                lines.add(
                        row(
                                verdict == Verdict.YES ? kind(selected) : "",
                                switch (verdict) {
                                    case YES -> "robust here";
                                    case UNDECIDED -> "undecided";
                                    case NO -> "not robust";
                                },
                                count(selected, verdict, Verdict.YES),
                                count(selected, verdict, Verdict.UNDECIDED),
                                count(selected, verdict, Verdict.NO)));
            }
        }
        return lines;
    }

    private String count(boolean selected, Verdict here, Verdict there) {
        return Integer.toString(found.count(selected, here, there));
    }

    private static String row(String... cells) {
        return String.format(Locale.ROOT, "%-10s %-12s %12s %10s %11s", (Object[]) cells)
                .stripTrailing();
    }

    private static String kind(boolean selected) {
        return selected ? "selected" : "dropped";
    }

    private String text(Proportion.Difference difference) {
        return String.format(
                Locale.ROOT,
                "robust there: %s of the selected, %s of the dropped; difference %.0f points (95 %%"
                        + " interval %.0f to %.0f), Fisher's exact test p = %s",
                percent(found.robustThere(true).orElseThrow().value()),
                percent(found.robustThere(false).orElseThrow().value()),
                100 * difference.value(),
                100 * difference.low(),
                100 * difference.high(),
                SignificantDigits.of(difference.pValue(), 2));
    }

    private List<String> correlations(Criterion criterion) {
        Generalization.Agreement agreement = found.agreement(criterion);
        List<String> lines = new ArrayList<>();
        String name = criterion.label();
        if (found.of(false).size() > 1) {
            lines.add(correlation(name, "dropped, from those drawn", agreement.dropped()));
            name = "";
        }
        lines.add(
                correlation(
                        name,
                        found.of(false).isEmpty()
                                ? "selected ones alone"
                                : "all, drawn ones weighted",
                        agreement.all()));
        if (agreement.repeated().isPresent()) {
            lines.add(correlation("", "here, half against half", agreement.repeated()));
        }
        return lines;
    }

    private static String correlation(
            String criterion, String over, Optional<RankCorrelation> correlation) {
        return String.format(
                Locale.ROOT,
                "  %-8s %-26s %s",
                criterion,
                over,
                correlation
                        .map(c ->
                                String.format(
                                        Locale.ROOT,
                                        "%5.2f (%.2f to %.2f); same order in %s of pairs",
                                        c.tau(),
                                        c.low(),
                                        c.high(),
                                        percent(c.concordant())))
                        .orElse("none: there are no two candidates in an order"));
    }

    private List<String> failing() {
        List<String> lines = new ArrayList<>();
        lines.add("");
        if (found.failing().isEmpty()) {
            lines.add("No candidate that is robust here is known to fail there.");
            return lines;
        }
        lines.add("robust here, not robust there");
        for (Case one : found.failing()) {
            lines.add(
                    "  %s %-8s  cv here %s; there: %s"
                            .formatted(
                                    one.candidate(),
                                    kind(one.selected()),
                                    Numbers.percent(one.lossesHere().cv()),
                                    one.robustThere().reason()));
            lines.add("             " + settings(one.candidate()));
        }
        return lines;
    }

    private String settings(String id) {
        CandidateRecord candidate = candidates.get(id);
        return candidate == null
                ? ""
                : candidate.settings().entrySet().stream()
                        .map(setting -> setting.getKey() + "=" + setting.getValue())
                        .collect(Collectors.joining(","));
    }

    /** Returns everything as a JSON document. */
    ObjectNode document(RunDirectory directory) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("study", here());
        document.put("run", directory.path().toString());
        document.put("study_there", record.study());
        document.put("run_there", record.run());
        document.put("loss", LossWords.of(run.plan()).withUnit());
        document.put("loss_there", record.loss().withUnit());
        document.put("instances", record.instances());
        document.put("selected", found.of(true).size());
        document.put("drawn", found.of(false).size());
        document.put("dropped", found.dropped());
        document.put("answer", found.answer().label());
        document.put(
                "sentence", found.sentence(here(), record.study(), GeneralizationText::percent));
        findings(document);
        ArrayNode all = document.putArray("candidates");
        found.cases().forEach(one -> all.add(candidate(one)));
        document.put("report", directory.report().toString());
        return document;
    }

    private void findings(ObjectNode document) {
        ObjectNode verdicts = document.putObject("verdicts");
        verdicts(verdicts.putObject("selected"), true);
        verdicts(verdicts.putObject("dropped"), false);
        found.selectedLessDropped()
                .ifPresentOrElse(
                        difference ->
                                document.putObject("selected_less_dropped")
                                        .put("value", difference.value())
                                        .put("low", difference.low())
                                        .put("high", difference.high())
                                        .put("fisher_p", difference.pValue()),
                        () -> document.putNull("selected_less_dropped"));
        ObjectNode ranks = document.putObject("rank_correlation");
        for (Criterion criterion : criteria) {
            Generalization.Agreement agreement = found.agreement(criterion);
            ObjectNode node = ranks.putObject(criterion.label());
            correlation(node, "dropped", agreement.dropped());
            correlation(node, "all", agreement.all());
            correlation(node, "here_half_against_half", agreement.repeated());
        }
    }

    private void verdicts(ObjectNode node, boolean selected) {
        for (Verdict here : VERDICTS) {
            ObjectNode row = node.putObject("here_" + here.label());
            for (Verdict there : VERDICTS) {
                row.put("there_" + there.label(), found.count(selected, here, there));
            }
        }
        found.carried(selected)
                .ifPresentOrElse(
                        share ->
                                node.putObject("robust_here_and_there")
                                        .put("share", share.value())
                                        .put("low", share.low())
                                        .put("high", share.high())
                                        .put("of", share.count()),
                        () -> node.putNull("robust_here_and_there"));
    }

    private static void correlation(
            ObjectNode node, String name, Optional<RankCorrelation> correlation) {
        correlation.ifPresentOrElse(
                c ->
                        node.putObject(name)
                                .put("tau_b", c.tau())
                                .put("low", c.low())
                                .put("high", c.high())
                                .put("concordant", c.concordant())
                                .put("candidates", c.candidates()),
                () -> node.putNull(name));
    }

    private ObjectNode candidate(Case one) {
        CandidateRecord candidate = candidates.get(one.candidate());
        ObjectNode node =
                candidate == null
                        ? JsonNodeFactory.instance.objectNode().put("candidate", one.candidate())
                        : RunJson.candidate(candidate);
        node.put("selected", one.selected());
        data(node.putObject("here"), one.lossesHere(), one.robustHere());
        data(node.putObject("there"), one.lossesThere(), one.robustThere());
        return node;
    }

    private static void data(ObjectNode node, Losses losses, Robustness robustness) {
        node.put("failures", losses.failures());
        node.set("losses", RunJson.losses(losses));
        node.put("robust", robustness.verdict().label());
        node.put("robust_reason", robustness.reason());
    }
}
