package dev.mettle.core.study;

import java.util.ArrayList;
import java.util.List;

/**
 * The lines of a recipe in the text that a candidate's id is made of ({@link CandidateId}):
 *
 * <pre>
 * loss mse                                          (or: mae, log_cosh, bce)
 * loss huber delta=1.0
 * loss quantile quantile=0.9
 * loss cross_entropy label_smoothing=0.0
 * optimizer sgd lr=0.01 momentum=0.9 nesterov=true weight_decay=0.0
 * optimizer rmsprop lr=0.01 alpha=0.99 eps=1.0E-8 momentum=0.0 weight_decay=0.0
 * optimizer adagrad lr=0.01 lr_decay=0.0 initial_accumulator_value=0.0 eps=1.0E-10 weight_decay=0.0
 * optimizer adam lr=0.001 beta1=0.9 beta2=0.999 eps=1.0E-8 weight_decay=0.0      (or adamw)
 * optimizer lion lr=1.0E-4 beta1=0.9 beta2=0.99 weight_decay=0.0
 * init kaiming_uniform                              (then, if not the usual ones: gain=1.0 bias=0.1)
 * init truncated_normal std=0.02
 * init pytorch bias=pytorch
 * training batch=256 epochs=60
 * stability threshold=0.1 window=30                 (or: stability none)
 * </pre>
 *
 * with one of the lines of each kind, and then those of the following that apply:
 *
 * <pre>
 * clip value=0.5 norm=1.0                           (or one of them)
 * schedule step every=10 factor=0.1
 * schedule exponential factor=0.95
 * schedule cosine min=0.0
 * schedule one_cycle pct_start=0.3 div_factor=25.0 final_div_factor=10000.0 base_momentum=0.85 max_momentum=0.95
 * schedule one_cycle pct_start=0.3 div_factor=25.0 final_div_factor=10000.0 cycle_momentum=false
 * schedule reduce_on_plateau factor=0.1 patience=10 threshold=1.0E-4 cooldown=0 min=0.0
 * warmup epochs=5 start=0.1
 * restore_best patience=10 holdout=0.2
 * augment shift=2 flip=horizontal noise=0.0
 * </pre>
 */
final class RecipeText {
    private RecipeText() {}

    /** Returns the lines, without line feeds. */
    static List<String> lines(Recipe recipe) {
        List<String> lines = new ArrayList<>();
        lines.add("loss " + text(recipe.loss()));
        lines.add("optimizer " + text(recipe.optimizer()));
        lines.add("init " + text(recipe.init()));
        lines.add("training batch=" + recipe.batch() + " epochs=" + recipe.epochs());
        lines.add("stability " + text(recipe.stability()));
        if (!recipe.clip().equals(Clipping.NONE)) {
            lines.add("clip" + text(recipe.clip()));
        }
        if (!(recipe.schedule() instanceof Schedule.Constant)) {
            lines.add("schedule " + text(recipe.schedule()));
        }
        if (recipe.warmup().epochs() > 0) {
            lines.add(
                    "warmup epochs="
                            + recipe.warmup().epochs()
                            + " start="
                            + recipe.warmup().start());
        }
        recipe.restoreBest()
                .ifPresent(restore ->
                        lines.add(
                                "restore_best patience="
                                        + restore.patience()
                                        + " holdout="
                                        + restore.holdout()));
        if (!recipe.augmentation().isOff()) {
            lines.add("augment " + text(recipe.augmentation()));
        }
        return lines;
    }

    private static String text(Augmentation augmentation) {
        return "shift="
                + augmentation.shift()
                + " flip="
                + Words.of(augmentation.flip())
                + " noise="
                + augmentation.noise();
    }

    private static String text(Loss loss) {
        String settings =
                switch (loss) {
                    case Loss.Huber(double delta) -> " delta=" + delta;
                    case Loss.Quantile(double q) -> " quantile=" + q;
                    case Loss.CrossEntropy(double smoothing) -> " label_smoothing=" + smoothing;
                    case Loss.Mse _, Loss.Mae _, Loss.LogCosh _, Loss.Bce _ -> "";
                };
        return loss.label() + settings;
    }

    private static String text(Optimizer optimizer) {
        String lr = " lr=" + optimizer.learningRate();
        String settings =
                switch (optimizer) {
                    case Optimizer.Sgd o ->
                            "sgd" + lr + " momentum=" + o.momentum() + " nesterov=" + o.nesterov();
                    case Optimizer.RmsProp o ->
                            "rmsprop"
                                    + lr
                                    + " alpha="
                                    + o.alpha()
                                    + eps(o.epsilon())
                                    + " momentum="
                                    + o.momentum();
                    case Optimizer.Adagrad o ->
                            "adagrad"
                                    + lr
                                    + " lr_decay="
                                    + o.rateDecay()
                                    + " initial_accumulator_value="
                                    + o.accumulator()
                                    + eps(o.epsilon());
                    case Optimizer.Adam o ->
                            "adam" + lr + betas(o.beta1(), o.beta2()) + eps(o.epsilon());
                    case Optimizer.AdamW o ->
                            "adamw" + lr + betas(o.beta1(), o.beta2()) + eps(o.epsilon());
                    case Optimizer.Lion o -> "lion" + lr + betas(o.beta1(), o.beta2());
                };
        return settings + " weight_decay=" + optimizer.weightDecay();
    }

    private static String betas(double beta1, double beta2) {
        return " beta1=" + beta1 + " beta2=" + beta2;
    }

    private static String eps(double epsilon) {
        return " eps=" + epsilon;
    }

    private static String text(InitialWeights init) {
        Initialisation method = init.method();
        String gain =
                method == Initialisation.TRUNCATED_NORMAL
                        ? " std=" + init.gain()
                        : init.gain() == method.gain() ? "" : " gain=" + init.gain();
        String bias =
                switch (init.biases()) {
                    case InitialWeights.Biases.Constant(double value) ->
                            value == 0 ? "" : " bias=" + value;
                    case InitialWeights.Biases.PyTorch _ -> " bias=pytorch";
                };
        return Words.of(method) + gain + bias;
    }

    private static String text(StabilityStop stability) {
        return switch (stability) {
            case StabilityStop.Off _ -> "none";
            case StabilityStop.On(double threshold, int window) ->
                    "threshold=" + threshold + " window=" + window;
        };
    }

    private static String text(Clipping clip) {
        String value = clip.value().isPresent() ? " value=" + clip.value().getAsDouble() : "";
        return value + (clip.norm().isPresent() ? " norm=" + clip.norm().getAsDouble() : "");
    }

    private static String text(Schedule schedule) {
        return switch (schedule) {
            case Schedule.Constant _ -> "constant";
            case Schedule.Step(int every, double factor) ->
                    "step every=" + every + " factor=" + factor;
            case Schedule.Exponential(double factor) -> "exponential factor=" + factor;
            case Schedule.Cosine(double min) -> "cosine min=" + min;
            case Schedule.OneCycle s ->
                    "one_cycle pct_start="
                            + s.pctStart()
                            + " div_factor="
                            + s.divFactor()
                            + " final_div_factor="
                            + s.finalDivFactor()
                            + s.momentum()
                                    .map(m ->
                                            " base_momentum="
                                                    + m.base()
                                                    + " max_momentum="
                                                    + m.max())
                                    .orElse(" cycle_momentum=false");
            case Schedule.ReduceOnPlateau s ->
                    "reduce_on_plateau factor="
                            + s.factor()
                            + " patience="
                            + s.patience()
                            + " threshold="
                            + s.threshold()
                            + " cooldown="
                            + s.cooldown()
                            + " min="
                            + s.min();
        };
    }
}
