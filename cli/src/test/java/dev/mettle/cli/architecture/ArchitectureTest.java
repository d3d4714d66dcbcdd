package dev.mettle.cli.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import java.util.ArrayList;
import java.util.List;

/**
 * Which module and package may use which (ARCHITECTURE.md). It runs here because only cli sees all
 * modules.
 */
class ArchitectureTest {
    /** Modules, each with the modules it may use beside itself. */
    private static final List<Module> MODULES =
            List.of(
                    new Module("core"),
                    new Module("engine", "core"),
                    new Module("data", "core"),
                    new Module("calorimeter", "core", "data"),
                    new Module("tables", "core", "data"),
                    new Module("linear", "core"),
                    new Module("ledger", "core"),
                    new Module("report", "core"),
                    new Module("figures", "report"),
                    new Module(
                            "cli",
                            "core",
                            "engine",
                            "data",
                            "calorimeter",
                            "tables",
                            "linear",
                            "ledger",
                            "report",
                            "figures"));

    private record Module(String name, List<String> mayUse) {
        Module(String name, String... mayUse) {
            this(name, List.of(mayUse));
        }

        String[] forbidden() {
            List<String> forbidden = new ArrayList<>(MODULES.stream().map(Module::name).toList());
            forbidden.remove(name);
            forbidden.removeAll(mayUse);
            return forbidden.stream().map("dev.mettle.%s.."::formatted).toArray(String[]::new);
        }
    }

    @TestFactory
    List<DynamicTest> eachModuleUsesOnlyTheModulesItMaySee() {
        return MODULES.stream()
                .filter(module -> module.forbidden().length > 0)
                .map(module ->
                        DynamicTest.dynamicTest(
                                module.name(),
                                () ->
                                        noClasses()
                                                .that()
                                                .resideInAPackage(
                                                        "dev.mettle.%s..".formatted(module.name()))
                                                .should()
                                                .dependOnClassesThat()
                                                .resideInAnyPackage(module.forbidden())
                                                .check(Program.CLASSES)))
                .toList();
    }

    @Test
    void everyClassBelongsToAModule() {
        classes()
                .should()
                .resideInAnyPackage(
                        MODULES.stream()
                                .map(module -> "dev.mettle.%s..".formatted(module.name()))
                                .toArray(String[]::new))
                .check(Program.CLASSES);
    }

    @TestFactory
    List<DynamicTest> thePackagesOfAModuleFormNoCycle() {
        return MODULES.stream()
                .map(module ->
                        DynamicTest.dynamicTest(
                                module.name(),
                                () ->
                                        slices().matching(
                                                        "dev.mettle.%s.(**)"
                                                                .formatted(module.name()))
                                                .should()
                                                .beFreeOfCycles()
                                                .allowEmptyShould(true) // a module of one package
                                                .check(Program.CLASSES)))
                .toList();
    }

    @Test
    void theVectorApiStaysInTheKernels() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.mettle.engine.kernel..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("jdk.incubator.vector..")
                .check(Program.CLASSES);
    }

    @Test
    void sqlStaysInLedgerAndTables() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.mettle.ledger..", "dev.mettle.tables..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "javax.sql..")
                .check(Program.CLASSES);
    }

    @Test
    void sqliteStaysInTheLedger() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.mettle.ledger..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.sqlite..")
                .check(Program.CLASSES);
    }

    @Test
    void duckDbAndParquetStayInTables() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.mettle.tables..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.duckdb..", "dev.hardwood..")
                .check(Program.CLASSES);
    }

    @Test
    void javaScriptAndImagesStayInFigures() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.mettle.figures..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.graalvm..",
                        "com.oracle.truffle..",
                        "com.github.weisj..",
                        "javax.swing..")
                .check(Program.CLASSES);
    }

    @Test
    void imagesAreDecodedInOnePlaceOutsideFigures() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.mettle.figures..")
                .and()
                .doNotHaveFullyQualifiedName("dev.mettle.data.ImagePixels")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.awt..", "javax.imageio..")
                .check(Program.CLASSES);
    }

    @Test
    void jhdfStaysInTheReaderOfHdf5() {
        noClasses()
                .that()
                .haveNameNotMatching("dev\\.mettle\\.data\\.Hdf5.*")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.jhdf..", "org.slf4j..", "org.apache.commons.lang3..")
                .check(Program.CLASSES);
    }

    @Test
    void everyPackageIsNullMarked() {
        classes().should(resideInANullMarkedPackage()).check(Program.CLASSES);
    }

    private static ArchCondition<JavaClass> resideInANullMarkedPackage() {
        return new ArchCondition<>(
                "reside in a package marked @NullMarked in its package-info.java") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
                String message =
                        "%s is in a package that is not @NullMarked".formatted(type.getName());
                events.add(new SimpleConditionEvent(type, marked, message));
            }
        };
    }

    /** Else every rule above would hold for nothing. */
    @Test
    void everyModuleHasClasses() {
        for (Module module : MODULES) {
            String prefix = "dev.mettle.%s.".formatted(module.name());
            assertThat(Program.CLASSES)
                    .as(module.name())
                    .anyMatch(type -> type.getName().startsWith(prefix));
        }
    }
}
