package dev.mettle.report;

import dev.mettle.core.statistics.Criterion;
import dev.mettle.core.statistics.Losses;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the race says about the space: how the values of each dimension fared. */
final class SettingsSection {
    private SettingsSection() {}

    /** Returns the section; empty unless two candidates with different settings are trained. */
    static Optional<Section> of(RunDigest run) {
        Places places = new Places(run);
        List<SettingEffects.Dimension> dimensions = SettingEffects.of(run, places);
        if (places.order().size() < 2 || dimensions.isEmpty()) {
            return Optional.empty();
        }
        SettingPlots plots = new SettingPlots(run, places, new SettingRows(dimensions));
        List<Block> blocks = new ArrayList<>();
        blocks.add(introduction(places, dimensions));
        blocks.add(plots.places());
        plots.criterion().ifPresent(blocks::add);
        blocks.add(table(run, places, dimensions));
        return Optional.of(new Section("settings", "Settings: what survives", blocks));
    }

    private static Html introduction(Places places, List<SettingEffects.Dimension> dimensions) {
        SettingEffects.Dimension first = dimensions.getFirst();
        return Html.of(
                "<p>All %s trained candidates are put in order by how far they came. The setting"
                    + " that matters most is <code>%s</code>: it alone %s (from the ranks, after"
                    + " Kruskal and Wallis; 100\u00a0%% would mean that no other setting"
                    + " matters).</p>",
                Digits.count(places.order().size()), first.name(), SettingRows.effect(first));
    }

    private static Html table(
            RunDigest run, Places places, List<SettingEffects.Dimension> dimensions) {
        String criterion = places.criterion().label();
        Table table =
                new Table(
                        List.of(
                                "setting",
                                "value",
                                "candidates",
                                "with a failure",
                                "in the best tenth",
                                "in the better half",
                                "finalists",
                                "median " + criterion,
                                "middle half of " + criterion));
        for (SettingEffects.Dimension dimension : dimensions) {
            for (SettingEffects.Value value : dimension.values()) {
                table.add(row(run, places, dimension.name(), value));
            }
        }
        return Html.of(
                "<details><summary>Settings in numbers</summary>%s<p class=\"small\">%s over the"
                        + " first %s trainings, of the candidates for which it is"
                        + " finite.</p></details>",
                table.html(), criterion, places.trainings());
    }

    private static List<Object> row(
            RunDigest run, Places places, String dimension, SettingEffects.Value value) {
        int half = value.best() + value.better();
        return List.of(
                dimension,
                value.label(),
                Digits.count(value.candidates()),
                share(value.failed(), value.candidates()),
                share(value.best(), value.candidates()),
                share(half, value.candidates()),
                Digits.count(value.finalists()),
                value.criterion().map(c -> shown(run, places, c.quantile(0.5))).orElse("–"),
                value.criterion().map(c -> middle(run, places, c)).orElse("–"));
    }

    private static String share(int count, int of) {
        return SettingRows.percent(count / (double) of);
    }

    private static String middle(RunDigest run, Places places, Losses criterion) {
        return shown(run, places, criterion.quantile(0.25))
                + " to "
                + shown(run, places, criterion.quantile(0.75));
    }

    private static String shown(RunDigest run, Places places, double value) {
        return places.criterion() instanceof Criterion.Cv
                ? Digits.percent(value)
                : new LossMeaning(run.plan()).shown(value);
    }
}
