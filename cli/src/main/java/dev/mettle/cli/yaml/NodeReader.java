package dev.mettle.cli.yaml;

import dev.mettle.core.document.Mapping;
import dev.mettle.core.document.Node;
import dev.mettle.core.document.Place;
import dev.mettle.core.document.Problem;
import dev.mettle.core.document.Scalar;
import dev.mettle.core.document.Sequence;
import dev.mettle.core.study.StudyException;

import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingEndEvent;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceEndEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.CoreScalarResolver;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Builds the nodes of one document from parser events. An alias gives the node of its anchor once
 * more; the size of the document with all aliases written out is limited, and so is its depth,
 * because readers walk it by recursion.
 */
final class NodeReader {
    private static final int MOST_NODES = 100_000;
    private static final int MOST_DEPTH = 50;

    /**
     * A node with the number of nodes in it, aliases written out.
     *
     * @param node what was read
     * @param size at least 1
     */
    private record Sized(Node node, long size) {}

    private final Iterator<Event> events;
    private final CoreScalarResolver resolver = new CoreScalarResolver(false);
    private final Map<String, Sized> anchors = new HashMap<>();
    private final Set<String> open = new HashSet<>();
    private int depth;

    NodeReader(Iterator<Event> events) {
        this.events = events;
    }

    /** Reads the only document; none or a second one is a mistake. */
    Node document() {
        events.next(); // the start of the stream
        if (!(events.next() instanceof DocumentStartEvent)) {
            throw wrong(
                    new Place(1, 1),
                    "the file is empty; 'mettle init DIR' makes a study to start from.");
        }
        Event first = events.next();
        if (first instanceof ScalarEvent scalar
                && scalar.isPlain()
                && scalar.getValue().isEmpty()) {
            throw wrong(
                    place(first),
                    "the document is empty; 'mettle init DIR' makes a study to start from.");
        }
        Node root = node(first).node();
        events.next(); // the end of the document
        Event next = events.next();
        if (next instanceof DocumentStartEvent) {
            throw wrong(
                    place(next),
                    "a second document begins here; a study is one document. Take out the '---'.");
        }
        return root;
    }

    private Sized node(Event event) {
        if (event instanceof AliasEvent alias) {
            return aliased(alias);
        }
        Optional<String> anchor = ((NodeEvent) event).getAnchor().map(Anchor::getValue);
        anchor.ifPresent(open::add);
        Sized read =
                switch (event) {
                    case ScalarEvent scalar -> new Sized(scalar(scalar), 1);
                    case SequenceStartEvent start -> sequence(start);
                    case MappingStartEvent start -> mapping(start);
                    default -> throw new IllegalStateException("unexpected parser event " + event);
                };
        anchor.ifPresent(name -> {
            open.remove(name);
            anchors.put(name, read);
        });
        if (read.size() > MOST_NODES) {
            throw wrong(
                    read.node().place(),
                    "with all aliases written out this has more than 100000 values.");
        }
        return read;
    }

    private Sized aliased(AliasEvent alias) {
        String name = alias.getAnchor().map(Anchor::getValue).orElse("");
        if (open.contains(name)) {
            throw wrong(
                    place(alias),
                    "the alias *%s stands inside its own anchor &%s.".formatted(name, name));
        }
        Sized target = anchors.get(name);
        if (target == null) {
            throw wrong(
                    place(alias),
                    "the alias *%s has no anchor &%s before it; a text that begins with '*' needs quotes."
                            .formatted(name, name));
        }
        return target;
    }

    private Scalar scalar(ScalarEvent event) {
        Place place = place(event);
        Tag tag =
                event.getTag()
                        .map(Tag::new)
                        .orElseGet(() ->
                                event.isPlain()
                                        ? resolver.resolve(event.getValue(), true)
                                        : Tag.STR);
        if (tag.equals(Tag.STR)) {
            return new Scalar(event.getValue(), Scalar.Kind.STRING, place);
        }
        if (event.getTag().isPresent() && !tag.equals(resolver.resolve(event.getValue(), true))) {
            throw tagRefused(place, tag.getValue());
        }
        if (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) {
            return new Scalar(event.getValue(), Scalar.Kind.NUMBER, place);
        }
        return new Scalar(
                event.getValue(),
                tag.equals(Tag.BOOL) ? Scalar.Kind.BOOLEAN : Scalar.Kind.NULL,
                place);
    }

    private Sized sequence(SequenceStartEvent start) {
        enter(start, Tag.SEQ);
        List<Node> items = new ArrayList<>();
        long size = 1;
        for (Event event = events.next();
                !(event instanceof SequenceEndEvent);
                event = events.next()) {
            Sized item = node(event);
            items.add(item.node());
            size += item.size();
        }
        depth--;
        return new Sized(new Sequence(items, place(start)), size);
    }

    private Sized mapping(MappingStartEvent start) {
        enter(start, Tag.MAP);
        List<Mapping.Entry> entries = new ArrayList<>();
        long size = 1;
        for (Event event = events.next();
                !(event instanceof MappingEndEvent);
                event = events.next()) {
            Place place = place(event);
            if (!(node(event).node() instanceof Scalar key)) {
                throw wrong(place, "a key must be a single word, not a list or a mapping.");
            }
            Sized value = node(events.next());
            entries.add(new Mapping.Entry(new Scalar(key.text(), key.kind(), place), value.node()));
            size += 1 + value.size();
        }
        depth--;
        return new Sized(new Mapping(entries, place(start)), size);
    }

    private void enter(CollectionStartEvent start, Tag expected) {
        start.getTag()
                .filter(tag -> !tag.equals(expected.getValue()))
                .ifPresent(tag -> {
                    throw tagRefused(place(start), tag);
                });
        if (++depth > MOST_DEPTH) {
            throw wrong(
                    place(start),
                    "lists and mappings are nested more than %d deep.".formatted(MOST_DEPTH));
        }
    }

    private static StudyException tagRefused(Place place, String tag) {
        String shown = tag.replace(Tag.PREFIX, "!!");
        return wrong(
                place,
                "the tag %s is not understood here; take it out, or quote a text that begins with '!'."
                        .formatted(shown));
    }

    private static Place place(Event event) {
        return event.getStartMark()
                .map(mark -> new Place(mark.getLine() + 1, mark.getColumn() + 1))
                .orElse(new Place(1, 1));
    }

    private static StudyException wrong(Place place, String message) {
        return YamlReader.wrong(new Problem(place, message));
    }
}
