package dev.mettle.cli;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Runs commands for tests.
 *
 * @param exitCode what the shell would see
 * @param out standard output
 * @param err standard error
 */
record Cli(int exitCode, String out, String err) {
    /** The showers that come with the project. */
    static final Path SHOWERS = root().resolve("examples/calorimeter/showers.npz");

    /** Runs a command in this process. */
    static Cli run(Object... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console =
                new Console(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        false);
        int exitCode = Main.execute(console, texts(arguments));
        return new Cli(
                exitCode,
                out.toString(StandardCharsets.UTF_8),
                err.toString(StandardCharsets.UTF_8));
    }

    private static String[] texts(Object... arguments) {
        return Arrays.stream(arguments).map(Object::toString).toArray(String[]::new);
    }

    /** Starts a command in a process of its own; its output goes to {@code output}. */
    static Process start(Path output, List<String> jvmOptions, Object... arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "--add-modules",
                        "jdk.incubator.vector",
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:+UseSerialGC"));
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(List.of(texts(arguments)));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }

    /** Returns the root of the checkout. */
    static Path root() {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.exists(at.resolve("examples"))) {
                return at;
            }
        }
        throw new IllegalStateException("the tests run outside a checkout.");
    }

    /** Returns the ledger's table without the columns that may differ: elapsed, host, software. */
    static String stableTable(Path run) {
        Cli ledger = run("ledger", run, "--format", "csv");
        StringBuilder stable = new StringBuilder();
        int columns = -1;
        for (String line : ledger.out().lines().toList()) {
            List<String> cells = List.of(line.split(",", -1));
            columns = columns < 0 ? cells.indexOf("elapsed_seconds") : columns;
            stable.append(String.join(",", cells.subList(0, columns))).append('\n');
        }
        return stable.toString();
    }

    /** Writes a study of four small candidates on the showers, which trains in a few seconds. */
    static Path study(Path directory, String... replacements) throws IOException {
        String text =
                """
                study: small
                seed: 11
                data:
                  file: %s
                  input: cells
                  target: energy
                  scale: log
                  features: [energy_sum]
                  feature_scale: log
                  validation: 500
                  test: 500
                sample: 600
                model:
                  network:
                    - conv2d: {channels: 2, kernel: 3, padding: same}
                    - activation: relu
                    - maxpool: 3
                    - flatten
                    - dense: $hidden
                    - activation: tanh
                    - concat: {features: $bias}
                    - dense: 1
                space:
                  hidden: [4, 8]
                  bias: [true, false]
                  lr: [0.003, 0.01]
                training:
                  optimizer: {name: adam, lr: $lr}
                  batch: 32
                  epochs: 6
                selection: {algorithm: progressive, criterion: mean, warmup: 2, instances: 5, survivors: 2, per: bias}
                certificate: {instances: 59, coverage: 0.95, confidence: 0.95}
                """
                        .formatted(SHOWERS.toString().replace(File.separatorChar, '/'));
        for (int i = 0; i < replacements.length; i += 2) {
            if (!text.contains(replacements[i])) {
                throw new IllegalArgumentException(
                        "the study has no '%s'".formatted(replacements[i]));
            }
            text = text.replace(replacements[i], replacements[i + 1]);
        }
        Path file = directory.resolve("study.yaml");
        Files.writeString(file, text);
        return file;
    }
}
