package dev.mettle.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

class GeneralizationReportTest {
    private static SyntheticRun run() {
        return new SyntheticRun().withCandidates(48).race(10).certify();
    }

    private static Optional<Section> section(SyntheticRun run) {
        return GeneralizationSection.of(RunDigest.of(run));
    }

    private static List<Figure> figures(SyntheticRun run) {
        return Figure.of(run).stream()
                .filter(figure -> figure.name().startsWith("generalize-"))
                .toList();
    }

    private static JsonNode spec(Figure figure) throws IOException {
        return new ObjectMapper().readTree(figure.specification());
    }

    @Test
    void aRunThatWasTriedOnNothingElseHasNoSection() {
        assertThat(section(run())).isEmpty();
    }

    @Test
    void theVerdictComesFirst() {
        Html html = section(SyntheticGeneralization.of(run(), "complex", 20)).orElseThrow().html();
        assertThat(html.plainText())
                .contains(
                        "Does it generalise",
                        "shashlik-energy to complex",
                        "robust here",
                        "drawn at random, of the 45 dropped",
                        "Kendall's τ_b",
                        "half against half",
                        "Fisher's exact test",
                        "All 23 candidates in numbers")
                .doesNotContain("NaN", "∞ %");
        assertThat(html.markup().indexOf("class=\"box\""))
                .isLessThan(html.markup().indexOf("<figure>"));
    }

    @Test
    void everyCandidateIsInTheScatterOfTheCriterionOrAtItsEdge() throws IOException {
        SyntheticRun run = SyntheticGeneralization.of(run(), "complex", 20);
        List<Figure> figures = figures(run);
        assertThat(figures.stream().map(Figure::name))
                .containsExactly("generalize-1-loss", "generalize-1-cv");
        for (Figure figure : figures) {
            JsonNode sets = spec(figure).get("datasets");
            int shown = 0;
            for (String set :
                    List.of(
                            "selected",
                            "dropped",
                            "selectedFailHere",
                            "selectedFailThere",
                            "droppedFailHere",
                            "droppedFailThere")) {
                shown += sets.get(set).size();
            }
            int both = sets.has("both") ? Integer.parseInt(digits(sets)) : 0;
            assertThat(shown + both).isEqualTo(23);
            assertThat(sets.get("droppedFailThere").size() + sets.get("selectedFailThere").size())
                    .isPositive();
            assertThat(figure.caption()).contains("selected, ○ dropped", "Triangles at the edge");
        }
        assertThat(spec(figures.getLast()).at("/datasets/limits/0/value").asDouble())
                .isEqualTo(0.1);
        assertThat(spec(figures.getFirst()).at("/encoding/x/title").asText())
                .startsWith("mean on shashlik-energy");
        assertThat(spec(figures.getFirst()).at("/encoding/y/title").asText())
                .isEqualTo("mean on complex");
    }

    private static String digits(JsonNode sets) {
        return sets.at("/both/0/text").asText().replaceAll("\\D", "");
    }

    @Test
    void severalStudiesAreComparedOneAfterTheOther() {
        SyntheticRun run =
                SyntheticGeneralization.of(
                        SyntheticGeneralization.of(run(), "complex", 10), "worn", 12);
        assertThat(figures(run).stream().map(Figure::name))
                .containsExactly(
                        "generalize-1-loss",
                        "generalize-1-cv",
                        "generalize-2-loss",
                        "generalize-2-cv");
    }

    @Test
    void withoutDroppedCandidatesOrOtherCriteriaItIsThereToo() {
        SyntheticRun run = new SyntheticRun();
        run.criterion = "cv";
        SyntheticGeneralization.of(run.withCandidates(48).race(10), "complex", 0);
        String html = section(run).orElseThrow().html().markup();
        assertThat(html)
                .contains("<td>mean, selected candidates alone", "3 selected ones and 0")
                .doesNotContain("from those drawn", "NaN");
    }

    @Test
    void namesOfTheOtherStudyAreText() {
        String hostile = "<script>alert('x')</script>";
        SyntheticRun run = SyntheticGeneralization.of(run(), hostile, 20);
        assertThat(section(run).orElseThrow().html().markup())
                .doesNotContain("<script>alert")
                .contains("&lt;script&gt;alert");
    }

    @Test
    void aRunThatFailsEverywhereHasWordsButNoScatter() {
        SyntheticRun run = new SyntheticRun();
        run.fragile = 1;
        run.explosion = 1;
        SyntheticGeneralization.of(run.withCandidates(12).race(10), "complex", 5);
        assertThat(figures(run)).isEmpty();
        assertThat(section(run).orElseThrow().html().markup())
                .contains("There is no robustness to carry over");
    }
}
