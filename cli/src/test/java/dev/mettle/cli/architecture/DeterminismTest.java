package dev.mettle.cli.architecture;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.codeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

import org.junit.jupiter.api.Test;

import java.util.stream.Stream;

/** What may not reach an instance's bits, nor a selection's choice. */
class DeterminismTest {
    /** Where an instance's bits are made. */
    private static final String[] BITS = {
        "dev.mettle.engine..",
        "dev.mettle.data..",
        "dev.mettle.calorimeter..",
        "dev.mettle.linear..",
        "dev.mettle.core.random..",
        "dev.mettle.core.data.."
    };

    /**
     * These may differ by an ulp between interpreter, compiled code and CPUs. {@link StrictMath}
     * has them all, exactly.
     */
    private static final String INEXACT_MATH =
            "exp|expm1|log|log10|log1p|pow|sin|cos|tan|asin|acos|atan|atan2|sinh|cosh|tanh|hypot|cbrt";

    private static final String INEXACT_LANES =
            "EXP|EXPM1|LOG|LOG10|LOG1P|POW|SIN|COS|TAN|ASIN|ACOS|ATAN|ATAN2|SINH|COSH|TANH|HYPOT|CBRT";

    private static final String FLOATING_VECTORS =
            "jdk\\.incubator\\.vector\\.(Float|Double)Vector";
    private static final String OPERATORS = "jdk\\.incubator\\.vector\\.VectorOperators";

    @Test
    void bitsAreMadeWithoutInexactMath() {
        noClasses()
                .that()
                .resideInAnyPackage(BITS)
                .should(use("java\\.lang\\.Math", INEXACT_MATH))
                .check(Program.CLASSES);
    }

    @Test
    void lanesAreComputedWithoutInexactOperators() {
        noClasses().should(use(OPERATORS, INEXACT_LANES)).check(Program.CLASSES);
    }

    @Test
    void floatsAreNeverSummedOverLanesInAnUnspecifiedOrder() {
        codeUnits().should(notReduceFloatsByAddOrMul()).check(Program.CLASSES);
    }

    @Test
    void theOnlyRandomnessIsTheRandomnessAskedFor() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveNameMatching(
                        "java\\.util\\.(Random|SplittableRandom)|java\\.util\\.random\\..*"
                            + "|java\\.util\\.concurrent\\.ThreadLocalRandom|java\\.security\\.SecureRandom")
                .orShould(use("java\\.lang\\.(Strict)?Math", "random"))
                .orShould(use("java\\.util\\.Collections", "shuffle"))
                .check(Program.CLASSES);
    }

    @Test
    void selectionSeesNoClock() {
        noClasses()
                .that()
                .resideInAnyPackage("dev.mettle.core.selection..", "dev.mettle.core.statistics..")
                .should(use("java\\.lang\\.System", "nanoTime|currentTimeMillis"))
                .orShould()
                .dependOnClassesThat()
                .resideInAPackage("java.time..")
                .check(Program.CLASSES);
    }

    @Test
    void nothingBelowTheCommandLinePrintsOrExits() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.mettle.cli..")
                .should(use("java\\.lang\\.System", "out|err|in|exit|console|setOut|setErr"))
                .orShould(use("java\\.lang\\.Runtime", "exit|halt"))
                .orShould(use("java\\.lang\\.IO", ".*"))
                .orShould(use(".*", "printStackTrace"))
                .check(Program.CLASSES);
    }

    private static DescribedPredicate<JavaAccess<?>> member(
            String ownerPattern, String namePattern) {
        return target(owner(nameMatching(ownerPattern))).and(target(nameMatching(namePattern)));
    }

    /**
     * Calls, field accesses, and method references too, which ArchUnit's own {@code
     * accessTargetWhere} leaves out.
     */
    private static ArchCondition<JavaClass> use(String ownerPattern, String namePattern) {
        DescribedPredicate<JavaAccess<?>> member = member(ownerPattern, namePattern);
        return new ArchCondition<>("use %s.%s", ownerPattern.replace("\\", ""), namePattern) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                Stream.concat(
                                type.getAccessesFromSelf().stream(),
                                type.getCodeUnitReferencesFromSelf().stream())
                        .filter(member)
                        .forEach(access ->
                                events.add(
                                        SimpleConditionEvent.satisfied(
                                                access, access.getDescription())));
            }
        };
    }

    private static ArchCondition<JavaCodeUnit> notReduceFloatsByAddOrMul() {
        return new ArchCondition<>(
                "not reduce the lanes of floats by ADD or MUL, whose order is unspecified") {
            @Override
            public void check(JavaCodeUnit unit, ConditionEvents events) {
                boolean reduces =
                        unit.getAccessesFromSelf().stream()
                                .anyMatch(member(FLOATING_VECTORS, "reduceLanes(ToLong)?"));
                boolean adds =
                        unit.getAccessesFromSelf().stream().anyMatch(member(OPERATORS, "ADD|MUL"));
                String message =
                        "%s calls reduceLanes on floats and names ADD or MUL"
                                .formatted(unit.getFullName());
                events.add(new SimpleConditionEvent(unit, !(reduces && adds), message));
            }
        };
    }
}
