package dev.mettle.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.mettle.core.study.CsvSettings;
import dev.mettle.core.study.DataException;
import dev.mettle.data.DataFile;
import dev.mettle.data.DataFiles;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/** {@code data FILE}: what a data file holds, and a study that may fit it. */
@Command(
        name = "data",
        description = {
            "Shows the arrays or columns of a data file: shape, type, range, missing values, the"
                    + " first ones; and what a study of it may say.",
            "Reads what studies read: NumPy archives, tables of text and the other formats of the"
                    + " guide."
        },
        footer = {"", "Example: mettle data patients.csv --target risk"})
final class DataCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "FILE", description = "The data file.")
    private Path file = Path.of("");

    @Option(
            names = "--target",
            paramLabel = "ARRAY",
            description = "The array to predict; a guess by names and shapes when not given.")
    private @Nullable String target;

    @Mixin private CsvOptions csv = new CsvOptions();
    @Mixin private JsonOption json = new JsonOption();

    DataCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Optional<CsvSettings> settings = csv.settings();
        try (DataFile data = DataFiles.find(file.toString(), Path.of(""), Formats.all(settings))) {
            List<ArrayProfile> profiles = new ArrayList<>();
            for (String name : data.names()) {
                profiles.add(profile(data, name));
            }
            requireSomeReadable(profiles);
            Suggestion suggestion = suggestion(data, settings);
            if (json.wanted()) {
                console.result(document(profiles, suggestion));
            } else {
                console.result(
                        DataText.of(file, profiles)
                                + "\n"
                                + suggestion
                                        .text()
                                        .map("\nA study of it may say:\n\n%s"::formatted)
                                        .orElse("\nNo study is suggested: " + suggestion.why()));
            }
            return ExitCode.DONE;
        } catch (DataException e) {
            throw new UserException(String.valueOf(e.getMessage()));
        }
    }

    private static ArrayProfile profile(DataFile data, String name) {
        try {
            return ArrayProfile.of(data.array("file", name));
        } catch (DataException e) {
            return ArrayProfile.unreadable(name, e);
        }
    }

    /** Where all arrays have the same fault, it is one of the file. */
    private static void requireSomeReadable(List<ArrayProfile> profiles) {
        List<ArrayProfile.Content> contents =
                profiles.stream().map(ArrayProfile::content).distinct().toList();
        if (contents.size() == 1 && contents.getFirst() instanceof ArrayProfile.Unreadable wrong) {
            throw new UserException(wrong.reason());
        }
    }

    /** The sections of a study, or why there are none. */
    private record Suggestion(Optional<String> text, String why) {}

    private Suggestion suggestion(DataFile data, Optional<CsvSettings> settings) {
        try {
            DataGuess guess = DataGuess.of(data, file.toString().replace('\\', '/'), target);
            return new Suggestion(Optional.of(DataSnippet.of(guess, settings)), "");
        } catch (UserException | DataException e) {
            if (target != null && e instanceof UserException) {
                throw e;
            }
            return new Suggestion(Optional.empty(), String.valueOf(e.getMessage()));
        }
    }

    private ObjectNode document(List<ArrayProfile> profiles, Suggestion suggestion) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("file", file.toString());
        ArrayNode arrays = document.putArray("arrays");
        for (ArrayProfile profile : profiles) {
            ObjectNode array = arrays.addObject();
            array.put("name", profile.name());
            array.put("shape", profile.shape());
            array.put("type", profile.type());
            switch (profile.content()) {
                case ArrayProfile.Numeric numbers -> {
                    number(array, "least", numbers.least());
                    number(array, "most", numbers.most());
                    number(array, "mean", numbers.mean());
                    array.put("missing", numbers.missing());
                    array.put("infinite", numbers.infinite());
                }
                case ArrayProfile.Textual texts -> {
                    array.put("different", texts.different());
                    array.put("missing", texts.missing());
                }
                case ArrayProfile.Unreadable(String reason) -> array.put("unreadable", reason);
            }
            ArrayNode first = array.putArray("first");
            profile.first().forEach(first::add);
        }
        suggestion.text().ifPresent(text -> document.put("study", text));
        return document;
    }

    private static void number(ObjectNode array, String key, double value) {
        if (Double.isNaN(value)) {
            array.putNull(key);
        } else {
            array.put(key, value);
        }
    }
}
