package dev.mettle.core.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

class DocumentTest {
    private static final Place HERE = new Place(1, 1);

    @ParameterizedTest
    @CsvSource({"12, 12", "-0.5, -0.5", "1e3, 1000", "0x1F, 31", "0o17, 15", "+.5, 0.5", "5., 5"})
    void numbersAreExact(String text, String value) {
        assertThat(new Scalar(text, Scalar.Kind.NUMBER, HERE).number().orElseThrow())
                .isEqualByComparingTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {".inf", "-.inf", ".nan", "1e99999999999"})
    void whatHasNoDecimalIsNoNumber(String text) {
        assertThat(new Scalar(text, Scalar.Kind.NUMBER, HERE).number()).isEmpty();
    }

    @Test
    void aTextIsNoNumberEvenIfItLooksLikeOne() {
        assertThat(new Scalar("12", Scalar.Kind.STRING, HERE).number()).isEmpty();
    }

    @Test
    void longTextsAreShortenedWhenDescribed() {
        assertThat(new Scalar("x".repeat(100), Scalar.Kind.STRING, HERE).described())
                .isEqualTo("'" + "x".repeat(37) + "...'");
    }

    @Test
    void theFirstOfEqualKeysCountsAndLaterOnesAreDuplicates() {
        Scalar first = key("a", 1);
        Scalar second = key("a", 3);
        Mapping mapping =
                new Mapping(
                        List.of(
                                new Mapping.Entry(first, key("x", 1)),
                                new Mapping.Entry(second, key("y", 3))),
                        HERE);
        assertThat(mapping.entry("a").orElseThrow().key()).isSameAs(first);
        assertThat(mapping.entry("b")).isEmpty();
        assertThat(mapping.duplicates()).containsExactly(new Mapping.Duplicate(second, first));
    }

    @Test
    void problemsAreRenderedAndOrderedByPlace() {
        Problem whole = new Problem(Optional.empty(), "gone.");
        Problem early = new Problem(new Place(2, 10), "early.");
        Problem late = new Problem(new Place(10, 2), "late.");
        assertThat(
                        Stream.of(late, early, whole)
                                .sorted(Problem.READING_ORDER)
                                .map(p -> p.render("s.yaml")))
                .containsExactly("s.yaml: gone.", "s.yaml:2:10: early.", "s.yaml:10:2: late.");
    }

    @Test
    void placesAreCountedFromOne() {
        assertThatThrownBy(() -> new Place(0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Place(1, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Scalar key(String text, int line) {
        return new Scalar(text, Scalar.Kind.STRING, new Place(line, 1));
    }
}
