package dev.mettle.engine;

import dev.mettle.core.study.Augmentation;
import dev.mettle.core.study.Clipping;
import dev.mettle.core.study.InitialWeights;
import dev.mettle.core.study.InitialWeights.Biases;
import dev.mettle.core.study.Initialisation;
import dev.mettle.core.study.Loss;
import dev.mettle.core.study.Optimizer;
import dev.mettle.core.study.Recipe;
import dev.mettle.core.study.RestoreBest;
import dev.mettle.core.study.Schedule;
import dev.mettle.core.study.StabilityStop;
import dev.mettle.core.study.StudyDefaults;
import dev.mettle.core.study.Warmup;

import java.util.List;
import java.util.Optional;

/** Recipes in which every way of training occurs that came after the first optimisers. */
final class NewRecipes {
    private static final Optional<RestoreBest> LAST = Optional.empty();

    private NewRecipes() {}

    static List<Recipe> all() {
        Optimizer adagrad = new Optimizer.Adagrad(0.02, 0.1, 0.01, 1e-10, 0.01);
        Optimizer lion = new Optimizer.Lion(0.002, 0.9, 0.99, 0.1);
        Optimizer sgd = new Optimizer.Sgd(0.03, 0.9, false, 0);
        Clipping both = Fixture.clip(0.5, 0.8);
        Schedule plateau = new Schedule.ReduceOnPlateau(0.5, 0, 0.1, 1, 0.1);
        Warmup warmup = new Warmup(2, 0.1);
        return List.of(
                of(
                        adagrad,
                        InitialWeights.of(Initialisation.ORTHOGONAL),
                        Clipping.NONE,
                        new Schedule.Constant(),
                        warmup,
                        LAST),
                of(
                        lion,
                        InitialWeights.of(Initialisation.PYTORCH),
                        both,
                        new Schedule.Cosine(0.01),
                        Warmup.NONE,
                        LAST),
                of(
                        sgd,
                        InitialWeights.of(Initialisation.LECUN_NORMAL),
                        both,
                        StudyDefaults.ONE_CYCLE,
                        warmup,
                        LAST),
                of(
                        Fixture.ADAM,
                        new InitialWeights(
                                Initialisation.TRUNCATED_NORMAL, 0.3, new Biases.Constant(0.1)),
                        Clipping.NONE,
                        StudyDefaults.ONE_CYCLE,
                        Warmup.NONE,
                        LAST),
                of(
                        Fixture.ADAM,
                        new InitialWeights(Initialisation.LECUN_UNIFORM, 1.3, new Biases.PyTorch()),
                        both,
                        plateau,
                        warmup,
                        Optional.of(new RestoreBest(2, 0.3))),
                of(
                        sgd,
                        new InitialWeights(
                                Initialisation.KAIMING_NORMAL, 1, new Biases.Constant(0)),
                        Clipping.NONE,
                        new Schedule.Step(2, 0.5),
                        Warmup.NONE,
                        LAST),
                of(
                        lion,
                        InitialWeights.of(Initialisation.XAVIER_UNIFORM),
                        Clipping.NONE,
                        new Schedule.Exponential(0.7),
                        Warmup.NONE,
                        LAST));
    }

    private static Recipe of(
            Optimizer optimizer,
            InitialWeights init,
            Clipping clip,
            Schedule schedule,
            Warmup warmup,
            Optional<RestoreBest> restoreBest) {
        return new Recipe(
                new Loss.Mse(),
                optimizer,
                init,
                8,
                5,
                new StabilityStop.Off(),
                clip,
                schedule,
                warmup,
                restoreBest,
                Augmentation.NONE);
    }
}
