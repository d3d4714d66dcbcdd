package dev.mettle.core.study;

import dev.mettle.core.network.Layer;

import java.util.Optional;

/** What must hold between the sizes of data set, split, sample and mini-batch. */
final class SampleCheck {
    private final Problems problems;

    SampleCheck(Problems problems) {
        this.problems = problems;
    }

    /** Reports a split that leaves no pool, and a sample that is too large a part of it. */
    void sizes(
            Section study,
            Optional<Section> dataSection,
            Optional<DataSettings> data,
            Optional<DataFacts> facts,
            Optional<Integer> sample) {
        if (data.isEmpty() || facts.isEmpty() || dataSection.isEmpty()) {
            return;
        }
        int rows = facts.get().rows();
        Optional<DataFacts.Parts> known = parts(data.get(), facts.get());
        if (known.isEmpty()) {
            return;
        }
        DataFacts.Parts parts = known.get();
        long pool = parts.pool();
        if (pool < 2) {
            String key = parts.test() >= rows ? "test" : "validation";
            problems.add(
                    dataSection.get().place(dataSection.get().has(key) ? key : "split"),
                    "validation (%,d) and test (%,d) leave no rows to train on: the data have %,d"
                            + " rows.",
                    parts.validation(),
                    parts.test(),
                    rows);
        } else if (sample.isPresent() && sample.get() > StudyDefaults.LARGEST_SAMPLE * pool) {
            problems.add(
                    study.place("sample"),
                    "sample (%,d) is more than half of the pool's %,d rows (%,d less validation and"
                            + " test), so instances would hardly differ; at most %,d.",
                    sample.get(),
                    pool,
                    rows,
                    (long) (StudyDefaults.LARGEST_SAMPLE * pool));
        }
    }

    /** Warns of what is allowed but doubtful; the study is otherwise valid. */
    void warn(DataSettings data, DataFacts facts, int sample, CandidateReader candidates) {
        parts(data, facts).ifPresent(parts -> warn(sample, parts.pool()));
        candidates.recipes().stream()
                .mapToInt(Recipe::batch)
                .filter(batch -> batch > sample)
                .distinct()
                .forEach(batch ->
                        problems.warn(
                                "batch (%,d) is larger than the sample (%,d rows): every epoch is a"
                                        + " single step.",
                                batch, sample));
        if (!data.features().isEmpty()
                && !candidates.anyLayer(Layer.ConcatFeatures.class::isInstance)) {
            problems.warn(
                    "no candidate uses the features of the data; add concat: features to the"
                            + " network.");
        }
        data.categories().stream()
                .map(CategorySettings::name)
                .filter(column -> !candidates.anyLayer(layer -> embeds(layer, column)))
                .forEach(column ->
                        problems.warn(
                                "no candidate uses the categorical column '%s'; add embedding:"
                                        + " {column: %s, dim: 4} to the network.",
                                column, column));
    }

    private void warn(int sample, long pool) {
        double share = (double) sample / pool;
        if (share > StudyDefaults.DOUBTFUL_SAMPLE) {
            problems.warn(
                    "the sample (%,d rows) is %.0f %% of the pool (%,d rows): instances share rows,"
                        + " so the variance that samples cause is seen too small, by about 1 - n/N"
                        + " = %.2f.",
                    sample, 100 * share, pool, 1 - share);
        }
    }

    private static boolean embeds(Layer layer, String column) {
        return layer instanceof Layer.Embedding embedding && embedding.column().equals(column);
    }

    /** Returns the sizes of the parts: as they are, or else as they are wanted. */
    private static Optional<DataFacts.Parts> parts(DataSettings data, DataFacts facts) {
        return facts.parts()
                .or(() ->
                        data.split()
                                .counts()
                                .map(counts ->
                                        new DataFacts.Parts(
                                                (long) facts.rows()
                                                        - counts.validation()
                                                        - counts.test(),
                                                counts.validation(),
                                                counts.test())));
    }
}
