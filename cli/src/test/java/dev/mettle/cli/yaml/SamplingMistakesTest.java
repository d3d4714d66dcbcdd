package dev.mettle.cli.yaml;

import static dev.mettle.cli.yaml.StudyText.SHORTEST;
import static dev.mettle.cli.yaml.StudyText.problems;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Ranges and samplings with mistakes: each gives one message, at its place. */
class SamplingMistakesTest {
    /** Line 11 is the range of learning rates, 12 the widths, 13 the sampling. */
    private static final String STUDY =
            SHORTEST.replace("lr: 0.001", "lr: $lr").replace("dense: 8", "dense: $hidden")
                    + """
                    space:
                      lr: {min: 1e-4, max: 1e-2, log: true}
                      hidden: {min: 8, max: 64, integer: true}
                    sampling: {method: sobol, count: 20}
                    """;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    min: 1e-4 | min: 1e-1 | f:12:13: the range 'lr' has min 1e-1, which must be below its max 1e-2. Exchange them.
                    min: 1e-4 | min: 0.01 | f:12:13: the range 'lr' has min 0.01, which must be below its max 1e-2. For one value write lr: [0.01].
                    min: 1e-4 | min: 0 | f:12:13: the range 'lr' is logarithmic, so min must be above 0, but is 0. Write a small number such as 1e-6, or take log out.
                    min: 1e-4 | min: -1 | f:12:13: the range 'lr' is logarithmic, so min must be above 0, but is -1. Write a small number such as 1e-6, or take log out.
                    min: 1e-4 | min: .nan | f:12:13: min of the range 'lr' must be a number, but is .nan.
                    max: 1e-2 | max: .inf | f:12:24: max of the range 'lr' must be a number, but is .inf.
                    max: 1e-2 | max: 1e999 | f:12:24: max of the range 'lr' must be a number, but is 1e999.
                    min: 1e-4 | min: low | f:12:13: min of the range 'lr' must be a number, but is 'low'.
                    min: 1e-4 | min: $hidden | f:12:13: '$hidden' refers to a dimension of the space, which only values in 'model' and 'training' may do.
                    min: 1e-4, max | max | f:12:3: the range 'lr' has no min. Write for example lr: {min: 1e-4, max: 1e-2, log: true}; for named values use names other than min and max.
                    max: 64,  |  | f:13:3: the range 'hidden' has no max. Write for example hidden: {min: 8, max: 64, integer: true}; for named values use names other than min and max.
                    min: 8, max: 64, |  | f:13:3: the range 'hidden' has no min and max. Write for example hidden: {min: 8, max: 64, integer: true}; for named values use names other than min and max.
                    max: 1e-2 | mx: 1e-2 | f:12:19: unknown key 'mx' in the range 'lr'; did you mean "max"? Allowed: min, max, log, integer.
                    log: true | step: 0.1 | f:12:30: unknown key 'step' in the range 'lr'. Allowed: min, max, log, integer.
                    log: true | log: 10 | f:12:35: log must be true or false, but is 10.
                    min: 8 | min: 8.5 | f:13:17: min of the range 'hidden' must be a whole number from -1000000000 to 1000000000, but is 8.5.
                    max: 64 | max: 1e30 | f:13:25: max of the range 'hidden' must be a whole number from -1000000000 to 1000000000, but is 1e30.
                    , integer: true |  | f:13:11: dense must be a whole number from 1 to 100000, but is 12.63. Write integer: true in the range.
                    min: 8 | min: -9 | f:13:11: dense must be a whole number from 1 to 100000, but is -3.
                    max: 64 | max: 640000000 | f:13:11: dense must be a whole number from 1 to 100000, but is 52946184.
                    count: 20 | count: 0 | f:14:34: count must be a whole number from 1 to 200000, but is 0.
                    count: 20 | count: 1e9 | f:14:34: count must be a whole number from 1 to 200000, but is 1e9.
                    count: 20 | count: 2.5 | f:14:34: count must be a whole number from 1 to 200000, but is 2.5.
                    , count: 20 |  | f:14:1: 'count' is missing in 'sampling'. Write for example 'count: 64'.
                    method: sobol | method: halton | f:14:20: method must be sobol or random, but is 'halton'.
                    count: 20 | count: 20, seed: 3 | f:14:38: unknown key 'seed' in 'sampling'. Allowed: method, count, rounds.
                    {method: sobol, count: 20} | sobol | f:14:11: 'sampling' must be a mapping with the keys method, count, rounds, but is 'sobol'.
                    count: 20 | count: 20, rounds: 0 | f:14:46: rounds must be a whole number from 1 to 20, but is 0.
                    count: 20 | count: 20, rounds: 21 | f:14:46: rounds must be a whole number from 1 to 20, but is 21.
                    count: 20 | count: 20, rounds: all | f:14:46: rounds must be a whole number from 1 to 20, but is 'all'.
                    count: 20 | count: 3, rounds: 4 | f:14:45: rounds (4) is above count (3), but every round draws at least one of the candidates; write rounds: 3 or less.
                    sampling: | smpling: | f:14:1: unknown key 'smpling' in the study; did you mean "sampling"? Allowed: study, seed, data, task, sample, model, space, sampling, constraints, training, selection, certificate.
                    sampling: {method: sobol, count: 20} | selection: {per: lr} | f:12:3: a space with ranges (lr, hidden) can't be taken as a whole; say how many candidates to draw from it: sampling: {method: sobol, count: 64}, beside 'space'. ; f:14:18: per needs a dimension of few values, but 'lr' is a range; name another one, or give it a list of values.
                    lr: $lr | lr: {min: 1, max: 2} | f:10:28: lr must be a number above 0, but is a mapping. A range belongs into 'space', under a name that $name refers to here. ; f:12:3: dimension 'lr' is not used; write $lr where its values belong, or take it out.
                    lr: $lr | lr: 0.1 | f:12:3: dimension 'lr' is not used; write $lr where its values belong, or take it out.
                    """)
    void aMistakeIsReportedOnce(String part, String replacement, String expected) {
        assertThat(
                        String.join(
                                " ; ",
                                problems(
                                        StudyText.with(
                                                STUDY,
                                                part,
                                                replacement == null ? "" : replacement))))
                .isEqualTo(expected);
    }

    @Test
    void theStudyItselfIsRight() {
        assertThat(problems(STUDY)).isEmpty();
    }

    @Test
    void rangesWithoutSamplingAreOneMistake() {
        assertThat(problems(STUDY.replaceFirst("sampling:.*\\n", "")))
                .containsExactly(
                        "f:12:3: a space with ranges (lr, hidden) can't be taken as a whole; say"
                                + " how many candidates to draw from it: sampling: {method: sobol,"
                                + " count: 64}, beside 'space'.");
    }

    @Test
    void moreCandidatesThanTheSpaceHasAreAMistake() {
        String text =
                SHORTEST.replace("lr: 0.001", "lr: $lr").replace("dense: 8", "dense: $hidden")
                        + """
                        space: {lr: [0.1, 0.01], hidden: {min: 8, max: 64, integer: true}}
                        sampling: {count: 115}
                        """;
        assertThat(problems(text))
                .containsExactly(
                        "f:12:19: sampling asks for 115 candidates, but the space has only 114;"
                                + " write a smaller count, or take sampling out to have them all.");
        assertThat(problems(text.replace("115", "114"))).isEmpty();
    }

    @Test
    void samplingWithoutASpaceIsAMistake() {
        assertThat(problems(SHORTEST + "sampling: {count: 5}\n"))
                .containsExactly(
                        "f:11:1: sampling draws candidates from a space, but the study has none;"
                                + " take it out, or add space: {lr: {min: 1e-4, max: 1e-2, log:"
                                + " true}}.");
    }

    @Test
    void moreDimensionsThanSobolHasDirectionNumbersAreAMistake() {
        String names =
                IntStream.range(0, 21_202)
                        .mapToObj(i -> "d" + i + ": [1, 2]")
                        .collect(Collectors.joining(", "));
        String text = SHORTEST + "space: {" + names + "}\nsampling: {method: sobol, count: 5}\n";
        assertThat(problems(text))
                .contains(
                        "f:12:12: method sobol is for at most 21,201 dimensions, but the space has"
                                + " 21,202; write method: random.");
    }

    @Test
    void layersThatDoNotFitAreReportedOnceForAllValuesOfARange() {
        String text =
                STUDY.replace("flatten, dense: $hidden", "conv2d: {channels: 2, kernel: $hidden}")
                        .replace("dense: 1]", "flatten, dense: 1]")
                        .replace("min: 8", "min: 17");
        assertThat(problems(text)).hasSize(1);
        assertThat(problems(text).getFirst()).contains("conv2d: ", "Candidate lr=");
    }

    @Test
    void everyMistakeOfASampledStudyIsReportedTogether() {
        String text =
                STUDY.replace("activation: relu", "activation: swish")
                        .replace("min: 8", "min: x")
                        .replace("count: 20", "count: -1")
                        .replace("epochs: 20", "epochs: 0");
        assertThat(problems(text)).hasSize(4);
    }
}
