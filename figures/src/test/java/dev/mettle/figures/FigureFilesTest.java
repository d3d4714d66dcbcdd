package dev.mettle.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.mettle.report.Figure;
import dev.mettle.report.SyntheticFigures;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import javax.imageio.ImageIO;

/** Figures of synthetic runs. They stay in {@code target/figure-samples}, to be looked at. */
class FigureFilesTest {
    private static final Path SAMPLES = Path.of("target", "figure-samples");
    private static final FigureFiles.Progress QUIET = (_, _, _) -> {};
    private static final int MOST_BYTES = 5_000_000;

    private static List<Figure> figures = List.of();
    private static FigureFiles.Written ordinary =
            new FigureFiles.Written(List.of(), Optional.empty());

    @BeforeAll
    static void drawAnOrdinaryRun() throws IOException {
        figures = SyntheticFigures.ofAnOrdinaryRun();
        ordinary = write("ordinary", figures, FigureSize.TWO_COLUMNS);
    }

    private static FigureFiles.Written write(String name, List<Figure> figures, FigureSize size)
            throws IOException {
        return FigureFiles.write(figures, SAMPLES.resolve(name), size, QUIET);
    }

    private static Figure figure(String name) {
        return figures.stream().filter(f -> f.name().equals(name)).findFirst().orElseThrow();
    }

    private static SvgText svg(String name) throws IOException {
        return SvgText.read(SAMPLES.resolve("ordinary").resolve(name + ".svg"));
    }

    private static JsonNode data(String name, String set) throws IOException {
        return new ObjectMapper().readTree(figure(name).specification()).at("/datasets/" + set);
    }

    @Test
    void everyFigureIsAnSvgAndAPngUnderItsNameAndCaptionsAreLast() {
        List<String> expected = new ArrayList<>();
        for (Figure figure : figures) {
            expected.add(figure.name() + ".svg");
            expected.add(figure.name() + ".png");
        }
        expected.add("captions.md");
        assertThat(figures).hasSize(13);
        assertThat(ordinary.files())
                .extracting(file -> file.getFileName().toString())
                .containsExactlyElementsOf(expected);
        assertThat(ordinary.withoutPng()).isEmpty();
    }

    @Test
    void anSvgHasItsSizeInPrintItsTitleAndItsCaption() throws IOException {
        for (Figure figure : figures) {
            SvgText svg = svg(figure.name());
            assertThat(svg.root("width")).isEqualTo("17.000cm");
            assertThat(svg.root("viewBox")).startsWith("0 0 643 ");
            assertThat(svg.first("title")).isEqualTo(figure.title());
            assertThat(svg.first("desc")).isEqualTo(figure.caption());
            assertThat(svg.texts()).as(figure.name()).hasSizeGreaterThan(5);
            assertThat(svg.texts()).doesNotContain("NaN", "undefined", "null", "Infinity");
            assertThat(svg.fontSizes()).isSubsetOf("12px", "13px");
        }
    }

    @Test
    void everyTrainingOfTheFinalistsIsAMark() throws IOException {
        SvgText svg = svg("finalists-losses");
        int points = data("finalists-losses", "points").size();
        int intervals = data("finalists-losses", "intervals").size();
        assertThat(points).isGreaterThan(2 * 59);
        assertThat(svg.marks("symbol")).isEqualTo(points + intervals);
        assertThat(svg.texts()).contains("loss (ln² units of energy)");
        assertThat(svg.texts()).filteredOn(t -> t.endsWith("— certificate, 59 fresh")).hasSize(2);
    }

    @Test
    void everyLearningCurveIsALine() throws IOException {
        assertThat(svg("curves-1").marks("line")).isEqualTo(59);
        assertThat(svg("curves-explosions").marks("line")).isEqualTo(8);
        assertThat(svg("curves-1").texts()).contains("epoch", "training loss (network's scale)");
    }

    @Test
    void everyPartOfASettingsBarIsARectangle() throws IOException {
        SvgText svg = svg("settings-places");
        assertThat(svg.marks("rect")).isEqualTo(data("settings-places", "bars").size());
        assertThat(svg.texts())
                .contains("best tenth", "a training failed (×)", "relu", "elu", "silu", "tanh");
    }

    @Test
    void whatASettingExplainsFitsIntoANarrowColumn() throws IOException {
        List<Figure> settings = List.of(figure("settings-places"), figure("settings"));
        write("column", settings, new FigureSize(FigureSize.NARROWEST_CM));
        for (Figure figure : settings) {
            SvgText narrow =
                    SvgText.read(SAMPLES.resolve("column").resolve(figure.name() + ".svg"));
            assertThat(narrow.texts())
                    .as(figure.name())
                    .noneMatch(text -> text.contains("…"))
                    .anyMatch(text -> text.endsWith("%, as by chance"));
            assertThat(svg(figure.name()).texts())
                    .anyMatch(text -> text.endsWith("of the order, no more than chance"));
        }
    }

    @Test
    void noLineRunsThroughWhatASettingExplains() throws IOException {
        assertThat(SAMPLES.resolve("ordinary").resolve("settings-places.svg"))
                .content()
                .contains("role-axis-label")
                .doesNotContain("role-axis-grid");
        for (JsonNode row : data("settings-places", "rows")) {
            if (row.has("effect")) { // the text's middle, 9 of the 24 pixels of a row above its end
                assertThat(row.get("first").asDouble() - row.get("row").asDouble())
                        .isGreaterThan(9.0 / 24);
            }
        }
    }

    @Test
    void partsOfASettingsBarDifferInGrey() throws IOException {
        List<Integer> greys = new ArrayList<>();
        new ObjectMapper()
                .readTree(figure("settings-places").specification())
                .findValue("color")
                .at("/scale/range")
                .forEach(colour -> greys.add(grey(Color.decode(colour.asText()))));
        assertThat(greys).hasSize(4);
        List<Integer> sorted = greys.stream().sorted().toList();
        for (int i = 1; i < sorted.size(); i++) {
            assertThat(sorted.get(i) - sorted.get(i - 1)).as("greys %s", sorted).isGreaterThan(50);
        }
        JsonNode bars = data("settings-places", "bars");
        long failed =
                bars.findValuesAsText("class").stream().filter(c -> c.endsWith("(×)")).count();
        assertThat(failed).isPositive();
        assertThat(svg("settings-places").texts()).filteredOn("×"::equals).hasSize((int) failed);
    }

    /** Returns the luma of a colour as a printer or a screen in grey shows it, 0 to 255. */
    private static int grey(Color colour) {
        return Math.toIntExact(
                Math.round(
                        0.299 * colour.getRed()
                                + 0.587 * colour.getGreen()
                                + 0.114 * colour.getBlue()));
    }

    @Test
    void aPngHasThreeHundredDotsAnInchAndIsNotBlank() throws IOException {
        for (Figure figure : figures) {
            Path file = SAMPLES.resolve("ordinary").resolve(figure.name() + ".png");
            BufferedImage image = ImageIO.read(file.toFile());
            String[] box = svg(figure.name()).root("viewBox").split(" ");
            assertThat(image.getWidth()).as("17 cm").isEqualTo(2008);
            assertThat(image.getHeight())
                    .isEqualTo(Math.round(Double.parseDouble(box[3]) * 2008 / 643));
            assertThat(image.getRGB(0, 0)).as("background").isEqualTo(0xffffffff);
            long ink =
                    IntStream.range(0, image.getWidth() * image.getHeight())
                            .filter(i ->
                                    image.getRGB(i % image.getWidth(), i / image.getWidth())
                                            != 0xffffffff)
                            .count();
            double share = ink / (double) (image.getWidth() * image.getHeight());
            assertThat(share).as(figure.name()).isBetween(0.005, 0.7);
            assertThat(Files.readAllBytes(file))
                    .as("11,811 dots a metre")
                    .containsSequence('p', 'H', 'Y', 's', 0, 0, 0x2e, 0x23, 0, 0, 0x2e, 0x23, 1);
        }
    }

    @Test
    void theSameRunGivesTheSameSvgAlsoInAnotherLocaleAndOverOldFiles() throws IOException {
        List<Figure> some = List.of(figure("race-criterion"), figure("settings"));
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMANY);
            write("again", some, FigureSize.TWO_COLUMNS);
            write("again", some, FigureSize.TWO_COLUMNS);
        } finally {
            Locale.setDefault(before);
        }
        for (Figure figure : some) {
            for (String ending : List.of(".svg", ".png")) {
                assertThat(SAMPLES.resolve("again").resolve(figure.name() + ending))
                        .hasSameBinaryContentAs(
                                SAMPLES.resolve("ordinary").resolve(figure.name() + ending));
            }
        }
    }

    @Test
    void narrowFiguresKeepTheSizeOfTheirText() throws IOException {
        write("narrow", List.of(figure("race-alive")), new FigureSize(8.5));
        Path file = SAMPLES.resolve("narrow").resolve("race-alive.svg");
        assertThat(SvgText.read(file).root("width")).isEqualTo("8.500cm");
        assertThat(SvgText.read(file).root("viewBox")).startsWith("0 0 321 ");
        assertThat(SvgText.read(file).fontSizes()).containsOnly("12px");
        assertThat(
                        ImageIO.read(SAMPLES.resolve("narrow").resolve("race-alive.png").toFile())
                                .getWidth())
                .isEqualTo(1004);
    }

    @Test
    void sixThousandCandidatesGiveFilesBelowFiveMegabytes() throws IOException {
        List<FigureFiles.Written> all =
                List.of(
                        write("large", SyntheticFigures.ofALargeRun(), FigureSize.TWO_COLUMNS),
                        write(
                                "exhaustive",
                                SyntheticFigures.ofAnExhaustiveRun(),
                                FigureSize.TWO_COLUMNS));
        for (FigureFiles.Written written : all) {
            assertThat(written.files()).hasSizeGreaterThan(12);
            for (Path file : written.files()) {
                assertThat(Files.size(file)).as("%s", file).isLessThan(MOST_BYTES);
            }
        }
    }

    @Test
    void namesOfAStudyAreTextInEveryFile() throws IOException {
        String hostile = "</text><script>alert(1)</script>&\"'`*[x](y)";
        List<Figure> names = SyntheticFigures.ofAHostileRun(hostile);
        FigureFiles.Written written = write("hostile", names, FigureSize.TWO_COLUMNS);
        for (Path file : written.files()) {
            if (file.toString().endsWith(".svg")) {
                assertThat(SvgText.read(file).count("script")).isZero();
                assertThat(SvgText.read(file).count("a")).isZero();
            }
        }
        assertThat(written.files().getLast())
                .content()
                .contains("\\</text\\>\\<script\\>")
                .doesNotContainPattern("(?<!\\\\)<script")
                .doesNotContain("[x](y)");
    }

    @Test
    void captionsAreTheSentencesUnderThePlots() {
        assertThat(SAMPLES.resolve("ordinary").resolve("captions.md"))
                .content()
                .contains(
                        "## What each setting does to the criterion\n\n"
                                + "![settings](settings.svg)\n\n"
                                + figure("settings").caption()
                                + "\n");
    }

    @Test
    void aRunWithoutPlotsHasCaptionsThatSaySo(@TempDir Path directory) throws IOException {
        FigureFiles.Written written =
                FigureFiles.write(
                        SyntheticFigures.ofARunWithoutTrainings(),
                        directory,
                        FigureSize.TWO_COLUMNS,
                        QUIET);
        assertThat(written.files()).containsExactly(directory.resolve("captions.md"));
        assertThat(directory.resolve("captions.md")).content().contains("no plots");
    }

    @Test
    void aMachineWithoutFontsGetsEverySvgAndIsAskedOnce(@TempDir Path directory)
            throws IOException {
        List<String> asked = new ArrayList<>();
        FigureFiles files =
                new FigureFiles(
                        directory,
                        FigureSize.TWO_COLUMNS,
                        (_, _) -> {
                            asked.add("png");
                            throw new NoFontsException(
                                    new InternalError("Fontconfig head is null"));
                        });
        FigureFiles.Written written =
                files.write(List.of(figure("race-alive"), figure("race-drops")), QUIET);
        assertThat(asked).hasSize(1);
        assertThat(written.withoutPng().orElseThrow()).contains("Fontconfig head is null");
        assertThat(names(directory))
                .containsExactly("captions.md", "race-alive.svg", "race-drops.svg");
    }

    @Test
    void aFailedWriteLeavesNothingHalfAndOtherFilesAsTheyWere(@TempDir Path directory)
            throws IOException {
        Files.writeString(directory.resolve("race-alive.pdf"), "mine");
        Path inTheWay = Files.createDirectories(directory.resolve("race-drops.svg"));
        Files.writeString(inTheWay.resolve("file"), "a directory that is not empty");
        List<Figure> two = List.of(figure("race-alive"), figure("race-drops"));
        assertThatThrownBy(() -> FigureFiles.write(two, directory, FigureSize.TWO_COLUMNS, QUIET))
                .isInstanceOf(IOException.class);
        assertThat(names(directory))
                .containsExactly(
                        "race-alive.pdf", "race-alive.png", "race-alive.svg", "race-drops.svg");
        assertThat(directory.resolve("race-alive.pdf")).hasContent("mine");
    }

    @Test
    void progressNamesEachFigureBeforeItIsDrawn(@TempDir Path directory) throws IOException {
        List<String> told = new ArrayList<>();
        FigureFiles.write(
                List.of(figure("race-alive"), figure("race-drops")),
                directory.resolve("made").resolve("too"),
                FigureSize.TWO_COLUMNS,
                (number, all, name) -> told.add(number + "/" + all + " " + name));
        assertThat(told).containsExactly("1/2 race-alive", "2/2 race-drops");
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
