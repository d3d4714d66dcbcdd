package dev.mettle.data;

import dev.mettle.core.study.DataSettings;
import dev.mettle.core.study.Encoding;
import dev.mettle.core.study.FeatureSettings;
import dev.mettle.core.study.InputLayout;
import dev.mettle.core.study.MissingValues;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * SHA-256 of the data and of what a study chose from it: input, targets, each feature with its
 * options, and categorical columns. The split, the scales and a file's name are no part of it: they
 * change no number of the data set.
 */
final class DataChecksum {
    private final MessageDigest digest;

    private DataChecksum(MessageDigest digest) {
        this.digest = digest;
    }

    /**
     * Returns the checksum in hexadecimal.
     *
     * @param isDerived tells whether a feature is computed, so that its options count
     */
    static String of(ArraySource source, DataSettings settings, Predicate<String> isDerived) {
        DataChecksum checksum = new DataChecksum(sha256());
        source.addTo(checksum.digest);
        for (String name : settings.input()) {
            checksum.add("input", name);
            switch (settings.encodings().get(name)) {
                case null -> {}
                case Encoding.OneHot() -> checksum.add("encode", "one_hot");
                case Encoding.Ordinal(List<String> order) ->
                        order.forEach(value -> checksum.add("order", value));
            }
        }
        if (settings.layout().equals(Optional.of(InputLayout.SEQUENCE))) {
            checksum.add("layout", "sequence");
        }
        settings.target().names().forEach(name -> checksum.add("target", name));
        for (FeatureSettings feature : settings.features()) {
            checksum.add("feature", feature.name());
            if (isDerived.test(feature.name())) {
                checksum.add("window", Integer.toString(feature.window()));
                boolean chosen = feature.threshold().isPresent();
                checksum.add(
                        "threshold",
                        chosen ? Double.toString(feature.threshold().getAsDouble()) : "noise");
            }
        }
        if (settings.missing() != MissingValues.ERROR) {
            checksum.add("missing", settings.missing().name());
        }
        settings.categories().forEach(column -> checksum.add("category", column.name()));
        return HexFormat.of().formatHex(checksum.digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /**
     * Adds a choice; lengths go first, so that no two lists of choices run together into the same
     * bytes.
     */
    private void add(String choice, String value) {
        for (String text : new String[] {choice, value}) {
            add(digest, text.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Adds bytes, their number first. */
    static void add(MessageDigest digest, byte[] bytes) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        digest.update(bytes);
    }
}
