package dev.mettle.cli.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mettle.core.document.Mapping;
import dev.mettle.core.document.Node;
import dev.mettle.core.document.Place;
import dev.mettle.core.document.Scalar;
import dev.mettle.core.study.StudyException;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

class YamlReaderTest {
    @TempDir private Path directory;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    3      | NUMBER
                    -.5e3  | NUMBER
                    0x1F   | NUMBER
                    .inf   | NUMBER
                    '3'    | STRING
                    "3"    | STRING
                    !!str 3 | STRING
                    yes    | STRING
                    1_000  | STRING
                    True   | BOOLEAN
                    ~      | NULL
                    null   | NULL
                    """)
    void scalarsAreResolvedByTheCoreSchema(String text, Scalar.Kind kind) {
        assertThat(value("a: " + text))
                .isInstanceOfSatisfying(
                        Scalar.class, scalar -> assertThat(scalar.kind()).isEqualTo(kind));
    }

    @Test
    void placesAreCountedFromOneInCodePoints() {
        Mapping root =
                (Mapping) YamlReader.parse("# \uD83D\uDE00\n\"\uD83D\uDE00\": x\nb:\n  - c\n");
        assertThat(root.entries().get(0).value().place()).isEqualTo(new Place(2, 6));
        assertThat(root.entries().get(1).key().place()).isEqualTo(new Place(3, 1));
        assertThat(root.entries().get(1).value().place()).isEqualTo(new Place(4, 3));
    }

    @Test
    void anAliasIsTheNodeOfItsAnchor() {
        Mapping root = (Mapping) YamlReader.parse("a: &x [1]\nb: *x\n");
        assertThat(root.entries().get(1).value()).isSameAs(root.entries().get(0).value());
    }

    @Test
    void duplicateKeysAreKept() {
        Mapping root = (Mapping) YamlReader.parse("a: 1\nb: 2\na: 3\n");
        assertThat(root.duplicates())
                .singleElement()
                .satisfies(duplicate -> {
                    assertThat(duplicate.first().place()).isEqualTo(new Place(1, 1));
                    assertThat(duplicate.key().place()).isEqualTo(new Place(3, 1));
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    a: 1\\n\\tb: 2       | f:2:1: YAML is indented with spaces, not tabs.
                    a:\\n  \\tb: 2       | f:2:3: YAML is indented with spaces, not tabs.
                    a: [1, 2\\nb: 3      | f:2:2: a ',' or the closing ']' is missing before this. (It belongs to what begins at line 1.)
                    a: {b: 1, c: 2\\n    | f:2:1: a ',' or the closing '}' is missing before this. (It belongs to what begins at line 1.)
                    a: 1\\n  b: 2        | f:2:4: a ':' cannot stand here. Indent this line like its neighbours, or quote a text that holds ': '.
                    a: "x\\nb: 3         | f:2:5: a quote is never closed. (It belongs to what begins at line 1.)
                    a: @x                | f:1:4: a value cannot begin with this character; put it in quotes.
                    # nothing            | f:1:1: the file is empty; 'mettle init DIR' makes a study to start from.
                    a: 1\\n---\\nb: 2    | f:2:1: a second document begins here; a study is one document. Take out the '---'.
                    a: &x [*x]           | f:1:8: the alias *x stands inside its own anchor &x.
                    a: *y                | f:1:4: the alias *y has no anchor &y before it; a text that begins with '*' needs quotes.
                    a: !foo 3            | f:1:4: the tag !foo is not understood here; take it out, or quote a text that begins with '!'.
                    a: !!int x           | f:1:4: the tag !!int is not understood here; take it out, or quote a text that begins with '!'.
                    ? [a]\\n: 3          | f:1:3: a key must be a single word, not a list or a mapping.
                    """)
    void aSyntaxErrorHasItsPlaceAndPlainWords(String text, String expected) {
        String yaml = text.replace("\\n", "\n").replace("\\t", "\t");
        assertThat(problem(() -> YamlReader.parse(yaml))).isEqualTo(expected);
    }

    @Test
    void aDocumentThatGrowsByAliasesIsRefused() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\n");
        for (int i = 1; i < 30; i++) {
            bomb.append("a%d: &a%d [%s]\n".formatted(i, i, "*a%d, ".formatted(i - 1).repeat(10)));
        }
        assertThat(problem(() -> YamlReader.parse(bomb.toString())))
                .startsWith("f:5:")
                .endsWith("with all aliases written out this has more than 100000 values.");
    }

    @Test
    void deepNestingIsRefused() {
        assertThat(problem(() -> YamlReader.parse("[".repeat(100_000))))
                .isEqualTo("f:1:51: lists and mappings are nested more than 50 deep.");
    }

    @Test
    void aControlCharacterIsNamed() {
        assertThat(problem(() -> YamlReader.parse("a: 1\nb: \u0007\n")))
                .startsWith("f:2:4: the character U+0007 is not allowed in YAML");
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheText() throws IOException {
        Path file = Files.writeString(directory.resolve("bom.yaml"), "\uFEFFa: 1\n");
        assertThat(YamlReader.text(file)).isEqualTo("a: 1\n");
    }

    @Test
    void aFileThatIsNotUtf8IsRefusedAtTheFirstWrongByte() throws IOException {
        Path file =
                Files.write(
                        directory.resolve("l1.yaml"),
                        "a: 1\nb: \u00E9t\u00E9\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(problem(() -> YamlReader.text(file)))
                .isEqualTo("f:2:4: this is not UTF-8 text; save the file with the encoding UTF-8.");
    }

    @Test
    void aFileThatCannotBeReadIsSaidToBe() throws IOException {
        assertThat(problem(() -> YamlReader.text(directory.resolve("none.yaml"))))
                .isEqualTo("f: there is no such file.");
        assertThat(problem(() -> YamlReader.text(directory)))
                .startsWith("f: this is a directory; name a study file in it");
        Path large = Files.write(directory.resolve("large.yaml"), new byte[(1 << 20) + 1]);
        assertThat(problem(() -> YamlReader.text(large)))
                .isEqualTo("f: this file is larger than 1 MiB, so it is hardly a study file.");
    }

    private static Node value(String text) {
        return ((Mapping) YamlReader.parse(text)).entries().getFirst().value();
    }

    private static String problem(ThrowingCallable reading) {
        StudyException wrong = catchThrowableOfType(StudyException.class, reading);
        assertThat(wrong).isNotNull();
        return wrong.render("f");
    }
}
