package dev.mettle.ledger;

import static dev.mettle.ledger.Failing.assertFails;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mettle.core.data.Series;
import dev.mettle.core.run.GeneralizationRecord;
import dev.mettle.core.run.GeneralizationRecord.Member;
import dev.mettle.core.run.LossWords;
import dev.mettle.ledger.LedgerException.Kind;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;

class GeneralizationsTest {
    @TempDir private Path directory;

    @Test
    void whatBecameOfCandidatesOnOtherDataReplacesAnEarlierOneOfItsStudy() {
        GeneralizationRecord replaced =
                generalization("hard", true, new Member("c1", true, Series.of(1, 2)));
        GeneralizationRecord kept = generalization("other", false);
        GeneralizationRecord last =
                generalization(
                        "hard",
                        false,
                        new Member("c0", true, Series.of(-0.0, Double.POSITIVE_INFINITY)),
                        new Member("c2", false, Series.of(0.1, Double.MIN_VALUE)));
        Path file = directory.resolve("ledger.sqlite");
        try (SqliteLedger ledger = Examples.create(file, 3)) {
            ledger.recordGeneralization(replaced);
            ledger.recordGeneralization(kept);
            assertThat(ledger.generalizations()).containsExactly(replaced, kept);
            ledger.recordGeneralization(last);
            assertThat(ledger.generalizations()).containsExactly(kept, last);
            assertFails(
                            Kind.REFUSED,
                            () ->
                                    ledger.recordGeneralization(
                                            generalization(
                                                    "x",
                                                    true,
                                                    new Member("no", true, Series.EMPTY))))
                    .hasMessageContaining("candidate no is not in the ledger");
            assertThat(ledger.integrityCheck()).isEqualTo("ok");
        }
        try (LedgerReader reader = SqliteLedger.openReadOnly(file)) {
            assertThat(reader.generalizations()).containsExactly(kept, last);
        }
    }

    private static GeneralizationRecord generalization(
            String study, boolean share, Member... members) {
        return new GeneralizationRecord(
                study,
                "runs/" + study,
                "hard \"data\".npz",
                "c0ffee",
                new LossWords("error rate", "", share),
                2,
                40,
                List.of(members));
    }
}
