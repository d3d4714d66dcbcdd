package dev.mettle.ledger;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Writes rows of text, whole numbers, numbers, {@link Written} and null, in two formats. Numbers
 * are in the shortest form that reads back to the same bits.
 */
interface TableWriter extends AutoCloseable {
    /** A setting as the study has it; JSON shows numbers, true and false as such. */
    record Written(String text) {
        @Override
        public String toString() {
            return text;
        }
    }

    /** Writes a row, one value per column. */
    void row(List<? extends @Nullable Object> values) throws IOException;

    @Override
    void close() throws IOException;

    /**
     * CSV with a header; null is an empty field, infinity is Infinity; lines end with a line feed.
     */
    static TableWriter csv(List<String> header, Appendable out) {
        CsvWriter csv =
                CsvWriter.builder()
                        .lineDelimiter(LineDelimiter.LF)
                        .build(new AppendableWriter(out));
        csv.writeRecord(header);
        return new TableWriter() {
            @Override
            public void row(List<? extends @Nullable Object> values) {
                List<String> fields = new ArrayList<>(values.size());
                for (Object value : values) {
                    fields.add(value == null ? "" : value.toString());
                }
                csv.writeRecord(fields);
            }

            @Override
            public void close() throws IOException {
                csv.close();
            }
        };
    }

    /**
     * A JSON array with an object per row, each on a line; numbers that are not finite are strings.
     */
    static TableWriter json(List<String> header, Appendable out) throws IOException {
        JsonGenerator json = new JsonFactory().createGenerator(new AppendableWriter(out));
        DefaultPrettyPrinter lines = new DefaultPrettyPrinter();
        lines.indentArraysWith(new DefaultIndenter("", "\n"));
        lines.indentObjectsWith(new DefaultPrettyPrinter.FixedSpaceIndenter());
        json.setPrettyPrinter(lines);
        json.writeStartArray();
        return new TableWriter() {
            @Override
            public void row(List<? extends @Nullable Object> values) throws IOException {
                json.writeStartObject();
                for (int i = 0; i < values.size(); i++) {
                    json.writeFieldName(header.get(i));
                    write(json, values.get(i));
                }
                json.writeEndObject();
            }

            @Override
            public void close() throws IOException {
                json.writeEndArray();
                json.writeRaw('\n');
                json.close();
            }
        };
    }

    private static void write(JsonGenerator json, @Nullable Object value) throws IOException {
        switch (value) {
            case null -> json.writeNull();
            case Double number -> json.writeNumber(number); // quotes what is not finite
            case Long number -> json.writeNumber(number);
            case Integer number -> json.writeNumber(number);
            case Written(String text) when JsonLiterals.LITERAL.matcher(text).matches() ->
                    json.writeRawValue(text);
            default -> json.writeString(value.toString());
        }
    }

    /** What JSON writes without quotes. */
    final class JsonLiterals {
        private static final Pattern LITERAL =
                Pattern.compile("true|false|-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

        private JsonLiterals() {}
    }
}
