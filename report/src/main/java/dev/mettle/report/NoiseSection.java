package dev.mettle.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.mettle.core.data.Series;
import dev.mettle.core.instance.Evaluation;
import dev.mettle.core.instance.InstanceResult;
import dev.mettle.core.run.RunSummary;
import dev.mettle.core.statistics.HeldOutNoise;
import dev.mettle.core.statistics.Losses;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** How much of level and spread of the losses is due to the finite number of held-out rows. */
final class NoiseSection {
    private static final int MOST_WINNERS = 6;

    private NoiseSection() {}

    /** Returns the section; empty unless a winner's losses are known by block of rows. */
    static Optional<Section> of(RunDigest run) {
        List<Block> blocks = new ArrayList<>();
        List<RunSummary.Winner> winners = run.summary().winners();
        for (int i = 0; i < Math.min(MOST_WINNERS, winners.size()); i++) {
            add(run, winners.get(i), i + 1, blocks);
        }
        if (blocks.isEmpty()) {
            return Optional.empty();
        }
        blocks.addFirst(
                new Html(
                        "<p>Losses are means over a finite number of held-out rows. Other rows"
                            + " would have given other losses, in two ways: they would move all"
                            + " losses together (the level), and they would change which training"
                            + " looks better than which (part of the spread).</p>"));
        return Optional.of(new Section("noise", "Noise of the held-out rows", blocks));
    }

    private static void add(
            RunDigest run, RunSummary.Winner winner, int number, List<Block> blocks) {
        List<Series> losses =
                winner.instances().stream()
                        .map(InstanceResult::outcome)
                        .flatMap(outcome -> outcome.known().stream())
                        .map(Evaluation::lossByBlock)
                        .toList();
        HeldOutNoise.of(losses)
                .ifPresent(noise -> {
                    String name = Names.of(run.plan(), winner.candidate(), winner.group());
                    blocks.add(words(run, winner, noise, name));
                    blocks.add(plot(run, winner, noise, losses, "plot-noise-" + number, name));
                });
    }

    private static Html words(
            RunDigest run, RunSummary.Winner winner, HeldOutNoise noise, String name) {
        return sentence(
                new LossMeaning(run.plan()).text(),
                "%s, on %s".formatted(name, rows(run, winner)),
                winner.losses(),
                noise);
    }

    /**
     * Returns what other held-out rows would change of a candidate's losses.
     *
     * @param which the candidate and its rows, as the beginning of the sentence
     */
    static Html sentence(LossText text, String which, Losses losses, HeldOutNoise noise) {
        double mean = losses.mean();
        String relative =
                mean > 0 && Double.isFinite(mean)
                        ? " (%s of its mean)".formatted(percent(noise.levelStandardError() / mean))
                        : "";
        return Html.of(
                "<p>%s: with other rows its mean %s would be higher or lower by about <b>%s</b>%s,"
                        + " one standard error.%s</p>",
                which,
                text.noun(),
                text.shown(noise.levelStandardError()),
                relative,
                noise.spreadShare().isPresent()
                        ? spread(text, losses.std(), noise.spreadShare())
                        : Html.NONE);
    }

    private static Html spread(LossText text, double std, OptionalDouble found) {
        double share = found.orElse(0);
        return Html.of(
                " Of the variance between its trainings about <b>%s</b> is made by the held-out"
                        + " rows themselves%s; the rest belongs to the trainings.",
                percent(share),
                Double.isFinite(std)
                        ? ": without it their standard deviation would be %s in place of %s"
                                .formatted(text.shown(std * Math.sqrt(1 - share)), text.shown(std))
                        : "");
    }

    private static String rows(RunDigest run, RunSummary.Winner winner) {
        return winner.certificate().isPresent()
                ? Digits.count(run.plan().test()) + " test rows"
                : Digits.count(run.plan().validation()) + " validation rows";
    }

    private static String percent(double share) {
        return share == 0 ? "0\u00a0%" : Digits.factor(100 * share) + "\u00a0%";
    }

    private static Plot plot(
            RunDigest run,
            RunSummary.Winner winner,
            HeldOutNoise noise,
            List<Series> losses,
            String id,
            String name) {
        ObjectNode spec = Plot.template("noise");
        LossAxis axis = new LossAxis();
        List<Losses> blocks = byBlock(losses, noise.blocks());
        double[] means = blocks.stream().mapToDouble(Losses::mean).toArray();
        double mean = Losses.of(means).mean();
        ArrayNode rows = Plot.data(spec, "blocks");
        for (int b = 0; b < blocks.size(); b++) {
            double low = blocks.get(b).quantile(0.1);
            double high = blocks.get(b).quantile(0.9);
            rows.addObject()
                    .put("block", b + 1)
                    .put("low", low)
                    .put("mean", means[b])
                    .put("high", high);
            axis.include(low);
            axis.include(high);
        }
        Plot.data(spec, "level")
                .addObject()
                .put("mean", mean)
                .put("low", mean - noise.levelStandardError())
                .put("high", mean + noise.levelStandardError());
        axis.include(mean - noise.levelStandardError());
        axis.include(mean + noise.levelStandardError());
        axis.apply(spec.withObject("/encoding/y"));
        LossMeaning meaning = new LossMeaning(run.plan());
        if (meaning.isShare()) {
            Plot.writePercent(spec);
        }
        spec.withObject("/encoding/y").put("title", meaning.axisTitle());
        return new Plot(
                id,
                "%s: its loss in %d parts of the held-out rows".formatted(name, noise.blocks()),
                Html.of(
                        "The held-out rows are split at random into %s equal parts. Each dot is the"
                            + " mean %s over all %s trainings in one part, in order of size; its"
                            + " bar holds the middle 80 %% of the trainings. The more the dots"
                            + " differ, the more the rows decide; the dashed line is the mean over"
                            + " all rows, the band one standard error of it to either side.%s",
                        noise.blocks(),
                        meaning.noun(),
                        noise.instances(),
                        axis.logarithmic() ? " The vertical axis is logarithmic." : ""),
                spec);
    }

    /** Returns the losses of all instances in each block, blocks with the smallest mean first. */
    private static List<Losses> byBlock(List<Series> losses, int blocks) {
        List<double[]> finite =
                losses.stream()
                        .map(Series::toArray)
                        .filter(row ->
                                row.length == blocks
                                        && Arrays.stream(row).allMatch(Double::isFinite))
                        .toList();
        List<Losses> byBlock = new ArrayList<>();
        for (int b = 0; b < blocks; b++) {
            int block = b;
            byBlock.add(Losses.of(finite.stream().mapToDouble(row -> row[block]).toArray()));
        }
        byBlock.sort(Comparator.comparingDouble(Losses::mean));
        return byBlock;
    }
}
