package dev.mettle.cli.yaml;

import static dev.mettle.cli.yaml.StudyText.SHORTEST;
import static dev.mettle.cli.yaml.StudyText.problems;
import static dev.mettle.cli.yaml.StudyText.read;
import static dev.mettle.cli.yaml.StudyText.with;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mettle.core.study.Clipping;
import dev.mettle.core.study.InitialWeights;
import dev.mettle.core.study.InitialWeights.Biases;
import dev.mettle.core.study.Initialisation;
import dev.mettle.core.study.Optimizer;
import dev.mettle.core.study.Recipe;
import dev.mettle.core.study.RestoreBest;
import dev.mettle.core.study.Schedule;
import dev.mettle.core.study.Study;
import dev.mettle.core.study.Warmup;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Optional;
import java.util.OptionalDouble;

/** Ways of training: what they mean, and every mistake in them. */
class RecipeMistakesTest {
    private static Recipe recipe(String training) {
        return read(with(SHORTEST, "epochs: 20", "epochs: 20, " + training))
                .candidates()
                .getFirst()
                .recipe();
    }

    private static Optimizer optimizer(String settings) {
        return read(with(SHORTEST, "{lr: 0.001}", settings))
                .candidates()
                .getFirst()
                .recipe()
                .optimizer();
    }

    @Test
    void adagradAndLionAreReadWithTheirDefaults() {
        assertThat(optimizer("{name: adagrad, lr: 0.01}"))
                .isEqualTo(new Optimizer.Adagrad(0.01, 0, 0, 1e-10, 0));
        assertThat(
                        optimizer(
                                "{name: adagrad, lr: 0.01, lr_decay: 0.1,"
                                        + " initial_accumulator_value: 0.2, eps: 1e-6,"
                                        + " weight_decay: 0.3}"))
                .isEqualTo(new Optimizer.Adagrad(0.01, 0.1, 0.2, 1e-6, 0.3));
        assertThat(optimizer("{name: lion, lr: 0.0001}"))
                .isEqualTo(new Optimizer.Lion(0.0001, 0.9, 0.99, 0));
        assertThat(optimizer("{name: lion, lr: 0.0001, betas: [0.95, 0.98], weight_decay: 1}"))
                .isEqualTo(new Optimizer.Lion(0.0001, 0.95, 0.98, 1));
    }

    @Test
    void initialWeightsAreAWordOrAMapping() {
        assertThat(recipe("init: orthogonal").init())
                .isEqualTo(
                        new InitialWeights(Initialisation.ORTHOGONAL, 1, new Biases.Constant(0)));
        assertThat(recipe("init: pytorch").init())
                .isEqualTo(InitialWeights.of(Initialisation.PYTORCH));
        assertThat(recipe("init: {weights: pytorch, bias: zeros}").init().biases())
                .isEqualTo(new Biases.Constant(0));
        assertThat(recipe("init: {bias: 0.1}").init())
                .isEqualTo(
                        new InitialWeights(
                                Initialisation.KAIMING_UNIFORM,
                                Math.sqrt(2),
                                new Biases.Constant(0.1)));
        assertThat(recipe("init: {weights: truncated_normal, std: 0.1, bias: pytorch}").init())
                .isEqualTo(
                        new InitialWeights(
                                Initialisation.TRUNCATED_NORMAL, 0.1, new Biases.PyTorch()));
        assertThat(recipe("init: {weights: xavier_normal, gain: 1.6667}").init().gain())
                .isEqualTo(1.6667);
    }

    @Test
    void gradientsAreClippedByNormValueOrBoth() {
        assertThat(recipe("clip: {norm: 1}").clip())
                .isEqualTo(new Clipping(OptionalDouble.empty(), OptionalDouble.of(1)));
        assertThat(recipe("clip: {value: 0.5}").clip())
                .isEqualTo(new Clipping(OptionalDouble.of(0.5), OptionalDouble.empty()));
        assertThat(recipe("clip: {value: 0.5, norm: 1}").clip())
                .isEqualTo(new Clipping(OptionalDouble.of(0.5), OptionalDouble.of(1)));
        assertThat(recipe("clip: none").clip()).isEqualTo(Clipping.NONE);
    }

    @Test
    void schedulesAreAWordOrAMapping() {
        assertThat(recipe("schedule: constant").schedule()).isEqualTo(new Schedule.Constant());
        assertThat(recipe("schedule: cosine").schedule()).isEqualTo(new Schedule.Cosine(0));
        assertThat(recipe("schedule: {name: cosine, min: 0.01}").schedule())
                .isEqualTo(new Schedule.Cosine(0.01));
        assertThat(recipe("schedule: {name: step, every: 7}").schedule())
                .isEqualTo(new Schedule.Step(7, 0.1));
        assertThat(recipe("schedule: {name: exponential, factor: 0.9}").schedule())
                .isEqualTo(new Schedule.Exponential(0.9));
        assertThat(recipe("schedule: one_cycle").schedule())
                .isEqualTo(
                        new Schedule.OneCycle(
                                0.3, 25, 1e4, Optional.of(new Schedule.Momentum(0.85, 0.95))));
        assertThat(recipe("schedule: {name: one_cycle, cycle_momentum: false}").schedule())
                .isEqualTo(new Schedule.OneCycle(0.3, 25, 1e4, Optional.empty()));
        assertThat(
                        recipe(
                                        "schedule: {name: reduce_on_plateau, patience: 3, cooldown:"
                                                + " 1, min: 0.01, threshold: 0, factor: 0.5}")
                                .schedule())
                .isEqualTo(new Schedule.ReduceOnPlateau(0.5, 3, 0, 1, 0.01));
        assertThat(recipe("schedule: reduce_on_plateau").schedule())
                .isEqualTo(new Schedule.ReduceOnPlateau(0.1, 10, 1e-4, 0, 0));
    }

    @Test
    void warmUpAndRestoreBestAreRead() {
        assertThat(recipe("warmup: 5").warmup()).isEqualTo(new Warmup(5, 1.0 / 3));
        assertThat(recipe("warmup: {epochs: 5, start: 0.01}").warmup())
                .isEqualTo(new Warmup(5, 0.01));
        assertThat(recipe("warmup: {epochs: 0, start: 0.01}").warmup()).isEqualTo(Warmup.NONE);
        assertThat(recipe("restore_best: {patience: 3}").restoreBest())
                .contains(new RestoreBest(3, 0.2));
        assertThat(recipe("restore_best: {holdout: 0.1}").restoreBest())
                .contains(new RestoreBest(10, 0.1));
        assertThat(recipe("restore_best: none").restoreBest()).isEmpty();
    }

    /** 9 x 3 x 2 x 2 x 2 candidates: each part may be a dimension, and no two are the same. */
    @Test
    void eachPartMayBeADimension() {
        Study study =
                read(
                        with(
                                        SHORTEST,
                                        "epochs: 20",
                                        "epochs: 20, init: {weights: $init, bias: $bias}, clip:"
                                                + " $clip, schedule: $schedule, warmup: $warmup,"
                                                + " restore_best: $best")
                                + """
                                space:
                                  init: [kaiming_uniform, kaiming_normal, xavier_uniform, xavier_normal, lecun_uniform, lecun_normal, truncated_normal, orthogonal, pytorch]
                                  bias: [zeros, 0.1, pytorch]
                                  clip: {none: none, norm: {norm: 1}}
                                  schedule: [constant, cosine, one_cycle, reduce_on_plateau]
                                  warmup: [0, 3]
                                  best: {last: none, best: {patience: 5}}
                                """);
        assertThat(study.candidates()).hasSize(9 * 3 * 2 * 4 * 2 * 2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    {lr: 0.001} | {name: adagrad, lr: 0.1, betas: [0.9, 0.99]} | f:10:48: 'betas' is a setting of adam, adamw and lion, not of adagrad, which has lr, lr_decay, initial_accumulator_value, eps, weight_decay.
                    {lr: 0.001} | {name: lion, lr: 0.1, eps: 1e-8} | f:10:45: 'eps' is a setting of rmsprop, adagrad, adam and adamw, not of lion, which has lr, betas, weight_decay.
                    {lr: 0.001} | {name: adagrad, lr: 0.1, lr_decay: -1} | f:10:58: lr_decay must be a number of 0 or more, but is -1.
                    {lr: 0.001} | {name: nadam, lr: 0.1} | f:10:30: name must be sgd, rmsprop, adagrad, adam, adamw or lion, but is 'nadam'; did you mean "adam"?
                    epochs: 20 | epochs: 20, init: trunc_normal | f:10:54: init must be kaiming_uniform, kaiming_normal, xavier_uniform, xavier_normal, lecun_uniform, lecun_normal, truncated_normal, orthogonal or pytorch, but is 'trunc_normal'; did you mean "truncated_normal"?
                    epochs: 20 | epochs: 20, init: [orthogonal] | f:10:54: init must be kaiming_uniform, kaiming_normal, xavier_uniform, xavier_normal, lecun_uniform, lecun_normal, truncated_normal, orthogonal or pytorch, or a mapping such as {weights: orthogonal}, but is a list.
                    epochs: 20 | epochs: 20, init: {weights: orthogonl} | f:10:64: weights of init must be kaiming_uniform, kaiming_normal, xavier_uniform, xavier_normal, lecun_uniform, lecun_normal, truncated_normal, orthogonal or pytorch, but is 'orthogonl'; did you mean "orthogonal"?
                    epochs: 20 | epochs: 20, init: {weights: pytorch, gain: 2} | f:10:73: 'gain' is a setting of kaiming_uniform, kaiming_normal, xavier_uniform, xavier_normal, lecun_uniform, lecun_normal and orthogonal, not of pytorch, which has bias.
                    epochs: 20 | epochs: 20, init: {weights: orthogonal, std: 2} | f:10:76: 'std' is a setting of truncated_normal, not of orthogonal, which has gain, bias.
                    epochs: 20 | epochs: 20, init: {bias: ones} | f:10:61: bias must be zeros, a number or pytorch, but is 'ones'.
                    epochs: 20 | epochs: 20, clip: 1.0 | f:10:54: clip must be none, {norm: 1.0}, {value: 0.5} or both in one mapping, but is 1.0.
                    epochs: 20 | epochs: 20, clip: {} | f:10:54: clip must be none, {norm: 1.0}, {value: 0.5} or both in one mapping, but is an empty mapping.
                    epochs: 20 | epochs: 20, clip: {norm: 0} | f:10:61: norm must be a number above 0, but is 0.
                    epochs: 20 | epochs: 20, clip: {max_norm: 1} | f:10:55: unknown key 'max_norm' in 'clip'; did you mean "norm"? Allowed: norm, value.
                    epochs: 20 | epochs: 20, schedule: cosin | f:10:58: schedule must be constant, step, exponential, cosine, one_cycle or reduce_on_plateau, but is 'cosin'; did you mean "cosine"?
                    epochs: 20 | epochs: 20, schedule: step | f:10:58: 'every' is missing in 'schedule'. Write for example 'every: 10'.
                    epochs: 20 | epochs: 20, schedule: exponential | f:10:58: 'factor' is missing in 'schedule'. Write for example 'factor: 0.95'.
                    epochs: 20 | epochs: 20, schedule: {every: 3} | f:10:58: 'name' is missing in 'schedule'; write for example schedule: {name: cosine}.
                    epochs: 20 | epochs: 20, schedule: {name: step, step_size: 3} | f:10:71: unknown key 'step_size' in 'schedule'; did you mean "every"? Allowed: name, every, factor.
                    epochs: 20 | epochs: 20, schedule: {name: cosine, factor: 0.5} | f:10:73: 'factor' is a setting of step, exponential and reduce_on_plateau, not of cosine, which has min.
                    epochs: 20 | epochs: 20, schedule: {name: step, every: 3, factor: 2} | f:10:89: factor must be a number above 0 and at most 1, but is 2.
                    epochs: 20 | epochs: 20, schedule: {name: one_cycle, div_factor: 0.5} | f:10:88: div_factor must be a number of 1 or more, but is 0.5.
                    epochs: 20 | epochs: 20, schedule: {name: one_cycle, base_momentum: 0.99} | f:10:91: base_momentum (0.99) must be at most max_momentum (0.95).
                    epochs: 20 | epochs: 20, schedule: {name: one_cycle, cycle_momentum: false, max_momentum: 0.9} | f:10:99: max_momentum has no effect with cycle_momentum: false; take one of them out.
                    {lr: 0.001} | {name: adagrad, lr: 0.1}, schedule: one_cycle | f:10:59: one_cycle moves the optimiser's momentum, but adagrad has none; write schedule: {name: one_cycle, cycle_momentum: false}.
                    epochs: 20 | epochs: 20, warmup: 20 | f:10:56: warmup (20 epochs) must be shorter than the training (20); at most 19.
                    epochs: 20 | epochs: 20, warmup: 1.5 | f:10:56: warmup must be a whole number of 0 or more, but is 1.5.
                    epochs: 20 | epochs: 20, warmup: {start: 0.1} | f:10:48: 'epochs' is missing in 'warmup'. Write for example 'epochs: 20'.
                    epochs: 20 | epochs: 20, warmup: {epochs: 3, start: 0} | f:10:75: start must be a number above 0 and at most 1, but is 0.
                    epochs: 20 | epochs: 20, restore_best: 10 | f:10:62: restore_best must be none or {patience: 10, holdout: 0.2}, but is 10.
                    epochs: 20 | epochs: 20, restore_best: {patience: 0} | f:10:73: patience must be a whole number of 1 or more, but is 0.
                    epochs: 20 | epochs: 20, restore_best: {holdout: 20} | f:10:72: holdout must be a number above 0 and below 1, but is 20. Write 0.2.
                    epochs: 20 | epochs: 20, early_stopping: {patience: 3} | f:10:48: unknown key 'early_stopping' in 'training'; did you mean "restore_best"? Allowed: loss, optimizer, init, batch, epochs, stability, clip, schedule, warmup, restore_best, augment.
                    """)
    void aMistakeIsReported(String part, String replacement, String expected) {
        assertThat(problems(with(SHORTEST, part, replacement))).containsExactly(expected);
    }
}
