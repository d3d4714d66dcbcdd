package dev.mettle.core.study;

import dev.mettle.core.network.Network;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * One architecture with one set of hyper-parameters.
 *
 * @param id short content hash of network and recipe, in hexadecimal
 * @param settings value of each dimension of the space, as written, in the order of the space; a
 *     dimension that the candidate's variant does not use is absent
 * @param network its layers
 * @param recipe its training
 * @param parameters number of weights and biases
 */
public record Candidate(
        String id,
        SequencedMap<String, String> settings,
        Network network,
        Recipe recipe,
        long parameters) {
    public Candidate {
        settings = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(settings));
    }

    /** Returns the same candidate under another id. */
    Candidate withId(String other) {
        return new Candidate(other, settings, network, recipe, parameters);
    }

    /** Returns the value of the dimension {@code per}; "" without either. */
    public String group(Optional<String> per) {
        return per.map(dimension -> settings.getOrDefault(dimension, "")).orElse("");
    }

    /** Returns the settings as {@code c1=8,lr=0.001}, the form that {@code --candidate} takes. */
    public String settingsText() {
        return settingsText(settings);
    }

    /** Returns settings in the form of {@link #settingsText()}. */
    static String settingsText(SequencedMap<String, String> settings) {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, String> setting : settings.entrySet()) {
            text.append(text.isEmpty() ? "" : ",")
                    .append(setting.getKey())
                    .append('=')
                    .append(setting.getValue());
        }
        return text.toString();
    }
}
