package dev.mettle.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

/** Places where a run cannot be, or is not what the user thinks. */
class BadRunDirectoryTest {
    private static final Path FULL = Path.of("/dev/full");

    /** Where SQLite keeps an application's own version of the schema, and its id. */
    private static final long SCHEMA_VERSION = 60;

    private static final long APPLICATION = 68;

    @TempDir private Path directory;
    private Path study = Path.of("");
    private Path run = Path.of("");

    @BeforeEach
    void writeStudy() throws IOException {
        Npz.sound().writeTo(directory.resolve("data.npz"));
        study = BadInputTest.study(directory, "certificate: {instances: 59}", "certificate: none");
        run = directory.resolve("run");
    }

    private Cli start(Path out) {
        return Cli.run("run", study, "--out", out, "--threads", 1);
    }

    private static void assertMessage(Cli result, int exitCode, String... words) {
        assertThat(result.exitCode()).as(result.err()).isEqualTo(exitCode);
        assertThat(result.err()).doesNotContain("Exception", "\tat ", "internal error");
        assertThat(result.err()).contains(words);
        assertThat(result.out()).isEmpty();
    }

    private static void assertRefused(Cli result, String... words) {
        assertMessage(result, ExitCode.WRONG_INPUT, words);
    }

    @ParameterizedTest
    @ValueSource(strings = {"report", "ledger", "certify"})
    void whatIsNoRunIsNamed(String command) {
        assertRefused(Cli.run(command, run), "there is no run", "runs/<study>");
        assertRefused(Cli.run(command, directory), "holds no run: ledger.sqlite is missing");
        assertRefused(Cli.run(command, study), "is a file; a run is a directory");
        assertThat(run).doesNotExist();
    }

    @Test
    void aFileInTheWayIsNamed() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));
        assertRefused(start(file), "file is a file", "--out DIR");
        assertRefused(start(file.resolve("run")), "file", "--out DIR");
        assertRefused(Cli.run("init", file), "file", "choose another directory");
        assertThat(file).isEmptyFile();
    }

    @Test
    void aDirectoryThatMayNotBeWrittenIsNamed() {
        assumeTrue(directory.toFile().setWritable(false));
        try {
            assumeTrue(!Files.isWritable(directory), "root may write everywhere");
            assertRefused(start(run), "can't write the run directory", "permission denied");
        } finally {
            directory.toFile().setWritable(true);
        }
        assertThat(run).doesNotExist();
    }

    @Test
    void aLinkToADirectoryWillDoButNotALinkToNothing() throws IOException {
        Path target = directory.resolve("elsewhere");
        Files.createSymbolicLink(run, target);
        assertRefused(start(run), "is a link to", "elsewhere, which does not exist");
        Files.createDirectory(target);
        assertThat(start(run).exitCode()).isZero();
        assertThat(target.resolve("ledger.sqlite")).isNotEmptyFile();
        assertThat(Cli.run("ledger", run).out()).hasLineCount(6);
    }

    @Test
    void spacesAndOtherScriptsInPathsWillDo() throws IOException {
        Path odd = Files.createDirectory(directory.resolve("la gr\u00fcn \u65e5\u672c \u2211"));
        Files.copy(directory.resolve("data.npz"), odd.resolve("d\u00e4ta 1.npz"));
        Path own =
                BadInputTest.study(odd, "data.npz", "d\u00e4ta 1.npz", "{instances: 59}", "none");
        Cli result = Cli.run("run", own, "--out", odd.resolve("mein lauf"), "--threads", 1);
        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(odd.resolve("mein lauf").resolve("report.html")).isNotEmptyFile();
    }

    @Test
    void aRunOfAnotherStudyOrOtherDataIsLeftAlone() throws IOException {
        assertThat(start(run).exitCode()).isZero();
        String table = Cli.stableTable(run);
        String text = Files.readString(study);
        Files.writeString(study, text.replace("epochs: 2", "epochs: 3"));
        assertRefused(start(run), "another version of this study", "epochs: 3", "--fresh");
        Files.writeString(study, text);
        Npz.sound()
                .doubles("energy", "(200,)", Npz.ROWS, i -> 2 + i % 9)
                .writeTo(directory.resolve("data.npz"));
        assertRefused(start(run), "other data", "data.npz has changed", "--fresh");
        assertThat(Cli.stableTable(run)).isEqualTo(table);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    some text, and no ledger at all | is not a ledger of Mettle: it is no SQLite file
                    ''                              | is not a ledger of Mettle: it is empty
                    """)
    void aFileThatIsNoLedgerIsLeftAlone(String content, String words) throws IOException {
        Path ledger = Files.createDirectory(run).resolve("ledger.sqlite");
        Files.writeString(ledger, content);
        assertRefused(start(run), words);
        assertRefused(Cli.run("report", run), words);
        assertThat(ledger).hasContent(content);
        assertThat(run).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void aLedgerOfANewerMettleOrAnotherProgramIsLeftAlone() throws IOException {
        assertThat(start(run).exitCode()).isZero();
        overwrite(run.resolve("ledger.sqlite"), SCHEMA_VERSION, 99);
        assertRefused(start(run), "newer Mettle (schema 99");
        assertRefused(Cli.run("ledger", run), "newer Mettle (schema 99");
        overwrite(run.resolve("ledger.sqlite"), APPLICATION, 4711);
        assertRefused(start(run), "SQLite file of another program");
    }

    private static void overwrite(Path file, long position, int value) throws IOException {
        try (var bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(position);
            bytes.writeInt(value);
        }
    }

    @Test
    void aFullDiskIsAFailureOfTheWorkAndLeavesNothingHalfWritten() throws IOException {
        assumeTrue(Files.isWritable(FULL), "there is no device that is always full");
        Files.createDirectory(run);
        Files.createSymbolicLink(run.resolve("study.yaml.part"), FULL);
        assertMessage(start(run), ExitCode.FAILED, "the disk is full", "Make room");
        assertThat(run).isEmptyDirectory();
        assertThat(start(run).exitCode()).isZero();
        Path table = directory.resolve("table.csv");
        Files.createSymbolicLink(directory.resolve("table.csv.part"), FULL);
        assertMessage(Cli.run("ledger", run, "--out", table), ExitCode.FAILED, "the disk is full");
        assertThat(table).doesNotExist();
    }
}
