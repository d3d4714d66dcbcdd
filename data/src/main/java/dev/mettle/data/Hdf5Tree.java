package dev.mettle.data;

import io.jhdf.HdfFile;
import io.jhdf.ObjectHeader;
import io.jhdf.object.message.DataSpace;
import io.jhdf.object.message.DataSpaceMessage;
import io.jhdf.object.message.DataTypeMessage;
import io.jhdf.object.message.FillValueMessage;
import io.jhdf.object.message.FilterPipelineMessage;
import io.jhdf.object.message.Message;
import io.jhdf.storage.HdfBackingStorage;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;

/**
 * What an HDF5 file holds, at any depth, in alphabetical order. Groups that contain themselves are
 * entered once; no link is followed, so nothing outside the file is ever opened. What can't be
 * read, alone or in a group, is left out and does not hinder the rest.
 */
final class Hdf5Tree {
    private static final int DEEPEST = 100;
    private static final int EMPTY = 2;

    /**
     * Numbers of a dataset.
     *
     * @param address of the dataset's header
     * @param axes sizes of the dataset's axes
     * @param column which numbers of each element
     */
    record Entry(long address, List<Long> axes, Hdf5Column column) {
        Entry {
            axes = List.copyOf(axes);
        }
    }

    private final HdfBackingStorage storage;
    private final Set<Long> entered = new HashSet<>();
    private final SequencedMap<String, Entry> entries = new LinkedHashMap<>();
    private final SequencedMap<String, String> leftOut = new LinkedHashMap<>();

    /** Walks the file; each group is read once. */
    Hdf5Tree(HdfFile file) {
        this.storage = file.getHdfBackingStorage();
        entered.add(file.getAddress());
        for (Hdf5Link link : Hdf5Link.of(storage, header(file.getAddress()))) {
            visit("", link, 1);
        }
    }

    private ObjectHeader header(long address) {
        return ObjectHeader.readObjectHeader(storage, address);
    }

    private void visit(String prefix, Hdf5Link link, int depth) {
        String name = prefix + link.name();
        if (link.address().isEmpty()) {
            leave(name, link.kind());
            return;
        }
        try {
            long address = link.address().getAsLong();
            ObjectHeader object = header(address);
            if (object.hasMessageOfType(DataSpaceMessage.class)) {
                add(name, object);
            } else if (depth < DEEPEST && entered.add(address)) {
                for (Hdf5Link child : Hdf5Link.of(storage, object)) {
                    visit(name + "/", child, depth + 1);
                }
            }
        } catch (RuntimeException | StackOverflowError e) {
            leave(name, "not readable: " + Damage.why(e));
        }
    }

    private void add(String name, ObjectHeader dataset) {
        DataSpace space = dataset.getMessageOfType(DataSpaceMessage.class).getDataSpace();
        if (space.getType() == EMPTY) {
            leave(name, "empty");
            return;
        }
        if (isShared(dataset)) {
            leave(name, "described elsewhere in the file, by a named type");
            return;
        }
        List<Long> axes = Arrays.stream(space.getDimensionsAsLong()).boxed().toList();
        Hdf5Column.find(
                name,
                dataset.getMessageOfType(DataTypeMessage.class).getDataType(),
                new Hdf5Column.Found() {
                    @Override
                    public void column(String column, Hdf5Column found) {
                        // a dataset "a.b" and a member b of "a": the first one has the name
                        entries.putIfAbsent(column, new Entry(dataset.getAddress(), axes, found));
                    }

                    @Override
                    public void leftOut(String column, String reason) {
                        leave(column, reason);
                    }
                });
    }

    /** jhdf takes the reference to a shared message for the message itself. */
    private static boolean isShared(ObjectHeader dataset) {
        return dataset.getMessages().stream()
                .filter(message ->
                        message instanceof DataTypeMessage
                                || message instanceof DataSpaceMessage
                                || message instanceof FilterPipelineMessage
                                || message instanceof FillValueMessage)
                .anyMatch(Message::isMessageShared);
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
