package dev.mettle.cli;

import dev.mettle.calorimeter.CalorimeterFeatures;
import dev.mettle.calorimeter.simulation.ShowerArrays;
import dev.mettle.cli.yaml.YamlReader;
import dev.mettle.core.data.Dataset;
import dev.mettle.core.data.Partition;
import dev.mettle.core.data.SampleSource;
import dev.mettle.core.data.Scale;
import dev.mettle.core.instance.Baseline;
import dev.mettle.core.instance.HeldOut;
import dev.mettle.core.run.CandidateRecord;
import dev.mettle.core.run.Provenance;
import dev.mettle.core.run.RunPlan;
import dev.mettle.core.selection.SelectionAlgorithm;
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
import dev.mettle.data.Splitter;
import dev.mettle.engine.CompilationListener;
import dev.mettle.engine.NetworkTrainer;
import dev.mettle.ledger.SqliteLedger;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A study that was found valid as a whole, with its data in memory. */
final class OpenStudy {
    private final Path file;
    private final Study study;
    private final Dataset data;
    private final Partition partition;
    private final SampleSource samples;

    private OpenStudy(Path file, Study study, Dataset data) {
        this.file = file;
        this.study = study;
        this.data = data;
        this.partition = Splitter.split(data.rows(), study.data());
        this.samples = new PoolSampler(data, partition, study.data(), study.sample());
        requireMeasurable(partition.validation(), "validation");
        requireMeasurable(partition.test(), "test");
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

    /**
     * Reads a study file and its data.
     *
     * @throws UserException with every problem of the file, a line each
     */
    static OpenStudy read(Path file) {
        try {
            return parse(file, YamlReader.text(file));
        } catch (StudyException wrong) {
            throw new UserException(wrong.render(file.toString()));
        }
    }

    /**
     * Reads the text of a study whose data are looked up beside {@code file}.
     *
     * @throws UserException with every problem of the text, a line each
     */
    static OpenStudy parse(Path file, String text) {
        Loaded loaded = new Loaded(file.toAbsolutePath().resolveSibling(""));
        try {
            Study study = StudyReader.read(YamlReader.parse(text), text, loaded::inspect);
            return new OpenStudy(file, study, loaded.data());
        } catch (StudyException wrong) {
            throw new UserException(wrong.render(file.toString()));
        }
    }

    /**
     * Reads the study of a run from its ledger; its data are looked up beside the study file as it
     * was then.
     */
    static OpenStudy ofRun(RunDirectory directory) {
        try (var ledger = SqliteLedger.openReadOnly(directory.ledger())) {
            Provenance provenance = ledger.provenance();
            return parse(Path.of(provenance.studyFile()), provenance.studyText());
        }
    }

    /** Tells whether the text of another study means the same as this one. */
    boolean meansTheSameAs(String text) {
        try {
            Study other =
                    StudyReader.read(
                            YamlReader.parse(text),
                            text,
                            _ -> new DataFacts(data.inputShape(), data.rows(), data.task()));
            return withoutText(other).equals(withoutText(study));
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
        return study.candidates().stream()
                .map(c -> new CandidateRecord(c.id(), c.settings(), c.parameters()))
                .toList();
    }

    /** Returns what a run of the study sets out to do. */
    RunPlan plan(SelectionAlgorithm algorithm) {
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
                algorithm.trainingsAtMost(),
                study.selection().per(),
                study.certificate());
    }

    /** Loads the data once the section {@code data} is known to be sound, and keeps it. */
    private static final class Loaded {
        private final Path directory;
        private Optional<Dataset> data = Optional.empty();

        Loaded(Path directory) {
            this.directory = directory;
        }

        DataFacts inspect(DataSettings settings) {
            List<DerivedFeatures> derived = List.of(new CalorimeterFeatures());
            LoadedData read =
                    switch (settings.source()) {
                        case DataSource.File _ -> DataLoader.load(settings, directory, derived);
                        case DataSource.Simulation simulation ->
                                DataLoader.load(settings, showers(simulation), derived);
                    };
            data = Optional.of(read.dataset());
            return read.facts();
        }

        private static ShowerArrays showers(DataSource.Simulation simulation) {
            return new ShowerArrays(
                    simulation, Runtime.getRuntime().availableProcessors(), _ -> {});
        }

        Dataset data() {
            return data.orElseThrow();
        }
    }
}
