package dev.mettle.core.study;

import dev.mettle.core.data.Shape;
import dev.mettle.core.data.Task;
import dev.mettle.core.document.Mapping;
import dev.mettle.core.document.Node;
import dev.mettle.core.document.Place;
import dev.mettle.core.document.Sequence;
import dev.mettle.core.network.Layer;
import dev.mettle.core.network.Network;
import dev.mettle.core.network.NetworkShapeException;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;

/** Reads network and recipe of every assignment of a space, and makes candidates of them. */
final class CandidateReader {
    /** A network with the place of each of its layers. */
    private record PlacedNetwork(Network network, List<LayerReader.Placed> layers) {
        PlacedNetwork(List<LayerReader.Placed> layers) {
            this(
                    new Network(layers.stream().map(LayerReader.Placed::layer).toList()),
                    List.copyOf(layers));
        }

        Place first() {
            return layers.getFirst().place();
        }

        Place last() {
            return layers.getLast().place();
        }
    }

    /** A candidate whose id is not yet known. */
    private record Draft(Assignment assignment, Network network, Recipe recipe, long parameters) {
        /** Returns the digits that candidate ids begin with. */
        String digits() {
            return CandidateId.digits(CandidateId.canonicalText(network, recipe));
        }
    }

    /** What becomes of an assignment that was drawn. */
    enum Fate {
        /** A candidate, or an assignment with a mistake, which is reported. */
        TAKEN,
        /** It has the layers and the training of another one. */
        TWIN,
        /** It has too many weights. */
        EXCLUDED
    }

    /** Reads assignments as they are drawn. */
    interface Drawing {
        /** Reads an assignment and keeps it unless it is a twin or excluded. */
        Fate read(Assignment assignment);
    }

    private static final List<String> MODEL_KEYS = List.of("network");

    private final Problems problems;
    private final Space space;
    private final OptionalInt features;
    private final Optional<DataFacts> facts;
    private final Optional<Task> task;
    private final LayerReader layers;
    private final RecipeReader recipes;
    private final Memo<Optional<List<LayerReader.Placed>>> layerMemo;
    private final Memo<Optional<Recipe>> recipeMemo;

    /** Shape errors already reported, without the candidate that serves as their example. */
    private final Set<List<Object>> misfits = new HashSet<>();

    private final List<Draft> drafts = new ArrayList<>();
    private long fewestParameters = Long.MAX_VALUE;

    /**
     * Takes what the shapes depend on.
     *
     * @param features number of features; empty when it could not be read
     * @param categories the categorical columns; empty when they could not be read
     * @param facts shape of the input; empty when it could not be read, and then no shape is
     *     checked
     * @param task what is predicted, as far as it is known
     * @param kind what losses must be for, as far as it is known
     */
    CandidateReader(
            Space space,
            OptionalInt features,
            Optional<List<CategorySettings>> categories,
            Optional<DataFacts> facts,
            Optional<Task> task,
            Optional<TaskKind> kind,
            Problems problems) {
        this.problems = problems;
        this.space = space;
        this.features = features;
        this.facts = facts;
        this.task = task;
        this.layers = new LayerReader(new EmbeddingReader(categories, facts, problems), problems);
        this.recipes =
                new RecipeReader(
                        new LossReader(kind, task, problems),
                        new AugmentationReader(facts.map(DataFacts::input), problems),
                        problems);
        this.layerMemo = new Memo<>(space);
        this.recipeMemo = new Memo<>(space);
    }

    static List<String> modelKeys() {
        return MODEL_KEYS;
    }

    /** Reads model and training, as far as the study has them, of every assignment. */
    void read(
            Optional<Mapping.Entry> model,
            Optional<Mapping.Entry> training,
            List<Assignment> assignments) {
        assignments.forEach(
                assignment -> draft(model, training, assignment).ifPresent(drafts::add));
    }

    /**
     * Returns what reads model and training of assignments that are drawn one by one.
     *
     * @param mostParameters the constraint
     */
    Drawing drawing(
            Optional<Mapping.Entry> model, Optional<Mapping.Entry> training, long mostParameters) {
        Set<String> seen = new HashSet<>();
        return assignment -> {
            Optional<Draft> draft = draft(model, training, assignment);
            if (draft.isPresent() && draft.get().parameters() > mostParameters) {
                return Fate.EXCLUDED;
            }
            if (draft.isPresent() && !seen.add(draft.get().digits())) {
                return Fate.TWIN;
            }
            draft.ifPresent(drafts::add);
            return Fate.TAKEN;
        };
    }

    private Optional<Draft> draft(
            Optional<Mapping.Entry> model,
            Optional<Mapping.Entry> training,
            Assignment assignment) {
        Optional<PlacedNetwork> network = model.flatMap(entry -> network(entry, assignment));
        Optional<Recipe> recipe =
                training.flatMap(entry ->
                        recipeMemo.get(
                                entry.value(), assignment, () -> recipes.read(entry, assignment)));
        return network.flatMap(read -> {
            long parameters = parameters(read, assignment, recipe.map(Recipe::loss));
            fewestParameters = Math.min(fewestParameters, parameters);
            return recipe.map(r -> new Draft(assignment, read.network(), r, parameters));
        });
    }

    /** Tells whether any candidate read has such a layer. */
    boolean anyLayer(Predicate<Layer> wanted) {
        return drafts.stream().anyMatch(draft -> draft.network().all().anyMatch(wanted));
    }

    /** Returns the recipes of all candidates read. */
    List<Recipe> recipes() {
        return drafts.stream().map(Draft::recipe).distinct().toList();
    }

    /** Returns the fewest weights of a candidate read, excluded ones too. */
    long fewestParameters() {
        return fewestParameters;
    }

    /**
     * Makes candidates of all within a limit.
     *
     * @param mostParameters the constraint
     * @param at where candidates that are the same are reported
     */
    List<Candidate> candidates(long mostParameters, Place at) {
        List<Draft> kept =
                drafts.stream().filter(draft -> draft.parameters() <= mostParameters).toList();
        List<String> digits = new ArrayList<>();
        Map<String, Draft> seen = new HashMap<>();
        for (Draft draft : kept) {
            String id = draft.digits();
            digits.add(id);
            Draft twin = seen.putIfAbsent(id, draft);
            if (twin != null) {
                problems.add(
                        at,
                        "candidates %s and %s have the same layers and training; take a value out"
                                + " of the space.",
                        twin.assignment().text(),
                        draft.assignment().text());
                return List.of();
            }
        }
        int length = idLength(digits);
        List<Candidate> candidates = new ArrayList<>(kept.size());
        for (int i = 0; i < kept.size(); i++) {
            Draft draft = kept.get(i);
            candidates.add(
                    new Candidate(
                            digits.get(i).substring(0, length),
                            draft.assignment().settings(),
                            draft.network(),
                            draft.recipe(),
                            draft.parameters()));
        }
        return candidates;
    }

    /**
     * Returns the shortest length, {@link CandidateId#SHORT} or more, that tells different ids
     * apart.
     */
    static int idLength(List<String> digits) {
        int length = CandidateId.SHORT;
        while (beginnings(digits, length) < digits.size()) {
            length++;
        }
        return length;
    }

    private static int beginnings(List<String> digits, int length) {
        Set<String> beginnings = new HashSet<>();
        digits.forEach(id -> beginnings.add(id.substring(0, length)));
        return beginnings.size();
    }

    private Optional<PlacedNetwork> network(Mapping.Entry model, Assignment assignment) {
        return assignment
                .resolve(model.value())
                .flatMap(node ->
                        Section.open(
                                node,
                                "'model'",
                                model.key().place(),
                                MODEL_KEYS,
                                assignment,
                                problems))
                .flatMap(section -> section.required("network"))
                .flatMap(node -> network(node, assignment));
    }

    private Optional<PlacedNetwork> network(Node node, Assignment assignment) {
        if (!(node instanceof Sequence sequence) || sequence.items().isEmpty()) {
            problems.add(
                    node.place(),
                    "network must be a list of layers, but is %s. Begin each layer with its own"
                            + " '-'.",
                    node.described());
            return Optional.empty();
        }
        List<LayerReader.Placed> read = new ArrayList<>();
        boolean right = true;
        for (Node item : sequence.items()) {
            Optional<List<LayerReader.Placed>> placed =
                    layerMemo.get(item, assignment, () -> layers.read(item, assignment));
            right &= placed.isPresent();
            for (LayerReader.Placed one : placed.orElse(List.of())) {
                read.add(one);
                checkFeatures(one);
            }
        }
        if (right && read.isEmpty()) {
            misfit(node.place(), "network has no layer.", assignment);
        }
        return right && !read.isEmpty() ? Optional.of(new PlacedNetwork(read)) : Optional.empty();
    }

    private void checkFeatures(LayerReader.Placed placed) {
        placed.inside().forEach(this::checkFeatures);
        if (placed.layer() instanceof Layer.ConcatFeatures && features.equals(OptionalInt.of(0))) {
            problems.add(
                    placed.place(),
                    "concat appends the features of the data, but 'data' names none; add features:"
                            + " [...] to it.");
        }
    }

    /** Returns the number of weights; 0 when it is not known, because of a mistake. */
    private long parameters(PlacedNetwork placed, Assignment assignment, Optional<Loss> loss) {
        Network network = placed.network();
        int last = network.layers().size() - 1;
        if (facts.isEmpty() || features.isEmpty()) {
            if (network.layers().get(last) instanceof Layer.Dense(int units)) {
                checkOutputs(placed, units, assignment, loss);
            }
            return 0;
        }
        try {
            Shape input = facts.get().input();
            Shape output = network.shapes(input, features.getAsInt()).get(last);
            checkOutputs(placed, output.size(), assignment, loss);
            long parameters = network.parameters(input, features.getAsInt());
            if (parameters == 0) {
                misfit(
                        placed.first(),
                        "the network has no weights to learn; add a dense or conv2d layer.",
                        assignment);
            }
            return parameters;
        } catch (NetworkShapeException e) {
            LayerReader.Placed at = LayerReader.Placed.at(e.path(), placed.layers());
            misfit(at.place(), sentence(at.layer(), e), assignment);
        } catch (ArithmeticException e) {
            misfit(placed.first(), "the network's outputs are too large to count.", assignment);
        }
        return 0;
    }

    private static String sentence(Layer layer, NetworkShapeException e) {
        String message = String.valueOf(e.getMessage());
        return message.startsWith("its ") ? CandidateId.name(layer) + ": " + message : message;
    }

    private void checkOutputs(
            PlacedNetwork placed, int outputs, Assignment assignment, Optional<Loss> loss) {
        outputsNeeded(loss)
                .filter(needed -> needed.count() != outputs)
                .ifPresent(needed ->
                        misfit(
                                placed.last(),
                                "outputs",
                                "the last layer (%s) gives %d output%s, but %s; end the network with dense: %d."
                                        .formatted(
                                                CandidateId.name(
                                                        placed.network().layers().getLast()),
                                                outputs,
                                                outputs == 1 ? "" : "s",
                                                needed.because(),
                                                needed.count()),
                                assignment));
    }

    /** How many outputs a network must have, and why. */
    private record Outputs(int count, String because) {}

    /** Returns the outputs needed; empty when they aren't known, because of a mistake. */
    private Optional<Outputs> outputsNeeded(Optional<Loss> loss) {
        return task.flatMap(known ->
                switch (known) {
                    case Task.Regression(var targets) when targets.size() == 1 ->
                            Optional.of(new Outputs(1, "the target is one number"));
                    case Task.Regression(var targets) ->
                            Optional.of(
                                    new Outputs(
                                            targets.size(),
                                            "there are %d targets (%s)"
                                                    .formatted(
                                                            targets.size(),
                                                            String.join(", ", targets))));
                    case Task.Classification(_, var classes) ->
                            loss.filter(given -> given.kind() == TaskKind.CLASSIFICATION)
                                    .map(given ->
                                            given instanceof Loss.Bce
                                                    ? new Outputs(1, "loss bce takes one logit")
                                                    : new Outputs(
                                                            classes.size(),
                                                            "there are %d classes"
                                                                    .formatted(classes.size())));
                });
    }

    /** Reports a mistake once for each place and message, with the first candidate that has it. */
    private void misfit(Place place, String message, Assignment assignment) {
        misfit(place, message, message, assignment);
    }

    /** Reports a mistake once for each place and kind of mistake. */
    private void misfit(Place place, String kind, String message, Assignment assignment) {
        // the values of a range would make a message each
        if (misfits.add(List.of(place, space.hasRanges() ? "" : kind))) {
            String example = assignment.text();
            problems.add(
                    place,
                    "%s%s",
                    message,
                    example.isEmpty() ? "" : " (Candidate " + example + ".)");
        }
    }
}
