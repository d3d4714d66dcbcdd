package dev.mettle.tables;

import dev.mettle.data.DataFile;
import dev.mettle.data.DataFormat;

import java.nio.file.Path;
import java.util.List;

/** Parquet files, which begin with PAR1. */
public final class ParquetFormat implements DataFormat {
    static final String ENDING = ".parquet";

    private static final byte[] MAGIC = {'P', 'A', 'R', '1'};

    @Override
    public String name() {
        return "Parquet files (.parquet)";
    }

    @Override
    public List<String> endings() {
        return List.of(ENDING);
    }

    @Override
    public boolean reads(byte[] head, Path path) {
        return head.length >= MAGIC.length
                && head[0] == MAGIC[0]
                && head[1] == MAGIC[1]
                && head[2] == MAGIC[2]
                && head[3] == MAGIC[3];
    }

    @Override
    public DataFile open(Path path) {
        return ParquetFile.open(path);
    }
}
