package dev.mettle.figures;

import dev.mettle.report.PlotLibraries;

import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Value;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Vega and Vega-Lite in a JavaScript engine. It starts in about two seconds and is kept for all
 * figures of a run. The scripts see neither files, network, clocks of the host nor Java classes, so
 * a specification decides every byte of its drawing. For one thread.
 */
final class VegaRenderer implements AutoCloseable {
    private final ByteArrayOutputStream messages = new ByteArrayOutputStream();
    private final Engine engine;
    private final Context context;

    /** Starts the engine and loads the libraries. */
    VegaRenderer() {
        engine =
                Engine.newBuilder("js")
                        // No JIT of its own is needed, and none comes with an ordinary JDK.
                        .option("engine.WarnInterpreterOnly", "false")
                        .out(messages)
                        .err(messages)
                        .build();
        context = Context.newBuilder("js").engine(engine).out(messages).err(messages).build();
        context.eval("js", resource("figure.js"));
        context.eval("js", PlotLibraries.vega());
        context.eval("js", PlotLibraries.vegaLite());
        context.getBindings("js").getMember("useWidths").execute(resource("text-widths.json"));
    }

    /**
     * Draws a specification.
     *
     * @param specification in Vega-Lite's language, as JSON
     * @param widthPixels width of the whole drawing in CSS pixels
     * @return an SVG document
     * @throws IllegalStateException when Vega refuses the specification
     */
    String svg(String specification, int widthPixels) {
        Value bindings = context.getBindings("js");
        try {
            bindings.getMember("draw").executeVoid(specification, widthPixels, SvgDrawing.FONTS);
        } catch (PolyglotException e) {
            throw new IllegalStateException("Vega could not draw a figure: " + e.getMessage(), e);
        }
        Value drawn = bindings.getMember("drawn"); // promises are settled when the call is over
        if (!drawn.hasMember("svg")) {
            throw new IllegalStateException(
                    "Vega could not draw a figure: "
                            + (drawn.hasMember("error") ? drawn.getMember("error") : "no answer"));
        }
        return drawn.getMember("svg").asString();
    }

    /** Returns what the libraries have said so far, such as warnings; nothing when all is well. */
    String messages() {
        return messages.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        context.close();
        engine.close();
    }

    private static String resource(String name) {
        try (InputStream stream = VegaRenderer.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IOException("resource " + name + " is missing from the installation");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
