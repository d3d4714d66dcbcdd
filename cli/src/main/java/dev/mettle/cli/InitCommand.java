package dev.mettle.cli;

import dev.mettle.data.DataFile;
import dev.mettle.data.DataFiles;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;

/** {@code init DIR}: a commented study to start from, which runs as it is. */
@Command(
        name = "init",
        description = {
            "Writes a commented study to start from, which runs as it is.",
            "With --data it reads your arrays and fits the study to them; without, it writes a"
                + " small made-up data set beside it. study.schema.json lets an editor check and"
                + " complete the study."
        },
        footer = {
            "",
            "Examples: mettle init my-study && mettle run my-study/study.yaml",
            "          mettle init my-study --data showers.npz --target energy"
        })
final class InitCommand implements Callable<Integer> {
    private static final String STUDY = "study.yaml";
    private static final String SCHEMA = "study.schema.json";
    private static final String DATA = "data.npz";
    private static final int LONGEST_NAME = 100;

    private final Console console;

    @Parameters(paramLabel = "DIR", description = "Directory to make; names the study.")
    private Path directory = Path.of("study");

    @Option(
            names = "--data",
            paramLabel = "FILE",
            description = "Your data: the study is made to fit its arrays.")
    private @Nullable Path data;

    @Option(
            names = "--target",
            paramLabel = "ARRAY",
            description = "The array to predict; a guess by names and shapes when not given.")
    private @Nullable String target;

    InitCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        if (target != null && data == null) {
            throw new UserException("--target names an array of the file given by --data.");
        }
        DataGuess guess = data == null ? ExampleData.guess(DATA) : guess(data);
        refuseToOverwrite();
        Files.createDirectories(directory);
        if (data == null) {
            ExampleData.write(directory.resolve(DATA));
        }
        Files.writeString(directory.resolve(SCHEMA), Console.text(SchemaCommand.schema()) + "\n");
        Path study = directory.resolve(STUDY);
        Files.writeString(study, StudyTemplate.fill(name(), SCHEMA, guess));
        console.result(
                "Wrote %s (%s).\nEdit it, then: mettle validate %s"
                        .formatted(study, guess.described(), study));
        return ExitCode.DONE;
    }

    private DataGuess guess(Path file) {
        try (DataFile opened =
                DataFiles.find(file.toString(), Path.of(""), Formats.all(Optional.empty()))) {
            return DataGuess.of(opened, seen(file), target);
        }
    }

    private void refuseToOverwrite() {
        if (Files.isRegularFile(directory)) {
            throw new UserException("%s is a file; choose another directory.".formatted(directory));
        }
        for (String name : new String[] {STUDY, SCHEMA, DATA}) {
            Path file = directory.resolve(name);
            if (Files.exists(file) && !(name.equals(DATA) && data != null)) {
                throw new UserException(
                        "%s exists already; choose another directory.".formatted(file));
            }
        }
    }

    /** Returns the path of a file as the study, which lies in another directory, sees it. */
    private String seen(Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        Path from = directory.toAbsolutePath().normalize();
        Path relative =
                absolute.getRoot().equals(from.getRoot()) ? from.relativize(absolute) : absolute;
        return relative.toString().replace('\\', '/');
    }

    /** The directory's own name, with what a study's name may not hold replaced. */
    private String name() {
        Path last = directory.toAbsolutePath().normalize().getFileName();
        String name = last == null ? "" : last.toString().replaceAll("[^A-Za-z0-9_.-]", "-");
        String fitting = name.matches("[A-Za-z0-9].*") ? name : "study" + name;
        return fitting.substring(0, Math.min(fitting.length(), LONGEST_NAME));
    }
}
