package dev.mettle.ledger;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * Metrics as a JSON object in their order, so that {@code metrics ->> 'sigma_eff'} works in an
 * SQLite shell. Numbers are in the shortest form that reads back to the same bits; those that are
 * not finite are the strings "NaN", "Infinity" and "-Infinity".
 */
final class MetricsJson {
    private static final JsonFactory JSON = new JsonFactory();

    private interface Body {
        void write(JsonGenerator json) throws IOException;
    }

    private MetricsJson() {}

    /** Returns the metrics as one JSON object. */
    static String of(Map<String, Double> metrics) {
        return text(json -> {
            json.writeStartObject();
            for (Map.Entry<String, Double> metric : metrics.entrySet()) {
                json.writeNumberField(
                        metric.getKey(), metric.getValue()); // quotes what is not finite
            }
            json.writeEndObject();
        });
    }

    /** Returns the names as one JSON array. */
    static String ofNames(Collection<String> names) {
        return text(json -> {
            json.writeStartArray();
            for (String name : names) {
                json.writeString(name);
            }
            json.writeEndArray();
        });
    }

    /** Undoes {@link #of}. */
    static SequencedMap<String, Double> metrics(String text) throws IOException {
        SequencedMap<String, Double> metrics = new LinkedHashMap<>();
        try (JsonParser json = JSON.createParser(text)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                metrics.put(name, Double.valueOf(json.getText()));
            }
        }
        return metrics;
    }

    /** Undoes {@link #ofNames}. */
    static List<String> names(String text) throws IOException {
        List<String> names = new ArrayList<>();
        try (JsonParser json = JSON.createParser(text)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.VALUE_STRING) {
                names.add(json.getText());
            }
        }
        return names;
    }

    private static String text(Body body) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            body.write(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a StringWriter does not fail
        }
        return text.toString();
    }
}
