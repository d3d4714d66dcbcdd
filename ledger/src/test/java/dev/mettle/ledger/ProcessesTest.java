package dev.mettle.ledger;

import static dev.mettle.ledger.Failing.assertFails;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mettle.core.instance.InstanceResult;
import dev.mettle.core.random.Purpose;
import dev.mettle.ledger.LedgerException.Kind;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Several processes on one ledger: readers beside a writer, a second writer, writers that are
 * killed.
 */
@Timeout(120)
class ProcessesTest {
    private static final int CANDIDATES = 3;

    @TempDir Path directory;

    private Path file;

    @BeforeEach
    void createTheLedger() {
        file = directory.resolve("ledger.sqlite");
        Examples.create(file, CANDIDATES).close();
    }

    @ParameterizedTest
    @EnumSource(JournalMode.class)
    void aReaderInAnotherProcessSeesEveryFlushAndDelaysNothing(JournalMode mode) throws Exception {
        try (SqliteLedger ledger = SqliteLedger.open(file, Examples.session("x"), mode);
                Child reader = Child.start("count", file.toString())) {
            assertThat(reader.line()).isEqualTo("open");
            for (int i = 1; i <= 20; i++) {
                ledger.record(Examples.raced("c0", i));
                ledger.flush();
                assertThat(reader.ask()).isEqualTo(i);
            }
        }
    }

    @Test
    void aReaderBesideAWriterInAnotherProcessSeesAWholePrefix() throws Exception {
        try (Child writer = Child.start("record", file.toString(), "1", "WAL")) {
            assertThat(writer.line()).isEqualTo("open");
            try (LedgerReader reader = SqliteLedger.openReadOnly(file)) {
                for (int round = 0; round < 20; round++) {
                    int flushed = Integer.parseInt(writer.line().split(" ")[1]);
                    assertPrefix(reader.instances("c0", Purpose.RACE), "c0", flushed);
                }
            }
        }
    }

    @Test
    void aSecondWriterIsToldWhoWorksOnTheRun() throws Exception {
        try (Child writer = Child.start("record", file.toString(), "1", "WAL")) {
            assertThat(writer.line()).isEqualTo("open");
            assertFails(Kind.IN_USE, () -> SqliteLedger.open(file, Examples.session("x")))
                    .hasMessageContaining("process " + writer.pid() + " on child " + writer.pid());
            writer.kill();
        }
        SqliteLedger.open(file, Examples.session("x"))
                .close(); // the lock of a killed process is free
    }

    @ParameterizedTest
    @EnumSource(JournalMode.class)
    void killedAtAnyMomentNothingFlushedIsLostAndNothingIsTwice(JournalMode mode) throws Exception {
        Map<String, Integer> flushed = new HashMap<>();
        for (int moment = 0; moment < 6; moment++) {
            try (Child writer =
                    Child.start(
                            "record", file.toString(), Integer.toString(CANDIDATES), mode.name())) {
                assertThat(writer.line()).isEqualTo("open");
                note(flushed, writer.line());
                Thread.sleep(moment * 23L); // somewhere inside the work
                writer.kill();
                writer.rest().forEach(line -> note(flushed, line));
            }
            assertSound(flushed);
        }
        assertThat(flushed).hasSizeBetween(1, CANDIDATES);
        try (SqliteLedger ledger = SqliteLedger.open(file, Examples.session("x"))) {
            assertThat(ledger.sessions()).as("the first, and one for each child").hasSize(7);
        }
    }

    /** A line may be cut by the kill. */
    private static void note(Map<String, Integer> flushed, String line) {
        String[] parts = line.split(" ");
        if (line.matches("c\\d \\d+")) {
            flushed.put(parts[0], Integer.parseInt(parts[1]));
        }
    }

    private void assertSound(Map<String, Integer> flushed) {
        try (LedgerReader reader = SqliteLedger.openReadOnly(file)) {
            assertThat(reader.integrityCheck()).isEqualTo("ok");
            for (int i = 0; i < CANDIDATES; i++) {
                String candidate = "c" + i;
                assertPrefix(
                        reader.instances(candidate, Purpose.RACE),
                        candidate,
                        flushed.getOrDefault(candidate, 0));
            }
        }
    }

    /**
     * Each thread records 0, 1, 2, ...: what is there is a beginning of that, at least as long as
     * what was flushed.
     */
    private static void assertPrefix(List<InstanceResult> read, String candidate, int atLeast) {
        assertThat(read).hasSizeGreaterThanOrEqualTo(atLeast);
        for (int i = 0; i < read.size(); i++) {
            assertThat(read.get(i)).isEqualTo(Examples.raced(candidate, i));
        }
    }
}
