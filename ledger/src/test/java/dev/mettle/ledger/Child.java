package dev.mettle.ledger;

import dev.mettle.core.random.Purpose;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Another process that works on a ledger; it tells its parent by lines on standard output. */
final class Child implements AutoCloseable {
    private final Process process;
    private final BufferedReader lines;

    private Child(Process process) {
        this.process = process;
        this.lines =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    static Child start(String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-cp",
                                System.getProperty(
                                        "surefire.test.class.path",
                                        System.getProperty("java.class.path")),
                                Child.class.getName()));
        command.addAll(List.of(arguments));
        return new Child(
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
    }

    /** Returns the next line; fails when the child has ended. */
    String line() throws IOException {
        String line = lines.readLine();
        if (line == null) {
            throw new IOException("the child has ended.");
        }
        return line;
    }

    /** Returns what the child still has to say, until it ends. */
    List<String> rest() {
        return lines.lines().toList();
    }

    long pid() {
        return process.pid();
    }

    /** SIGKILL; by the handle, because the process itself would drop what the child had said. */
    void kill() throws InterruptedException {
        process.toHandle().destroyForcibly();
        process.waitFor();
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        lines.close();
    }

    /** Arguments: record FILE CANDIDATES JOURNAL, or count FILE. */
    public static void main(String[] arguments) throws Exception {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Path file = Path.of(arguments[1]);
        switch (arguments[0]) {
            case "record" ->
                    record(
                            file,
                            Integer.parseInt(arguments[2]),
                            JournalMode.valueOf(arguments[3]),
                            out);
            case "count" -> count(file, out);
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    /**
     * Goes on with every candidate's race for ever, a thread each; tells "CANDIDATE COUNT" after
     * each flush.
     */
    private static void record(Path file, int candidates, JournalMode mode, PrintStream out) {
        SqliteLedger ledger =
                SqliteLedger.open(
                        file, Examples.session("child " + ProcessHandle.current().pid()), mode);
        out.println("open");
        for (int i = 0; i < candidates; i++) {
            String candidate = "c" + i;
            Thread.ofPlatform()
                    .start(() -> {
                        for (int index = ledger.instances(candidate, Purpose.RACE).size();
                                ;
                                index++) {
                            ledger.record(Examples.raced(candidate, index));
                            if (index % 37 == 36) {
                                ledger.flush();
                                out.println(candidate + " " + (index + 1));
                            }
                        }
                    });
        }
    }

    /** Tells the number of instances of c0 for every line it is sent. */
    private static void count(Path file, PrintStream out) throws IOException {
        try (LedgerReader reader = SqliteLedger.openReadOnly(file);
                BufferedReader in =
                        new BufferedReader(
                                new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            out.println("open");
            while (in.readLine() != null) {
                out.println(reader.instances("c0", Purpose.RACE).size());
            }
        }
    }

    /** Asks a counting child. */
    int ask() throws IOException {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
        return Integer.parseInt(line());
    }
}
