package dev.mettle.ledger;

import static dev.mettle.ledger.Failing.assertFails;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mettle.core.run.CandidateRecord;
import dev.mettle.core.run.RoundRecord;
import dev.mettle.core.selection.Ranked;
import dev.mettle.ledger.LedgerException.Kind;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

class RoundsTest {
    private static final RoundRecord FIRST = new RoundRecord(1, 3, 13, 3, 0, 0);
    private static final RoundRecord SECOND = new RoundRecord(2, 2, 50, 7, 4, 1);
    private static final List<CandidateRecord> DRAWN =
            List.of(candidate("z9", "lr", "0.003162"), candidate("a1", "lr", "1e-8"));

    @TempDir private Path directory;

    @Test
    void candidatesOfLaterRoundsFollowThoseOfTheStudy() {
        Path file = directory.resolve("ledger.sqlite");
        List<CandidateRecord> study;
        try (SqliteLedger ledger = Examples.create(file, 3)) {
            study = ledger.candidates();
            assertThat(ledger.rounds()).isEmpty();
            ledger.recordRound(FIRST, study);
            ledger.recordRound(SECOND, DRAWN);
            ledger.recordRound(SECOND, DRAWN);
            assertThat(ledger.candidates()).startsWith(study.toArray(CandidateRecord[]::new));
            assertThat(ledger.candidates().subList(3, 5)).isEqualTo(DRAWN);
            ledger.recordFinalists(List.of(new Ranked("a1", "", 0.5, 0)));
        }
        try (LedgerReader reader = SqliteLedger.openReadOnly(file)) {
            assertThat(reader.rounds()).containsExactly(FIRST, SECOND);
            assertThat(reader.candidates())
                    .hasSize(5)
                    .endsWith(DRAWN.toArray(CandidateRecord[]::new));
            assertThat(reader.integrityCheck()).isEqualTo("ok");
        }
    }

    @Test
    void aReaderSeesWhatARoundAddsMeanwhile() {
        Path file = directory.resolve("ledger.sqlite");
        try (SqliteLedger ledger = Examples.create(file, 3);
                LedgerReader reader = SqliteLedger.openReadOnly(file)) {
            assertThat(reader.candidates()).hasSize(3);
            ledger.recordRound(SECOND, DRAWN);
            ledger.flush();
            assertThat(reader.candidates()).hasSize(5);
        }
    }

    @Test
    void aRoundThatDrewOtherCandidatesIsRefused() {
        Path file = directory.resolve("ledger.sqlite");
        try (SqliteLedger ledger = Examples.create(file, 3)) {
            ledger.recordRound(SECOND, DRAWN);
            assertFails(
                            Kind.REFUSED,
                            () ->
                                    ledger.recordRound(
                                            SECOND, List.of(candidate("other", "lr", "1"))))
                    .hasMessageContaining(
                            "round 2 of this run drew other candidates than this version of"
                                    + " Mettle");
        }
    }

    private static CandidateRecord candidate(String id, String name, String value) {
        return new CandidateRecord(id, new LinkedHashMap<>(Map.of(name, value)), 12);
    }
}
