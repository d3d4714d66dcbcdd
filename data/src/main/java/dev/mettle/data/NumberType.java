package dev.mettle.data;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The types of numbers that arrays may hold, by NumPy's codes. All become doubles: exactly, but for
 * 64-bit integers beyond 2⁵³, which are rounded to the nearest double.
 */
enum NumberType {
    F2("f2", 2, "float16") {
        @Override
        double read(ByteBuffer bytes, int at) {
            return Float.float16ToFloat(bytes.getShort(at));
        }
    },
    F4("f4", 4, "float32") {
        @Override
        double read(ByteBuffer bytes, int at) {
            return bytes.getFloat(at);
        }
    },
    F8("f8", 8, "float64") {
        @Override
        double read(ByteBuffer bytes, int at) {
            return bytes.getDouble(at);
        }
    },
    I1("i1", 1, "int8") {
        @Override
        double read(ByteBuffer bytes, int at) {
            return bytes.get(at);
        }
    },
    I2("i2", 2, "int16") {
        @Override
        double read(ByteBuffer bytes, int at) {
            return bytes.getShort(at);
        }
    },
    I4("i4", 4, "int32") {
        @Override
        double read(ByteBuffer bytes, int at) {
            return bytes.getInt(at);
        }
    },
    I8("i8", 8, "int64") {
        @Override
        double read(ByteBuffer bytes, int at) {
            return bytes.getLong(at);
        }
    },
    U1("u1", 1, "uint8") {
        @Override
        double read(ByteBuffer bytes, int at) {
            return Byte.toUnsignedInt(bytes.get(at));
        }
    },
    U2("u2", 2, "uint16") {
        @Override
        double read(ByteBuffer bytes, int at) {
            return Short.toUnsignedInt(bytes.getShort(at));
        }
    },
    U4("u4", 4, "uint32") {
        @Override
        double read(ByteBuffer bytes, int at) {
            return Integer.toUnsignedLong(bytes.getInt(at));
        }
    },
    U8("u8", 8, "uint64") {
        @Override
        double read(ByteBuffer bytes, int at) {
            long value = bytes.getLong(at);
            // Halved with its last bit kept sticky, so that the one rounding to double is the right
            // one.
            return value >= 0 ? value : 2.0 * (value >>> 1 | value & 1);
        }
    },
    B1("b1", 1, "bool") {
        @Override
        double read(ByteBuffer bytes, int at) {
            return bytes.get(at) == 0 ? 0 : 1;
        }
    };

    private final String code;
    private final int bytes;
    private final String label;

    NumberType(String code, int bytes, String label) {
        this.code = code;
        this.bytes = bytes;
        this.label = label;
    }

    /** Returns the number stored at a byte offset, in the buffer's byte order. */
    abstract double read(ByteBuffer bytes, int at);

    /** Returns the bytes of one number. */
    int bytes() {
        return bytes;
    }

    /** Returns NumPy's name of the type, such as "float32". */
    String label() {
        return label;
    }

    /** Returns the type of a code without byte order, such as "f4". */
    static Optional<NumberType> of(String code) {
        for (NumberType type : values()) {
            if (type.code.equals(code)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
