package dev.mettle.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.instruction.InvokeInstruction;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What the compiler in the JVM needs of a kernel (docs/decisions/0004-engine-kernels.md). */
class KernelSizeTest {
    /** Above it the first compiler may give up, and then the second never takes the method. */
    private static final int LARGEST_METHOD = 1500;

    private static List<ClassModel> classes() throws IOException, URISyntaxException {
        Path folder = Path.of(Lanes.class.getResource("Lanes.class").toURI()).getParent();
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".class"))
                    .map(KernelSizeTest::parse)
                    .toList();
        }
    }

    private static ClassModel parse(Path file) {
        try {
            return ClassFile.of().parse(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void noKernelIsTooLargeToCompile() throws IOException, URISyntaxException {
        int kernels = 0;
        for (ClassModel type : classes()) {
            for (MethodModel method : type.methods()) {
                if (method.code().orElse(null) instanceof CodeAttribute code) {
                    assertThat(code.codeLength())
                            .as("%s.%s", type.thisClass().asInternalName(), method.methodName())
                            .isLessThanOrEqualTo(LARGEST_METHOD);
                    kernels++;
                }
            }
        }
        assertThat(kernels).isGreaterThan(50);
    }

    @Test
    void noKernelAddsLanesInAnUnspecifiedOrder() throws IOException, URISyntaxException {
        for (ClassModel type : classes()) {
            for (MethodModel method : type.methods()) {
                method.code()
                        .ifPresent(code ->
                                code.forEach(element -> {
                                    if (element instanceof InvokeInstruction call) {
                                        assertThat(call.name().stringValue())
                                                .isNotIn("reduceLanes", "reduceLanesToLong");
                                    }
                                }));
            }
        }
    }
}
