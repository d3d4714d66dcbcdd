package dev.mettle.data;

import dev.mettle.core.study.DataException;
import dev.mettle.core.study.SplitSettings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds and opens the files that a study names, perhaps by a pattern. */
final class StudyFiles {
    private StudyFiles() {}

    /**
     * Opens the file of a study, or those that match, and those of its held-out rows.
     *
     * @param path as written
     * @param folder from which paths are looked up
     */
    static DataFile open(String path, SplitSettings split, Path folder, List<DataFormat> formats) {
        if (!(split instanceof SplitSettings.Files(String validation, String test))) {
            return open(path, folder, formats);
        }
        List<JoinedFile.Member> members = new ArrayList<>();
        add(members, paths(path, folder), GivenParts.POOL);
        add(members, heldOut(validation, folder), GivenParts.VALIDATION);
        add(members, heldOut(test, folder), GivenParts.TEST);
        requireDifferent(members);
        return JoinedFile.open(path, members, formats);
    }

    /** Opens a file, or those that match a pattern as one. */
    static DataFile open(String path, Path folder, List<DataFormat> formats) {
        List<Path> paths = paths(path, folder);
        if (paths.size() == 1) {
            return DataFiles.open(paths.getFirst(), formats);
        }
        List<JoinedFile.Member> members = new ArrayList<>();
        add(members, paths, GivenParts.POOL);
        return JoinedFile.open(path, members, formats);
    }

    private static void add(List<JoinedFile.Member> members, List<Path> paths, int part) {
        paths.forEach(path -> members.add(new JoinedFile.Member(path, part)));
    }

    private static List<Path> heldOut(String path, Path folder) {
        try {
            List<Path> paths = paths(path, folder);
            for (Path one : paths) {
                if (!Files.exists(one)) {
                    throw FileChecks.absent(one, List.of());
                }
            }
            return paths;
        } catch (DataException e) {
            throw new DataException("split", String.valueOf(e.getMessage()));
        }
    }

    /** A file that is there is taken as it is called, whatever its name. */
    private static List<Path> paths(String path, Path folder) {
        try {
            Path plain = folder.resolve(path).normalize();
            return !FilePattern.isPattern(path) || Files.exists(plain)
                    ? List.of(plain)
                    : FilePattern.files(path, folder);
        } catch (InvalidPathException e) {
            throw new DataException(
                    FileChecks.KEY,
                    "'%s' is not a path (%s)."
                            .formatted(path.replaceAll("\\p{Cntrl}", "?"), e.getReason()));
        }
    }

    private static void requireDifferent(List<JoinedFile.Member> members) {
        Set<Path> seen = new HashSet<>();
        for (JoinedFile.Member member : members) {
            if (!seen.add(real(member.path()))) {
                throw new DataException(
                        "split",
                        "%s is named for two of pool, validation and test; rows that are trained on say nothing as held-out rows. Name other files, or a pattern that leaves it out."
                                .formatted(member.path()));
            }
        }
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            return path; // opening it says what is wrong
        }
    }
}
