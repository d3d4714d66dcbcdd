package dev.mettle.data;

import io.jhdf.object.datatype.ArrayDataType;
import io.jhdf.object.datatype.CompoundDataType;
import io.jhdf.object.datatype.CompoundDataType.CompoundDataMember;
import io.jhdf.object.datatype.DataType;
import io.jhdf.object.datatype.EnumDataType;
import io.jhdf.object.datatype.FixedPoint;
import io.jhdf.object.datatype.FloatingPoint;
import io.jhdf.object.datatype.StringData;
import io.jhdf.object.datatype.VariableLength;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Numbers of one type in each element of an HDF5 dataset: the whole element, or a member of a
 * compound.
 *
 * @param type type of the numbers
 * @param order byte order of the numbers
 * @param offset byte of the element at which the first of them lies
 * @param stride bytes of an element
 * @param inner sizes of the array in each element; none for a single number
 */
record Hdf5Column(NumberType type, ByteOrder order, int offset, int stride, List<Long> inner) {
    private static final Map<Integer, String> TRUTH = Map.of(0, "FALSE", 1, "TRUE");

    Hdf5Column {
        inner = List.copyOf(inner);
    }

    /** Takes what is found in a type: the numbers of one name, or why they can't be read. */
    interface Found {
        void column(String name, Hdf5Column column);

        void leftOut(String name, String reason);
    }

    /**
     * Finds the columns of numbers of a type.
     *
     * @param name the dataset's name; members of a compound are called "name.member"
     */
    static void find(String name, DataType type, Found found) {
        find(name, type, 0, type.getSize(), List.of(), found);
    }

    private static void find(
            String name, DataType type, int offset, int stride, List<Long> inner, Found found) {
        switch (type) {
            case CompoundDataType compound when inner.isEmpty() -> {
                for (CompoundDataMember member : compound.getMembers()) {
                    int[] sizes = Optional.ofNullable(member.getDimensionSize()).orElse(new int[0]);
                    find(
                            name + "." + member.getName(),
                            member.getDataType(),
                            Math.addExact(offset, member.getOffset()),
                            stride,
                            Arrays.stream(sizes).mapToObj(size -> (long) size).toList(),
                            found);
                }
            }
            case ArrayDataType array -> {
                List<Long> sizes = new ArrayList<>(inner);
                Arrays.stream(array.getArrayTypeDimensions())
                        .forEach(size -> sizes.add((long) size));
                find(name, array.getBaseType(), offset, stride, sizes, found);
            }
            default -> {
                Optional<NumberType> numbers = numbers(type);
                if (numbers.isPresent()) {
                    found.column(
                            name,
                            new Hdf5Column(numbers.get(), order(type), offset, stride, inner));
                } else {
                    found.leftOut(name, reason(type));
                }
            }
        }
    }

    private static Optional<NumberType> numbers(DataType type) {
        return switch (type) {
            case FixedPoint whole -> {
                boolean plain =
                        whole.getBitOffset() == 0 && whole.getBitPrecision() == 8 * whole.getSize();
                yield plain
                        ? NumberType.of((whole.isSigned() ? "i" : "u") + whole.getSize())
                        : Optional.empty();
            }
            case FloatingPoint real ->
                    isIeee(real) ? NumberType.of("f" + real.getSize()) : Optional.empty();
            // h5py's bool; other named values count by their numbers
            case EnumDataType named ->
                    named.getEnumMapping().equals(TRUTH) && named.getSize() == 1
                            ? Optional.of(NumberType.B1)
                            : numbers(named.getBaseType());
            default -> Optional.empty();
        };
    }

    /** Tells whether a number has sign, exponent and mantissa where IEEE 754 puts them. */
    private static boolean isIeee(FloatingPoint real) {
        int exponentBits =
                switch (real.getSize()) {
                    case 2 -> 5;
                    case 4 -> 8;
                    case 8 -> 11;
                    default -> 0;
                };
        int bits = 8 * real.getSize();
        return exponentBits > 0
                && real.getBitOffset() == 0
                && real.getBitPrecision() == bits
                && real.getSignLocation() == bits - 1
                && real.getExponentSize() == exponentBits
                && real.getMantissaLocation() == 0
                && real.getMantissaSize() == bits - 1 - exponentBits
                && real.getExponentLocation() == real.getMantissaSize()
                && real.getExponentBias() == (1 << exponentBits - 1) - 1
                && real.getMantissaNormalization() == 2; // the first bit of 1 is not stored
    }

    private static ByteOrder order(DataType type) {
        return switch (type) {
            case FixedPoint whole -> whole.getByteOrder();
            case FloatingPoint real -> real.getByteOrder();
            case EnumDataType named -> order(named.getBaseType());
            default -> ByteOrder.LITTLE_ENDIAN;
        };
    }

    private static String reason(DataType type) {
        return switch (type) {
            case StringData text -> "text";
            case VariableLength lists ->
                    lists.isVariableLengthString() ? "text" : "lists of different lengths";
            case FixedPoint whole -> "whole numbers of %d bits".formatted(whole.getBitPrecision());
            case FloatingPoint real -> "no IEEE 754 numbers of 16, 32 or 64 bits";
            case CompoundDataType compound -> "arrays of records";
            default -> "no numbers";
        };
    }

    /** Returns how many numbers each element holds. */
    long each() {
        return inner.stream().reduce(1L, Math::multiplyExact);
    }

    /** Tells whether the numbers lie inside their element, as they must. */
    boolean isInside() {
        return offset >= 0
                && stride > 0
                && inner.stream().allMatch(size -> size >= 0)
                && each() <= stride
                && offset + each() * type.bytes() <= stride;
    }
}
