package dev.mettle.cli.yaml;

import dev.mettle.core.document.Node;
import dev.mettle.core.document.Place;
import dev.mettle.core.document.Problem;
import dev.mettle.core.study.StudyException;

import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Reads YAML 1.2 (core schema). Every mistake is a {@link StudyException}, with its place unless
 * the file is unreadable.
 */
public final class YamlReader {
    /** Largest file read: a study is text that a person wrote. */
    private static final int MOST_BYTES = 1 << 20;

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private YamlReader() {}

    /**
     * Reads a text of one document. Duplicate keys are kept, for the reader of the document to
     * report beside other mistakes.
     *
     * @throws StudyException when it is not YAML, or holds no document or several
     */
    public static Node parse(String text) {
        LoadSettings settings =
                LoadSettings.builder().setCodePointLimit(2 * MOST_BYTES).setUseMarks(true).build();
        try {
            return new NodeReader(new Parse(settings).parseString(text).iterator()).document();
        } catch (MarkedYamlEngineException e) {
            throw wrong(SyntaxProblem.of(e, text));
        } catch (ReaderException e) {
            throw wrong(
                    new Problem(
                            SyntaxProblem.place(text, e.getPosition()),
                            "the character U+%04X is not allowed in YAML; take it out or write it as \"\\u%04X\" in double quotes."
                                    .formatted(e.getCodePoint(), e.getCodePoint())));
        }
    }

    /**
     * Returns the text of a file, without a byte order mark.
     *
     * @throws StudyException when it cannot be read, is too large or is not UTF-8
     */
    public static String text(Path file) {
        byte[] bytes = bytes(file);
        try {
            String text =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw wrong(
                    new Problem(
                            firstUndecodable(bytes),
                            "this is not UTF-8 text; save the file with the encoding UTF-8."));
        }
    }

    private static byte[] bytes(Path file) {
        if (Files.isDirectory(file)) {
            throw unreadable(
                    "this is a directory; name a study file in it, such as %s."
                            .formatted(file.resolve("study.yaml")));
        }
        if (Files.notExists(file)) {
            throw unreadable("there is no such file.");
        }
        if (!Files.isReadable(file)) {
            throw unreadable("this file may not be read; check its permissions.");
        }
        try (var stream = Files.newInputStream(file)) {
            byte[] bytes = stream.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw unreadable("this file is larger than 1 MiB, so it is hardly a study file.");
            }
            return bytes;
        } catch (IOException e) {
            throw unreadable("this file cannot be read: %s.".formatted(e.getMessage()));
        }
    }

    /** Returns the place of the first byte that is not UTF-8. */
    private static Place firstUndecodable(byte[] bytes) {
        var decoder = StandardCharsets.UTF_8.newDecoder();
        var in = ByteBuffer.wrap(bytes);
        var out = CharBuffer.allocate(bytes.length);
        decoder.decode(in, out, true);
        String before = out.flip().toString();
        return SyntaxProblem.place(before, before.codePointCount(0, before.length()));
    }

    private static StudyException unreadable(String message) {
        return new StudyException(List.of(new Problem(Optional.empty(), message)));
    }

    static StudyException wrong(Problem problem) {
        return new StudyException(List.of(problem));
    }
}
