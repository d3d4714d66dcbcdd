package dev.mettle.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.mettle.calorimeter.simulation.ShowerArrays;
import dev.mettle.core.study.DataSource;
import dev.mettle.core.study.Detector;
import dev.mettle.core.study.EnergySpectrum;
import dev.mettle.core.study.ShowerSet;
import dev.mettle.data.DataArray;
import dev.mettle.data.NpzWriter;

import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;

/** {@code simulate calorimeter}: showers of photons in a Shashlik calorimeter, as a file. */
@Command(
        name = "calorimeter",
        sortOptions = false,
        description = {
            "Simulates showers of photons in a Shashlik calorimeter and writes them as a NumPy"
                    + " archive: cells (n, 15, 15) in GeV, energy in GeV, x and y in mm; of the"
                    + " complex set also theta and phi in rad, and pileup in GeV.",
            "The same seed gives the same showers on any machine and any number of threads."
        },
        footer = {
            "",
            "Example: mettle simulate calorimeter --events 60000 --seed 1 --out showers.npz",
            "A study can simulate by itself: data: {simulate: {events: 60000, seed: 1}, ...}"
        })
final class SimulateCalorimeterCommand implements Callable<Integer> {
    /** Words of the option {@code --energy}. */
    enum Energy {
        uniform,
        log_uniform;

        @Override
        public String toString() {
            return name().replace('_', '-');
        }
    }

    private final Console console;

    @Option(names = "--events", required = true, paramLabel = "N", description = "How many.")
    private int events;

    @Option(
            names = "--seed",
            required = true,
            paramLabel = "S",
            description = "Of the events: 0 or more.")
    private long seed;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "F.npz",
            description = "The file to write.")
    private Path out = Path.of("showers.npz");

    @Option(
            names = "--set",
            paramLabel = "SET",
            description =
                    "simple: one photon, normal to the face, on the central cell; complex: tilted"
                            + " up to 15 degrees, on the central 3 x 3 cells, half of them with"
                            + " pile-up. simple by default.")
    private ShowerSet set = ShowerSet.SIMPLE;

    @Option(
            names = "--energy",
            paramLabel = "E",
            description = "${COMPLETION-CANDIDATES}; uniform by default.")
    private Energy energy = Energy.uniform;

    @Option(names = "--min-energy", paramLabel = "GEV", description = "Least energy; 1 GeV.")
    private double least = 1;

    @Option(names = "--max-energy", paramLabel = "GEV", description = "Largest energy; 100 GeV.")
    private double most = 100;

    @Mixin private Threads threads = new Threads();

    @Mixin private JsonOption json = new JsonOption();

    @Option(names = "--force", description = "Replace the file if it is there.")
    private boolean force;

    @ArgGroup(validate = false, heading = "%nThe detector (the words of data: simulate):%n")
    private DetectorOptions detector = new DetectorOptions();

    SimulateCalorimeterCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        DataSource.Simulation simulation = simulation();
        refuseToOverwrite();
        long start = System.nanoTime();
        CountProgress progress =
                new CountProgress(console, "showers", simulation.events(), System::nanoTime);
        ShowerArrays arrays = new ShowerArrays(simulation, threads.count(), progress::finished);
        write(arrays);
        progress.end();
        double seconds = (System.nanoTime() - start) / 1e9;
        if (json.wanted()) {
            console.result(document(arrays, seconds));
        } else {
            console.result(
                    String.format(
                            Locale.ROOT,
                            "Wrote %s: %s; %s, %s showers/s.",
                            out,
                            arrays.listing(),
                            Numbers.duration(seconds),
                            Numbers.shown(events / seconds)));
        }
        return ExitCode.DONE;
    }

    private DataSource.Simulation simulation() {
        if (seed < 0) {
            throw new UserException("--seed (%d) must be 0 or more.".formatted(seed));
        }
        Detector built = detector.detector();
        int limit = (Integer.MAX_VALUE - 8) / built.cells();
        if (events < 1 || events > limit) {
            throw new UserException(
                    "--events (%d) must be from 1 to %d: one array holds the cells of no more. Write several files, each with a seed of its own."
                            .formatted(events, limit));
        }
        DataSource.Simulation simulation =
                new DataSource.Simulation(built, set, spectrum(), events, seed);
        requireMemory(simulation);
        return simulation;
    }

    private EnergySpectrum spectrum() {
        EnergySpectrum.Kind kind =
                switch (energy) {
                    case uniform -> EnergySpectrum.Kind.UNIFORM;
                    case log_uniform -> EnergySpectrum.Kind.LOG_UNIFORM;
                };
        try {
            return new EnergySpectrum(kind, least, most);
        } catch (IllegalArgumentException e) {
            throw new UserException("--min-energy, --max-energy: " + e.getMessage());
        }
    }

    private static void requireMemory(DataSource.Simulation simulation) {
        long bytes = ShowerArrays.bytes(simulation) + MemoryEstimate.PROGRAM_BYTES;
        long available = Runtime.getRuntime().maxMemory();
        if (bytes > available) {
            throw new UserException(
                    "--events (%d) need %s of memory, but the program may use %s. Write several files, or allow more: METTLE_JAVA_OPTIONS=-Xmx%dg."
                            .formatted(
                                    simulation.events(),
                                    MemoryEstimate.gigabytes(bytes),
                                    MemoryEstimate.gigabytes(available),
                                    2 + bytes / 1_000_000_000));
        }
    }

    /** Found before an hour of simulation, not after it. */
    private void refuseToOverwrite() {
        if (Files.isDirectory(out)) {
            throw new UserException("--out %s: is a directory; name a file in it.".formatted(out));
        }
        Path folder = out.toAbsolutePath().getParent();
        if (folder != null && !Files.isDirectory(folder)) {
            throw new UserException(
                    "--out %s: there is no directory %s; make it first.".formatted(out, folder));
        }
        if (Files.exists(out) && !force) {
            throw new UserException(
                    "--out %s: the file is there already; name another, or replace it with --force."
                            .formatted(out));
        }
    }

    private void write(ShowerArrays arrays) throws IOException {
        try (NpzWriter writer = NpzWriter.create(out)) {
            for (String name : arrays.names()) {
                DataArray array = arrays.array(arrays.key(), name);
                writer.write(name, array.shape(), array.toFloats());
            }
            writer.finish();
        } catch (IOException e) {
            throw Failures.cannotWrite(out.toString(), e, "choose another --out");
        }
    }

    private ObjectNode document(ShowerArrays arrays, double seconds) throws IOException {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("file", out.toString());
        document.put("bytes", Files.size(out));
        document.put("events", events);
        document.put("seed", seed);
        document.put("set", set.name().toLowerCase(Locale.ROOT));
        document.put("seconds", seconds);
        document.put("showers_per_second", events / seconds);
        ObjectNode shapes = document.putObject("arrays");
        for (String name : arrays.names()) {
            ArrayNode shape = shapes.putArray(name);
            arrays.array(arrays.key(), name).shape().forEach(shape::add);
        }
        return document;
    }
}
