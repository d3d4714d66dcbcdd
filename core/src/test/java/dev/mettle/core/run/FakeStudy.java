package dev.mettle.core.run;

import dev.mettle.core.data.Task;
import dev.mettle.core.network.Layer;
import dev.mettle.core.network.Network;
import dev.mettle.core.study.Candidate;
import dev.mettle.core.study.CertificateSettings;
import dev.mettle.core.study.DataSettings;
import dev.mettle.core.study.HeldOutLoss;
import dev.mettle.core.study.Initialisation;
import dev.mettle.core.study.Loss;
import dev.mettle.core.study.Optimizer;
import dev.mettle.core.study.Recipe;
import dev.mettle.core.study.ScaleKind;
import dev.mettle.core.study.SelectionSettings;
import dev.mettle.core.study.StabilityStop;
import dev.mettle.core.study.Study;
import dev.mettle.core.study.TargetSettings;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** Studies that nobody trains, of candidates c00, c01, ..., and their ledgers. */
final class FakeStudy {
    static final long SEED = 7;

    private FakeStudy() {}

    static MemoryLedger ledger(Study study) {
        RunPlan plan =
                new RunPlan(
                        Task.regression("y"),
                        List.of(ScaleKind.NONE),
                        new HeldOutLoss.Mse(),
                        10,
                        100,
                        20,
                        20,
                        0,
                        "progressive",
                        "mean",
                        10,
                        99,
                        study.selection().per(),
                        study.certificate());
        Provenance provenance =
                new Provenance(
                        "s", "/s.yaml", "", SEED, "abc", "1", "jdk", "cpu", 512, "host", "now");
        return new MemoryLedger(
                provenance,
                plan,
                study.candidates().stream()
                        .map(c -> new CandidateRecord(c.id(), c.settings(), c.parameters()))
                        .toList());
    }

    /** Returns a study whose candidates have the dimension "parity". */
    static Study of(
            int count, SelectionSettings selection, Optional<CertificateSettings> certificate) {
        List<Candidate> candidates = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            LinkedHashMap<String, String> settings = new LinkedHashMap<>();
            settings.put("parity", i % 2 == 0 ? "even" : "odd");
            candidates.add(
                    new Candidate(
                            "c%02d".formatted(i),
                            settings,
                            new Network(List.of(new Layer.Dense(1))),
                            new Recipe(
                                    new Loss.Mse(),
                                    new Optimizer.Sgd(0.1, 0, false, 0),
                                    Initialisation.KAIMING_UNIFORM,
                                    8,
                                    3,
                                    new StabilityStop.Off()),
                            2));
        }
        return new Study(
                "s",
                SEED,
                new DataSettings(
                        "f",
                        1,
                        "x",
                        ScaleKind.NONE,
                        TargetSettings.regression("y", ScaleKind.NONE),
                        List.of(),
                        20,
                        20),
                Task.regression("y"),
                10,
                candidates,
                0,
                Optional.empty(),
                new HeldOutLoss.Mse(),
                selection,
                certificate,
                "",
                List.of());
    }
}
