package dev.mettle.cli.yaml;

import static dev.mettle.cli.yaml.StudyText.SHORTEST;
import static dev.mettle.cli.yaml.StudyText.problems;
import static dev.mettle.cli.yaml.StudyText.read;
import static dev.mettle.cli.yaml.StudyText.with;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mettle.core.data.Categories;
import dev.mettle.core.data.Shape;
import dev.mettle.core.data.Task;
import dev.mettle.core.network.Layer;
import dev.mettle.core.study.Augmentation;
import dev.mettle.core.study.Augmentation.Flip;
import dev.mettle.core.study.CategorySettings;
import dev.mettle.core.study.DataFacts;
import dev.mettle.core.study.DataInspector;
import dev.mettle.core.study.Encoding;
import dev.mettle.core.study.Study;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.OptionalInt;

/** Categorical columns, embeddings and augmentation: what they mean, and every mistake in them. */
class InputMistakesTest {
    /** Line 4 has the columns, 9 the network, 10 the training. */
    private static final String EMBEDDED =
            with(
                    with(
                            SHORTEST,
                            "input: cells",
                            "input: cells\n  categories: [region, month: 12]"),
                    "flatten,",
                    "flatten, embedding: {column: region, dim: 4},");

    private static final DataInspector TABLE =
            _ -> new DataFacts(Shape.flat(8), 143_000, Task.regression("energy"));

    @Test
    void columnsAndEmbeddingsAreRead() {
        Study study = read(EMBEDDED);
        assertThat(study.data().categories())
                .containsExactly(
                        new CategorySettings("region", OptionalInt.empty()),
                        new CategorySettings("month", OptionalInt.of(12)));
        assertThat(study.candidates().getFirst().network().layers())
                .contains(new Layer.Embedding("region", 1, 4));
        Study mapping = read(with(EMBEDDED, "[region, month: 12]", "{region: 3, month: 12}"));
        assertThat(mapping.data().categories().getFirst())
                .isEqualTo(new CategorySettings("region", OptionalInt.of(3)));
    }

    /** The number of codes makes weights, but no other candidate. */
    @Test
    void howManyCodesThereAreIsKnownFromTheData() {
        List<Study> studies =
                java.util.stream.IntStream.of(7, 9)
                        .mapToObj(count ->
                                dev.mettle.core.study.StudyReader.read(
                                        YamlReader.parse(EMBEDDED),
                                        EMBEDDED,
                                        _ ->
                                                new DataFacts(
                                                        new Shape(1, 15, 15),
                                                        143_000,
                                                        Task.regression("energy"),
                                                        List.of(
                                                                new Categories.Column(
                                                                        "region", count),
                                                                new Categories.Column(
                                                                        "month", 12))),
                                        new dev.mettle.cli.sampling.SobolPoints()))
                        .toList();
        assertThat(studies)
                .extracting(study -> study.candidates().getFirst().parameters())
                .containsExactly(7 * 4 + 8 * 230 + 9L, 9 * 4 + 8 * 230 + 9L);
        assertThat(studies.get(0).candidates().getFirst().id())
                .isEqualTo(studies.get(1).candidates().getFirst().id());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    column: region  | column: regin           | f:10:48: column 'regin' is not among the categories of the data; did you mean "region"? Columns: region, month.
                    column: region  | column:                 | f:10:47: column must be the name of a categorical column, but is empty.
                    column: region, | `` | f:10:28: 'column' is missing in 'embedding'. Write for example 'column: region'.
                    , dim: 4        | `` | f:10:28: 'dim' is missing in 'embedding'. Write for example 'dim: 4'.
                    dim: 4          | dim: 0                  | f:10:61: dim must be a whole number from 1 to 100000, but is 0.
                    dim: 4          | embedding_dim: 4        | f:10:56: unknown key 'embedding_dim' in 'embedding'; did you mean "dim"? Allowed: column, dim.
                    {column: region, dim: 4} | region         | f:10:39: 'embedding' must be a mapping with the keys column, dim, but is 'region'.
                    month: 12]      | month: 0]               | f:5:31: the number of codes of 'month' must be a whole number from 1 to 100000, but is 0.
                    month: 12]      | month: 1e6]             | f:5:31: the number of codes of 'month' must be a whole number from 1 to 100000, but is 1e6.
                    month: 12]      | region]                 | f:5:24: the categorical column 'region' is in the list twice.
                    month: 12]      | [month]]                | f:5:24: a categorical column must be the name of an array, or a name with the number of its codes, such as month: 12, but is a list.
                    [region, month: 12] | region              | f:5:15: categories must be a list of columns, such as [region, month: 12], but is 'region'.
                    """)
    void aMistakeInColumnsOrEmbeddingsIsReported(String part, String replacement, String expected) {
        assertThat(problems(with(EMBEDDED, part, replacement == null ? "" : replacement)))
                .contains(expected)
                .hasSizeLessThan(3);
    }

    @Test
    void anEmbeddingNeedsAColumn() {
        assertThat(
                        problems(
                                with(
                                        SHORTEST,
                                        "flatten,",
                                        "embedding: {column: region, dim: 4}, flatten,")))
                .containsExactly(
                        "f:9:19: embedding looks up a categorical column, but 'data' names none;"
                                + " add categories: [region] to it.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    {shift: 2}                          | 2  | NONE       | 0
                    {crop: 4, flip: horizontal}         | 4  | HORIZONTAL | 0
                    {flip: both, noise: 0.1}            | 0  | BOTH       | 0.1
                    {flip: vertical, shift: 14}         | 14 | VERTICAL   | 0
                    {shift: 0, flip: none, noise: 0}    | 0  | NONE       | 0
                    none                                | 0  | NONE       | 0
                    """)
    void augmentationIsRead(String text, int shift, Flip flip, double noise) {
        Study study = read(with(SHORTEST, "epochs: 20", "epochs: 20, augment: " + text));
        assertThat(study.candidates().getFirst().recipe().augmentation())
                .isEqualTo(new Augmentation(shift, flip, noise));
    }

    @Test
    void eachSettingOfAugmentationMayBeADimension() {
        Study study =
                read(
                        with(
                                        SHORTEST,
                                        "epochs: 20",
                                        "epochs: 20, augment: {shift: $s, flip: $f, noise: $n}")
                                + "space: {s: [0, 2], f: [none, both], n: [0, 0.1]}\n");
        assertThat(study.candidates()).hasSize(8);
        assertThat(study.candidates().getFirst().id())
                .isEqualTo(read(SHORTEST).candidates().getFirst().id());
        Study named =
                read(
                        with(SHORTEST, "epochs: 20", "epochs: 20, augment: $a")
                                + "space: {a: {off: none, on: {crop: 2}}}\n");
        assertThat(named.candidates()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    {shift: 15}           | f:10:65: shift (15) must be smaller than the image, which has 15 x 15 pixels; at most 14.
                    {crop: 20}            | f:10:64: crop (20) must be smaller than the image, which has 15 x 15 pixels; at most 14.
                    {shift: -1}           | f:10:65: shift must be a whole number of 0 or more, but is -1.
                    {shift: 1.5}          | f:10:65: shift must be a whole number of 0 or more, but is 1.5.
                    {shift: 2, crop: 2}   | f:10:68: crop and shift are the same: crop: 4 pads an image by 4 zeros on each side and cuts its size out again, which moves it by up to 4 pixels. Keep one of them.
                    {flip: horizntal}     | f:10:64: flip must be none, horizontal, vertical or both, but is 'horizntal'; did you mean "horizontal"?
                    {flip: true}          | f:10:64: flip must be none, horizontal, vertical or both, but is true.
                    {noise: -0.1}         | f:10:65: noise must be a number of 0 or more, but is -0.1.
                    {rotate: 10}          | f:10:58: unknown key 'rotate' in 'augment'. Allowed: shift, crop, flip, noise.
                    true                  | f:10:57: augment must be none or a mapping such as {shift: 2, flip: horizontal}, but is true.
                    """)
    void aMistakeInAugmentationIsReported(String text, String expected) {
        assertThat(problems(with(SHORTEST, "epochs: 20", "epochs: 20, augment: " + text)))
                .containsExactly(expected);
    }

    @Test
    void tablesHaveNoPixelsToMove() {
        String table = with(SHORTEST, "flatten, ", "");
        assertThat(problems(with(table, "epochs: 20", "epochs: 20, augment: {crop: 2}"), TABLE))
                .containsExactly(
                        "f:10:58: crop moves the pixels of images, but the input is a table of 8"
                                + " columns; only noise is for tables.");
        assertThat(problems(with(table, "epochs: 20", "epochs: 20, augment: {flip: both}"), TABLE))
                .hasSize(1)
                .first()
                .asString()
                .contains("flip moves the pixels");
        assertThat(problems(with(table, "epochs: 20", "epochs: 20, augment: {noise: 0.1}"), TABLE))
                .isEmpty();
    }

    @Test
    void aSequenceMovesAlongItselfAlone() {
        DataInspector sequence =
                _ -> new DataFacts(new Shape(2, 1, 40), 143_000, Task.regression("energy"));
        assertThat(
                        problems(
                                with(SHORTEST, "epochs: 20", "epochs: 20, augment: {shift: 39}"),
                                sequence))
                .isEmpty();
        assertThat(
                        problems(
                                with(SHORTEST, "epochs: 20", "epochs: 20, augment: {shift: 40}"),
                                sequence))
                .hasSize(1)
                .first()
                .asString()
                .contains("shift (40) must be smaller than the image, which has 1 x 40 pixels");
    }

    private static String encoded(String encode) {
        String table =
                with(SHORTEST, "input: cells", "input: [region, stage]\n  encode: " + encode);
        return with(table, "flatten, ", "");
    }

    @Test
    void encodingsOfColumnsAreRead() {
        Study study =
                dev.mettle.core.study.StudyReader.read(
                        YamlReader.parse(encoded("{region: one_hot, stage: [early, late]}")),
                        "",
                        TABLE,
                        new dev.mettle.cli.sampling.SobolPoints());
        assertThat(study.data().encodings())
                .containsEntry("region", new Encoding.OneHot())
                .containsEntry("stage", new Encoding.Ordinal(List.of("early", "late")))
                .hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    one_hot                  | f:5:11: encode must be a mapping of columns, such as {region: one_hot, stage: [early, late]}, but is 'one_hot'.
                    {regio: one_hot}         | f:5:12: 'regio' is no column of the input (region, stage); did you mean "region"?
                    {region: onehot}         | f:5:20: the encoding of 'region' must be one_hot, or its values in their order, two or more, each once, such as [early, late], but is 'onehot'.
                    {stage: [early]}         | f:5:19: the encoding of 'stage' must be one_hot, or its values in their order, two or more, each once, such as [early, late], but is another list.
                    {stage: [early, early]}  | f:5:19: the encoding of 'stage' must be one_hot, or its values in their order, two or more, each once, such as [early, late], but is another list.
                    """)
    void aMistakeInAnEncodingIsReported(String text, String expected) {
        assertThat(problems(encoded(text), TABLE)).containsExactly(expected);
    }
}
