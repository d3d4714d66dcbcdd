package dev.mettle.data;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Header of a {@code .npy} member, format versions 1, 2 and 3 (NumPy Enhancement Proposal 1): magic
 * bytes, version, length, then a Python dictionary with {@code descr}, {@code fortran_order} and
 * {@code shape}.
 *
 * @param type type of the numbers
 * @param order byte order of the numbers
 * @param fortranOrder whether the first index runs fastest
 * @param shape sizes of the axes, none for a single number
 * @param count number of values: the product of the sizes
 * @param length bytes of the member before its first number
 */
record NpyHeader(
        NumberType type,
        ByteOrder order,
        boolean fortranOrder,
        List<Long> shape,
        long count,
        int length) {
    /** Longer headers describe records of many fields, or nothing at all. */
    static final int MAX_LENGTH = 1 << 16;

    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final Pattern ENTRY =
            Pattern.compile(
                    "\\s*'(\\w+)'\\s*:\\s*('[^']*'|True|False|\\([^()]*\\)|\\[.*\\])\\s*,?\\s*",
                    Pattern.DOTALL);
    private static final Pattern SIZE = Pattern.compile("(\\d{1,18})L?");

    NpyHeader {
        shape = List.copyOf(shape);
    }

    /**
     * Reads the header and leaves the stream at the first number.
     *
     * @throws NpyFormatException when it is no header, or one of an array that Mettle does not read
     */
    static NpyHeader read(InputStream in) throws IOException, NpyFormatException {
        byte[] start = exactly(in, 8);
        if (!Arrays.equals(start, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw new NpyFormatException(
                    "does not begin as a NumPy array does. Write it again with numpy.savez.");
        }
        int version = start[6];
        if (version < 1 || version > 3) {
            throw new NpyFormatException(
                    ("has .npy format version %d; known are 1, 2 and 3. Write it again with "
                                    + "numpy.savez.")
                            .formatted(version));
        }
        int lengthBytes = version == 1 ? 2 : 4;
        ByteBuffer length =
                ByteBuffer.wrap(exactly(in, lengthBytes)).order(ByteOrder.LITTLE_ENDIAN);
        long size =
                version == 1
                        ? Short.toUnsignedLong(length.getShort())
                        : Integer.toUnsignedLong(length.getInt());
        if (size > MAX_LENGTH) {
            throw new NpyFormatException(
                    ("has a header of %d bytes; plain arrays of numbers need fewer than %d. "
                                    + "Write each field as an array of its own.")
                            .formatted(size, MAX_LENGTH));
        }
        byte[] text = exactly(in, (int) size);
        var charset = version == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
        return parse(new String(text, charset), start.length + lengthBytes + (int) size);
    }

    /** Returns how the numbers behind the header are stored. */
    NumberStream numbers() {
        return new NumberStream(type, order, fortranOrder, shape, count);
    }

    private static byte[] exactly(InputStream in, int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("it ends inside the array's header");
        }
        return bytes;
    }

    private static NpyHeader parse(String text, int length) throws NpyFormatException {
        Map<String, String> entries = entries(text);
        String descr = entries.get("descr");
        String fortran = entries.get("fortran_order");
        String shapeText = entries.get("shape");
        if (descr == null || fortran == null || shapeText == null) {
            throw unreadable(text);
        }
        if (!fortran.equals("True") && !fortran.equals("False")) {
            throw unreadable(text);
        }
        NumberType type = type(descr);
        ByteOrder order = descr.charAt(1) == '>' ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        List<Long> shape = shape(shapeText, text);
        return new NpyHeader(type, order, fortran.equals("True"), shape, count(shape), length);
    }

    private static Map<String, String> entries(String text) throws NpyFormatException {
        String trimmed = text.strip();
        if (!trimmed.startsWith("{") || !trimmed.endsWith("}")) {
            throw unreadable(text);
        }
        Map<String, String> entries = new HashMap<>();
        Matcher entry = ENTRY.matcher(trimmed).region(1, trimmed.length() - 1);
        while (entry.lookingAt()) {
            entries.put(entry.group(1), entry.group(2));
            entry.region(entry.end(), trimmed.length() - 1);
        }
        if (entry.regionStart() != entry.regionEnd()) {
            throw unreadable(text);
        }
        return entries;
    }

    private static NpyFormatException unreadable(String text) {
        String shown = text.strip();
        return new NpyFormatException(
                "has an unreadable header, %s. Write it again with numpy.savez."
                        .formatted(shown.length() > 80 ? shown.substring(0, 80) + "..." : shown));
    }

    private static NumberType type(String descr) throws NpyFormatException {
        if (descr.startsWith("[")) {
            throw new NpyFormatException(
                    "is an array of records. Write each field as an array of its own.");
        }
        String code = descr.replace("'", "");
        boolean ordered = !code.isEmpty() && "<>|".indexOf(code.charAt(0)) >= 0;
        String kind = ordered ? code.substring(1) : code;
        if (kind.startsWith("O")) {
            throw new NpyFormatException(
                    "is an array of Python objects. Write numbers: array.astype(numpy.float32).");
        }
        if (kind.startsWith("U") || kind.startsWith("S")) {
            throw new NpyFormatException(
                    "is an array of text. Write numbers, one code for each text.");
        }
        if (kind.startsWith("V")) {
            throw new NpyFormatException(
                    "is an array of records. Write each field as an array of its own.");
        }
        // A byte order of "not applicable" makes sense for single bytes alone.
        return NumberType.of(kind)
                .filter(type -> ordered && (code.charAt(0) != '|' || type.bytes() == 1))
                .orElseThrow(() ->
                        new NpyFormatException(
                                ("has the type '%s'; known are float16 to 64, int8 to 64, uint8 to"
                                                + " 64 and bool. Try array.astype(numpy.float64).")
                                        .formatted(code)));
    }

    private static List<Long> shape(String shapeText, String header) throws NpyFormatException {
        List<Long> shape = new ArrayList<>();
        if (!shapeText.startsWith("(")) {
            throw unreadable(header);
        }
        String inside = shapeText.substring(1, shapeText.length() - 1).strip();
        if (inside.isEmpty()) {
            return shape;
        }
        for (String size : inside.split(",")) {
            Matcher number = SIZE.matcher(size.strip());
            if (!number.matches()) {
                throw unreadable(header);
            }
            shape.add(Long.parseLong(number.group(1)));
        }
        return shape;
    }

    private static long count(List<Long> shape) throws NpyFormatException {
        try {
            return shape.stream().reduce(1L, Math::multiplyExact);
        } catch (ArithmeticException e) {
            throw new NpyFormatException(
                    "claims the impossible shape %s: the file is damaged."
                            .formatted(shapeText(shape)));
        }
    }

    /** Returns the shape as Python writes it: (3, 4), (3,) or (). */
    String shapeText() {
        return shapeText(shape);
    }

    static String shapeText(List<Long> shape) {
        return shape.size() == 1
                ? "(" + shape.getFirst() + ",)"
                : shape.toString().replace('[', '(').replace(']', ')');
    }
}
