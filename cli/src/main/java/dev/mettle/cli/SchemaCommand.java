package dev.mettle.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.mettle.core.study.StudySchema;

import picocli.CommandLine.Command;

import java.util.concurrent.Callable;

/** {@code schema}: the JSON Schema of study files. */
@Command(
        name = "schema",
        description = {
            "Prints the JSON Schema of study files.",
            "Editors check and complete a study whose first line is '# yaml-language-server:"
                    + " $schema=FILE'; 'mettle init' writes both."
        },
        footer = {"", "Example: mettle schema > study.schema.json"})
final class SchemaCommand implements Callable<Integer> {
    private final Console console;

    SchemaCommand(Console console) {
        this.console = console;
    }

    /** Returns the schema as a JSON document. */
    static JsonNode schema() {
        return new ObjectMapper().valueToTree(StudySchema.schema());
    }

    @Override
    public Integer call() {
        console.result(schema());
        return ExitCode.DONE;
    }
}
