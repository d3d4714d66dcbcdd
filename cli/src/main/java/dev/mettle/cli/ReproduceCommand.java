package dev.mettle.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.mettle.core.instance.InstanceKey;
import dev.mettle.core.instance.InstanceResult;
import dev.mettle.core.instance.Outcome;
import dev.mettle.core.random.Purpose;
import dev.mettle.core.run.Provenance;
import dev.mettle.core.run.RunRecord;
import dev.mettle.core.run.ThreadExecutor;
import dev.mettle.core.study.Candidate;
import dev.mettle.core.study.Study;
import dev.mettle.ledger.LedgerReader;
import dev.mettle.ledger.SqliteLedger;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.concurrent.Callable;

/** {@code reproduce RUN}: trains instances of a run again and compares every bit. */
@Command(
        name = "reproduce",
        description = {
            "Trains instances of a run again and compares every bit: weights, losses, curve.",
            "Nothing is written. Also on another machine: copy the run, the study file and its"
                    + " data there, and name the study file with --study."
        },
        footer = {
            "",
            "Examples: mettle reproduce runs/quick --instance 7",
            "          mettle reproduce runs/quick --all-certified",
            "Exit code 1: a bit differs."
        })
final class ReproduceCommand implements Callable<Integer> {
    /** More instances than these are only counted, but for those that differ. */
    private static final int MOST_SHOWN = 10;

    private final Console console;

    @Parameters(paramLabel = "RUN", description = "Directory of the run.")
    private Path run = Path.of("runs");

    @Option(
            names = "--instance",
            paramLabel = "I",
            split = ",",
            description =
                    "Index of the instance, from 0, or several with commas; the median certified"
                            + " one by default.")
    private List<Integer> instances = List.of();

    @Option(
            names = "--all-certified",
            description = "All instances of all certificates of the run.")
    private boolean allCertified;

    @Option(
            names = "--candidate",
            paramLabel = "C",
            description =
                    "Id or its beginning, 'winner', or c1=8,lr=0.001,...; the winner by default.")
    private @Nullable String candidate;

    @Option(
            names = "--purpose",
            paramLabel = "P",
            description =
                    "What the instance was trained for: race, certify or assess; certify by"
                            + " default, whose weights are kept.")
    private Purpose purpose = Purpose.CERTIFY;

    @Option(
            names = "--study",
            paramLabel = "FILE",
            description =
                    "The study file where it is now; its data are looked up beside it. By default"
                            + " where it was when the run began.")
    private @Nullable Path study;

    @Mixin private Threads threads = new Threads();
    @Mixin private JsonOption json = new JsonOption();

    ReproduceCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        requireOneQuestion();
        RunDirectory directory = RunDirectory.existing(run);
        try (LedgerReader ledger = SqliteLedger.openReadOnly(directory.ledger())) {
            OpenStudy open = OpenStudy.ofRun(ledger, Optional.ofNullable(study), console);
            requireSameData(open, ledger.provenance());
            List<InstanceResult> kept =
                    allCertified ? certified(ledger) : named(ledger, open.study());
            List<Retrained> retrained = retrain(open, ledger, kept);
            show(retrained, ledger.provenance());
            return retrained.stream().allMatch(Retrained::isSame) ? ExitCode.DONE : ExitCode.FAILED;
        }
    }

    private static void requireSameData(OpenStudy open, Provenance then) {
        if (!open.data().checksum().equals(then.dataChecksum())) {
            throw new UserException(
                    "the data beside %s are others than those of the run (checksum %.12s, then %.12s): nothing could be the same. Put the run's data there, or name the study file beside them with --study."
                            .formatted(open.file(), open.data().checksum(), then.dataChecksum()));
        }
    }

    /** Returns all instances of all certificates. */
    private static List<InstanceResult> certified(RunRecord ledger) {
        SequencedSet<String> candidates = new LinkedHashSet<>();
        ledger.certificates().forEach(one -> candidates.add(one.candidate()));
        if (candidates.isEmpty()) {
            throw new UserException("the run has no certificate: 'mettle certify' makes one.");
        }
        return candidates.stream()
                .flatMap(id -> ledger.instances(id, Purpose.CERTIFY).stream())
                .toList();
    }

    private List<InstanceResult> named(RunRecord ledger, Study read) {
        String name =
                candidate == null && read.candidates().size() > 1 ? Candidates.WINNER : candidate;
        Candidate chosen = Candidates.choose(read, Optional.of(ledger), name);
        List<InstanceResult> all =
                ledger.instances(chosen.id(), purpose).stream()
                        .filter(one -> one.key().init() == one.key().sample())
                        .toList();
        if (all.isEmpty()) {
            throw new UserException(
                    "the run has no instance of %s with the purpose %s."
                            .formatted(chosen.id(), purpose.name().toLowerCase(Locale.ROOT)));
        }
        if (instances.isEmpty()) {
            return List.of(median(all));
        }
        return instances.stream().map(index -> find(all, index)).toList();
    }

    /** Returns the instance of the lower median loss, ties by index. */
    private static InstanceResult median(List<InstanceResult> all) {
        return all.stream()
                .sorted(
                        Comparator.comparingDouble((InstanceResult one) -> one.outcome().loss())
                                .thenComparingInt(one -> one.key().init()))
                .toList()
                .get((all.size() - 1) / 2);
    }

    private static InstanceResult find(List<InstanceResult> all, int index) {
        return all.stream()
                .filter(one -> one.key().init() == index)
                .findFirst()
                .orElseThrow(() ->
                        new UserException(
                                "--instance %d: the run has the instances %d to %d of it."
                                        .formatted(
                                                index,
                                                all.getFirst().key().init(),
                                                all.getLast().key().init())));
    }

    private List<Retrained> retrain(OpenStudy open, RunRecord ledger, List<InstanceResult> kept)
            throws InterruptedException {
        Map<InstanceKey, Outcome> now = new HashMap<>();
        CountProgress progress =
                new CountProgress(
                        console, "instances trained again", kept.size(), System::nanoTime);
        try (ThreadExecutor executor =
                new ThreadExecutor(
                        open.study().seed(),
                        open.study().candidates(),
                        open.trainer(_ -> {}),
                        Math.min(threads.count(), kept.size()))) {
            executor.execute(
                    kept.stream().map(InstanceResult::key).toList(),
                    result -> {
                        now.put(result.key(), result.outcome());
                        progress.finished(now.size());
                    });
        } finally {
            progress.end();
        }
        return kept.stream()
                .map(one ->
                        new Retrained(
                                one,
                                ledger.weights(one.key()),
                                Objects.requireNonNull(now.get(one.key()))))
                .toList();
    }

    private void show(List<Retrained> all, Provenance then) {
        long same = all.stream().filter(Retrained::isSame).count();
        if (json.wanted()) {
            ObjectNode document = JsonNodeFactory.instance.objectNode();
            document.put("run", run.toString());
            document.put("software", then.software());
            document.put("same", same == all.size());
            ArrayNode list = document.putArray("instances");
            all.forEach(one -> one.writeTo(list.addObject()));
            console.result(document);
            return;
        }
        all.stream()
                .filter(one -> all.size() <= MOST_SHOWN || !one.isSame())
                .forEach(one -> console.result(one.text()));
        console.result(
                "%,d of %,d instances have the same bits as in the run (%s)"
                        .formatted(same, all.size(), then.software()));
    }

    private void requireOneQuestion() {
        if (allCertified && (!instances.isEmpty() || candidate != null)) {
            throw new UserException(
                    "--all-certified takes every certified instance: leave --instance and"
                            + " --candidate out.");
        }
    }
}
