package dev.mettle.core.study;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** How the characters of a text file are written. */
public enum TextEncoding {
    /** UTF-8, with or without a byte order mark. */
    UTF8("utf-8", StandardCharsets.UTF_8),
    /** UTF-16; big-endian without a byte order mark. */
    UTF16("utf-16", StandardCharsets.UTF_16),
    /** ISO 8859-1: a byte is a character, of Western Europe. */
    LATIN1("latin1", StandardCharsets.ISO_8859_1),
    /** Microsoft's extension of ISO 8859-1. */
    WINDOWS_1252("windows-1252", Charset.forName("windows-1252"));

    private final String word;
    private final Charset charset;

    TextEncoding(String word, Charset charset) {
        this.word = word;
        this.charset = charset;
    }

    /** Returns its name in study files. */
    public String word() {
        return word;
    }

    /** Returns the character set. */
    public Charset charset() {
        return charset;
    }
}
