package dev.mettle.tables;

import dev.hardwood.metadata.LogicalType;
import dev.hardwood.metadata.PhysicalType;
import dev.hardwood.reader.ColumnReader;
import dev.hardwood.schema.ColumnSchema;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;

/**
 * How the values of a type become numbers: whole and floating-point numbers as they are, truth
 * values as 0 and 1, decimals rounded to the nearest double as a table of text would be, days and
 * times as seconds since 1970 (UTC where the file does not say a zone).
 *
 * @param name of the type, for messages
 * @param width largest number of bytes of a value in the file
 * @param conversion of a batch
 */
record ParquetNumbers(String name, int width, Conversion conversion) {
    private static final double SECONDS_OF_DAY = 86_400;

    /** Powers of ten up to this one, and whole numbers up to 2⁵³, are doubles. */
    private static final int EXACT_SCALE = 22;

    private static final double EXACT = 0x1p53;

    /** Turns a batch into numbers; those of rows without a value are not looked at. */
    interface Conversion {
        void convert(ColumnReader from, int count, double[] to);
    }

    /** Returns how a column is read; empty when it does not hold numbers. */
    static Optional<ParquetNumbers> of(ColumnSchema column) {
        LogicalType logical = column.logicalType();
        return switch (logical) {
            case LogicalType.DecimalType decimal -> decimal(column, decimal);
            case LogicalType.DateType _ when column.type() == PhysicalType.INT32 ->
                    numbers("date (seconds since 1970)", 4, days());
            case LogicalType.TimestampType time when column.type() == PhysicalType.INT64 ->
                    numbers("timestamp (seconds since 1970)", 8, times(perSecond(time.unit())));
            case LogicalType.IntType whole -> whole(column.type(), whole);
            case LogicalType.Float16Type _ when width(column) == 2 ->
                    numbers("float16", 2, halves());
            case null -> plain(column.type());
            default -> Optional.empty();
        };
    }

    private static Optional<ParquetNumbers> numbers(String name, int width, Conversion conversion) {
        return Optional.of(new ParquetNumbers(name, width, conversion));
    }

    private static Optional<ParquetNumbers> plain(PhysicalType type) {
        return switch (type) {
            case BOOLEAN -> numbers("bool", 1, truths());
            case INT32 -> numbers("int32", 4, ints(-1));
            case INT64 -> numbers("int64", 8, longs());
            case FLOAT -> numbers("float32", 4, floats());
            case DOUBLE -> numbers("float64", 8, doubles());
            case INT96 -> numbers("timestamp (seconds since 1970)", 12, julian());
            default -> Optional.empty();
        };
    }

    private static Optional<ParquetNumbers> whole(PhysicalType type, LogicalType.IntType whole) {
        String name = (whole.isSigned() ? "int" : "uint") + whole.bitWidth();
        return switch (type) {
            case INT32 ->
                    numbers(
                            name,
                            4,
                            ints(
                                    whole.isSigned()
                                            ? -1L
                                            : (1L << Math.clamp(whole.bitWidth(), 1, 32)) - 1));
            case INT64 -> numbers(name, 8, whole.isSigned() ? longs() : unsigned());
            default -> Optional.empty();
        };
    }

    private static Optional<ParquetNumbers> decimal(
            ColumnSchema column, LogicalType.DecimalType decimal) {
        int scale = decimal.scale();
        String name = "decimal(%d,%d)".formatted(decimal.precision(), scale);
        return switch (column.type()) {
            case INT32 ->
                    numbers(
                            name,
                            4,
                            (from, count, to) -> {
                                int[] values = from.getInts();
                                for (int i = 0; i < count; i++) {
                                    to[i] = scaled(values[i], scale);
                                }
                            });
            case INT64 ->
                    numbers(
                            name,
                            8,
                            (from, count, to) -> {
                                long[] values = from.getLongs();
                                for (int i = 0; i < count; i++) {
                                    to[i] = scaled(values[i], scale);
                                }
                            });
            case FIXED_LEN_BYTE_ARRAY -> numbers(name, width(column), bigDecimals(scale));
            case BYTE_ARRAY -> numbers(name, 32, bigDecimals(scale));
            default -> Optional.empty();
        };
    }

    /** One division of two exact doubles rounds once, as reading the text would. */
    private static double scaled(long unscaled, int scale) {
        return Math.abs((double) unscaled) < EXACT && scale >= 0 && scale <= EXACT_SCALE
                ? unscaled / Double.parseDouble("1e" + scale)
                : BigDecimal.valueOf(unscaled, scale).doubleValue();
    }

    private static Conversion bigDecimals(int scale) {
        return (from, count, to) -> {
            byte[][] values = from.getBinaries();
            for (int i = 0; i < count; i++) {
                byte[] bytes = values[i];
                to[i] =
                        bytes == null || bytes.length == 0
                                ? Double.NaN
                                : new BigDecimal(new BigInteger(bytes), scale).doubleValue();
            }
        };
    }

    private static int width(ColumnSchema column) {
        Integer length = column.typeLength();
        return length == null ? 0 : length;
    }

    private static double perSecond(LogicalType.TimeUnit unit) {
        return switch (unit) {
            case MILLIS -> 1e3;
            case MICROS -> 1e6;
            case NANOS -> 1e9;
        };
    }

    private static Conversion truths() {
        return (from, count, to) -> {
            boolean[] values = from.getBooleans();
            for (int i = 0; i < count; i++) {
                to[i] = values[i] ? 1 : 0;
            }
        };
    }

    /** Whole numbers of 32 bits; a mask of -1 keeps their sign. */
    private static Conversion ints(long mask) {
        return (from, count, to) -> {
            int[] values = from.getInts();
            for (int i = 0; i < count; i++) {
                to[i] = values[i] & mask;
            }
        };
    }

    private static Conversion longs() {
        return (from, count, to) -> {
            long[] values = from.getLongs();
            for (int i = 0; i < count; i++) {
                to[i] = values[i];
            }
        };
    }

    private static Conversion unsigned() {
        return (from, count, to) -> {
            long[] values = from.getLongs();
            for (int i = 0; i < count; i++) {
                to[i] =
                        values[i] >= 0
                                ? values[i]
                                : new BigDecimal(Long.toUnsignedString(values[i])).doubleValue();
            }
        };
    }

    private static Conversion floats() {
        return (from, count, to) -> {
            float[] values = from.getFloats();
            for (int i = 0; i < count; i++) {
                to[i] = values[i];
            }
        };
    }

    private static Conversion doubles() {
        return (from, count, to) -> System.arraycopy(from.getDoubles(), 0, to, 0, count);
    }

    private static Conversion days() {
        return (from, count, to) -> {
            int[] values = from.getInts();
            for (int i = 0; i < count; i++) {
                to[i] = values[i] * SECONDS_OF_DAY;
            }
        };
    }

    private static Conversion times(double perSecond) {
        return (from, count, to) -> {
            long[] values = from.getLongs();
            for (int i = 0; i < count; i++) {
                to[i] = values[i] / perSecond;
            }
        };
    }

    private static Conversion halves() {
        return (from, count, to) -> {
            byte[][] values = from.getBinaries();
            for (int i = 0; i < count; i++) {
                byte[] two = values[i];
                to[i] =
                        two == null || two.length != 2
                                ? Double.NaN
                                : Float.float16ToFloat((short) (two[1] << 8 | two[0] & 0xff));
            }
        };
    }

    /** Nanoseconds of a day and a Julian day, as Impala and older versions of Spark write. */
    private static Conversion julian() {
        return (from, count, to) -> {
            byte[][] values = from.getBinaries();
            for (int i = 0; i < count; i++) {
                byte[] bytes = values[i];
                to[i] =
                        bytes == null || bytes.length != 12
                                ? Double.NaN
                                : (little(bytes, 8, 4) - 2_440_588) * SECONDS_OF_DAY
                                        + little(bytes, 0, 8) / 1e9;
            }
        };
    }

    private static long little(byte[] bytes, int from, int count) {
        long value = 0;
        for (int i = count - 1; i >= 0; i--) {
            value = value << Byte.SIZE | bytes[from + i] & 0xff;
        }
        return value;
    }
}
