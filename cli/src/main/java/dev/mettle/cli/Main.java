package dev.mettle.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The command {@code mettle}: finds its subcommand, and turns what went wrong into a message and an
 * exit code.
 */
@Command(
        name = "mettle",
        versionProvider = Version.class,
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        synopsisSubcommandLabel = "COMMAND",
        description = "Finds machine-learning models that train well every time.",
        subcommands = {
            RunCommand.class,
            ValidateCommand.class,
            DataCommand.class,
            AssessCommand.class,
            DecomposeCommand.class,
            StabilityCommand.class,
            ReplayCommand.class,
            SampleSizeCommand.class,
            BaselineCommand.class,
            CertifyCommand.class,
            GeneralizeCommand.class,
            ReproduceCommand.class,
            ReportCommand.class,
            LedgerCommand.class,
            SimulateCommand.class,
            InitCommand.class,
            SchemaCommand.class,
            CompletionCommand.class,
            HelpCommand.class
        },
        footer = {
            "",
            "Exit codes: 0 done; 1 the work failed; 2 the input is wrong; 130 interrupted (the same"
                    + " command goes on).",
            "Start with: mettle init my-study"
        })
public final class Main {
    /**
     * Where the launcher wants messages, when it filters what the JVM itself writes to standard
     * error.
     */
    private static final String MESSAGES = "mettle.stderr";

    @Option(
            names = "--debug",
            scope = ScopeType.INHERIT,
            description = "Show the stack trace of an error.")
    private boolean debug;

    /** Runs a command and ends the process with its exit code. */
    public static void main(String[] arguments) throws IOException {
        Locale.setDefault(Locale.ROOT); // numbers look the same everywhere
        String messages = System.getProperty(MESSAGES);
        if (messages != null) {
            System.setErr(
                    new PrintStream(
                            new FileOutputStream(messages, true), true, StandardCharsets.UTF_8));
        }
        System.exit(execute(Console.ofProcess(), arguments));
    }

    /** Runs a command and returns its exit code; never throws. */
    static int execute(Console console, String... arguments) {
        Main main = new Main();
        CommandLine line = new CommandLine(main, new CommandFactory(console));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setUsageHelpAutoWidth(true);
        line.setOut(new PrintWriter(console.out(), true));
        line.setErr(new PrintWriter(console.err(), true));
        line.registerConverter(Path.class, Main::path);
        line.setExecutionExceptionHandler(
                (failure, _, _) -> Failures.report(failure, console, main.debug));
        if (arguments.length == 0) {
            line.usage(console.out());
            return console.endWith(ExitCode.WRONG_INPUT);
        }
        try {
            return console.endWith(line.execute(arguments));
        } catch (Error failure) { // picocli hands on exceptions only
            return Failures.report(failure, console, main.debug);
        }
    }

    /** An empty path would mean the current directory, which nobody asks for by {@code ''}. */
    private static Path path(String text) {
        if (text.isBlank()) {
            throw new CommandLine.TypeConversionException("the path is empty");
        }
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new CommandLine.TypeConversionException(
                    "'%s' is not a path: %s".formatted(text, e.getReason()));
        }
    }
}
