package dev.mettle.data;

import io.jhdf.Constants;
import io.jhdf.FractalHeap;
import io.jhdf.GroupSymbolTableNode;
import io.jhdf.LocalHeap;
import io.jhdf.ObjectHeader;
import io.jhdf.SymbolTableEntry;
import io.jhdf.Utils;
import io.jhdf.btree.BTreeV1;
import io.jhdf.btree.BTreeV2;
import io.jhdf.btree.record.LinkNameForIndexedGroupRecord;
import io.jhdf.object.message.LinkInfoMessage;
import io.jhdf.object.message.LinkMessage;
import io.jhdf.object.message.SymbolTableMessage;
import io.jhdf.storage.HdfBackingStorage;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;

/**
 * A name in a group of an HDF5 file, and what it leads to. jhdf's own listing of a group reads
 * every object in it, and gives up the group when one is of a kind that jhdf does not know.
 *
 * @param name name in the group
 * @param address of the object; empty when the name is a link to a path or another file
 * @param kind what else it is, for messages
 */
record Hdf5Link(String name, OptionalLong address, String kind) {
    private static final int SOFT = 2;

    /** Returns the links of a group in alphabetical order; none when the object is no group. */
    static List<Hdf5Link> of(HdfBackingStorage storage, ObjectHeader group) {
        List<Hdf5Link> links = new ArrayList<>();
        if (group.hasMessageOfType(SymbolTableMessage.class)) {
            addOld(storage, group.getMessageOfType(SymbolTableMessage.class), links);
        } else if (group.hasMessageOfType(LinkInfoMessage.class)) {
            addNew(storage, group, links);
        }
        links.sort(Comparator.comparing(Hdf5Link::name));
        return links;
    }

    /** Symbol tables, the format of HDF5 before 1.8 and still the default. */
    private static void addOld(
            HdfBackingStorage storage, SymbolTableMessage table, List<Hdf5Link> links) {
        ByteBuffer names = new LocalHeap(storage, table.getLocalHeapAddress()).getDataBuffer();
        for (long node :
                BTreeV1.createGroupBTree(storage, table.getBTreeAddress()).getChildAddresses()) {
            for (SymbolTableEntry entry :
                    new GroupSymbolTableNode(storage, node).getSymbolTableEntries()) {
                String name = text(names, entry.getLinkNameOffset());
                links.add(
                        entry.getCacheType() == SOFT
                                ? soft(name, text(names, entry.getLinkValueOffset()))
                                : hard(name, entry.getObjectHeaderAddress()));
            }
        }
    }

    private static String text(ByteBuffer names, int offset) {
        return Utils.readUntilNull(names.position(offset));
    }

    /** Link messages in the header, or in a heap when they are many. */
    private static void addNew(
            HdfBackingStorage storage, ObjectHeader group, List<Hdf5Link> links) {
        LinkInfoMessage info = group.getMessageOfType(LinkInfoMessage.class);
        if (info.getBTreeNameIndexAddress() == Constants.UNDEFINED_ADDRESS) {
            group.getMessagesOfType(LinkMessage.class).forEach(link -> links.add(of(link)));
            return;
        }
        var index =
                new BTreeV2<LinkNameForIndexedGroupRecord>(
                        storage, info.getBTreeNameIndexAddress());
        FractalHeap heap = new FractalHeap(storage, info.getFractalHeapAddress());
        for (LinkNameForIndexedGroupRecord found : index.getRecords()) {
            ByteBuffer message = heap.getId(found.getId());
            links.add(of(LinkMessage.fromBuffer(message, storage.getSuperblock())));
        }
    }

    private static Hdf5Link of(LinkMessage link) {
        return switch (link.getLinkType()) {
            case HARD -> hard(link.getLinkName(), link.getHardLinkAddress());
            case SOFT -> soft(link.getLinkName(), link.getSoftLink());
            case EXTERNAL ->
                    new Hdf5Link(
                            link.getLinkName(), OptionalLong.empty(), "a link to another file");
        };
    }

    private static Hdf5Link hard(String name, long address) {
        return new Hdf5Link(name, OptionalLong.of(address), "an object");
    }

    private static Hdf5Link soft(String name, String target) {
        return new Hdf5Link(name, OptionalLong.empty(), "a link to " + target);
    }
}
