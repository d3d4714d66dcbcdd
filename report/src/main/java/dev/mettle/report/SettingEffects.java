package dev.mettle.report;

import dev.mettle.core.statistics.Losses;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.Set;

/**
 * How the values of every dimension of the space fare: which places their candidates reached and
 * what their criterion is on equal terms ({@link Places}).
 */
final class SettingEffects {
    /** Text of a value where a candidate's architecture does not use the dimension. */
    static final String NOT_USED = "not used";

    private static final double BEST = 0.1;
    private static final double BETTER = 0.5;

    /**
     * A dimension.
     *
     * @param name as in the study
     * @param values at least two, numbers in rising order, words in that of the study
     * @param share of the variance of the places that its values explain, from 0 to 1: H / (N - 1)
     *     with the statistic H of Kruskal and Wallis (J. Am. Stat. Assoc. 47, 1952) over N
     *     candidates, which makes it ε² of Kelley (Tomczak and Tomczak 2014)
     * @param byChance what it would be on average if the values made no difference: (k - 1) / (N -
     *     1) for k values
     */
    record Dimension(String name, List<Value> values, double share, double byChance) {
        /**
         * Tells whether the share is within what chance gives: below its mean and two standard
         * deviations, of a chi-squared variable with k - 1 degrees of freedom.
         */
        boolean withinChance() {
            double degrees = values.size() - 1.0;
            return share <= byChance * (1 + 2 * Math.sqrt(2 / degrees));
        }
    }

    /**
     * A value of a dimension, or a group of neighbours where there are many ({@link
     * SettingGroups}), with all candidates that have it.
     *
     * @param label as in the study, or of the group
     * @param settings the values that it stands for
     * @param candidates how many
     * @param failed how many of them have a failed training in the race
     * @param best how many without failures are in the best tenth of all places
     * @param better how many without failures are in the better half but not in the best tenth
     * @param finalists how many are finalists
     * @param criterion of those for which it is finite, on equal terms
     */
    record Value(
            String label,
            Set<String> settings,
            int candidates,
            int failed,
            int best,
            int better,
            int finalists,
            Optional<Losses> criterion) {
        Value {
            settings = Set.copyOf(settings);
        }
    }

    /** Candidates with the same value, or with one of neighbouring values. */
    private record Group(String label, Set<String> settings, List<String> members) {
        Group(String label) {
            this(label, new LinkedHashSet<>(), new ArrayList<>());
        }
    }

    private final RunDigest run;
    private final Places places;
    private final Map<String, Integer> placeOf = new LinkedHashMap<>();
    private final SequencedSet<String> finalists = new LinkedHashSet<>();

    private SettingEffects(RunDigest run, Places places) {
        this.run = run;
        this.places = places;
        places.order().forEach(id -> placeOf.put(id, placeOf.size() + 1));
        run.summary().finalists().forEach(finalist -> finalists.add(finalist.candidate().id()));
    }

    /**
     * Returns the dimensions with more than one value among the candidates placed, those that
     * explain most first; ties in the order of the study.
     */
    static List<Dimension> of(RunDigest run, Places places) {
        return new SettingEffects(run, places).dimensions();
    }

    private List<Dimension> dimensions() {
        SequencedSet<String> names = new LinkedHashSet<>();
        run.candidates().forEach(candidate -> names.addAll(candidate.settings().keySet()));
        List<Dimension> dimensions = new ArrayList<>();
        for (String name : names) {
            Map<String, String> valueOf = new LinkedHashMap<>();
            run.candidates().stream()
                    .filter(candidate -> placeOf.containsKey(candidate.id()))
                    .forEach(candidate ->
                            valueOf.put(
                                    candidate.id(),
                                    candidate.settings().getOrDefault(name, NOT_USED)));
            if (new HashSet<>(valueOf.values()).size() > 1) {
                dimensions.add(dimension(name, valueOf));
            }
        }
        dimensions.sort(Comparator.comparingDouble(Dimension::share).reversed());
        return dimensions;
    }

    private Dimension dimension(String name, Map<String, String> valueOf) {
        Map<String, String> labels = SettingGroups.of(valueOf.values());
        SequencedMap<String, Group> groups = new LinkedHashMap<>();
        labels.forEach((setting, label) ->
                groups.computeIfAbsent(label, Group::new).settings().add(setting));
        valueOf.forEach((id, setting) ->
                groups.computeIfAbsent(labels.getOrDefault(setting, setting), Group::new)
                        .members()
                        .add(id));
        double n = placeOf.size();
        double sum = 0;
        for (Group group : groups.values()) {
            double ranks = group.members().stream().mapToDouble(this::place).sum();
            sum += ranks * ranks / group.members().size();
        }
        double h = 12 / (n * (n + 1)) * sum - 3 * (n + 1);
        List<Value> values = groups.values().stream().map(this::value).toList();
        return new Dimension(
                name, values, Math.clamp(h / (n - 1), 0.0, 1.0), (values.size() - 1) / (n - 1));
    }

    private int place(String candidate) {
        return placeOf.getOrDefault(candidate, placeOf.size());
    }

    private Value value(Group group) {
        List<String> members = group.members();
        int failed = 0;
        int best = 0;
        int better = 0;
        double[] finite =
                members.stream()
                        .mapToDouble(places::onEqualTerms)
                        .filter(Double::isFinite)
                        .toArray();
        for (String id : members) {
            boolean failure = run.raceLosses(id).map(losses -> losses.failures() > 0).orElse(false);
            double place = place(id);
            failed += failure ? 1 : 0;
            best += !failure && place <= last(BEST) ? 1 : 0;
            better += !failure && place > last(BEST) && place <= last(BETTER) ? 1 : 0;
        }
        return new Value(
                group.label(),
                group.settings(),
                members.size(),
                failed,
                best,
                better,
                (int) members.stream().filter(finalists::contains).count(),
                finite.length == 0 ? Optional.empty() : Optional.of(Losses.of(finite)));
    }

    /** Returns the last place that belongs to the best share of all. */
    private double last(double share) {
        return Math.ceil(share * placeOf.size());
    }
}
