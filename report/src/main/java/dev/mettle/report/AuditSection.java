package dev.mettle.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.mettle.core.run.AuditFinding;
import dev.mettle.core.run.AuditRecord;
import dev.mettle.core.run.RaceWords;
import dev.mettle.core.run.RunSummary;
import dev.mettle.core.selection.AuditSample;
import dev.mettle.core.selection.Elimination;
import dev.mettle.core.selection.Ranked;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the race threw away: its own check, and the audit of dropped candidates. */
final class AuditSection {
    private static final int MOST_ROWS = 20;

    private final RunDigest run;
    private final LossMeaning meaning;
    private final Map<String, Integer> droppedAfter = new HashMap<>();

    private AuditSection(RunDigest run) {
        this.run = run;
        this.meaning = new LossMeaning(run.plan());
        for (Elimination elimination : run.eliminations()) {
            droppedAfter.put(elimination.candidate(), elimination.iteration());
        }
    }

    /** Returns the section; empty where the race says nothing about itself. */
    static Optional<Section> of(RunDigest run) {
        RunSummary summary = run.summary();
        if (summary.check().isEmpty() && summary.audit().isEmpty()) {
            return Optional.empty();
        }
        AuditSection section = new AuditSection(run);
        List<Block> blocks = new ArrayList<>();
        summary.check()
                .ifPresent(check ->
                        blocks.add(
                                sentences(
                                        "<p>How sure is the race? %s.</p>",
                                        RaceWords.check(check))));
        summary.audit().ifPresent(finding -> blocks.addAll(section.audit(finding)));
        return Optional.of(new Section("audit", "What the race threw away", blocks));
    }

    /** Returns the warning that a dropped candidate is better than the winner. */
    static Html warning(RunDigest run) {
        LossMeaning meaning = new LossMeaning(run.plan());
        return run.summary()
                .audit()
                .flatMap(finding ->
                        RaceWords.warning(finding, run.plan().criterion(), meaning::shown))
                .map(warning ->
                        AnswerSection.box(
                                AnswerSection.Tone.BAD,
                                Html.text("The audit found a better candidate than the winner"),
                                Html.of(
                                        "<p>%s. The winner below is still the one that the race"
                                                + " picked. To compare both on fresh trainings:"
                                                + " <code>mettle assess STUDY --candidate winner"
                                                + " --candidate %s</code>.</p>",
                                        Sentences.unbroken(Sentences.capitalised(warning)),
                                        run.summary().audit().orElseThrow().best().candidate())))
                .orElse(Html.NONE);
    }

    private List<Block> audit(AuditFinding finding) {
        List<Block> blocks = new ArrayList<>();
        blocks.add(
                sentences(
                        "<p>%s: half of them drawn evenly, half with preference for those that"
                                + " were dropped closely. %s. Over the same trainings %s.</p>",
                        RaceWords.audited(finding),
                        RaceWords.found(finding),
                        RaceWords.best(finding, meaning::shown)));
        plot(finding).ifPresent(blocks::add);
        blocks.add(table(finding));
        return blocks;
    }

    private static Html sentences(String template, String... sentences) {
        Object[] values = new Object[sentences.length];
        for (int i = 0; i < values.length; i++) {
            values[i] =
                    Sentences.unbroken(i < 2 ? Sentences.capitalised(sentences[i]) : sentences[i]);
        }
        return Html.of(template, values);
    }

    private Optional<Plot> plot(AuditFinding finding) {
        ObjectNode spec = Plot.template("audit");
        ArrayNode rows = Plot.data(spec, "audited");
        LossAxis axis = new LossAxis();
        for (AuditRecord.Audited audited : finding.record().audited()) {
            Ranked result = audited.result();
            double ratio = result.criterion() / winner(result.group());
            if (result.failures() == 0 && Double.isFinite(ratio) && ratio > 0) {
                axis.include(ratio);
                rows.addObject()
                        .put("candidate", Names.id(result.candidate()))
                        .put("iteration", droppedAfter(result))
                        .put("ratio", ratio)
                        .put(
                                "verdict",
                                finding.better().contains(result)
                                        ? "better than the winner"
                                        : "worse than the winner");
            }
        }
        if (axis.isEmpty()) {
            return Optional.empty();
        }
        axis.include(1);
        axis.apply(spec.withObject("/encoding/x"));
        spec.withObject("/encoding/x")
                .put("title", run.plan().criterion() + ", times the winner's");
        Plot.data(spec, "winner").addObject().put("ratio", 1);
        if (finding.better().isEmpty()) {
            spec.withObject("/layer/1/encoding/color").putNull("legend");
            spec.withObject("/layer/1/encoding/shape").putNull("legend");
        }
        return Optional.of(
                new Plot(
                        "plot-audit",
                        "The audited candidates, trained in full",
                        Html.of(
                                "Each point is a dropped candidate, in the row of the number of"
                                    + " trainings after which it was dropped. Left of the dashed"
                                    + " line it would be better than the winner.%s",
                                failed(finding)),
                        spec));
    }

    private static String failed(AuditFinding finding) {
        long failed =
                finding.record().audited().stream()
                        .filter(audited -> audited.result().failures() > 0)
                        .count();
        return failed == 0
                ? ""
                : " %d with failed trainings %s not shown."
                        .formatted(failed, failed == 1 ? "is" : "are");
    }

    /** Returns the criterion of the race's winner. */
    private double winner(String group) {
        return run.summary().finalists().stream()
                .filter(finalist -> finalist.group().equals(group))
                .mapToDouble(RunSummary.Finalist::criterion)
                .findFirst()
                .orElse(Double.NaN);
    }

    private int droppedAfter(Ranked result) {
        return droppedAfter.getOrDefault(result.candidate(), 0);
    }

    private Html table(AuditFinding finding) {
        Table table =
                new Table(
                        List.of(
                                "candidate",
                                "dropped after",
                                "failed",
                                run.plan().criterion(),
                                "chance of being audited",
                                "settings"));
        finding.record().audited().stream()
                .sorted(
                        Comparator.comparing((AuditRecord.Audited a) -> a.result().failures() > 0)
                                .thenComparingDouble(a -> a.result().criterion()))
                .limit(MOST_ROWS)
                .forEach(audited -> {
                    Ranked result = audited.result();
                    table.add(
                            List.of(
                                    Html.of("<code>%s</code>", Names.id(result.candidate())),
                                    droppedAfter(result),
                                    result.failures(),
                                    meaning.shown(result.criterion()),
                                    Digits.percent(audited.probability()),
                                    Html.of(
                                            "<span class=\"wide\">%s</span>",
                                            Names.settings(run.candidate(result.candidate())))));
                });
        return Html.of(
                "<details><summary>The best of the audited candidates</summary>%s<p"
                    + " class=\"small\">Shares of all dropped candidates weigh each of these by one"
                    + " over its chance of being audited; intervals are 95 %%, by Clopper and"
                    + " Pearson for the effective number of draws. At least %s are"
                    + " audited.</p></details>",
                table.html(), AuditSample.FEWEST);
    }
}
