package dev.mettle.core.study;

import dev.mettle.core.document.Mapping;
import dev.mettle.core.document.Node;
import dev.mettle.core.document.Scalar;
import dev.mettle.core.statistics.Criterion;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;

/** Reads the section {@code selection}. */
final class SelectionReader {
    private static final List<String> COMMON =
            List.of("algorithm", "criterion", "loss", "instances", "per");

    /** Settings of each algorithm, beside those that all have. */
    private static final SequencedMap<String, List<String>> ALGORITHMS = algorithms();

    private static final String RACING = "racing";
    private static final List<String> DROP = List.of("above", "cv_above");
    private static final int MOST = Integer.MAX_VALUE;

    private final Problems problems;
    private final Scope scope;
    private final Values values;

    SelectionReader(Problems problems) {
        this.problems = problems;
        this.scope = Scope.outside(problems);
        this.values = new Values(problems);
    }

    private static SequencedMap<String, List<String>> algorithms() {
        SequencedMap<String, List<String>> algorithms = new LinkedHashMap<>();
        algorithms.put("progressive", List.of("warmup", "survivors", "drop", "audit"));
        algorithms.put("halving", List.of("warmup", "survivors", "eta", "audit"));
        algorithms.put(RACING, List.of("survivors", "preview_rows", "audit"));
        algorithms.put("exhaustive", List.of());
        return Collections.unmodifiableSequencedMap(algorithms);
    }

    /** Returns the keys of each algorithm. */
    static SequencedMap<String, List<String>> keysByAlgorithm() {
        SequencedMap<String, List<String>> keys = new LinkedHashMap<>();
        ALGORITHMS.forEach((name, own) -> keys.put(name, keys(name)));
        return keys;
    }

    /** Returns the keys of {@code drop}. */
    static List<String> dropKeys() {
        return DROP;
    }

    /** Returns every key that some algorithm takes. */
    static List<String> keys() {
        return keysByAlgorithm().values().stream().flatMap(List::stream).distinct().toList();
    }

    private static List<String> keys(String algorithm) {
        List<String> keys = new ArrayList<>(COMMON);
        keys.addAll(ALGORITHMS.getOrDefault(algorithm, List.of()));
        return keys;
    }

    /** Returns what a study without the section asks for. */
    static SelectionSettings absent() {
        return new SelectionSettings(
                new SelectionSettings.Algorithm.Progressive(
                        StudyDefaults.WARMUP, StudyDefaults.SURVIVORS, StudyDefaults.DROP),
                StudyDefaults.CRITERION,
                StudyDefaults.INSTANCES,
                Optional.empty(),
                0);
    }

    /** Reads the section; a mapping without keys gives the defaults. */
    Optional<SelectionSettings> read(Mapping.Entry entry) {
        return scope.resolve(entry.value())
                .flatMap(node -> {
                    Optional<String> algorithm =
                            node instanceof Mapping mapping
                                    ? algorithm(mapping)
                                    : Optional.of(StudyDefaults.ALGORITHM);
                    return Section.open(
                                    node,
                                    "'selection'",
                                    entry.key().place(),
                                    algorithm.map(SelectionReader::keys).orElse(keys()),
                                    scope,
                                    problems,
                                    key -> algorithm.flatMap(name -> misplaced(key, name)))
                            .flatMap(section -> selection(section, algorithm));
                });
    }

    /** Says so when a key is another algorithm's setting. */
    private static Optional<String> misplaced(String key, String algorithm) {
        List<String> owners =
                ALGORITHMS.entrySet().stream()
                        .filter(other -> other.getValue().contains(key))
                        .map(Map.Entry::getKey)
                        .toList();
        if (owners.isEmpty()) {
            return Optional.empty();
        }
        List<String> own = ALGORITHMS.getOrDefault(algorithm, List.of());
        return Optional.of(
                "'%s' belongs to algorithm: %s; %s %s."
                        .formatted(
                                key,
                                listing(owners),
                                algorithm,
                                own.isEmpty()
                                        ? "drops no candidate"
                                        : "has " + String.join(", ", own)));
    }

    private static String listing(List<String> names) {
        return names.size() == 1
                ? names.getFirst()
                : "%s and %s"
                        .formatted(
                                String.join(", ", names.subList(0, names.size() - 1)),
                                names.getLast());
    }

    private Optional<String> algorithm(Mapping mapping) {
        Optional<Mapping.Entry> entry = mapping.entry("algorithm");
        return entry.isEmpty()
                ? Optional.of(StudyDefaults.ALGORITHM)
                : scope.resolve(entry.get().value())
                        .flatMap(node ->
                                values.word(
                                        node,
                                        "algorithm",
                                        Words.of(List.copyOf(ALGORITHMS.sequencedKeySet()))));
    }

    private Optional<SelectionSettings> selection(Section section, Optional<String> name) {
        Optional<Criterion> criterion =
                section.has("criterion")
                        ? section.value("criterion").flatMap(new CriterionReader(problems)::read)
                        : Optional.of(StudyDefaults.CRITERION);
        Optional<Integer> instances = section.whole("instances", 1, MOST, StudyDefaults.INSTANCES);
        Optional<String> per =
                section.has("per")
                        ? section.text("per", "the name of a dimension")
                        : Optional.of("");
        Optional<SelectionSettings.Algorithm> algorithm =
                switch (name.orElse(StudyDefaults.ALGORITHM)) {
                    case "exhaustive" -> Optional.of(new SelectionSettings.Algorithm.Exhaustive());
                    case "halving" -> halving(section, instances);
                    case RACING -> racing(section, instances);
                    default -> progressive(section, instances);
                };
        Optional<Double> audit = section.number("audit", Limits.SHARE, audit(name));
        boolean fits = criterion.isPresent() && fits(criterion.get(), name, section);
        if (name.isEmpty()
                || criterion.isEmpty()
                || !fits
                || instances.isEmpty()
                || per.isEmpty()
                || audit.isEmpty()
                || algorithm.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new SelectionSettings(
                        algorithm.get(),
                        criterion.get(),
                        instances.get(),
                        per.filter(dimension -> !dimension.isEmpty()),
                        audit.get()));
    }

    /** An audit belongs to racing; the others have one where the study asks for it. */
    private static double audit(Optional<String> algorithm) {
        return algorithm.equals(Optional.of(RACING)) ? StudyDefaults.AUDIT : 0;
    }

    /** Warns of a criterion that a constant model would win, or refuses it. */
    private boolean fits(Criterion criterion, Optional<String> algorithm, Section section) {
        boolean refused = algorithm.equals(Optional.of(RACING)) && criterion.ignoresLevel();
        if (refused) {
            problems.add(
                    section.place("criterion"),
                    "racing cannot choose by %s: of few losses it is mostly noise, and a constant"
                            + " model would win. Take mean, median, quantile(0.9) or"
                            + " mean_plus_std(1), or algorithm: progressive.",
                    criterion.label());
        } else if (criterion.ignoresLevel()) {
            problems.warn(
                    "criterion %s looks at the spread alone: a constant model would win."
                            + " mean_plus_std(1) or quantile(0.9) weigh both.",
                    criterion.label());
        }
        return !refused;
    }

    private Optional<SelectionSettings.Algorithm> progressive(
            Section section, Optional<Integer> instances) {
        Optional<Integer> warmup = warmup(section, instances);
        Optional<Integer> survivors = survivors(section);
        Optional<SelectionSettings.Drop> drop =
                section.has("drop")
                        ? section.value("drop").flatMap(node -> drop(node, section))
                        : Optional.of(StudyDefaults.DROP);
        return warmup.flatMap(w ->
                survivors.flatMap(
                        s -> drop.map(d -> new SelectionSettings.Algorithm.Progressive(w, s, d))));
    }

    private Optional<SelectionSettings.Algorithm> halving(
            Section section, Optional<Integer> instances) {
        Optional<Integer> eta = section.whole("eta", 2, MOST, StudyDefaults.ETA);
        Optional<Integer> warmup = warmup(section, instances);
        Optional<Integer> survivors = survivors(section);
        return eta.flatMap(e ->
                warmup.flatMap(
                        w -> survivors.map(s -> new SelectionSettings.Algorithm.Halving(e, w, s))));
    }

    private Optional<SelectionSettings.Algorithm> racing(
            Section section, Optional<Integer> instances) {
        Optional<Integer> survivors = survivors(section);
        if (!section.has("preview_rows")) {
            return survivors.map(
                    s -> new SelectionSettings.Algorithm.Racing(s, OptionalInt.empty()));
        }
        Optional<Integer> rows = section.whole("preview_rows", 1, MOST);
        if (instances.equals(Optional.of(1))) {
            problems.add(
                    section.keyPlace("preview_rows"),
                    "previews tell who may race, but with instances: 1 there is no race after them;"
                            + " take preview_rows out.");
            return Optional.empty();
        }
        return survivors.flatMap(
                s -> rows.map(r -> new SelectionSettings.Algorithm.Racing(s, OptionalInt.of(r))));
    }

    private static Optional<Integer> survivors(Section section) {
        return section.whole("survivors", 1, MOST, StudyDefaults.SURVIVORS);
    }

    private Optional<Integer> warmup(Section section, Optional<Integer> instances) {
        Optional<Integer> warmup = section.whole("warmup", 1, MOST, StudyDefaults.WARMUP);
        if (warmup.isPresent() && instances.isPresent() && warmup.get() > instances.get()) {
            problems.add(
                    section.has("warmup") ? section.place("warmup") : section.place("instances"),
                    "warmup (%d%s) is above instances (%d); no candidate would ever be dropped."
                            + " Write warmup: %d or less.",
                    warmup.get(),
                    section.has("warmup") ? "" : " when not given",
                    instances.get(),
                    instances.get());
            return Optional.empty();
        }
        return warmup;
    }

    private Optional<SelectionSettings.Drop> drop(Node node, Section selection) {
        if (node instanceof Scalar scalar && scalar.text().equals("half")) {
            return Optional.of(new SelectionSettings.Drop.Half());
        }
        if (!(node instanceof Mapping mapping) || mapping.entries().size() != 1) {
            problems.add(
                    node.place(),
                    "drop must be half, {above: X} or {cv_above: 0.10}, but is %s.",
                    node.described());
            return Optional.empty();
        }
        return Section.open(mapping, "'drop'", selection.keyPlace("drop"), DROP, scope, problems)
                .flatMap(section ->
                        section.has("cv_above")
                                ? section.number("cv_above", Limits.POSITIVE)
                                        .map(SelectionSettings.Drop.CvAbove::new)
                                : section.has("above")
                                        ? section.number("above", Limits.FINITE)
                                                .map(SelectionSettings.Drop.Above::new)
                                        : Optional.empty());
    }
}
