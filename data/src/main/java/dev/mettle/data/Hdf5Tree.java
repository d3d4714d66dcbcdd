package dev.mettle.data;

import io.jhdf.AbstractNode;
import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.links.ExternalLink;
import io.jhdf.links.SoftLink;
import io.jhdf.object.message.DataSpaceMessage;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;

/**
 * What an HDF5 file holds, at any depth. Groups that contain themselves are entered once; no link
 * is followed, so nothing outside the file is ever opened.
 */
final class Hdf5Tree {
    /** Numbers of a dataset. */
    record Entry(Dataset dataset, Hdf5Column column) {}

    private record Place(String prefix, Group group) {}

    private final SequencedMap<String, Entry> entries = new LinkedHashMap<>();
    private final SequencedMap<String, String> leftOut = new LinkedHashMap<>();

    /** Walks the file; each group is read once. */
    Hdf5Tree(HdfFile file) {
        Deque<Place> open = new ArrayDeque<>();
        Set<Long> seen = new HashSet<>(Set.of(file.getAddress()));
        open.push(new Place("", file));
        while (!open.isEmpty()) {
            Place place = open.pop();
            for (Map.Entry<String, Node> child : children(place).entrySet()) {
                String name = place.prefix + child.getKey();
                switch (child.getValue()) {
                    case Dataset dataset -> add(name, dataset);
                    case Group group -> {
                        if (seen.add(group.getAddress())) {
                            open.push(new Place(name + "/", group));
                        }
                    }
                    case ExternalLink link -> leave(name, "a link to another file");
                    case SoftLink link -> leave(name, "a link to " + link.getTargetPath());
                    default -> {} // a named type holds no data
                }
            }
        }
    }

    private Map<String, Node> children(Place place) {
        try {
            return place.group.getChildren();
        } catch (RuntimeException e) {
            if (place.prefix.isEmpty()) {
                throw e; // nothing can be read
            }
            leave(place.prefix, why(e));
            return Map.of();
        }
    }

    /** Returns the innermost cause that says something. */
    static String why(Throwable problem) {
        String why = problem.getClass().getSimpleName();
        for (Throwable at = problem; at != null; at = at.getCause()) {
            why = at.getMessage() == null ? why : at.getMessage();
        }
        return why;
    }

    private void add(String name, Dataset dataset) {
        if (isNull(dataset)) {
            leave(name, "empty");
            return;
        }
        Hdf5Column.find(
                name,
                dataset.getDataType(),
                new Hdf5Column.Found() {
                    @Override
                    public void column(String column, Hdf5Column found) {
                        // a dataset "a.b" wins over the member b of "a" only if it comes first
                        entries.putIfAbsent(column, new Entry(dataset, found));
                    }

                    @Override
                    public void leftOut(String column, String reason) {
                        leave(column, reason);
                    }
                });
    }

    private static boolean isNull(Dataset dataset) {
        return dataset instanceof AbstractNode node
                && node.getHeader()
                                .getMessageOfType(DataSpaceMessage.class)
                                .getDataSpace()
                                .getType()
                        == 2;
    }

    private void leave(String name, String reason) {
        leftOut.putIfAbsent(name, reason);
    }

    /**
     * Returns the numbers by name: the path without its first slash, and ".member" of compounds.
     */
    SequencedMap<String, Entry> entries() {
        return Collections.unmodifiableSequencedMap(entries);
    }

    /** Returns why other names can't be read. */
    SequencedMap<String, String> leftOut() {
        return Collections.unmodifiableSequencedMap(leftOut);
    }
}
