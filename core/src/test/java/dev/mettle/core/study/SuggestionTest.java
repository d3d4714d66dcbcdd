package dev.mettle.core.study;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

class SuggestionTest {
    private static final List<String> WORDS =
            List.of(
                    "instances",
                    "lr",
                    "batch",
                    "epochs",
                    "optimizer",
                    "kernel",
                    "dense",
                    "validation",
                    "weight_decay",
                    "silu");

    @ParameterizedTest
    @CsvSource({
        "instance, instances",
        "Epochs, epochs",
        "epohs, epochs",
        "optimiser, optimizer",
        "kenrel, kernel",
        "weight-decay, weight_decay",
        "learning_rate, lr",
        "batch_size, batch",
        "linear, dense",
        "swish, silu",
        "validation_rows, validation",
        "val, validation"
    })
    void theWordThatWasMeantIsSuggested(String wrong, String meant) {
        assertThat(Suggestion.of(wrong, WORDS)).contains(meant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"banana", "q", "", "zz"})
    void nothingIsSuggestedForWhatIsLikeNoWord(String wrong) {
        assertThat(Suggestion.of(wrong, WORDS)).isEmpty();
        assertThat(Suggestion.ending(wrong, WORDS)).isEqualTo(".");
    }
}
