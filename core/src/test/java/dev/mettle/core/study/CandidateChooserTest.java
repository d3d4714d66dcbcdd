package dev.mettle.core.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mettle.core.network.Layer;
import dev.mettle.core.network.Network;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

class CandidateChooserTest {
    private static final List<Candidate> CANDIDATES = candidates();

    /**
     * Six candidates: ids a0, a1, b0, b1, c0, c1 and so on; c1 in {4, 8, 12} times lr in {0.001,
     * 1e-2}.
     */
    private static List<Candidate> candidates() {
        List<Candidate> candidates = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            SequencedMap<String, String> settings = new LinkedHashMap<>();
            settings.put("c1", List.of("4", "8", "12").get(i / 2));
            settings.put("lr", i % 2 == 0 ? "0.001" : "1e-2");
            settings.put("bias", "true");
            candidates.add(
                    new Candidate(
                            "abc".charAt(i / 2) + "" + i % 2 + "99",
                            settings,
                            new Network(List.of(new Layer.Dense(1))),
                            new Recipe(
                                    new Loss.Mse(),
                                    new Optimizer.Sgd(0.1, 0, false, 0),
                                    Initialisation.KAIMING_UNIFORM,
                                    1,
                                    1,
                                    new StabilityStop.Off()),
                            1));
        }
        return candidates;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    b1                        | b199
                    B1                        | b199
                    a099                      | a099
                    c1=8,lr=0.01              | b199
                    c1=8.0, lr=1e-3           | b099
                    lr=.01,c1=12,bias=True    | c199
                    """)
    void anIdOrSettingsNameOneCandidate(String text, String id) {
        assertThat(CandidateChooser.choose(CANDIDATES, text).id()).isEqualTo(id);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    a            | 'a' fits 2 candidates; say more. Among them are:
                    c1=8         | c1=8 fits 2 candidates; say more. Among them are:
                    zz           | no candidate's id begins with 'zz'. Candidates are, among others:
                    c1=8,lr=0.1  | no candidate has c1=8,lr=0.1. Values of lr: 0.001, 1e-2. The nearest are:
                    c2=8         | no candidate has a dimension 'c2'; did you mean "c1"? Dimensions: c1, lr, bias.
                    c1=8,lr      | 'lr' is no setting; write name=value, several separated by commas.
                    c1=8,c1=4    | 'c1' is given twice.
                    ``           | no candidate is named. Give the beginning of an id, or settings such as c1=4,lr=0.001,bias=true.
                    """)
    void whatFitsNoneOrSeveralIsExplained(String text, String firstLine) {
        assertThat(message(text).lines().findFirst()).contains(firstLine);
    }

    @Test
    void theNearestCandidatesComeFirstAndAtMostFiveAreShown() {
        assertThat(message("c1=8,lr=0.1").lines().skip(1))
                .hasSize(5)
                .startsWith("  b199  c1=8,lr=1e-2,bias=true", "  b099  c1=8,lr=0.001,bias=true");
    }

    private static String message(String text) {
        CandidateChoiceException wrong =
                catchThrowableOfType(
                        CandidateChoiceException.class,
                        () -> CandidateChooser.choose(CANDIDATES, text));
        assertThat(wrong).isNotNull();
        return String.valueOf(wrong.getMessage());
    }

    @Test
    void siblingsDifferInOneDimensionAlone() {
        Candidate chosen = CANDIDATES.get(2);
        assertThat(CandidateChooser.siblings(CANDIDATES, chosen, "c1"))
                .extracting(Candidate::id)
                .containsExactly("a099", "b099", "c099");
        assertThat(CandidateChooser.siblings(CANDIDATES, chosen, "lr"))
                .extracting(Candidate::id)
                .containsExactly("b099", "b199");
        assertThat(
                        catchThrowableOfType(
                                CandidateChoiceException.class,
                                () -> CandidateChooser.siblings(CANDIDATES, chosen, "bias")))
                .hasMessageContaining("no other candidate differs from b099 in bias alone");
        assertThat(
                        catchThrowableOfType(
                                CandidateChoiceException.class,
                                () -> CandidateChooser.siblings(CANDIDATES, chosen, "channels")))
                .hasMessageContaining("no dimension 'channels'")
                .hasMessageContaining("c1, lr, bias");
    }

    @Test
    void ofManyValuesTheNearestAreShown() {
        List<Candidate> drawn = new ArrayList<>();
        for (int i = 1; i <= 40; i++) {
            SequencedMap<String, String> settings = new LinkedHashMap<>();
            settings.put("lr", "0.0" + (100 + i));
            Candidate like = CANDIDATES.getFirst();
            drawn.add(new Candidate("c" + i, settings, like.network(), like.recipe(), 1));
        }
        assertThat(
                        catchThrowableOfType(
                                        CandidateChoiceException.class,
                                        () -> CandidateChooser.choose(drawn, "lr=0.01204"))
                                .getMessage())
                .isEqualTo(
                        """
                        no candidate has lr=0.01204. Nearest values of lr: 0.0120, 0.0121, 0.0119, 0.0122, 0.0118. The nearest are:
                          c20  lr=0.0120
                          c21  lr=0.0121
                          c19  lr=0.0119
                          c22  lr=0.0122
                          c18  lr=0.0118\
                        """);
    }
}
