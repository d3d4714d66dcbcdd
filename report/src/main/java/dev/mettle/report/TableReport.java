package dev.mettle.report;

import dev.mettle.core.replay.Replay;
import dev.mettle.core.replay.Score;
import dev.mettle.core.stability.Stability;
import dev.mettle.core.stability.StabilityVerdict;
import dev.mettle.core.statistics.Criterion;
import dev.mettle.core.statistics.Losses;
import dev.mettle.core.statistics.Robustness;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What a table of losses made elsewhere says, as one HTML file that loads nothing else: the same
 * sections that a run's report has.
 */
public final class TableReport {
    /**
     * The losses of a candidate of a table.
     *
     * @param name its name there
     * @param losses at least one
     */
    public record Candidate(String name, Losses losses) {}

    private final String table;
    private final List<String> notes;
    private final String version;

    /**
     * Takes what all pages of a table say.
     *
     * @param table its name
     * @param notes on what condition the statistics hold, a sentence each
     * @param version of Mettle
     */
    public TableReport(String table, List<String> notes, String version) {
        this.table = table;
        this.notes = List.copyOf(notes);
        this.version = version;
    }

    /**
     * Writes the loss distribution of candidates, at least one.
     *
     * @throws IOException when the directory cannot be written to; an older file is then left as it
     *     was
     */
    public void writeAssessment(List<Candidate> candidates, Path file) throws IOException {
        List<AssessmentSection.Assessed> assessed =
                candidates.stream()
                        .map(candidate ->
                                new AssessmentSection.Assessed(
                                        candidate.name(),
                                        "",
                                        candidate.losses(),
                                        Optional.empty(),
                                        ""))
                        .toList();
        write(
                answer(assessed),
                AssessmentSection.of(
                        assessed, LossText.PLAIN, new Criterion.Mean(), introduction()),
                "which of these models train well every time?",
                file);
    }

    /**
     * Writes how stable a choice is.
     *
     * @throws IOException as in {@link #writeAssessment}
     */
    public void writeStability(Stability stability, Path file) throws IOException {
        Section section =
                StabilitySection.of(List.of(new StabilitySection.Choice("", stability, _ -> "")));
        List<Block> blocks = new ArrayList<>(section.blocks());
        if (!notes.isEmpty()) {
            blocks.addFirst(introduction());
        }
        StabilityVerdict verdict = StabilityVerdict.of(stability);
        write(
                AnswerSection.box(
                        verdict.enough().isPresent()
                                ? AnswerSection.Tone.GOOD
                                : AnswerSection.Tone.BAD,
                        Html.text(
                                verdict.enough().isPresent()
                                        ? "The choice is stable from %d instances on"
                                                .formatted(verdict.enough().getAsInt())
                                        : "The choice is not stable"),
                        Html.of(
                                "<p>Best of the full table: %s. %s candidates, %s instances"
                                        + " each.</p>",
                                stability.best().candidate(),
                                Digits.count(stability.ranking().size()),
                                stability.instances())),
                new Section(section.id(), section.title(), blocks),
                "how stable is the choice among these models?",
                file);
    }

    /**
     * Writes what selection algorithms cost and pick.
     *
     * @throws IOException as in {@link #writeAssessment}
     */
    public void writeReplay(Replay replay, Path file) throws IOException {
        Section section = ReplaySection.of(replay);
        List<Block> blocks = new ArrayList<>(section.blocks());
        if (!notes.isEmpty()) {
            blocks.addFirst(introduction());
        }
        Score least =
                replay.scores().stream()
                        .min(
                                Comparator.comparingDouble(ReplaySection::meanRegret)
                                        .thenComparingDouble(Score::trainings))
                        .orElseThrow();
        write(
                AnswerSection.box(
                        AnswerSection.Tone.GOOD,
                        Html.of("%s picks best", least.contestant().label()),
                        Html.of(
                                "<p>%s trainings on average; what it picks has a mean loss %s above"
                                        + " the best.</p>",
                                Digits.count(Math.round(least.trainings())),
                                Digits.percent(ReplaySection.meanRegret(least)))),
                new Section(section.id(), section.title(), blocks),
                "which selection algorithm picks well, and what does it cost?",
                file);
    }

    /** Says which candidates are robust. */
    private static Html answer(List<AssessmentSection.Assessed> assessed) {
        List<Robustness> verdicts =
                assessed.stream().map(one -> Robustness.of(one.losses())).toList();
        long robust = verdicts.stream().filter(v -> v.verdict() == Robustness.Verdict.YES).count();
        long not = verdicts.stream().filter(v -> v.verdict() == Robustness.Verdict.NO).count();
        return AnswerSection.box(
                robust == assessed.size()
                        ? AnswerSection.Tone.GOOD
                        : not == assessed.size()
                                ? AnswerSection.Tone.BAD
                                : AnswerSection.Tone.WAITING,
                Html.text(
                        assessed.size() == 1
                                ? AssessmentSection.sentence(
                                        verdicts.getFirst(), assessed.getFirst().name())
                                : "%d of %d candidates are robust, %d are not, %d are undecided"
                                        .formatted(
                                                robust,
                                                assessed.size(),
                                                not,
                                                assessed.size() - robust - not)),
                Html.NONE);
    }

    private Html introduction() {
        return Html.join(
                notes.stream().map(note -> Html.of("<p class=\"note\">%s</p>", note)).toList());
    }

    private void write(Html answer, Section section, String question, Path file)
            throws IOException {
        Page.Head head =
                new Page.Head(
                        table,
                        Html.of("Mettle report of a table of losses: %s", question),
                        version);
        PageFile.write(
                file,
                out ->
                        Page.write(
                                head,
                                Html.of("<section id=\"answer\">\n%s\n</section>", answer),
                                List.of(section),
                                out));
    }
}
