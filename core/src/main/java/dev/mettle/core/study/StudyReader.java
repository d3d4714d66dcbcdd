package dev.mettle.core.study;

import dev.mettle.core.data.Task;
import dev.mettle.core.document.Mapping;
import dev.mettle.core.document.Node;
import dev.mettle.core.document.Scalar;
import dev.mettle.core.document.Sequence;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Makes a study of a document: settings, defaults, the candidates of its space, and everything that
 * must hold between them. A document with mistakes gives one {@link StudyException} with all of
 * them. A reference {@code $name} may stand for any value in {@code model} and {@code training}.
 *
 * <p>A dimension is a list of plain values, or a mapping of named values: {@code net: {shallow:
 * [...], deep: [...]}}, or a range {@code {min: 8, max: 64, integer: true}}. Named values may be
 * anything and refer to other dimensions; a dimension that the values chosen for a candidate do not
 * refer to is not expanded for it.
 */
public final class StudyReader {
    private static final List<String> KEYS =
            List.of(
                    "study",
                    "seed",
                    "data",
                    "task",
                    "sample",
                    "model",
                    "space",
                    "sampling",
                    "constraints",
                    "training",
                    "selection",
                    "certificate");
    private static final List<String> CONSTRAINTS = List.of("parameters");
    static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
    private static final String TITLE = "the study";

    private final Problems problems = new Problems();
    private final Scope scope = Scope.outside(problems);
    private final Values values = new Values(problems);

    private StudyReader() {}

    static List<String> keys() {
        return KEYS;
    }

    static List<String> constraintKeys() {
        return CONSTRAINTS;
    }

    /**
     * Reads a study.
     *
     * @param root the document
     * @param text the text it was read from, kept in the study
     * @param inspector is asked about the data once their settings are valid
     * @param sobol for studies that draw their candidates from it
     * @throws StudyException with all mistakes, when there are any
     */
    public static Study read(Node root, String text, DataInspector inspector, SobolSequence sobol) {
        return open(root, text, inspector, sobol).study();
    }

    /**
     * A study with the space that its later rounds draw from.
     *
     * @param study what was read
     * @param space of the study's candidates
     */
    public record Opened(Study study, CandidateSpace space) {}

    /** As {@link #read}, with the space. */
    public static Opened open(
            Node root, String text, DataInspector inspector, SobolSequence sobol) {
        return new StudyReader().study(root, text, inspector, sobol);
    }

    /**
     * Reads a {@code selection} section alone.
     *
     * @param root a document with that key
     * @throws StudyException with all mistakes, when there are any
     */
    public static SelectionSettings selection(Mapping root) {
        StudyReader reader = new StudyReader();
        Optional<SelectionSettings> selection =
                root.entry("selection").flatMap(new SelectionReader(reader.problems)::read);
        reader.problems.throwIfAny();
        return selection.orElseThrow();
    }

    private Opened study(Node root, String text, DataInspector inspector, SobolSequence sobol) {
        reportDuplicates(root);
        Section study =
                Section.open(
                                root,
                                TITLE,
                                root.place(),
                                KEYS,
                                scope,
                                problems,
                                StudyReader::misplaced)
                        .orElseThrow(problems::exception);
        Optional<String> name = name(study);
        Optional<Long> seed = study.wide("seed", 0, StudyDefaults.SEED);
        Optional<TaskKind> task = study.word("task", Words.TASKS, StudyDefaults.TASK);
        Data data = data(study, task, inspector);
        Optional<Long> most = mostParameters(study);
        StudySpace space = new StudySpace(study, sobol, problems);
        Function<Problems, CandidateReader> readers =
                to ->
                        new CandidateReader(
                                space.space(),
                                data.features(),
                                data.categories(),
                                data.facts(),
                                data.task(),
                                task,
                                to);
        CandidateReader reader = readers.apply(problems);
        space.readInto(reader, seed.orElse(StudyDefaults.SEED), most.orElse(Long.MAX_VALUE));
        Optional<SelectionSettings> selection = selection(study, space);
        checkPreviews(study, selection, data.sample());
        Optional<HeldOutLoss> loss = heldOutLoss(study, task, reader);
        Optional<CertificateSettings> certificate =
                study.has("certificate")
                        ? study.entry("certificate").flatMap(new CertificateReader(problems)::read)
                        : Optional.of(CertificateReader.absent());
        problems.throwIfAny();

        List<Candidate> candidates = candidates(study, reader, most.orElseThrow());
        new SampleCheck(problems)
                .warn(
                        data.settings().orElseThrow(),
                        data.facts().orElseThrow(),
                        data.sample().orElseThrow(),
                        reader);
        new SelectionCheck(problems)
                .warn(candidates, selection.orElseThrow(), certificate, space.hasMoreRounds());
        problems.throwIfAny();
        Study read =
                new Study(
                        name.orElseThrow(),
                        seed.orElseThrow(),
                        data.settings().orElseThrow(),
                        data.task().orElseThrow(),
                        data.sample().orElseThrow(),
                        candidates,
                        space.excluded(candidates.size()),
                        space.sampling(),
                        loss.orElseThrow(),
                        selection.orElseThrow(),
                        certificate,
                        text,
                        problems.warnings());
        return new Opened(
                read,
                new CandidateSpace(
                        space,
                        readers,
                        study.entry("model"),
                        study.entry("training"),
                        most.orElseThrow()));
    }

    /** What the study says of its data, as far as it could be read. */
    private record Data(
            Optional<DataSettings> settings,
            Optional<DataFacts> facts,
            OptionalInt features,
            Optional<List<CategorySettings>> categories,
            Optional<Integer> sample) {
        /** Returns what is predicted; of a classification it depends on the data. */
        Optional<Task> task() {
            return facts.map(DataFacts::task)
                    .or(() ->
                            settings.map(DataSettings::target)
                                    .filter(TargetSettings.Regression.class::isInstance)
                                    .map(target -> new Task.Regression(target.names())));
        }
    }

    private Data data(Section study, Optional<TaskKind> task, DataInspector inspector) {
        DataReader reader = new DataReader(task, problems);
        Optional<Section> section = study.requiredEntry("data").flatMap(reader::open);
        Optional<DataSettings> settings = section.flatMap(reader::read);
        Optional<DataFacts> facts =
                settings.flatMap(read -> inspect(read, section.orElseThrow(), inspector));
        Optional<Integer> sample = study.whole("sample", 1, Integer.MAX_VALUE);
        new SampleCheck(problems).sizes(study, section, settings, facts, sample);
        return new Data(settings, facts, reader.featureCount(), reader.categories(), sample);
    }

    private Optional<String> name(Section study) {
        return study.text("study", "a name")
                .filter(name -> {
                    boolean right = NAME.matcher(name).matches();
                    if (!right) {
                        problems.add(
                                study.place("study"),
                                "study: '%s' names a directory; use at most 100 letters, digits,"
                                        + " '-', '_' and '.', beginning with a letter or digit.",
                                name);
                    }
                    return right;
                });
    }

    private Optional<DataFacts> inspect(
            DataSettings settings, Section section, DataInspector inspector) {
        try {
            DataFacts facts = inspector.inspect(settings);
            facts.notes().forEach(note -> problems.warn("%s", note));
            return Optional.of(facts);
        } catch (DataException e) {
            e.faults()
                    .forEach(fault ->
                            problems.add(section.placeWithin(fault.key()), "%s", fault.message()));
            return Optional.empty();
        }
    }

    private Optional<SelectionSettings> selection(Section study, StudySpace space) {
        SelectionReader reader = new SelectionReader(problems);
        Optional<SelectionSettings> selection =
                study.has("selection")
                        ? study.entry("selection").flatMap(reader::read)
                        : Optional.of(SelectionReader.absent());
        study.entry("selection")
                .map(Mapping.Entry::value)
                .flatMap(node ->
                        node instanceof Mapping mapping ? mapping.entry("per") : Optional.empty())
                .map(Mapping.Entry::value)
                .ifPresent(node -> {
                    if (node instanceof Scalar per && per.kind() != Scalar.Kind.NULL) {
                        space.checkPer(per.text(), per.place());
                    }
                });
        return selection;
    }

    /** Reports previews that would be no shorter than the trainings of the race. */
    private void checkPreviews(
            Section study, Optional<SelectionSettings> selection, Optional<Integer> sample) {
        OptionalInt rows =
                selection.isPresent()
                        ? selection.get().algorithm().previewRows()
                        : OptionalInt.empty();
        if (rows.isPresent() && sample.isPresent() && rows.getAsInt() >= sample.get()) {
            study.entry("selection")
                    .map(Mapping.Entry::value)
                    .flatMap(node ->
                            node instanceof Mapping mapping
                                    ? mapping.entry("preview_rows")
                                    : Optional.empty())
                    .ifPresent(entry ->
                            problems.add(
                                    entry.value().place(),
                                    "preview_rows (%,d) must be below sample (%,d): previews save"
                                            + " time by training on fewer rows, such as %,d.",
                                    rows.getAsInt(),
                                    sample.get(),
                                    Math.max(1, sample.get() / 4)));
        }
    }

    /** Returns what is measured on held-out rows: as written, or as all training losses imply. */
    private Optional<HeldOutLoss> heldOutLoss(
            Section study, Optional<TaskKind> kind, CandidateReader candidates) {
        if (kind.isEmpty()) {
            return Optional.empty(); // what fits is not known, and the task is reported
        }
        Optional<Node> written =
                study.entry("selection")
                        .map(Mapping.Entry::value)
                        .flatMap(node ->
                                node instanceof Mapping mapping
                                        ? mapping.entry("loss")
                                        : Optional.empty())
                        .map(Mapping.Entry::value);
        if (written.isPresent()) {
            return scope.resolve(written.get())
                    .flatMap(node -> new HeldOutLossReader(kind.get(), problems).read(node));
        }
        List<HeldOutLoss> implied =
                candidates.recipes().stream()
                        .map(recipe -> recipe.loss().heldOut())
                        .distinct()
                        .toList();
        if (implied.size() > 1) {
            problems.add(
                    study.keyPlace("selection"),
                    "candidates are trained on different losses, which are measured on held-out"
                            + " rows as %s: these can't be compared. Choose one for all, such as"
                            + " selection: {loss: %s}.",
                    String.join(", ", implied.stream().map(HeldOutLoss::label).toList()),
                    implied.getFirst().label());
        }
        return implied.stream().findFirst();
    }

    private Optional<Long> mostParameters(Section study) {
        return study.has("constraints")
                ? study.value("constraints")
                        .flatMap(node ->
                                Section.open(
                                        node,
                                        "'constraints'",
                                        study.keyPlace("constraints"),
                                        CONSTRAINTS,
                                        scope,
                                        problems))
                        .flatMap(section -> section.wide("parameters", 1, Long.MAX_VALUE))
                : Optional.of(Long.MAX_VALUE);
    }

    private List<Candidate> candidates(Section study, CandidateReader reader, long most) {
        List<Candidate> candidates = reader.candidates(most, study.keyPlace("space"));
        if (candidates.isEmpty() && problems.isEmpty()) {
            problems.add(
                    study.place("constraints"),
                    "no candidate is left: the smallest has %,d parameters, but at most %,d are"
                            + " allowed.",
                    reader.fewestParameters(),
                    most);
        }
        return candidates;
    }

    /** Says where a key belongs that another section has. */
    private static Optional<String> misplaced(String key) {
        Map<String, List<String>> sections = new LinkedHashMap<>();
        sections.put("data", DataReader.keys());
        sections.put("sampling", SamplingReader.keys());
        sections.put("model", CandidateReader.modelKeys());
        sections.put("training", RecipeReader.keys());
        sections.put("selection", SelectionReader.keys());
        sections.put("certificate", CertificateReader.keys());
        return sections.entrySet().stream()
                .filter(section -> section.getValue().contains(key))
                .findFirst()
                .map(section ->
                        "'%s' is a key of '%s', not of the study itself; indent it under '%s:'."
                                .formatted(key, section.getKey(), section.getKey()));
    }

    private void reportDuplicates(Node node) {
        switch (node) {
            case Scalar _ -> {}
            case Sequence sequence -> sequence.items().forEach(this::reportDuplicates);
            case Mapping mapping -> {
                mapping.duplicates()
                        .forEach(duplicate ->
                                problems.add(
                                        duplicate.key().place(),
                                        "the key '%s' is here twice: first at line %d, again at"
                                                + " line %d. Take one out.",
                                        duplicate.key().text(),
                                        duplicate.first().place().line(),
                                        duplicate.key().place().line()));
                mapping.entries().forEach(entry -> reportDuplicates(entry.value()));
            }
        }
    }
}
