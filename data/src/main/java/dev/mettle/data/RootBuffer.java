package dev.mettle.data;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A streamed object of a ROOT file: big-endian numbers, counted strings, objects that begin with
 * their length (ROOT reference guide, "ROOT files layout"). Reading behind the end throws {@link
 * BufferUnderflowException} or {@link IllegalArgumentException}.
 */
final class RootBuffer {
    private static final int HAS_COUNT = 0x4000_0000;
    private static final int NEW_CLASS = 0xFFFF_FFFF;
    private static final int CLASS_REFERENCE = 0x8000_0000;

    /** References count from the key before the object, plus 2. */
    private static final int REFERENCE_OFFSET = 2;

    private static final int IS_REFERENCED = 1 << 4;

    private final ByteBuffer bytes;
    private final int keyLength;

    /**
     * Begins at the first byte.
     *
     * @param keyLength bytes of the key before the object, from which references count
     */
    RootBuffer(byte[] bytes, int keyLength) {
        this.bytes = ByteBuffer.wrap(bytes);
        this.keyLength = keyLength;
    }

    /** An object in the buffer, or an empty one for a null pointer. */
    record Item(String type, int start, int end) {}

    /** Start of an object: its version, and where it ends. */
    record Head(int version, int end) {}

    int position() {
        return bytes.position();
    }

    void position(int at) {
        bytes.position(at);
    }

    void skip(int count) {
        bytes.position(Math.addExact(bytes.position(), count));
    }

    int remaining() {
        return bytes.remaining();
    }

    int u1() {
        return Byte.toUnsignedInt(bytes.get());
    }

    int u2() {
        return Short.toUnsignedInt(bytes.getShort());
    }

    int i4() {
        return bytes.getInt();
    }

    long i8() {
        return bytes.getLong();
    }

    /** Returns an address: 8 bytes in files beyond 2 GB, else 4. */
    long address(boolean large) {
        return large ? i8() : i4();
    }

    String string() {
        int length = u1();
        byte[] text = new byte[length == 255 ? checked(i4()) : length];
        bytes.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }

    private int checked(int length) {
        if (length < 0 || length > bytes.remaining()) {
            throw new BufferUnderflowException();
        }
        return length;
    }

    private String zeroTerminated() {
        int start = bytes.position();
        while (bytes.get() != 0) {
            // up to the zero
        }
        return new String(
                bytes.array(), start, bytes.position() - start - 1, StandardCharsets.ISO_8859_1);
    }

    /** Reads the length and the version with which most objects begin. */
    Head head() throws IOException {
        int start = bytes.position();
        int count = i4();
        if ((count & HAS_COUNT) == 0) {
            throw new IOException("an object has no length");
        }
        int end = start + 4 + checked(count & ~HAS_COUNT);
        return new Head(u2(), end);
    }

    /** Passes over an object that begins with its length. */
    void skipObject() throws IOException {
        position(head().end());
    }

    /** Reads name and title of a TNamed. */
    List<String> named() throws IOException {
        Head head = head();
        skipTObject();
        List<String> names = List.of(string(), string());
        position(head.end());
        return names;
    }

    private void skipTObject() {
        skip(2 + 4);
        if ((i4() & IS_REFERENCED) != 0) {
            skip(2);
        }
    }

    /** Reads an array of objects: where each lies; those that are null or seen before are left. */
    List<Item> objects() throws IOException {
        Head head = head();
        skipTObject();
        string();
        int count = i4();
        skip(4);
        if (count < 0 || count > bytes.remaining() / 4) {
            throw new IOException("an array claims %d objects".formatted(count));
        }
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            item().ifPresent(items::add);
        }
        position(head.end());
        return items;
    }

    /** Reads a pointer to an object and passes over it; empty for null and references. */
    Optional<Item> item() throws IOException {
        int count = i4();
        if ((count & HAS_COUNT) == 0 || count == NEW_CLASS) {
            return Optional.empty(); // a reference to an object before it, or none
        }
        int end = bytes.position() + checked(count & ~HAS_COUNT);
        int tag = i4();
        String type;
        if (tag == NEW_CLASS) {
            type = zeroTerminated();
        } else if ((tag & CLASS_REFERENCE) != 0) {
            type = typeAt((tag & ~CLASS_REFERENCE) - REFERENCE_OFFSET - keyLength);
        } else {
            return Optional.empty();
        }
        Item item = new Item(type, bytes.position(), end);
        position(end);
        return Optional.of(item);
    }

    /** A class is named once; later objects refer to that place. */
    private String typeAt(int at) throws IOException {
        int back = bytes.position();
        position(at);
        if (i4() != NEW_CLASS) {
            throw new IOException("a class has no name");
        }
        String type = zeroTerminated();
        position(back);
        return type;
    }
}
