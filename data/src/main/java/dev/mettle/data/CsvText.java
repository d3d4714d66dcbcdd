package dev.mettle.data;

import dev.mettle.core.study.DataException;
import dev.mettle.core.study.TextEncoding;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** The characters of a file of text: unpacked where its name ends with .gz, its encoding known. */
final class CsvText {
    private static final int BUFFER = 1 << 16;
    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final char REPLACEMENT = '\uFFFD';

    private final Path path;
    private final Charset charset;

    private CsvText(Path path, Charset charset) {
        this.path = path;
        this.charset = charset;
    }

    /** Finds the encoding, if it is not given, by the byte order mark; UTF-8 without one. */
    static CsvText of(Path path, Optional<TextEncoding> encoding) {
        if (encoding.isPresent()) {
            return new CsvText(path, encoding.get().charset());
        }
        try (InputStream in = bytes(path)) {
            byte[] start = in.readNBytes(2);
            boolean utf16 =
                    start.length == 2
                            && (start[0] == (byte) 0xFE && start[1] == (byte) 0xFF
                                    || start[0] == (byte) 0xFF && start[1] == (byte) 0xFE);
            return new CsvText(path, utf16 ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    /** Returns the encoding. */
    Charset charset() {
        return charset;
    }

    /** Opens the text, after its byte order mark; bytes that are no text are an exception. */
    Reader open() throws IOException {
        InputStream in = bytes(path);
        try {
            return over(in);
        } catch (RuntimeException e) {
            in.close();
            throw e;
        }
    }

    /** Returns the text of bytes that begin as the file does, after its byte order mark. */
    Reader over(InputStream in) {
        return new MarkSkipper(new InputStreamReader(in, charset.newDecoder()));
    }

    /** Returns the first characters. */
    String start(int most) {
        try (Reader reader = open()) {
            char[] start = new char[most];
            int length = 0;
            int read = reader.read(start, 0, most);
            while (read > 0) {
                length += read;
                read = length < most ? reader.read(start, length, most - length) : 0;
            }
            return new String(start, 0, length);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** Returns the exception for a file that could not be read. */
    DataException failure(IOException e) {
        if (!(e instanceof CharacterCodingException)) {
            return unreadable(path, e);
        }
        return new DataException(
                "file",
                ("%s, line %d: its bytes are no %s text. Save it as UTF-8, or say how it is"
                     + " written: data: {csv: {encoding: latin1}}, or utf-16, windows-1252.")
                        .formatted(path, badLine(), charset.name()));
    }

    private static DataException unreadable(Path path, IOException e) {
        return new DataException("file", "%s can't be read: %s.".formatted(path, e.getMessage()));
    }

    private static InputStream bytes(Path path) throws IOException {
        InputStream in = new BufferedInputStream(Files.newInputStream(path), BUFFER);
        if (!path.toString().toLowerCase(Locale.ROOT).endsWith(".gz")) {
            return in;
        }
        try {
            return new GZIPInputStream(in, BUFFER);
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    /** Returns the line of the first bytes that are no text, which a decoder doesn't say. */
    private long badLine() {
        long line = 1;
        CharsetDecoder decoder =
                charset.newDecoder()
                        .onMalformedInput(CodingErrorAction.REPLACE)
                        .onUnmappableCharacter(CodingErrorAction.REPLACE);
        try (Reader reader = new BufferedReader(new InputStreamReader(bytes(path), decoder))) {
            for (int read = reader.read(); read >= 0; read = reader.read()) {
                if (read == REPLACEMENT) {
                    return line;
                }
                line += read == '\n' ? 1 : 0;
            }
        } catch (IOException e) {
            return line; // it could be read a moment ago
        }
        return line;
    }

    /** Leaves out a byte order mark at the beginning. */
    private static final class MarkSkipper extends Reader {
        private final Reader reader;
        private boolean begun;

        MarkSkipper(Reader reader) {
            this.reader = reader;
        }

        @Override
        public int read(char[] buffer, int offset, int length) throws IOException {
            if (begun || length == 0) {
                return reader.read(buffer, offset, length);
            }
            begun = true;
            int first = reader.read();
            if (first < 0) {
                return -1;
            }
            if (first == BYTE_ORDER_MARK) {
                return reader.read(buffer, offset, length);
            }
            buffer[offset] = (char) first;
            return 1;
        }

        @Override
        public void close() throws IOException {
            reader.close();
        }
    }
}
