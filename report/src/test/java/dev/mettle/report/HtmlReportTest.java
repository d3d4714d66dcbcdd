package dev.mettle.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.mettle.core.data.Series;
import dev.mettle.core.instance.InstanceKey;
import dev.mettle.core.instance.InstanceResult;
import dev.mettle.core.instance.Outcome;
import dev.mettle.core.random.Purpose;
import dev.mettle.core.run.AuditRecord;
import dev.mettle.core.run.CandidateRecord;
import dev.mettle.core.run.RunRecord;
import dev.mettle.core.run.RunSummary;
import dev.mettle.core.selection.RaceCheck;
import dev.mettle.core.selection.Ranked;
import dev.mettle.core.study.ScaleKind;

import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reports of synthetic runs. They stay in {@code target/report-samples}, to be looked at in a
 * browser.
 */
class HtmlReportTest {
    private static final Path SAMPLES = Path.of("target", "report-samples");
    private static final int MEGABYTE = 1 << 20;

    /**
     * Writes the report, checks what holds for every report and returns the part that is not a
     * library.
     */
    static String report(String name, RunRecord run) throws IOException {
        Files.createDirectories(SAMPLES);
        Path file = SAMPLES.resolve(name + ".html");
        HtmlReport.write(run, file);
        String html = Files.readString(file);
        String own = html.substring(0, html.indexOf("</footer>"));
        String visible =
                own.substring(0, own.indexOf("<footer>"))
                        .replaceAll("(?s)<(script|style|pre).*?</\\1>", "");
        assertThat(visible)
                .doesNotContain("NaN", "undefined", "null", "Optional[", "Infinity", "%s", "Html[");
        assertThat(visible).doesNotContainPattern("\\d\\.\\d{8}");
        assertThat(own.replaceAll("(?s)<pre.*?</pre>", ""))
                .doesNotContain("http://", "https://", "@import", "url(");
        assertThat(own).doesNotContainPattern("<(script|img|link|iframe)[^>]*(src|href)=");
        assertThat(visible.indexOf("id=\"answer\""))
                .isPositive()
                .isLessThan(visible.indexOf("<h2>"));
        specs(own).forEach(HtmlReportTest::checkSpec);
        return visible;
    }

    private static List<JsonNode> specs(String html) throws IOException {
        Matcher matcher =
                Pattern.compile(
                                "(?s)<script type=\"application/json\""
                                        + " id=\"[a-z0-9-]+-spec\">(.*?)</script>")
                        .matcher(html);
        List<JsonNode> specs = new ArrayList<>();
        while (matcher.find()) {
            specs.add(new ObjectMapper().readTree(matcher.group(1)));
        }
        return specs;
    }

    private static void checkSpec(JsonNode spec) {
        assertThat(spec.toString()).doesNotContain("\"NaN\"", "Infinity");
        for (JsonNode layer : spec.get("layer")) {
            String name = layer.at("/data/name").asText(spec.at("/data/name").asText());
            assertThat(spec.get("datasets").has(name))
                    .as("data set '%s' of a layer", name)
                    .isTrue();
        }
    }

    private static SyntheticRun shower() {
        SyntheticRun run = new SyntheticRun();
        run.per = Optional.of("bias");
        return run.withCandidates(48).race(10).certify().withBaseline("calibrated energy sum");
    }

    @Test
    void theAnswerComesFirstWithBoundBaselineAndAWinnerForEveryValueOfPer() throws IOException {
        SyntheticRun run = shower();
        String html = report("normal", run);
        double bound = run.certificates.getFirst().bound();
        assertThat(html)
                .contains(
                        "Of all future trainings of this model, at least <b>95\u00a0%</b> will have"
                                + " a loss of at most <b>"
                                + Digits.upperBound(bound)
                                + "</b> (confidence 95\u00a0%)")
                .contains("Winner for bias=true", "Winner for bias=false", "best of all")
                .contains(
                        "Against the baseline “calibrated energy sum” the winner is <b>better: its"
                                + " mean loss is")
                .contains(
                        "σ_eff(energy)/energy",
                        "Robust: <b>yes</b>",
                        "What the certificate rests on",
                        "Look 2 at this test set")
                .contains(
                        "id=\"plot-losses\"",
                        "id=\"plot-alive\"",
                        "id=\"plot-criterion\"",
                        "id=\"plot-curves-1\"",
                        "id=\"plot-curves-2\"");
        assertThat(html.indexOf("Winner for bias=true"))
                .isLessThan(html.indexOf("Winner for bias=false"));
        assertThat(Files.size(SAMPLES.resolve("normal.html"))).isLessThan(2 * MEGABYTE);
    }

    @Test
    void anAuditSaysWhatTheRaceThrewAway() throws IOException {
        SyntheticRun run = new SyntheticRun();
        run.per = Optional.of("bias");
        run.check = Optional.of(new RaceCheck(OptionalDouble.of(0.031), 1, 2, 10));
        run.withCandidates(48).race(10).certify();
        SyntheticAudit.of(run);
        String html = report("audit", run);
        AuditRecord audit = run.audit().orElseThrow();
        assertThat(html)
                .contains(
                        "come in another order, would have been dropped with a probability of at"
                                + " most 5\u00a0%",
                        audit.audited().size()
                                + " of the "
                                + audit.dropped()
                                + " dropped candidates were trained in full",
                        "None is better than the winner",
                        "id=\"plot-audit\"",
                        "trainings of the audit")
                .doesNotContain("found a better candidate");
        assertThat(html.replaceAll("\\s+", " "))
                .as("the race's own trainings are those without the audit")
                .contains(Digits.count(RunSummary.of(run).counts().race()) + " of the 480");
    }

    @Test
    void aBetterOneThatTheAuditFoundIsTheFirstThingSaid() throws IOException {
        SyntheticRun run = new SyntheticRun();
        run.withCandidates(48).race(10);
        SyntheticAudit.of(run);
        Ranked winner = run.finalists.getFirst();
        run.finalists.set(
                0, new Ranked(winner.candidate(), "", 10 * winner.criterion(), winner.failures()));
        String html = report("audit-better", run);
        assertThat(html)
                .contains(
                        "The audit found a better candidate than the winner", "The race dropped ");
        assertThat(html.indexOf("The audit found"))
                .isLessThan(html.indexOf("Selected, not yet certified"));
    }

    @Test
    void aWorseWinnerThanTheBaselineIsCalledWorse() throws IOException {
        SyntheticRun run = new SyntheticRun();
        for (int i = 0; i < 4; i++) {
            SequencedMap<String, String> settings = new LinkedHashMap<>();
            settings.put("c1", Integer.toString(i));
            run.add(new CandidateRecord("c" + i, settings, 10));
        }
        run.fragile = 0;
        run.race(10).certify();
        double mean = run.losses(run.finalists.getFirst().candidate(), Purpose.CERTIFY).mean();
        run.baselines.add(
                new dev.mettle.core.run.BaselineRecord(
                        "linear",
                        List.of(
                                new dev.mettle.core.instance.Evaluation(
                                        mean / 2, Series.EMPTY, new LinkedHashMap<>()))));
        assertThat(report("worse", run))
                .contains("<b>worse: its mean loss is 2.0 times larger</b>");
    }

    @Test
    void aStudyWithoutCertificateSaysThatNothingIsPromised() throws IOException {
        SyntheticRun run = new SyntheticRun();
        run.certificate = Optional.empty();
        run.scale = ScaleKind.STANDARD;
        String html = report("no-certificate", run.withCandidates(12).race(10));
        assertThat(html)
                .contains("asks for no certificate", "energy squared", "Robust: <b>undecided</b>");
        assertThat(html)
                .doesNotContain("is certified", "What the certificate rests on", "certified bound");
    }

    @Test
    void aRefusedCertificateIsTheFirstThingSaid() throws IOException {
        SyntheticRun run = new SyntheticRun();
        run.fragile = 0;
        String html =
                report("refused", run.withCandidates(12).race(10).fragileWhenFresh(0.2).certify());
        assertThat(html)
                .contains("Nothing is certified", "No promise can be made", "Robust: <b>no</b>");
        assertThat(html.indexOf("Nothing is certified")).isLessThan(html.indexOf("Winner:"));
    }

    @Test
    void aRunInWhichEverythingExplodesSaysSoAndWhy() throws IOException {
        SyntheticRun run = new SyntheticRun();
        run.fragile = 1;
        run.explosion = 1;
        String html = report("exploded", run.withCandidates(12).race(10));
        assertThat(html)
                .contains(
                        "No winner: every candidate failed",
                        "What to try",
                        "exploded: training loss of epoch",
                        "not one finalist has a finite loss");
        assertThat(html).doesNotContain("Winner:", "id=\"plot-losses\"", "id=\"plot-criterion\"");
    }

    @Test
    void aCandidateThatFailedInTheRaceIsNotCertifiedAndTheReportSaysWhy() throws IOException {
        SyntheticRun run = new SyntheticRun();
        run.fragile = 1;
        run.explosion = 0.6;
        run.withCandidates(12).race(10);
        Ranked first = run.finalists.getFirst();
        run.finalists.set(
                0,
                new Ranked(
                        first.candidate(),
                        first.group(),
                        0.004,
                        first.failures())); // such as a median
        assertThat(report("failed-in-race", run)).contains("failed in the race already");
    }

    @Test
    void oneCandidateNeedsNoRace() throws IOException {
        SyntheticRun run = new SyntheticRun();
        run.fragile = 0;
        String html = report("one", run.withCandidates(1).race(10).certify());
        assertThat(html)
                .contains("is certified", "No candidate was dropped")
                .doesNotContain("id=\"plot-alive\"");
    }

    @Test
    void anUnfinishedRaceSaysHowFarItIs() throws IOException {
        String html = report("unfinished", new SyntheticRun().withCandidates(48).race(6));
        assertThat(html)
                .contains(
                        "The race is not finished",
                        "There is no winner yet",
                        "12 of 48 candidates are still in the race");
    }

    @Test
    void aRunWithoutAnyTrainingIsReportedToo() throws IOException {
        assertThat(report("empty", new SyntheticRun().withCandidates(3).race(0)))
                .contains("The race is not finished", "Nothing is trained yet");
    }

    @Test
    void aCertificateUnderWaySaysHowFarItIs() throws IOException {
        SyntheticRun run = new SyntheticRun();
        run.fragile = 0;
        run.withCandidates(12).race(10).certify();
        run.certificates.clear();
        String winner = run.finalists.getFirst().candidate();
        run.instances(winner, Purpose.CERTIFY).subList(23, 59).clear();
        assertThat(report("certifying", run))
                .contains("Selected, not yet certified", "23 of the 59 fresh trainings");
    }

    @Test
    void crashedInstancesAreListedWithTheirReason() throws IOException {
        SyntheticRun run = new SyntheticRun();
        run.fragile = 0;
        run.withCandidates(12).race(10).certify();
        String winner = run.finalists.getFirst().candidate();
        List<InstanceResult> instances = run.instances(winner, Purpose.CERTIFY);
        instances.set(
                7,
                new InstanceResult(
                        InstanceKey.paired(winner, Purpose.CERTIFY, 7),
                        1,
                        2,
                        new Outcome.Crashed("exit code 3"),
                        5));
        assertThat(report("crashed", run)).contains("crashed: exit code 3");
    }

    @Test
    void hostileNamesReachThePageAsTextOnly() throws IOException {
        String hostile = "</script><script>alert(1)</script><img src=x onerror=alert(2)>&\"'<!--";
        SyntheticRun run = new SyntheticRun();
        run.study = hostile;
        run.studyText = hostile;
        run.target = hostile;
        run.per = Optional.of(hostile);
        run.fragile = 0;
        for (int i = 0; i < 8; i++) {
            SequencedMap<String, String> settings = new LinkedHashMap<>();
            settings.put(hostile, hostile + i % 2);
            run.add(new CandidateRecord("<b>" + i + hostile, settings, 10));
        }
        run.race(10).certify().withBaseline(hostile);
        HtmlReport.write(run, Files.createDirectories(SAMPLES).resolve("hostile.html"));
        String html = Files.readString(SAMPLES.resolve("hostile.html"));
        assertThat(html).doesNotContain("alert(1)</script>", "<img src=x", "<b>0<", "&\"'<!--");
        int plots = specs(html).size();
        int scripts = html.split("<script", -1).length - 1;
        assertThat(scripts).as("one per plot, three libraries, our own").isEqualTo(plots + 4);
        assertThat(html.split("</script>", -1).length - 1).isEqualTo(scripts);
    }

    @Test
    void sixThousandCandidatesStayBelowFifteenMegabytes() throws IOException {
        SyntheticRun run = new SyntheticRun();
        run.instances = 50;
        run.per = Optional.of("bias");
        run.withCandidates(6912).race(50).certify();
        Assertions.assertTimeout(Duration.ofSeconds(20), () -> report("large", run));
        assertThat(Files.size(SAMPLES.resolve("large.html"))).isLessThan(4 * MEGABYTE);
    }

    @Test
    void theExhaustiveRaceOfTheWholeSpaceStaysBelowFifteenMegabytes() throws IOException {
        String html = report("exhaustive", new ExhaustiveRun());
        assertThat(html)
                .contains(
                        "The best 200 of 6,912 are shown",
                        "No candidate was dropped",
                        "345,600",
                        "The setting that matters most is <code>lr</code>");
        assertThat(Files.size(SAMPLES.resolve("exhaustive.html"))).isLessThan(4 * MEGABYTE);
    }

    @Test
    void aFailedWriteLeavesNoFileBehind(@TempDir Path directory) throws IOException {
        Path missing = directory.resolve("missing").resolve("report.html");
        assertThatThrownBy(() -> HtmlReport.write(shower(), missing))
                .isInstanceOf(IOException.class);
        HtmlReport.write(shower(), directory.resolve("report.html"));
        try (var files = Files.list(directory)) {
            assertThat(files).containsExactly(directory.resolve("report.html"));
        }
    }

    @Test
    void theSameRunGivesTheSameReport(@TempDir Path directory) throws IOException {
        HtmlReport.write(shower(), directory.resolve("a.html"));
        HtmlReport.write(shower(), directory.resolve("b.html"));
        assertThat(directory.resolve("a.html")).hasSameBinaryContentAs(directory.resolve("b.html"));
    }
}
