package dev.mettle.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.mettle.report.Figure;
import dev.mettle.report.SyntheticFigures;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

class VegaRendererTest {
    private static final VegaRenderer RENDERER = new VegaRenderer();
    private static final Pattern BACKGROUND =
            Pattern.compile("class=\"background\"[^>]* d=\"M[0-9.]+,[0-9.]+h([0-9.]+)v");

    @AfterAll
    static void close() {
        RENDERER.close();
    }

    /** Returns the width that is left for the plot beside a label. */
    private static double plotWidth(String label, String weight) {
        String svg =
                RENDERER.svg(
                        """
                        {"config": {}, "height": 40, "data": {"values": [{"name": "%s", "x": 1}]},
                         "mark": "bar", "encoding": {
                           "x": {"field": "x", "type": "quantitative", "axis": null},
                           "y": {"field": "name", "type": "nominal", "axis":
                             {"title": null, "labelFontSize": 20, "labelFontWeight": "%s", "labelLimit": 500}}}}
                        """
                                .formatted(label, weight),
                        640);
        Matcher background = BACKGROUND.matcher(svg);
        assertThat(background.find()).isTrue();
        return Double.parseDouble(background.group(1));
    }

    @ParameterizedTest
    @CsvSource({ // widths of DejaVu Sans and its bold, in font units of 2048 to the em
        "M, normal, 1767",
        "i, normal, 569",
        "é, normal, 1260",
        "∞, normal, 1706",
        "M, bold, 2038",
        "i, bold, 702"
    })
    void roomForLabelsFollowsTheWidthsOfTheirCharacters(
            String character, String weight, double units) {
        double added = plotWidth("o", weight) - plotWidth("o" + character.repeat(10), weight);
        assertThat(added).isCloseTo(10 * 20 * units / 2048, within(1.5));
    }

    @Test
    void charactersThatAreNotInTheTableCountAsWideAsTheyAreHigh() {
        double added = plotWidth("o", "normal") - plotWidth("o" + "粒".repeat(6), "normal");
        assertThat(added).isCloseTo(6 * 20, within(1.5));
    }

    @Test
    void aLabelBeyondItsLimitIsCutWithAnEllipsis() {
        String svg =
                RENDERER.svg(
                        """
                        {"config": {}, "height": 40, "data": {"values": [{}]},
                         "mark": {"type": "text", "fontSize": 10, "limit": 60},
                         "encoding": {"text": {"value": "iiiiiiiiiiMMMMMMMMMM"}}}
                        """,
                        200);
        // i is 2.78 wide and M 8.63: ten of the first and two of the second fit beside the ellipsis
        assertThat(svg).contains(">iiiiiiiiiiMM…<");
    }

    @Test
    void theLibrariesHaveNothingToComplainAbout() {
        for (Figure figure : SyntheticFigures.ofAnOrdinaryRun()) {
            RENDERER.svg(figure.specification(), 640);
        }
        for (Figure figure : SyntheticFigures.ofARunWhereAllExplode()) {
            RENDERER.svg(figure.specification(), 640);
        }
        for (Figure figure : SyntheticFigures.ofGrids()) {
            RENDERER.svg(figure.specification(), 320);
        }
        assertThat(RENDERER.messages()).isEmpty();
    }

    @Test
    void aSpecificationThatVegaRefusesIsAnError() {
        assertThatThrownBy(() -> RENDERER.svg("{\"config\": {}, \"mark\": \"nonsense\"}", 640))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("could not draw");
    }
}
