package dev.mettle.ledger;

import static dev.mettle.ledger.Failing.assertFails;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mettle.core.random.Purpose;
import dev.mettle.ledger.LedgerException.Kind;

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
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;

/** Files that are not what they should be: one clear message, and nothing appears beside them. */
class WrongFilesTest {
    @TempDir Path directory;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = directory.resolve("ledger.sqlite");
    }

    private void assertRefused(Kind kind, String message) throws IOException {
        assertFails(kind, () -> SqliteLedger.openReadOnly(file))
                .hasMessageContaining(message)
                .hasMessageContaining(file.toString());
        assertFails(kind, () -> SqliteLedger.open(file, Examples.session("x")))
                .hasMessageContaining(message);
        assertThat(directory.resolve("ledger.sqlite.lock")).doesNotExist();
    }

    @Test
    void aMissingFile() throws IOException {
        assertRefused(Kind.MISSING, "no ledger at");
    }

    @Test
    void aMissingDirectory() throws IOException {
        file = directory.resolve("nowhere").resolve("ledger.sqlite");
        assertRefused(Kind.MISSING, "no ledger at");
    }

    @Test
    void aDirectory() throws IOException {
        Files.createDirectory(file);
        assertRefused(Kind.NOT_A_LEDGER, "a directory");
    }

    @Test
    void anEmptyFile() throws IOException {
        Files.createFile(file);
        assertRefused(Kind.NOT_A_LEDGER, "empty");
        assertThat(file).isEmptyFile();
    }

    @Test
    void aFileOfOneByteWhichSqliteTakesForEmpty() throws IOException {
        Files.writeString(file, "x");
        assertRefused(Kind.NOT_A_LEDGER, "no SQLite file");
    }

    @ParameterizedTest
    @ValueSource(ints = {15, 16, 99, 100, 101, 4096, 100_000})
    void aTextFile(int length) throws IOException {
        Files.writeString(file, "x".repeat(length));
        assertRefused(Kind.NOT_A_LEDGER, "no SQLite file");
        assertThat(file).hasSize(length);
    }

    @Test
    void anSqliteFileOfAnotherProgram() throws Exception {
        try (Connection connection = Database.create(file)) {
            Database.execute(connection, "CREATE TABLE instances (candidate TEXT)");
        }
        byte[] before = Files.readAllBytes(file);
        assertRefused(Kind.NOT_A_LEDGER, "another program");
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    @Test
    void aLedgerOfANewerMettle() throws Exception {
        Examples.create(file, 1).close();
        Files.delete(directory.resolve("ledger.sqlite.lock"));
        try (Connection connection = Database.openToWrite(file)) {
            Database.execute(connection, "PRAGMA user_version = 99");
        }
        assertRefused(Kind.OTHER_VERSION, "newer Mettle (schema 99; this one reads up to 6)");
    }

    @Test
    void aDamagedLedger() throws IOException {
        try (SqliteLedger ledger = Examples.create(file, 1)) {
            for (int i = 0; i < 300; i++) {
                ledger.record(Examples.raced("c0", i));
            }
        }
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            for (long page = 40; page * 4096 < bytes.length(); page++) {
                bytes.seek(page * 4096);
                bytes.write(
                        new byte[] {0x77, 0x66, 0x55, 0x44, 0x33, 0x22, 0x11, 0x00, 0x11, 0x22});
            }
        }
        try (LedgerReader reader = SqliteLedger.openReadOnly(file)) {
            assertThat(reader.integrityCheck()).isNotEqualTo("ok");
            assertFails(Kind.DAMAGED, () -> reader.forEachInstance(Purpose.RACE, _ -> {}))
                    .hasMessageContaining(".recover");
        }
        assertFails(Kind.DAMAGED, () -> SqliteLedger.open(file, Examples.session("x")));
        assertFails(
                Kind.DAMAGED,
                () ->
                        SqliteLedger.open(
                                file, Examples.session("x"))); // not "in use": the lock is free
    }

    @Test
    void aTruncatedLedger() throws IOException {
        Examples.create(file, 2000).close();
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.setLength(bytes.length() / 2 + 17);
        }
        assertFails(
                Kind.DAMAGED,
                () -> {
                    try (LedgerReader reader = SqliteLedger.openReadOnly(file)) {
                        reader.candidates();
                    }
                });
    }

    @Test
    void aRowThatMettleCannotHaveWritten() throws SQLException {
        try (SqliteLedger ledger = Examples.create(file, 1)) {
            ledger.record(Examples.raced("c0", 0));
        }
        try (Connection connection = Database.openToWrite(file)) {
            Database.execute(connection, "UPDATE instances SET metrics = '{\"rmse\": tru'");
        }
        try (LedgerReader reader = SqliteLedger.openReadOnly(file)) {
            assertFails(Kind.DAMAGED, () -> reader.instances("c0", Purpose.RACE));
        }
    }

    @Test
    void aDirectoryThatCannotBeMade() throws IOException {
        Files.writeString(directory.resolve("taken"), "");
        assertFails(
                        Kind.NOT_WRITABLE,
                        () ->
                                Examples.create(
                                        directory.resolve("taken").resolve("ledger.sqlite"), 1))
                .hasMessageContaining("--out");
    }

    @Test
    void aDirectoryWhereNobodyMayWrite() {
        Path system = Path.of("/proc/self");
        assumeTrue(Files.isDirectory(system), "needs /proc");
        assertFails(Kind.NOT_WRITABLE, () -> Examples.create(system.resolve("ledger.sqlite"), 1))
                .hasMessageContaining("--out");
    }

    @Test
    void anArchivedLedgerInAReadOnlyDirectoryIsRead() throws Exception {
        try (SqliteLedger ledger = Examples.create(file, 1)) {
            ledger.record(Examples.raced("c0", 0));
        }
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("r-xr-xr-x"));
        try (LedgerReader reader =
                SqliteLedger.openReadOnly(
                        file)) { // root may write all the same: then not immutable
            assertThat(reader.instances("c0", Purpose.RACE))
                    .containsExactly(Examples.raced("c0", 0));
        } finally {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        try (Connection connection = Database.openImmutable(file);
                LedgerReader reader = new LedgerReader(file, connection, () -> {})) {
            assertThat(reader.instances("c0", Purpose.RACE))
                    .containsExactly(Examples.raced("c0", 0));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "true, true, false",
        "true, false, false",
        "false, true, false",
        "false, false, true"
    })
    void onlyAnArchiveIsReadWithoutLocks(boolean writable, boolean log, boolean immutable) {
        assertThat(Database.immutable(writable, log)).isEqualTo(immutable);
    }

    @ParameterizedTest
    @CsvSource({
        "ext4, WAL", "xfs, WAL", "tmpfs, WAL", "overlay, WAL", "btrfs, WAL", "fuseblk, WAL",
                "apfs, WAL",
        "nfs, DELETE", "nfs4, DELETE", "NFS, DELETE", "lustre, DELETE", "afs, DELETE",
                "cifs, DELETE", "smb3, DELETE",
        "fuse.sshfs, DELETE", "fuse.glusterfs, DELETE"
    })
    void networkFileSystemsAreKnownByTheirType(String type, JournalMode mode) {
        assertThat(JournalMode.forType(type)).isEqualTo(mode);
    }
}
