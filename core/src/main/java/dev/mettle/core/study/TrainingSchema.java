package dev.mettle.core.study;

import static dev.mettle.core.study.ModelSchema.named;
import static dev.mettle.core.study.ModelSchema.orReference;
import static dev.mettle.core.study.SchemaNode.number;
import static dev.mettle.core.study.SchemaNode.section;
import static dev.mettle.core.study.SchemaNode.truth;
import static dev.mettle.core.study.SchemaNode.whole;
import static dev.mettle.core.study.SchemaNode.word;

import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * The schema of what {@code training} says of initial weights, gradients, learning rate and best
 * epoch.
 */
final class TrainingSchema {
    private static final List<String> NONE = List.of("none");

    private TrainingSchema() {}

    static SchemaNode init() {
        SequencedMap<String, List<String>> keys = InitReader.keysByMethod();
        SchemaNode positive = orReference(number(Limits.POSITIVE));
        Map<String, SchemaNode> properties =
                Map.of(
                        "weights",
                        orReference(word(keys.sequencedKeySet()))
                                .absent(Words.of(StudyDefaults.INIT)),
                        "gain",
                        positive.says("Root of 2 for kaiming, else 1 when absent."),
                        "std",
                        positive.absent(Initialisation.TRUNCATED_NORMAL.gain()),
                        "bias",
                        orReference(word(List.of("zeros", "pytorch")), SchemaNode.type("number"))
                                .says("zeros, of pytorch pytorch, when absent."));
        return orReference(
                        word(keys.sequencedKeySet()), named("weights", keys, List.of(), properties))
                .absent(Words.of(StudyDefaults.INIT))
                .says("Initial weights and biases, as torch.nn.init.");
    }

    static SchemaNode clip() {
        SchemaNode positive = orReference(number(Limits.POSITIVE));
        return orReference(
                        word(NONE),
                        section(
                                        ClipReader.keys(),
                                        List.of(),
                                        Map.of(
                                                "norm",
                                                positive.says("Largest norm of all gradients."),
                                                "value",
                                                positive.says("Largest size of each gradient.")))
                                .with("minProperties", 1))
                .absent("none")
                .says("Limits of gradients, as torch.nn.utils.clip_grad_norm_ and _value_.");
    }

    static SchemaNode schedule() {
        SequencedMap<String, List<String>> keys = ScheduleReader.keysBySchedule();
        Schedule.OneCycle cycle = StudyDefaults.ONE_CYCLE;
        Schedule.Momentum momentum = cycle.momentum().orElseThrow();
        Schedule.ReduceOnPlateau plateau = StudyDefaults.PLATEAU;
        SchemaNode share = orReference(number(Limits.SHARE));
        SchemaNode belowOne = orReference(number(Limits.BELOW_ONE));
        SchemaNode divisor = orReference(number(Limits.ONE_OR_MORE));
        Map<String, SchemaNode> properties =
                Map.ofEntries(
                        Map.entry("name", orReference(word(keys.sequencedKeySet()))),
                        Map.entry("every", orReference(whole(1)).says("Epochs.")),
                        Map.entry(
                                "factor",
                                orReference(number(Limits.ABOVE_ZERO_TO_ONE))
                                        .says(
                                                "%s when absent; exponential must say it."
                                                        .formatted(StudyDefaults.SCHEDULE_FACTOR))),
                        Map.entry(
                                "min",
                                share.absent(StudyDefaults.LEAST_RATE)
                                        .says("Least share of the learning rate.")),
                        Map.entry(
                                "pct_start",
                                share.absent(cycle.pctStart())
                                        .says("Share of the steps in which the rate rises.")),
                        Map.entry("div_factor", divisor.absent(cycle.divFactor())),
                        Map.entry("final_div_factor", divisor.absent(cycle.finalDivFactor())),
                        Map.entry("cycle_momentum", orReference(truth()).absent(true)),
                        Map.entry("base_momentum", belowOne.absent(momentum.base())),
                        Map.entry("max_momentum", belowOne.absent(momentum.max())),
                        Map.entry("patience", orReference(whole(0)).absent(plateau.patience())),
                        Map.entry("threshold", belowOne.absent(plateau.threshold())),
                        Map.entry("cooldown", orReference(whole(0)).absent(plateau.cooldown())));
        List<String> plain =
                keys.sequencedKeySet().stream()
                        .filter(name -> !name.equals("step") && !name.equals("exponential"))
                        .toList();
        return orReference(word(plain), named("name", keys, List.of("name"), properties))
                .absent("constant")
                .says("How the learning rate changes, as torch.optim.lr_scheduler.");
    }

    static SchemaNode warmup() {
        SchemaNode epochs = orReference(whole(0));
        return orReference(
                        whole(0),
                        section(
                                ScheduleReader.warmupKeys(),
                                List.of("epochs"),
                                Map.of(
                                        "epochs",
                                        epochs,
                                        "start",
                                        orReference(number(Limits.ABOVE_ZERO_TO_ONE))
                                                .absent(StudyDefaults.WARMUP_START))))
                .absent(0)
                .says("Epochs in which the learning rate rises, from the share start of it.");
    }

    static SchemaNode restoreBest() {
        RestoreBest absent = StudyDefaults.RESTORE_BEST;
        return orReference(
                        word(NONE),
                        section(
                                RestoreBestReader.keys(),
                                List.of(),
                                Map.of(
                                        "patience",
                                        orReference(whole(1)).absent(absent.patience()),
                                        "holdout",
                                        orReference(number(Limits.INSIDE))
                                                .absent(absent.holdout()))))
                .absent("none")
                .says(
                        "The weights of the epoch with the least loss on a share of the sample that"
                                + " is not trained on.");
    }
}
