package dev.mettle.cli;

import dev.mettle.calorimeter.CalorimeterFeatures;
import dev.mettle.calorimeter.simulation.ShowerArrays;
import dev.mettle.cli.sampling.SobolPoints;
import dev.mettle.cli.yaml.YamlReader;
import dev.mettle.core.data.Dataset;
import dev.mettle.core.data.Partition;
import dev.mettle.core.data.SampleSource;
import dev.mettle.core.data.Scale;
import dev.mettle.core.instance.Baseline;
import dev.mettle.core.instance.HeldOut;
import dev.mettle.core.run.CandidateRecord;
import dev.mettle.core.run.Provenance;
import dev.mettle.core.run.RaceRounds;
import dev.mettle.core.run.RunPlan;
import dev.mettle.core.run.RunRecord;
import dev.mettle.core.run.SplitWords;
import dev.mettle.core.study.Candidate;
import dev.mettle.core.study.CandidateSpace;
import dev.mettle.core.study.DataFacts;
import dev.mettle.core.study.DataSettings;
import dev.mettle.core.study.DataSource;
import dev.mettle.core.study.DerivedFeatures;
import dev.mettle.core.study.ScaleKind;
import dev.mettle.core.study.Study;
import dev.mettle.core.study.StudyException;
import dev.mettle.core.study.StudyReader;
import dev.mettle.data.DataLoader;
import dev.mettle.data.LoadedData;
import dev.mettle.data.PoolSampler;
import dev.mettle.data.RowExpressions;
import dev.mettle.engine.CompilationListener;
import dev.mettle.engine.NetworkTrainer;
import dev.mettle.ledger.SqliteLedger;
import dev.mettle.tables.SqlExpressions;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/** A study that was found valid as a whole, with its data in memory. */
final class OpenStudy {
    private final Path file;
    private final Study asWritten;
    private final CandidateSpace space;
    private final Study study;
    private final Dataset data;
    private final Partition partition;
    private final int leaked;
    private final SampleSource samples;

    private OpenStudy(Path file, StudyReader.Opened opened, LoadedData loaded) {
        this.file = file;
        this.asWritten = opened.study();
        this.space = opened.space();
        this.study = asWritten;
        this.data = loaded.dataset();
        this.partition = loaded.partition().orElseThrow();
        this.leaked = loaded.leaked();
        this.samples = new PoolSampler(data, partition, study.data(), study.sample());
        requireMeasurable(partition.validation(), "validation");
        requireMeasurable(partition.test(), "test");
    }

    private OpenStudy(OpenStudy other, List<Candidate> candidates) {
        this.file = other.file;
        this.asWritten = other.asWritten;
        this.space = other.space;
        this.study = asWritten.with(candidates);
        this.data = other.data;
        this.partition = other.partition;
        this.leaked = other.leaked;
        this.samples = other.samples;
    }

    /** Finds targets whose loss is undefined on these rows before anything is trained on them. */
    private void requireMeasurable(int[] rows, String part) {
        List<Scale.Transform> transforms =
                study.data().target().scales().stream().map(ScaleKind::transform).toList();
        try {
            HeldOut.of(data, rows, transforms, study.loss());
        } catch (IllegalArgumentException e) {
            throw new UserException(
                    "%s: %s rows: %s Hold out more rows, or leave the target out."
                            .formatted(file, part, e.getMessage()));
        }
    }

    /** As {@link #read(Path, Console)}, without a word about a simulation that takes time. */
    static OpenStudy read(Path file) {
        return read(file, Console.silent());
    }

    /**
     * Reads a study file and its data. Where they are simulated, the console shows how far that is.
     *
     * @throws UserException with every problem of the file, a line each
     */
    static OpenStudy read(Path file, Console console) {
        return read(file, console, System::nanoTime);
    }

    /** As {@link #read(Path, Console)}, with the clock given. */
    static OpenStudy read(Path file, Console console, LongSupplier nanoTime) {
        try {
            return parse(file, YamlReader.text(file), console, nanoTime);
        } catch (StudyException wrong) {
            throw new UserException(wrong.render(file.toString()));
        }
    }

    /**
     * Reads the text of a study whose data are looked up beside {@code file}; see {@link
     * #read(Path, Console)}.
     *
     * @throws UserException with every problem of the text, a line each
     */
    static OpenStudy parse(Path file, String text, Console console) {
        return parse(file, text, console, System::nanoTime);
    }

    private static OpenStudy parse(Path file, String text, Console console, LongSupplier nanoTime) {
        Loaded loaded = new Loaded(file.toAbsolutePath().resolveSibling(""), console, nanoTime);
        try {
            StudyReader.Opened opened =
                    StudyReader.open(
                            YamlReader.parse(text), text, loaded::inspect, new SobolPoints());
            return new OpenStudy(file, opened, loaded.data());
        } catch (StudyException wrong) {
            throw new UserException(wrong.render(file.toString()));
        }
    }

    /**
     * Reads the study of a run from its ledger; its data are looked up beside the study file as it
     * was then.
     */
    static OpenStudy ofRun(RunDirectory directory, Console console) {
        try (var ledger = SqliteLedger.openReadOnly(directory.ledger())) {
            return ofRun(ledger, Optional.empty(), console);
        }
    }

    /**
     * Reads the study of a run; its data are looked up beside {@code where}, or where they were
     * then.
     */
    static OpenStudy ofRun(RunRecord run, Optional<Path> where, Console console) {
        Provenance then = run.provenance();
        return parse(where.orElse(Path.of(then.studyFile())), then.studyText(), console)
                .knowing(run);
    }

    /** Returns the study with the candidates of its run, which later rounds may have drawn. */
    OpenStudy knowing(RunDirectory directory) {
        return Candidates.look(directory, run -> run.map(this::knowing).orElse(this));
    }

    /** Returns the study with all candidates of a run that its own space has. */
    OpenStudy knowing(RunRecord run) {
        if (run.rounds().isEmpty()) {
            return this;
        }
        Set<String> ids = new HashSet<>();
        List<Candidate> candidates = new ArrayList<>(study.candidates());
        candidates.forEach(candidate -> ids.add(candidate.id()));
        for (CandidateRecord record : run.candidates()) {
            if (ids.add(record.id())) {
                space.restored(record.id(), record.settings()).ifPresent(candidates::add);
            }
        }
        return new OpenStudy(this, candidates);
    }

    /** Tells whether the text of another study means the same as this one. */
    boolean meansTheSameAs(String text) {
        try {
            Study other =
                    StudyReader.read(
                            YamlReader.parse(text),
                            text,
                            _ ->
                                    new DataFacts(
                                            data.inputShape(),
                                            data.rows(),
                                            data.task(),
                                            data.categories().columns(),
                                            List.of(),
                                            Optional.of(DataFacts.Parts.of(partition))),
                            new SobolPoints());
            return withoutText(other).equals(withoutText(asWritten));
        } catch (StudyException _) {
            return false;
        }
    }

    private static Study withoutText(Study study) {
        return new Study(
                study.name(),
                study.seed(),
                study.data(),
                study.task(),
                study.sample(),
                study.candidates(),
                study.excluded(),
                study.sampling(),
                study.loss(),
                study.selection(),
                study.certificate(),
                "",
                List.of());
    }

    Path file() {
        return file;
    }

    Study study() {
        return study;
    }

    Dataset data() {
        return data;
    }

    Partition partition() {
        return partition;
    }

    SampleSource samples() {
        return samples;
    }

    /** Returns a trainer for the study's instances; the listener hears if it is slow. */
    NetworkTrainer trainer(CompilationListener listener) {
        return new NetworkTrainer(study.seed(), data, partition, samples, study.loss(), listener);
    }

    /** Returns the study's baseline; empty when its data are too large for one. */
    Optional<Baseline> baseline() {
        return Baselines.of(study, data);
    }

    /** Returns the checksum by which ledgers recognise the test rows. */
    String testChecksum() {
        return Checksums.testSet(data.checksum(), partition.test());
    }

    /** Returns the candidates as ledgers keep them. */
    List<CandidateRecord> candidateRecords() {
        return study.candidates().stream().map(CandidateRecord::of).toList();
    }

    /** Returns the races of the study, one for each round. */
    RaceRounds rounds() {
        return new RaceRounds(
                asWritten,
                (round, parents, known) -> space.around(asWritten, round, parents, known));
    }

    /** Returns what a run of the study sets out to do. */
    RunPlan plan() {
        return new RunPlan(
                study.task(),
                study.data().target().scales(),
                study.loss(),
                study.sample(),
                partition.pool().length,
                partition.validation().length,
                partition.test().length,
                study.excluded(),
                study.selection().algorithm().label(),
                study.selection().criterion().label(),
                study.selection().instances(),
                rounds().trainingsAtMost(),
                study.selection().per(),
                study.certificate(),
                SplitWords.of(study.data().split(), partition, data.groups(), leaked));
    }

    /** Tells the user what is doubtful about the study and its data. */
    void warn(Console to) {
        study.warnings().forEach(warning -> to.message("warning: " + warning));
    }

    /** Loads the data once the section {@code data} is known to be sound, and keeps it. */
    private static final class Loaded {
        private final Path directory;
        private final Console console;
        private final LongSupplier nanoTime;
        private Optional<LoadedData> data = Optional.empty();

        Loaded(Path directory, Console console, LongSupplier nanoTime) {
            this.directory = directory;
            this.console = console;
            this.nanoTime = nanoTime;
        }

        DataFacts inspect(DataSettings settings) {
            List<DerivedFeatures> derived = List.of(new CalorimeterFeatures());
            try (RowExpressions expressions = new SqlExpressions()) {
                LoadedData read =
                        switch (settings.source()) {
                            case DataSource.File _ ->
                                    DataLoader.load(
                                            settings,
                                            directory,
                                            derived,
                                            Formats.OTHERS,
                                            expressions);
                            case DataSource.Simulation simulation ->
                                    simulate(settings, simulation, derived, expressions);
                        };
                data = Optional.of(read);
                return read.facts();
            }
        }

        private LoadedData simulate(
                DataSettings settings,
                DataSource.Simulation simulation,
                List<DerivedFeatures> derived,
                RowExpressions expressions) {
            CountProgress progress =
                    new CountProgress(console, "showers simulated", simulation.events(), nanoTime);
            try {
                int threads = Runtime.getRuntime().availableProcessors();
                ShowerArrays showers = new ShowerArrays(simulation, threads, progress::finished);
                return DataLoader.load(settings, showers, derived, expressions);
            } finally {
                progress.end();
            }
        }

        LoadedData data() {
            return data.orElseThrow();
        }
    }
}
