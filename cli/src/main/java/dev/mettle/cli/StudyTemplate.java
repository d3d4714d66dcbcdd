package dev.mettle.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The commented study of {@code mettle init}, filled in for some data. */
final class StudyTemplate {
    private static final String TEMPLATE = "template.yaml";

    /** A convolution and a pool of smaller images leave nothing to look at. */
    private static final int SMALLEST_IMAGE = 6;

    /** A line with a comment at its end, set off by two spaces. */
    private static final Pattern COMMENT = Pattern.compile("(.*\\S)\\s{2,}(# .*)");

    private static final int COMMENT_COLUMN = 32;
    private static final int LARGEST_HELD_OUT = 10_000;
    private static final int LARGEST_SAMPLE = 20_000;
    private static final int LARGEST_BATCH = 64;

    private StudyTemplate() {}

    /** Returns the text of the study. */
    static String fill(String name, String schema, DataGuess data) throws IOException {
        long held = held(data);
        long sample = sample(data);
        Map<String, String> values = new LinkedHashMap<>();
        values.put("NAME", name);
        values.put("SCHEMA", schema);
        values.put("FILE", quoted(data.file()));
        values.put("INPUT", input(data));
        values.put(
                "SHAPE",
                data.shape().stream().map(String::valueOf).collect(Collectors.joining(", ")));
        values.put("TARGET", quoted(data.target()));
        values.put("TASK", data.classes().isPresent() ? "classification" : "regression");
        values.put("SCALE", scale(data));
        values.put("OTHERS", features(data));
        values.put(
                "CATEGORIES", data.categories().isEmpty() ? "[region]" : list(data.categories()));
        values.put("MISSING", data.misses() ? "missing: drop " : "# missing: error");
        values.put("HELD", String.valueOf(held));
        values.put("SAMPLE", String.valueOf(sample));
        values.put("NETWORK", network(data));
        values.put("LOSS", data.classes().isPresent() ? "cross_entropy" : "mse");
        values.put("BATCH", String.valueOf(Math.min(LARGEST_BATCH, sample)));
        String text = template();
        for (var entry : values.entrySet()) {
            text = text.replace("@" + entry.getKey() + "@", entry.getValue());
        }
        return text.lines().map(StudyTemplate::aligned).collect(Collectors.joining("\n", "", "\n"));
    }

    /** Puts the comment that ends a line where the others are. */
    private static String aligned(String line) {
        Matcher matcher = COMMENT.matcher(line);
        return matcher.matches()
                ? "%%-%ds  %%s"
                        .formatted(COMMENT_COLUMN)
                        .formatted(matcher.group(1), matcher.group(2))
                : line;
    }

    /** Returns how many rows validation and test have each. */
    static long held(DataGuess data) {
        return nice(Math.min(LARGEST_HELD_OUT, data.rows() / 6));
    }

    /** Returns how many rows each training draws. */
    static long sample(DataGuess data) {
        return nice(Math.min(LARGEST_SAMPLE, (data.rows() - 2 * held(data)) / 5));
    }

    /** Returns the name of the input, or the list of its columns. */
    static String input(DataGuess data) {
        return data.input().size() == 1 && data.shape().size() > 1 && data.shape().get(1) > 1
                ? quoted(data.input().getFirst())
                : list(data.input());
    }

    /** Returns names as a list of YAML. */
    static String list(List<String> names) {
        return names.stream()
                .map(StudyTemplate::quoted)
                .collect(Collectors.joining(", ", "[", "]"));
    }

    /** Returns a number rounded down to two digits, at least 1. */
    private static long nice(long number) {
        long unit = 1;
        while (number / unit >= 100) {
            unit *= 10;
        }
        return Math.max(1, number / unit * unit);
    }

    /** Returns a name that YAML may take for something else in quotes. */
    static String quoted(String text) {
        return text.matches("[A-Za-z_./][A-Za-z0-9_./-]*") && !text.matches("(?i)true|false|null|~")
                ? text
                : "'" + text.replace("'", "''") + "'";
    }

    private static String scale(DataGuess data) {
        if (data.classes().isPresent()) {
            return "# classes: [a, b, c]  # names of the labels 0, 1, 2, ... for report"
                    + " and tables";
        }
        return "scale: %s  # of the target: none | standard | log (then the loss is in ln units)"
                .formatted(data.logarithmic() ? "log" : "standard");
    }

    private static String features(DataGuess data) {
        List<String> names = data.others().isEmpty() ? List.of("energy_sum") : data.others();
        return list(names.stream().limit(3).toList());
    }

    private static String network(DataGuess data) {
        List<String> convolution =
                data.isImage() && data.side() >= SMALLEST_IMAGE
                        ? List.of(
                                "- conv2d: {channels: 8, kernel: 3, padding: same}  # padding:"
                                        + " valid | same",
                                "- activation: $act",
                                "- maxpool: 2")
                        : List.of();
        List<String> dense =
                List.of(
                        "- flatten",
                        "- dense: $hidden",
                        "- activation: $act",
                        "- dense: %d  # %s"
                                .formatted(
                                        data.classes().orElse(1),
                                        data.classes().isPresent()
                                                ? "one output per class"
                                                : "one output per target"));
        return String.join("\n    ", convolution)
                + (convolution.isEmpty() ? "" : "\n    ")
                + String.join("\n    ", dense);
    }

    private static String template() throws IOException {
        try (InputStream in = StudyTemplate.class.getResourceAsStream(TEMPLATE)) {
            if (in == null) {
                throw new IllegalStateException(TEMPLATE + " is missing from the build.");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
