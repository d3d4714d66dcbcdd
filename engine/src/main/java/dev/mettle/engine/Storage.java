package dev.mettle.engine;

/**
 * A place in a workspace's memory, of which each block of examples has its own part. Views of it
 * share it.
 */
final class Storage {
    private int floats;
    private int slots = 1;
    private int base = -1;

    /**
     * Makes room.
     *
     * @param floatsPerBlock floats of one block
     * @param blocks blocks that are kept at the same time
     */
    void need(int floatsPerBlock, int blocks) {
        floats = Math.max(floats, floatsPerBlock);
        slots = Math.max(slots, blocks);
    }

    /**
     * Puts the storage at {@code offset}, unless it has a place, and returns the offset behind it.
     */
    int place(int offset) {
        if (base >= 0) {
            return offset;
        }
        base = offset;
        return Math.addExact(offset, Math.multiplyExact(floats, slots));
    }

    /** Returns the offset of a block's part; block n and block n + slots share it. */
    int slot(int block) {
        return base + block % slots * floats;
    }

    /** Returns the distance of neighbouring blocks' parts, in floats. */
    int stride() {
        return floats;
    }
}
