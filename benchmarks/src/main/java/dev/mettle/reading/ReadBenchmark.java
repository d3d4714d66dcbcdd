package dev.mettle.reading;

import dev.mettle.data.DataFile;
import dev.mettle.data.DataFiles;
import dev.mettle.data.DataFormat;
import dev.mettle.tables.ParquetFormat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Reads a table in several formats, by Mettle and by DuckDB, in turns, and prints wall times. */
final class ReadBenchmark {
    private static final int COLUMNS = 20;
    private static final double NANOS = 1e6;

    private ReadBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        int rows = Integer.parseInt(arguments[0]);
        int rounds = Integer.parseInt(arguments[1]);
        Path folder = Files.createTempDirectory("mettle-read");
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement duck = connection.createStatement()) {
            write(duck, folder, rows);
            System.out.printf(
                    "%,d rows x %d columns; medians of %d rounds, milliseconds%n",
                    rows, COLUMNS, rounds);
            System.out.println("file       MB  Mettle  DuckDB sum  DuckDB table  ratio to table");
            for (String ending : List.of("csv", "parquet")) {
                compare(duck, folder.resolve("table." + ending), ending, rounds);
            }
        } finally {
            try (var files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(folder);
        }
    }

    private static void write(Statement duck, Path folder, int rows) throws SQLException {
        String columns =
                IntStream.range(0, COLUMNS)
                        .mapToObj("random() * 200 - 100 AS c%d"::formatted)
                        .collect(Collectors.joining(", "));
        duck.execute("SELECT setseed(0.5)");
        duck.execute("CREATE TABLE made AS SELECT %s FROM range(%d)".formatted(columns, rows));
        duck.execute("COPY made TO '%s'".formatted(folder.resolve("table.csv")));
        duck.execute("COPY made TO '%s'".formatted(folder.resolve("table.parquet")));
        duck.execute("DROP TABLE made");
    }

    private static void compare(Statement duck, Path file, String ending, int rounds)
            throws Exception {
        String table = "read_%s('%s')".formatted(ending, file);
        String sums =
                IntStream.range(0, COLUMNS)
                        .mapToObj("sum(c%d)"::formatted)
                        .collect(Collectors.joining(", "));
        List<Double> mettle = new ArrayList<>();
        List<Double> sum = new ArrayList<>();
        List<Double> create = new ArrayList<>();
        for (int round = 0; round <= rounds; round++) {
            double own = millis(() -> read(file));
            double summed = millis(() -> rows(duck, "SELECT " + sums + " FROM " + table));
            double made = millis(() -> duck.execute("CREATE OR REPLACE TABLE t AS FROM " + table));
            if (round > 0) { // the first one warms up
                mettle.add(own);
                sum.add(summed);
                create.add(made);
            }
        }
        System.out.printf(
                "%-8s %4d  %6.0f  %10.0f  %12.0f  %14.2f%n",
                ending,
                Files.size(file) >> 20,
                median(mettle),
                median(sum),
                median(create),
                median(mettle) / median(create));
    }

    private static int rows(Statement duck, String query) throws SQLException {
        int count = 0;
        try (ResultSet result = duck.executeQuery(query)) {
            while (result.next()) {
                count++;
            }
        }
        return count;
    }

    /** Reads all columns to floats, as a study with all of them as its input does. */
    private static float read(Path path) throws IOException {
        List<DataFormat> formats = new ArrayList<>(DataFiles.formats());
        formats.addFirst(new ParquetFormat());
        float sum = 0;
        try (DataFile file = DataFiles.open(path, formats)) {
            file.expect(Set.copyOf(file.names()));
            for (String name : file.names()) {
                float[] values = file.array("input", name).toFloats();
                sum += values[values.length - 1];
            }
        }
        return sum;
    }

    private static double millis(Callable<?> work) throws Exception {
        long start = System.nanoTime();
        work.call();
        return (System.nanoTime() - start) / NANOS;
    }

    private static double median(List<Double> values) {
        double[] sorted = values.stream().mapToDouble(value -> value).toArray();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
