package dev.mettle.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/** How SQLite makes a transaction atomic. */
enum JournalMode {
    /**
     * Write-ahead log: readers and the writer never wait for each other; needs memory shared by all
     * processes.
     */
    WAL,
    /**
     * Rollback journal: works where WAL does not; a reader may make the writer wait for a moment.
     */
    DELETE;

    /** Types of file systems (as Linux names them) whose clients do not share memory. */
    private static final Set<String> NETWORK =
            Set.of(
                    "nfs",
                    "nfs4",
                    "lustre",
                    "afs",
                    "cifs",
                    "smb",
                    "smb2",
                    "smb3",
                    "smbfs",
                    "ncpfs",
                    "9p",
                    "drvfs",
                    "beegfs",
                    "ceph",
                    "gpfs",
                    "panfs",
                    "pvfs2",
                    "orangefs",
                    "coda",
                    "ocfs2",
                    "gfs2");

    /**
     * Returns the mode for files of a directory: {@link #WAL} unless it is on a network file
     * system.
     */
    static JournalMode forDirectory(Path directory) {
        try {
            return forType(Files.getFileStore(directory).type());
        } catch (IOException e) {
            return DELETE; // an unknown file system: the mode that works everywhere
        }
    }

    /** Returns the mode for a type of file system, such as ext4. */
    static JournalMode forType(String type) {
        String name = type.toLowerCase(Locale.ROOT);
        return NETWORK.contains(name) || name.startsWith("fuse.") ? DELETE : WAL;
    }
}
