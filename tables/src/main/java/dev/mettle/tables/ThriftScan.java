package dev.mettle.tables;

import java.nio.ByteBuffer;

/**
 * Walks over data in Thrift's compact protocol, in which Parquet writes its footer and the headers
 * of its pages, and checks that no text or list claims more than the bytes there are.
 *
 * <p>Source: thrift-compact-protocol.md of Apache Thrift.
 */
final class ThriftScan {
    /** Deeper nesting than any Parquet file has. */
    private static final int MOST_DEPTH = 40;

    private static final int TRUE = 1;
    private static final int FALSE = 2;
    private static final int BYTE = 3;
    private static final int I16 = 4;
    private static final int I32 = 5;
    private static final int I64 = 6;
    private static final int DOUBLE = 7;
    private static final int BINARY = 8;
    private static final int LIST = 9;
    private static final int SET = 10;
    private static final int MAP = 11;
    private static final int STRUCT = 12;

    private final ByteBuffer in;

    /** Takes the bytes; its position moves. */
    ThriftScan(ByteBuffer in) {
        this.in = in;
    }

    /** What is written does not follow the protocol. */
    static final class BrokenException extends Exception {
        private static final long serialVersionUID = 1;

        BrokenException(String message) {
            super(message);
        }
    }

    /** Takes the fields of a struct. */
    interface Fields {
        /** Returns whether it has read the field; else it is skipped. */
        boolean take(int id, int type) throws BrokenException;
    }

    /**
     * Reads a struct.
     *
     * @throws BrokenException when it is broken
     * @throws java.nio.BufferUnderflowException when it ends too early
     */
    void struct(Fields fields) throws BrokenException {
        struct(fields, 0);
    }

    private void struct(Fields fields, int depth) throws BrokenException {
        if (depth > MOST_DEPTH) {
            throw new BrokenException("it is nested too deeply");
        }
        int id = 0;
        for (int head = in.get() & 0xff; head != 0; head = in.get() & 0xff) {
            int delta = head >> 4;
            id = delta == 0 ? (int) number() : id + delta;
            int type = head & 0xf;
            if (!fields.take(id, type)) {
                skip(type, depth);
            }
        }
    }

    /** Skips a struct and all that is in it. */
    void skipStruct() throws BrokenException {
        struct((_, _) -> false, 0);
    }

    /** Tells whether a field is a whole number. */
    static boolean isNumber(int type) {
        return type == I16 || type == I32 || type == I64;
    }

    static boolean isStruct(int type) {
        return type == STRUCT;
    }

    static boolean isList(int type) {
        return type == LIST;
    }

    /** Reads the head of a list of structs; returns their number. */
    int structs() throws BrokenException {
        int head = in.get() & 0xff;
        if ((head & 0xf) != STRUCT) {
            throw new BrokenException("a list does not hold what it should");
        }
        return listSize(head);
    }

    private int listSize(int head) throws BrokenException {
        long size = head >> 4 == 0xf ? varint() : head >> 4;
        return within(size);
    }

    /** Every element takes a byte at least. */
    private int within(long size) throws BrokenException {
        if (size < 0 || size > in.remaining()) {
            throw new BrokenException(
                    "%d elements or bytes are announced where %d bytes follow"
                            .formatted(size, in.remaining()));
        }
        return (int) size;
    }

    /** Reads a whole number. */
    long number() throws BrokenException {
        long raw = varint();
        return raw >>> 1 ^ -(raw & 1);
    }

    private long varint() throws BrokenException {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            int next = in.get();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new BrokenException("a number has too many bytes");
    }

    private void skip(int type, int depth) throws BrokenException {
        switch (type) {
            case TRUE, FALSE -> {}
            case BYTE -> in.get();
            case I16, I32, I64 -> varint();
            case DOUBLE -> in.getDouble();
            case BINARY -> {
                int length = within(varint());
                in.position(in.position() + length);
            }
            case LIST, SET -> {
                int head = in.get() & 0xff;
                int size = listSize(head);
                for (int i = 0; i < size; i++) {
                    skipElement(head & 0xf, depth + 1);
                }
            }
            case MAP -> {
                int size = within(varint());
                int types = size == 0 ? 0 : in.get() & 0xff;
                for (int i = 0; i < size; i++) {
                    skipElement(types >> 4, depth + 1);
                    skipElement(types & 0xf, depth + 1);
                }
            }
            case STRUCT -> struct((_, _) -> false, depth + 1);
            default -> throw new BrokenException("there is no type " + type);
        }
    }

    /** In lists truth values take a byte. */
    private void skipElement(int type, int depth) throws BrokenException {
        if (depth > MOST_DEPTH) {
            throw new BrokenException("it is nested too deeply");
        }
        if (type == TRUE || type == FALSE) {
            in.get();
        } else {
            skip(type, depth);
        }
    }
}
