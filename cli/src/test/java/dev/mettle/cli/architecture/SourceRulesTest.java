package dev.mettle.cli.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Rules about source files that no class file shows. */
class SourceRulesTest {
    private static final int MOST_LINES = 400;

    @Test
    void noFileIsLongerThanOneCanReadInOneSitting() throws IOException {
        List<String> tooLong = new ArrayList<>();
        for (Path file : SourceTree.javaFiles()) {
            int lines = Files.readAllLines(file).size();
            if (lines > MOST_LINES) {
                tooLong.add("%s: %d lines".formatted(SourceTree.root().relativize(file), lines));
            }
        }
        assertThat(tooLong).as("Files of more than %d lines", MOST_LINES).isEmpty();
    }

    @Test
    void everyPackageOfTheProgramSaysWhatBelongsThere() throws IOException {
        List<String> silent = new ArrayList<>();
        for (Path file : SourceTree.javaFiles()) {
            Path packageInfo = file.resolveSibling("package-info.java");
            boolean ofTheProgram = file.toString().contains("/src/main/");
            if (ofTheProgram
                    && !(Files.exists(packageInfo)
                            && Files.readString(packageInfo).contains("/**"))) {
                silent.add(SourceTree.root().relativize(file).getParent().toString());
            }
        }
        assertThat(silent.stream().distinct())
                .as("Packages without a documented package-info.java")
                .isEmpty();
    }
}
