package dev.mettle.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.mettle.core.replay.Race;
import dev.mettle.core.replay.Replay;
import dev.mettle.core.replay.Score;
import dev.mettle.report.TableReport;
import dev.mettle.report.WholeFile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What {@code replay} found.
 *
 * @param source the table
 * @param truth the file that judges; empty where the table does
 * @param notes what a reader should know
 * @param replay the scores
 * @param repeats how often
 */
record ReplayResult(
        String source, Optional<String> truth, List<String> notes, Replay replay, int repeats) {
    /** Writes a line of JSON for every repeat of every contestant. */
    void writePicks(Path file) {
        try {
            WholeFile.write(
                    file,
                    out -> {
                        for (Score score : replay.scores()) {
                            for (int r = 0; r < score.races().size(); r++) {
                                String line = pick(score, r) + "\n";
                                out.write(line.getBytes(StandardCharsets.UTF_8));
                            }
                        }
                    });
        } catch (IOException e) {
            throw Failures.cannotWrite("the picks " + file, e, "try --picks with another file");
        }
    }

    private static ObjectNode pick(Score score, int repeat) {
        Race race = score.races().get(repeat);
        return JsonNodeFactory.instance
                .objectNode()
                .put("method", score.contestant().label())
                .put("repeat", repeat)
                .put("trainings", race.trainings())
                .put("pick", race.pick());
    }

    /** Writes the page with plots. */
    void writeReport(Path file) {
        TableReport page =
                new TableReport(
                        String.valueOf(Path.of(source).getFileName()), notes, Version.number());
        Reports.write(file, () -> page.writeReplay(replay, file));
    }
}
