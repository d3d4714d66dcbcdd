package dev.mettle.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/** {@code init DIR}: a commented study to start from. */
@Command(
        name = "init",
        description = "Writes a commented study to start from.",
        footer = {
            "",
            "Example: mettle init my-study, edit my-study/study.yaml, mettle validate"
                    + " my-study/study.yaml"
        })
final class InitCommand implements Callable<Integer> {
    private static final String TEMPLATE = "template.yaml";

    private final Console console;

    @Parameters(paramLabel = "DIR", description = "Directory to make; names the study.")
    private Path directory = Path.of("study");

    InitCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        Path study = directory.resolve("study.yaml");
        if (Files.exists(study)) {
            throw new UserException(
                    "%s exists already; choose another directory.".formatted(study));
        }
        if (Files.isRegularFile(directory)) {
            throw new UserException("%s is a file; choose another directory.".formatted(directory));
        }
        Files.createDirectories(directory);
        Files.writeString(study, template().replace("@NAME@", name()));
        console.result(
                "Wrote "
                        + study
                        + ".\nPut your data beside it, edit it, then: mettle validate "
                        + study);
        return ExitCode.DONE;
    }

    /** The directory's own name, with what a study's name may not hold replaced. */
    private String name() {
        String name = directory.toAbsolutePath().normalize().getFileName().toString();
        return name.replaceAll("[^A-Za-z0-9_.-]", "-");
    }

    private static String template() throws IOException {
        try (InputStream in = InitCommand.class.getResourceAsStream(TEMPLATE)) {
            if (in == null) {
                throw new IllegalStateException(TEMPLATE + " is missing from the build.");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
