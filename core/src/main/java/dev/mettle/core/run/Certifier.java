package dev.mettle.core.run;

import dev.mettle.core.instance.InstanceExecutor;
import dev.mettle.core.instance.InstanceKey;
import dev.mettle.core.instance.InstanceResult;
import dev.mettle.core.random.Purpose;
import dev.mettle.core.selection.Ranked;
import dev.mettle.core.statistics.Losses;
import dev.mettle.core.statistics.ToleranceBound;
import dev.mettle.core.study.CertificateSettings;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Certifies a candidate on fresh, independent (init, sample) pairs that selection never touched.
 * Attempt a of a run uses pairs (a - 1) n to a n - 1, whichever candidate it tries, so a
 * certificate of two winners shares its samples: each holds by itself with its own confidence.
 */
public final class Certifier {
    private final CertificateSettings settings;
    private final InstanceExecutor executor;
    private final Ledger ledger;
    private final String testChecksum;
    private final RunListener listener;

    /** Takes the checksum of data and test rows, by which the ledger counts looks at them. */
    public Certifier(
            CertificateSettings settings,
            InstanceExecutor executor,
            Ledger ledger,
            String testChecksum,
            RunListener listener) {
        this.settings = settings;
        this.executor = executor;
        this.ledger = ledger;
        this.testChecksum = testChecksum;
        this.listener = listener;
    }

    /**
     * Tries finalists, best first, until one is certified or the attempts declared are used up.
     * What the ledger holds is not trained again.
     *
     * @return the certificates of all attempts made, in order; the last one decides
     */
    public List<CertificateRecord> certify(List<Ranked> finalists) throws InterruptedException {
        List<CertificateRecord> tried = new ArrayList<>();
        int attempts = Math.min(settings.attempts(), finalists.size());
        for (int attempt = 1; attempt <= attempts; attempt++) {
            CertificateRecord certificate = attempt(finalists.get(attempt - 1), attempt);
            tried.add(certificate);
            if (certificate.certified()) {
                break;
            }
        }
        return tried;
    }

    private CertificateRecord attempt(Ranked finalist, int attempt) throws InterruptedException {
        for (CertificateRecord known : ledger.certificates()) {
            if (known.candidate().equals(finalist.candidate()) && known.attempt() == attempt) {
                return known;
            }
        }
        Losses losses = losses(finalist, attempt);
        int rank =
                ToleranceBound.rank(
                        losses.count(), settings.coverage(), settings.confidencePerAttempt());
        double bound = ToleranceBound.bound(losses, rank);
        CertificateRecord certificate =
                new CertificateRecord(
                        finalist.candidate(),
                        finalist.group(),
                        attempt,
                        settings.attempts(),
                        losses.count(),
                        settings.coverage(),
                        settings.confidence(),
                        rank,
                        bound,
                        bound < Double.POSITIVE_INFINITY,
                        looks() + 1,
                        testChecksum);
        ledger.recordCertificate(certificate);
        ledger.flush();
        listener.certified(certificate);
        return certificate;
    }

    private int looks() {
        return (int)
                ledger.certificates().stream()
                        .filter(c -> c.testChecksum().equals(testChecksum))
                        .count();
    }

    private Losses losses(Ranked finalist, int attempt) throws InterruptedException {
        List<InstanceKey> wanted = keys(finalist.candidate(), attempt, settings.instances());
        Set<InstanceKey> known = new HashSet<>();
        List<Double> losses = new ArrayList<>();
        for (InstanceResult result : ledger.instances(finalist.candidate(), Purpose.CERTIFY)) {
            if (wanted.contains(result.key())) {
                known.add(result.key());
                losses.add(result.outcome().loss());
            }
        }
        List<InstanceKey> missing = wanted.stream().filter(key -> !known.contains(key)).toList();
        listener.certifying(finalist, attempt, missing.size());
        executor.execute(
                missing,
                result -> {
                    ledger.record(result);
                    losses.add(result.outcome().loss());
                    listener.finished(result);
                });
        return Losses.of(losses.stream().mapToDouble(Double::doubleValue).toArray());
    }

    /** Returns the instances on which an attempt stands, in order. */
    public static List<InstanceKey> keys(String candidate, int attempt, int instances) {
        List<InstanceKey> keys = new ArrayList<>(instances);
        for (int i = 0; i < instances; i++) {
            keys.add(InstanceKey.paired(candidate, Purpose.CERTIFY, (attempt - 1) * instances + i));
        }
        return keys;
    }
}
