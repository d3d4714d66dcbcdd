package dev.mettle.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;

/**
 * A plot: a Vega-Lite specification with its data, a title and a sentence that says how to read it.
 * Specifications are resources ({@code *.vl.json}); the code only adds data and what depends on it,
 * such as a logarithmic scale.
 *
 * @param id unique in the page; letters, digits and hyphens
 * @param title what it shows
 * @param reading how to read it
 * @param spec the specification, in Vega-Lite's language
 */
record Plot(String id, String title, Html reading, ObjectNode spec) implements Block {
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Reads the specification of that name and gives it the colours and sizes that all plots share.
     */
    static ObjectNode template(String name) {
        ObjectNode spec = read(name + ".vl.json");
        spec.set("config", read("config.vl.json"));
        return spec;
    }

    private static ObjectNode read(String name) {
        try {
            return (ObjectNode) JSON.readTree(Resources.text(name));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(new IOException("resource " + name + " is damaged", e));
        }
    }

    /** Adds a data set to a specification and returns it, to be filled with rows. */
    static ArrayNode data(ObjectNode spec, String name) {
        return spec.withObject("/datasets").putArray(name);
    }

    /** Makes axes and tooltips of a specification show shares in percent. */
    static void writePercent(JsonNode spec) {
        if (spec instanceof ObjectNode node
                && node.get("format") instanceof TextNode format
                && format.asText().endsWith("~g")) {
            node.put("format", format.asText().replace('g', 'p'));
        }
        spec.forEach(Plot::writePercent);
    }

    /**
     * Removes the layers of data sets without rows: nothing would be drawn, but axes would be asked
     * for the extent of nothing.
     */
    static void removeEmptyLayers(ObjectNode spec) {
        Iterator<JsonNode> layers = spec.withArray("/layer").iterator();
        while (layers.hasNext()) {
            String name = layers.next().at("/data/name").asText("");
            if (!name.isEmpty() && spec.at("/datasets/" + name).isEmpty()) {
                layers.remove();
            }
        }
    }

    Plot {
        removeEmptyLayers(spec);
    }

    /**
     * Returns plot, title and reading as HTML, drawn by {@code report.js} when the page has loaded.
     */
    @Override
    public Html html() {
        return Html.of(
                """
                <figure>
                <h3>%1$s</h3>
                <div class="plot" id="%2$s" data-spec="%2$s-spec" role="img" aria-label="%1$s"></div>
                <figcaption>%3$s</figcaption>
                <script type="application/json" id="%2$s-spec">%4$s</script>
                </figure>\
                """,
                title, id, reading, script(spec));
    }

    /** Writes JSON so that nothing in it can end the script element or start a comment. */
    static Html script(JsonNode json) {
        try {
            return new Html(
                    JSON.writeValueAsString(json)
                            .replace("<", "\\u003c")
                            .replace(">", "\\u003e")
                            .replace("&", "\\u0026"));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
