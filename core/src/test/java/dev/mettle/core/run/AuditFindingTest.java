package dev.mettle.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mettle.core.selection.Ranked;
import dev.mettle.core.statistics.Criterion;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.stream.Stream;

class AuditFindingTest {
    private static final List<Ranked> FINALISTS = List.of(ranked("w", 1, 0), ranked("v", 2, 0));

    @Test
    void aTieIsNotBetterAndTwoPerCentAboveIsNear() {
        AuditFinding finding = of(FINALISTS, ranked("a", 1, 0), ranked("b", 1.02, 0));
        assertThat(finding.better()).isEmpty();
        assertThat(finding.falseDrops().value()).isZero();
        assertThat(finding.near().value()).isEqualTo(1);
        assertThat(finding.best().candidate()).isEqualTo("a");
        assertThat(Criterion.TOLERANCE).isEqualTo(0.02);
        assertThat(of(FINALISTS, ranked("c", 1.0201, 0)).near().value()).isZero();
    }

    @Test
    void aFailureIsNeverBetterOrNear() {
        AuditFinding finding =
                of(FINALISTS, ranked("a", 0.5, 1), ranked("b", Double.POSITIVE_INFINITY, 8));
        assertThat(finding.better()).isEmpty();
        assertThat(finding.near().value()).isZero();
        assertThat(RaceWords.best(finding, Double::toString))
                .isEqualTo("all of them have failed trainings");
    }

    @Test
    void whoNeverFailsIsBetterThanAWinnerThatDid() {
        AuditFinding finding = of(List.of(ranked("w", 1, 1)), ranked("a", 3, 0), ranked("b", 2, 0));
        assertThat(finding.better()).extracting(Ranked::candidate).containsExactly("b", "a");
        assertThat(finding.near().value()).as("the better are near").isEqualTo(1);
    }

    @Test
    void sharesWeighByTheChanceOfBeingDrawn() {
        AuditRecord record =
                new AuditRecord(
                        10,
                        7,
                        List.of(
                                new AuditRecord.Audited(ranked("a", 0.9, 0), 0.5),
                                new AuditRecord.Audited(ranked("b", 3, 0), 0.1)));
        AuditFinding finding = AuditFinding.of(record, FINALISTS).orElseThrow();
        assertThat(finding.falseDrops().value()).isEqualTo(2.0 / 12);
        assertThat(finding.falseDrops().size()).isEqualTo(144.0 / 104);
        assertThat(RaceWords.audited(finding))
                .isEqualTo("2 of the 10 dropped candidates were trained in full, 7 trainings more");
        assertThat(RaceWords.found(finding))
                .startsWith("1 is better than the winner, an estimated 17 % (")
                .contains("; within 2 % of it, or better: 17 % (");
        assertThat(RaceWords.best(finding, Double::toString))
                .isEqualTo("the best of them, a, reaches 0.9, the winner 1.0");
    }

    @Test
    void withoutAnybodyDroppedThereIsNothingToFind() {
        assertThat(AuditFinding.of(new AuditRecord(0, 0, List.of()), FINALISTS)).isEmpty();
    }

    private static AuditFinding of(List<Ranked> finalists, Ranked... audited) {
        return AuditFinding.of(
                        new AuditRecord(
                                audited.length,
                                0,
                                Stream.of(audited)
                                        .map(one -> new AuditRecord.Audited(one, 1))
                                        .toList()),
                        finalists)
                .orElseThrow();
    }

    private static Ranked ranked(String candidate, double criterion, int failures) {
        return new Ranked(candidate, "", criterion, failures);
    }
}
