package dev.mettle.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.mettle.core.run.AuditFinding;
import dev.mettle.core.run.BaselineRecord;
import dev.mettle.core.run.CandidateRecord;
import dev.mettle.core.run.CertificateRecord;
import dev.mettle.core.run.MetricRange;
import dev.mettle.core.run.RoundResult;
import dev.mettle.core.run.RunRecord;
import dev.mettle.core.run.RunSummary;
import dev.mettle.core.selection.RaceCheck;
import dev.mettle.core.statistics.Losses;
import dev.mettle.core.statistics.Proportion;
import dev.mettle.core.statistics.WeightedProportion;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The JSON document of a run. Its fields are an interface: they keep name and meaning. */
final class RunJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** Whole numbers that fit a long whatever their digits. */
    private static final Pattern WHOLE = Pattern.compile("[-+]?[0-9]{1,18}");

    /** Decimal numbers of YAML's core schema; Java's own parser would also take 5f and 0x1p3. */
    private static final Pattern DECIMAL =
            Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]{1,9})?");

    private RunJson() {}

    /**
     * Returns the document of {@code run --json}.
     *
     * @param trained instances trained by this call
     * @param seconds time this call took
     */
    static ObjectNode of(RunSummary run, Path directory, int trained, double seconds) {
        ObjectNode document = JSON.objectNode();
        document.put("study", run.provenance().study());
        document.put("run", directory.toString());
        document.put("candidates", run.candidates());
        document.put("excluded", run.plan().excluded());
        document.put("instances", run.counts().instances());
        document.put("exploded", run.counts().exploded());
        document.put("crashed", run.counts().crashed());
        document.put("algorithm", run.plan().algorithm());
        document.put("criterion", run.plan().criterion());
        document.put("seconds", seconds);
        document.put("instances_per_second", seconds > 0 ? trained / seconds : 0);
        if (run.winners().isEmpty()) {
            document.putNull("winner");
        } else {
            document.set("winner", winner(run.winners().getFirst()));
        }
        if (run.plan().per().isPresent()) {
            ObjectNode winners = document.putObject("winners");
            run.winners().forEach(winner -> winners.set(winner.group(), winner(winner)));
            run.groupsWithoutWinner().forEach(winners::putNull);
        }
        document.putObject("trainings")
                .put("preview", run.counts().previews())
                .put("race", run.counts().race())
                .put("audit", run.counts().audit())
                .put("certificate", run.counts().certificates());
        document.set(
                "race_check", run.check().<JsonNode>map(RunJson::check).orElse(JSON.nullNode()));
        document.set("audit", run.audit().<JsonNode>map(RunJson::audit).orElse(JSON.nullNode()));
        if (run.baselines().isEmpty()) {
            document.putNull("baseline");
        } else {
            document.set("baseline", baseline(run.baselines().getFirst()));
        }
        if (!run.rounds().isEmpty()) {
            ArrayNode rounds = document.putArray("rounds");
            run.rounds().forEach(round -> rounds.add(round(round)));
        }
        ArrayNode finalists = document.putArray("finalists");
        run.finalists().forEach(finalist -> finalists.add(finalist(finalist)));
        return document;
    }

    private static ObjectNode round(RoundResult round) {
        ObjectNode node = JSON.objectNode();
        node.put("candidates", round.record().candidates());
        node.put("duplicates", round.record().duplicates());
        node.put("excluded", round.record().excluded());
        node.put("finalists", round.finalists());
        node.put("instances", round.instances());
        if (round.best().isPresent()) {
            node.put("best", round.best().getAsDouble());
        } else {
            node.putNull("best");
        }
        return node;
    }

    /** Returns a winner with its certificate. */
    static ObjectNode winner(RunSummary.Winner winner) {
        ObjectNode node = candidate(winner.candidate());
        node.set("losses", losses(winner.losses()));
        metrics(node, MetricRange.of(winner.instances()));
        node.put("robust", winner.robustness().verdict().label());
        winner.robustness().warning().ifPresent(node.putArray("warnings")::add);
        winner.certificate()
                .ifPresentOrElse(
                        certificate ->
                                node.set(
                                        "certificate",
                                        certificate(
                                                certificate,
                                                winner.metricBounds(),
                                                winner.conditions())),
                        () -> node.putNull("certificate"));
        return node;
    }

    private static ObjectNode check(RaceCheck check) {
        ObjectNode node = JSON.objectNode();
        check.error()
                .ifPresentOrElse(error -> node.put("error", error), () -> node.putNull("error"));
        return node.put("limit", RaceCheck.LIMIT)
                .put("equals", check.equals())
                .put("finalists", check.finalists());
    }

    private static ObjectNode audit(AuditFinding finding) {
        ObjectNode node =
                JSON.objectNode()
                        .put("audited", finding.record().audited().size())
                        .put("dropped", finding.record().dropped())
                        .put("trainings", finding.record().trainings());
        node.set("false_drops", proportion(finding.falseDrops()));
        node.set("near_winner", proportion(finding.near()));
        node.putObject("best")
                .put("candidate", finding.best().candidate())
                .put("criterion", finding.best().criterion());
        ArrayNode better = node.putArray("better_than_winner");
        finding.better().forEach(ranked -> better.add(ranked.candidate()));
        return node;
    }

    /** Returns a share with its interval. */
    static ObjectNode proportion(Proportion share) {
        return share(share.value(), share.low(), share.high());
    }

    private static ObjectNode proportion(WeightedProportion share) {
        return share(share.value(), share.low(), share.high());
    }

    private static ObjectNode share(double value, double low, double high) {
        return JSON.objectNode().put("share", value).put("low", low).put("high", high);
    }

    /** Returns id, settings and size of a candidate. */
    static ObjectNode candidate(CandidateRecord candidate) {
        ObjectNode node = JSON.objectNode();
        node.put("candidate", candidate.id());
        ObjectNode settings = node.putObject("settings");
        candidate.settings().forEach((name, value) -> putTyped(settings, name, value));
        node.put("parameters", candidate.parameters());
        return node;
    }

    /** Returns a certificate with the candidate it is about. */
    static ObjectNode certificate(CertificateRecord certificate, RunRecord run) {
        ObjectNode node = JSON.objectNode().put("candidate", certificate.candidate());
        return node.setAll(
                certificate(
                        certificate,
                        RunSummary.metricBounds(run, certificate),
                        RunSummary.conditions(run, certificate)));
    }

    /**
     * Puts {@code metrics}, each with mean, min and max over the instances that completed; not when
     * there are none.
     */
    static void metrics(ObjectNode node, Map<String, MetricRange> metrics) {
        if (!metrics.isEmpty()) {
            ObjectNode all = node.putObject("metrics");
            metrics.forEach((name, range) ->
                    all.putObject(name)
                            .put("mean", range.mean())
                            .put("min", range.min())
                            .put("max", range.max()));
        }
    }

    private static ObjectNode certificate(
            CertificateRecord certificate,
            Map<String, Double> metricBounds,
            List<String> conditions) {
        ObjectNode node = JSON.objectNode();
        node.put("coverage", certificate.coverage());
        node.put("confidence", certificate.confidence());
        node.put("instances", certificate.instances());
        node.put("bound", certificate.bound());
        node.put("certified", certificate.certified());
        if (!metricBounds.isEmpty()) {
            ObjectNode bounds = node.putObject("metric_bounds");
            metricBounds.forEach(bounds::put);
        }
        ArrayNode conditional = node.putArray("conditional_on");
        conditions.forEach(conditional::add);
        return node;
    }

    private static ObjectNode baseline(BaselineRecord baseline) {
        Losses losses = baseline.losses();
        ObjectNode node = JSON.objectNode();
        node.put("name", baseline.name());
        node.put("mean", losses.mean());
        node.put("max", losses.max());
        node.put("cv", losses.cv());
        return node;
    }

    private static ObjectNode finalist(RunSummary.Finalist finalist) {
        ObjectNode node = candidate(finalist.candidate());
        node.put("criterion", finalist.criterion());
        node.set("losses", losses(finalist.losses()));
        return node;
    }

    /** Returns the summary of a candidate's losses. */
    static ObjectNode losses(Losses losses) {
        ObjectNode node = JSON.objectNode();
        node.put("count", losses.count());
        node.put("mean", losses.mean());
        node.put("median", losses.quantile(0.5));
        node.put("max", losses.max());
        node.put("iqr", losses.iqr());
        node.put("std", losses.std());
        node.put("cv", losses.cv());
        return node;
    }

    /**
     * Puts a setting as what YAML takes its text for: a truth value, a whole number of 64 bits, a
     * decimal number, or a text. Ledgers keep the text alone, so quotes around it are forgotten.
     */
    static void putTyped(ObjectNode node, String name, String value) {
        if (value.equals("true") || value.equals("false")) {
            node.put(name, Boolean.parseBoolean(value));
        } else if (WHOLE.matcher(value).matches()) {
            node.put(name, Long.parseLong(value));
        } else if (DECIMAL.matcher(value).matches()) {
            node.put(name, Double.parseDouble(value));
        } else {
            node.put(name, value);
        }
    }
}
