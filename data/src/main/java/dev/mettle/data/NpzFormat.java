package dev.mettle.data;

import java.nio.file.Path;
import java.util.List;

/** NumPy archives: zip files, whose first bytes are "PK". */
final class NpzFormat implements DataFormat {
    @Override
    public String name() {
        return "NumPy archives (.npz)";
    }

    @Override
    public List<String> endings() {
        return List.of(".npz");
    }

    @Override
    public boolean reads(byte[] head, Path path) {
        return head.length > 1 && head[0] == 'P' && head[1] == 'K';
    }

    @Override
    public DataFile open(Path path) {
        return NpzFile.open(path);
    }
}
