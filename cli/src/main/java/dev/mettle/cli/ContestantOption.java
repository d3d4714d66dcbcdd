package dev.mettle.cli;

import dev.mettle.cli.yaml.YamlReader;
import dev.mettle.core.document.Mapping;
import dev.mettle.core.document.Node;
import dev.mettle.core.document.Problem;
import dev.mettle.core.replay.Contestant;
import dev.mettle.core.statistics.Criterion;
import dev.mettle.core.study.SelectionSettings;
import dev.mettle.core.study.StudyDefaults;
import dev.mettle.core.study.StudyException;
import dev.mettle.core.study.StudyReader;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads {@code --algorithm}: a name, and settings as a study file has them, such as {@code
 * halving:eta=3,warmup=2}.
 */
final class ContestantOption {
    private static final Set<String> WARMED_UP = Set.of("progressive", "halving");
    private static final String COMMA_OUTSIDE_BRACES = ",(?![^{]*\\})";

    private final int instances;

    /**
     * Takes what a table allows.
     *
     * @param instances of each candidate; what an algorithm uses unless it is told fewer
     */
    ContestantOption(int instances) {
        this.instances = instances;
    }

    /**
     * Reads the option.
     *
     * @param criterion what is compared unless the option says otherwise
     * @throws UserException when it is no algorithm, its settings are wrong, or the table has too
     *     few instances
     */
    Contestant read(String option, Criterion criterion) {
        SequencedMap<String, String> settings = new LinkedHashMap<>();
        String[] parts = option.split(":", 2);
        settings.put("algorithm", parts[0].strip());
        settings.put("criterion", criterion.label());
        settings.put("instances", String.valueOf(instances));
        if (parts.length > 1) {
            for (String setting : parts[1].split(COMMA_OUTSIDE_BRACES)) {
                String[] pair = setting.split("[=:]", 2);
                if (pair.length < 2) {
                    throw wrong(
                            option,
                            "'%s' is no setting such as warmup=3; write NAME:key=value,key=value."
                                    .formatted(setting));
                }
                settings.put(pair[0].strip(), pair[1].strip());
            }
        }
        if (instances < StudyDefaults.WARMUP && WARMED_UP.contains(parts[0].strip())) {
            settings.putIfAbsent("warmup", String.valueOf(instances));
        }
        SelectionSettings read = parse(option, settings);
        if (read.instances() > instances) {
            throw wrong(
                    option,
                    "instances (%d) is above the %d of the table."
                            .formatted(read.instances(), instances));
        }
        return new Contestant(option, read);
    }

    private static SelectionSettings parse(String option, Map<String, String> settings) {
        String text =
                settings.entrySet().stream()
                        .map(entry -> "  %s: %s".formatted(entry.getKey(), entry.getValue()))
                        .collect(Collectors.joining("\n", "selection:\n", "\n"));
        try {
            Node root = YamlReader.parse(text);
            return StudyReader.selection((Mapping) root);
        } catch (StudyException e) {
            throw wrong(
                    option,
                    e.problems().stream().map(Problem::message).collect(Collectors.joining(" ")));
        }
    }

    private static UserException wrong(String option, String message) {
        return new UserException("--algorithm %s: %s".formatted(option, message));
    }
}
