package dev.mettle.core.study;

import dev.mettle.core.network.Activation;
import dev.mettle.core.network.Layer;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;

/** The words of study files and what they mean. */
final class Words {
    static final SequencedMap<String, Activation> ACTIVATIONS = of(Activation.values());
    static final SequencedMap<String, Layer.Padding> PADDINGS = paddings();
    static final SequencedMap<String, TaskKind> TASKS = of(TaskKind.values());
    static final SequencedMap<String, Initialisation> INITIALISATIONS = of(Initialisation.values());
    static final SequencedMap<String, ShowerSet> SHOWER_SETS = of(ShowerSet.values());
    static final SequencedMap<String, EnergySpectrum.Kind> SPECTRA =
            of(EnergySpectrum.Kind.values());
    static final SequencedMap<String, InputLayout> INPUT_LAYOUTS = of(InputLayout.values());
    static final SequencedMap<String, ScaleKind> INPUT_SCALES =
            of(ScaleKind.NONE, ScaleKind.STANDARD, ScaleKind.ASINH);
    static final SequencedMap<String, ScaleKind> TARGET_SCALES =
            of(ScaleKind.NONE, ScaleKind.STANDARD, ScaleKind.LOG);
    static final SequencedMap<String, ScaleKind> FEATURE_SCALES = TARGET_SCALES;

    static final SequencedMap<String, Augmentation.Flip> FLIPS = of(Augmentation.Flip.values());

    static final SequencedMap<String, MissingValues> MISSING_VALUES = of(MissingValues.values());
    static final SequencedMap<String, LeakPolicy> LEAKS = of(LeakPolicy.values());
    static final SequencedMap<String, TextEncoding> TEXT_ENCODINGS = encodings();

    private Words() {}

    private static SequencedMap<String, TextEncoding> encodings() {
        SequencedMap<String, TextEncoding> encodings = new LinkedHashMap<>();
        for (TextEncoding encoding : TextEncoding.values()) {
            encodings.put(encoding.word(), encoding);
        }
        return Collections.unmodifiableSequencedMap(encodings);
    }

    private static SequencedMap<String, Layer.Padding> paddings() {
        SequencedMap<String, Layer.Padding> paddings = new LinkedHashMap<>();
        paddings.put("valid", Layer.Padding.VALID);
        paddings.put("same", Layer.Padding.SAME);
        return Collections.unmodifiableSequencedMap(paddings);
    }

    /** Returns each constant under its name in lower case. */
    @SafeVarargs
    static <E extends Enum<E>> SequencedMap<String, E> of(E... constants) {
        SequencedMap<String, E> words = new LinkedHashMap<>();
        for (E constant : constants) {
            words.put(of(constant), constant);
        }
        return Collections.unmodifiableSequencedMap(words);
    }

    /** Returns each word under itself. */
    static SequencedMap<String, String> of(List<String> words) {
        SequencedMap<String, String> same = new LinkedHashMap<>();
        words.forEach(word -> same.put(word, word));
        return same;
    }

    /** Returns the word of a constant. */
    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
