package dev.mettle.core.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.mettle.core.study.InitialWeights.Biases;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

class RecipeTextTest {
    private static final Optimizer LION = new Optimizer.Lion(1e-4, 0.9, 0.99, 0);
    private static final Recipe PLAIN =
            new Recipe(
                    new Loss.Mse(), LION, Initialisation.PYTORCH, 256, 60, new StabilityStop.Off());

    private static Recipe recipe(
            Clipping clip, Schedule schedule, Warmup warmup, Optional<RestoreBest> restoreBest) {
        return new Recipe(
                PLAIN.loss(),
                LION,
                PLAIN.init(),
                256,
                60,
                PLAIN.stability(),
                clip,
                schedule,
                warmup,
                restoreBest,
                Augmentation.NONE);
    }

    private static String line(InitialWeights init) {
        Recipe recipe =
                new Recipe(
                        PLAIN.loss(),
                        LION,
                        init,
                        1,
                        1,
                        PLAIN.stability(),
                        Clipping.NONE,
                        StudyDefaults.SCHEDULE,
                        Warmup.NONE,
                        Optional.empty(),
                        Augmentation.NONE);
        return RecipeText.lines(recipe).get(2);
    }

    private static List<String> extra(Recipe recipe) {
        return RecipeText.lines(recipe).subList(5, RecipeText.lines(recipe).size());
    }

    @Test
    void whatCameLaterHasNoLineWhereItIsNotUsed() {
        assertThat(RecipeText.lines(PLAIN))
                .containsExactly(
                        "loss mse",
                        "optimizer lion lr=1.0E-4 beta1=0.9 beta2=0.99 weight_decay=0.0",
                        "init pytorch bias=pytorch",
                        "training batch=256 epochs=60",
                        "stability none");
    }

    @Test
    void everyInitialisationHasItsLine() {
        assertThat(
                        Stream.of(
                                        InitialWeights.of(Initialisation.KAIMING_UNIFORM),
                                        new InitialWeights(
                                                Initialisation.KAIMING_UNIFORM,
                                                1,
                                                new Biases.Constant(0.1)),
                                        InitialWeights.of(Initialisation.TRUNCATED_NORMAL),
                                        new InitialWeights(
                                                Initialisation.ORTHOGONAL, 1, new Biases.PyTorch()),
                                        new InitialWeights(
                                                Initialisation.PYTORCH,
                                                Initialisation.PYTORCH.gain(),
                                                new Biases.Constant(0)))
                                .map(RecipeTextTest::line))
                .containsExactly(
                        "init kaiming_uniform",
                        "init kaiming_uniform gain=1.0 bias=0.1",
                        "init truncated_normal std=0.02",
                        "init orthogonal bias=pytorch",
                        "init pytorch");
    }

    @Test
    void everyScheduleHasItsLine() {
        assertThat(
                        Stream.of(
                                        new Schedule.Step(10, 0.1),
                                        new Schedule.Exponential(0.95),
                                        new Schedule.Cosine(0),
                                        StudyDefaults.ONE_CYCLE,
                                        new Schedule.OneCycle(0.3, 25, 1e4, Optional.empty()),
                                        StudyDefaults.PLATEAU)
                                .map(schedule ->
                                        extra(
                                                        recipe(
                                                                Clipping.NONE,
                                                                schedule,
                                                                Warmup.NONE,
                                                                Optional.empty()))
                                                .getFirst()))
                .containsExactly(
                        "schedule step every=10 factor=0.1",
                        "schedule exponential factor=0.95",
                        "schedule cosine min=0.0",
                        "schedule one_cycle pct_start=0.3 div_factor=25.0 final_div_factor=10000.0"
                                + " base_momentum=0.85 max_momentum=0.95",
                        "schedule one_cycle pct_start=0.3 div_factor=25.0 final_div_factor=10000.0"
                                + " cycle_momentum=false",
                        "schedule reduce_on_plateau factor=0.1 patience=10 threshold=1.0E-4"
                                + " cooldown=0 min=0.0");
    }

    @Test
    void clippingWarmUpAndRestoringHaveTheirLines() {
        assertThat(
                        extra(
                                recipe(
                                        new Clipping(OptionalDouble.of(0.5), OptionalDouble.of(1)),
                                        StudyDefaults.SCHEDULE,
                                        new Warmup(5, 0.1),
                                        Optional.of(new RestoreBest(10, 0.2)))))
                .containsExactly(
                        "clip value=0.5 norm=1.0",
                        "warmup epochs=5 start=0.1",
                        "restore_best patience=10 holdout=0.2");
    }

    @Test
    void anAdagradHasItsLine() {
        Recipe recipe =
                new Recipe(
                        PLAIN.loss(),
                        new Optimizer.Adagrad(0.01, 0, 0.1, 1e-10, 0),
                        Initialisation.ORTHOGONAL,
                        1,
                        1,
                        PLAIN.stability());
        assertThat(RecipeText.lines(recipe).get(1))
                .isEqualTo(
                        "optimizer adagrad lr=0.01 lr_decay=0.0 initial_accumulator_value=0.1"
                                + " eps=1.0E-10 weight_decay=0.0");
    }

    @Test
    void impossibleSettingsAreRefused() {
        for (Runnable wrong :
                List.<Runnable>of(
                        () -> new Schedule.Step(0, 0.1),
                        () -> new Schedule.Step(1, 0),
                        () -> new Schedule.Exponential(Double.NaN),
                        () -> new Schedule.Cosine(1.1),
                        () -> new Schedule.OneCycle(-0.1, 25, 1e4, Optional.empty()),
                        () -> new Schedule.OneCycle(0.3, 0.5, 1e4, Optional.empty()),
                        () -> new Schedule.Momentum(0.9, 0.8),
                        () -> new Schedule.Momentum(0.9, 1),
                        () -> new Schedule.ReduceOnPlateau(0.1, -1, 0, 0, 0),
                        () -> new Warmup(-1, 0.1),
                        () -> new Warmup(1, 0),
                        () -> new RestoreBest(0, 0.2),
                        () -> new RestoreBest(1, 1),
                        () -> new Clipping(OptionalDouble.of(0), OptionalDouble.empty()),
                        () -> new Optimizer.Adagrad(0.1, -1, 0, 1e-10, 0),
                        () -> new Optimizer.Lion(0.1, 1, 0.99, 0),
                        () -> new InitialWeights(Initialisation.PYTORCH, 1, new Biases.PyTorch()),
                        () ->
                                new InitialWeights(
                                        Initialisation.ORTHOGONAL, 0, new Biases.PyTorch()),
                        () -> new Biases.Constant(Double.NaN),
                        () ->
                                recipe(
                                        Clipping.NONE,
                                        StudyDefaults.SCHEDULE,
                                        new Warmup(60, 0.1),
                                        Optional.empty()))) {
            assertThatIllegalArgumentException().isThrownBy(wrong::run);
        }
    }
}
