package dev.mettle.core.study;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds the candidate that a user describes by the beginning of its id or by settings such as
 * {@code c1=8,lr=0.001}.
 */
public final class CandidateChooser {
    private static final int SHOWN = 5;
    private static final int VALUES_SHOWN = 12;
    private static final BigDecimal FAR = new BigDecimal("1e400");

    private CandidateChooser() {}

    /**
     * Returns the one candidate that fits. Settings need not name every dimension; numbers are
     * compared by value, so {@code lr=1e-3} is {@code lr=0.001}; words by text. A text without '='
     * is the beginning of an id.
     *
     * @param candidates of a study, at least one
     * @param text what the user wrote
     * @throws CandidateChoiceException when no candidate fits or several do; its message shows up
     *     to five
     */
    public static Candidate choose(List<Candidate> candidates, String text) {
        String wanted = text.strip();
        if (wanted.isEmpty()) {
            throw new CandidateChoiceException(
                    "no candidate is named. Give the beginning of an id, or settings such as %s."
                            .formatted(example(candidates.getFirst())));
        }
        return wanted.contains("=") ? bySettings(wanted, candidates) : byId(wanted, candidates);
    }

    /**
     * Returns a candidate with those that differ from it in one dimension alone, in the order
     * given.
     *
     * @param candidates of a study
     * @param chosen one of them
     * @throws CandidateChoiceException when the candidate has no such dimension, or no other one
     *     differs in it alone
     */
    public static List<Candidate> siblings(
            List<Candidate> candidates, Candidate chosen, String dimension) {
        if (!chosen.settings().containsKey(dimension)) {
            throw new CandidateChoiceException(
                    "candidate %s has no dimension '%s'%s Dimensions: %s."
                            .formatted(
                                    chosen.id(),
                                    dimension,
                                    Suggestion.ending(dimension, chosen.settings().keySet()),
                                    chosen.settings().isEmpty()
                                            ? "none"
                                            : String.join(", ", chosen.settings().keySet())));
        }
        List<Candidate> siblings =
                candidates.stream()
                        .filter(other ->
                                without(other, dimension).equals(without(chosen, dimension)))
                        .toList();
        if (siblings.size() < 2) {
            throw new CandidateChoiceException(
                    "no other candidate differs from %s in %s alone: %s."
                            .formatted(chosen.id(), dimension, chosen.settingsText()));
        }
        return siblings;
    }

    private static Map<String, String> without(Candidate candidate, String dimension) {
        Map<String, String> settings = new LinkedHashMap<>(candidate.settings());
        settings.remove(dimension);
        return settings;
    }

    private static String example(Candidate candidate) {
        return candidate.settings().isEmpty() ? "lr=0.001" : candidate.settingsText();
    }

    private static Candidate byId(String beginning, List<Candidate> candidates) {
        String lower = beginning.toLowerCase(Locale.ROOT);
        List<Candidate> fitting =
                candidates.stream().filter(candidate -> candidate.id().startsWith(lower)).toList();
        if (fitting.size() == 1) {
            return fitting.getFirst();
        }
        if (fitting.isEmpty()) {
            throw new CandidateChoiceException(
                    "no candidate's id begins with '%s'. Candidates are, among others:%s"
                            .formatted(beginning, listed(candidates)));
        }
        throw several("'" + beginning + "'", fitting);
    }

    private static Candidate bySettings(String text, List<Candidate> candidates) {
        Map<String, String> wanted = parse(text);
        Set<String> dimensions = new LinkedHashSet<>();
        candidates.forEach(candidate -> dimensions.addAll(candidate.settings().keySet()));
        for (String name : wanted.keySet()) {
            if (!dimensions.contains(name)) {
                throw new CandidateChoiceException(
                        "no candidate has a dimension '%s'%s Dimensions: %s."
                                .formatted(
                                        name,
                                        Suggestion.ending(name, dimensions),
                                        dimensions.isEmpty()
                                                ? "none"
                                                : String.join(", ", dimensions)));
            }
        }
        List<Candidate> fitting =
                candidates.stream()
                        .filter(candidate -> agreements(candidate, wanted) == wanted.size())
                        .toList();
        if (fitting.size() == 1) {
            return fitting.getFirst();
        }
        if (fitting.isEmpty()) {
            List<Candidate> nearest =
                    candidates.stream()
                            .sorted(
                                    Comparator.<Candidate>comparingInt(
                                                    candidate -> -agreements(candidate, wanted))
                                            .thenComparingDouble(
                                                    candidate -> distance(candidate, wanted)))
                            .toList();
            throw new CandidateChoiceException(
                    "no candidate has %s.%s The nearest are:%s"
                            .formatted(text, unknownValues(wanted, candidates), listed(nearest)));
        }
        throw several(text, fitting);
    }

    private static Map<String, String> parse(String text) {
        Map<String, String> settings = new LinkedHashMap<>();
        for (String part : text.split(",", -1)) {
            int equals = part.indexOf('=');
            String name = equals < 0 ? "" : part.substring(0, equals).strip();
            String value = part.substring(equals + 1).strip();
            if (name.isEmpty() || value.isEmpty()) {
                throw new CandidateChoiceException(
                        "'%s' is no setting; write name=value, several separated by commas."
                                .formatted(part.strip()));
            }
            if (settings.put(name, value) != null) {
                throw new CandidateChoiceException("'%s' is given twice.".formatted(name));
            }
        }
        return settings;
    }

    private static int agreements(Candidate candidate, Map<String, String> wanted) {
        int agreements = 0;
        for (Map.Entry<String, String> setting : wanted.entrySet()) {
            String value = candidate.settings().get(setting.getKey());
            agreements += value != null && same(value, setting.getValue()) ? 1 : 0;
        }
        return agreements;
    }

    /** Returns how far the numbers of a candidate are from those wanted, each from 0 to 1. */
    private static double distance(Candidate candidate, Map<String, String> wanted) {
        double distance = 0;
        for (Map.Entry<String, String> setting : wanted.entrySet()) {
            Optional<BigDecimal> value =
                    Optional.ofNullable(candidate.settings().get(setting.getKey()))
                            .flatMap(CandidateChooser::number);
            Optional<BigDecimal> sought = number(setting.getValue());
            if (value.isPresent() && sought.isPresent()) {
                double a = value.get().doubleValue();
                double b = sought.get().doubleValue();
                distance += a == b ? 0 : Math.abs(a - b) / (Math.abs(a) + Math.abs(b));
            } else {
                distance += 1;
            }
        }
        return distance;
    }

    private static boolean same(String value, String wanted) {
        Optional<BigDecimal> number = number(value);
        Optional<BigDecimal> other = number(wanted);
        return number.isPresent() && other.isPresent()
                ? number.get().compareTo(other.get()) == 0
                : value.equals(wanted) || isTruth(value) && value.equalsIgnoreCase(wanted);
    }

    private static boolean isTruth(String value) {
        return value.equalsIgnoreCase("true") || value.equalsIgnoreCase("false");
    }

    private static Optional<BigDecimal> number(String text) {
        try {
            return Optional.of(new BigDecimal(text));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Names the values that no candidate has, with those there are, or the nearest of many. */
    private static String unknownValues(Map<String, String> wanted, List<Candidate> candidates) {
        StringBuilder text = new StringBuilder();
        wanted.forEach((name, value) -> {
            Set<String> values = new LinkedHashSet<>();
            for (Candidate candidate : candidates) {
                Optional.ofNullable(candidate.settings().get(name)).ifPresent(values::add);
            }
            if (values.stream().noneMatch(known -> same(known, value))) {
                List<String> near = nearest(value, values);
                text.append(near.size() < values.size() ? " Nearest values of " : " Values of ")
                        .append(name)
                        .append(": ")
                        .append(String.join(", ", near))
                        .append('.');
            }
        });
        return text.toString();
    }

    /**
     * Returns all of a few values; of many numbers the nearest to a number, of others the first.
     */
    private static List<String> nearest(String wanted, Set<String> values) {
        if (values.size() <= VALUES_SHOWN) {
            return List.copyOf(values);
        }
        Optional<BigDecimal> sought = number(wanted);
        Comparator<String> order =
                Comparator.comparing(value ->
                        number(value)
                                .flatMap(n -> sought.map(s -> n.subtract(s).abs()))
                                .orElse(FAR));
        return values.stream().sorted(order).limit(SHOWN).toList();
    }

    private static CandidateChoiceException several(String what, List<Candidate> fitting) {
        return new CandidateChoiceException(
                "%s fits %d candidates; say more. Among them are:%s"
                        .formatted(what, fitting.size(), listed(fitting)));
    }

    private static String listed(List<Candidate> candidates) {
        List<Candidate> shown =
                new ArrayList<>(candidates.subList(0, Math.min(SHOWN, candidates.size())));
        return shown.stream()
                .map(candidate ->
                        ("\n  " + candidate.id() + "  " + candidate.settingsText()).stripTrailing())
                .collect(Collectors.joining());
    }
}
