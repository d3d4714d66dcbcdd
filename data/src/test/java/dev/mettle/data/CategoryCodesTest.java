package dev.mettle.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mettle.core.data.Categories;
import dev.mettle.core.data.Dataset;
import dev.mettle.core.study.CategorySettings;
import dev.mettle.core.study.DataException;
import dev.mettle.core.study.DataSettings;
import dev.mettle.core.study.DataSource;
import dev.mettle.core.study.ScaleKind;
import dev.mettle.core.study.TargetSettings;

import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

class CategoryCodesTest {
    private static final CategorySettings REGION =
            new CategorySettings("region", OptionalInt.empty());

    @TempDir private Path folder;

    private static Npz rows() {
        return new Npz()
                .doubles("cells", "(4, 1)", 1, 2, 3, 4)
                .doubles("energy", "(4,)", 10, 20, 40, 50)
                .doubles("region", "(4,)", 2, 0, 6, 2)
                .doubles("month", "(4, 1)", 0, 11, 0, 1);
    }

    private static DataSettings settings(CategorySettings... categories) {
        return new DataSettings(
                new DataSource.File("data.npz"),
                1,
                List.of("cells"),
                Optional.empty(),
                ScaleKind.NONE,
                TargetSettings.regression("energy", ScaleKind.NONE),
                List.of(),
                List.of(categories),
                1,
                1);
    }

    private LoadedData load(Npz npz, CategorySettings... categories) {
        npz.writeTo(folder.resolve("data.npz"));
        return DataLoader.load(settings(categories), folder, List.of());
    }

    private AbstractThrowableAssert<?, ? extends Throwable> refused(
            Npz npz, CategorySettings... categories) {
        return assertThatThrownBy(() -> load(npz, categories))
                .isInstanceOfSatisfying(
                        DataException.class, e -> assertThat(e.key()).isEqualTo("categories"));
    }

    @Test
    void codesAreReadColumnBesideColumn() {
        LoadedData loaded = load(rows(), REGION, new CategorySettings("month", OptionalInt.of(13)));
        Dataset data = loaded.dataset();
        assertThat(data.categories().columns())
                .containsExactly(
                        new Categories.Column("region", 7), new Categories.Column("month", 13))
                .isEqualTo(loaded.facts().categories());
        assertThat(data.categories().codes()).containsExactly(2, 0, 0, 11, 6, 0, 2, 1);
        assertThat(data.categories().code(1, 1)).isEqualTo(11);
        assertThat(load(rows()).dataset().categories().columnCount()).isZero();
    }

    @Test
    void onlyCodesAreTaken() {
        refused(rows().doubles("region", "(4,)", 0, 1, -1, 2), REGION)
                .hasMessageContaining("array 'region', row 2: -1.0 is not the code of a category")
                .hasMessageContaining("1 of 4 values are not");
        refused(rows().doubles("region", "(4,)", 0.5, 1, Double.NaN, 2), REGION)
                .hasMessageContaining("row 0: 0.5 is not the code")
                .hasMessageContaining("2 of 4 values are not");
        refused(rows().doubles("region", "(4,)", 0, 1, Double.POSITIVE_INFINITY, 2), REGION)
                .hasMessageContaining("row 2: Infinity is not the code");
        refused(rows().doubles("region", "(4,)", 0, 1, 100_000, 2), REGION)
                .hasMessageContaining("row 2: code 100000 is too large")
                .hasMessageContaining("Renumber");
        refused(rows(), new CategorySettings("region", OptionalInt.of(6)))
                .hasMessageContaining(
                        "row 2: code 6 is too large; the study says that there are 6");
        assertThat(load(rows().doubles("region", "(4,)", 0, 1, 99_999, 2), REGION).facts())
                .satisfies(facts ->
                        assertThat(facts.categories().getFirst().count()).isEqualTo(100_000));
    }

    @Test
    void aColumnIsThereOncePerRowAndNoTarget() {
        refused(rows(), new CategorySettings("regio", OptionalInt.empty()))
                .hasMessageContaining("has no array 'regio'");
        refused(rows(), new CategorySettings("energy", OptionalInt.empty()))
                .hasMessageContaining("is the target too");
        refused(rows().doubles("region", "(3,)", 0, 1, 2), REGION)
                .hasMessageContaining("has 3 rows, but the input 'cells' has 4");
        refused(rows().doubles("region", "(4, 2)", 0, 1, 2, 3, 4, 5, 6, 7), REGION)
                .hasMessageContaining("one number per row");
    }

    @Test
    void allThatIsWrongIsReportedTogether() {
        Npz npz =
                rows().doubles("region", "(4,)", 0, 1, 0.5, 2)
                        .doubles("month", "(4,)", 0, -1, 1, 2)
                        .doubles("energy", "(4,)", 1, Double.NaN, 2, 3);
        CategorySettings month = new CategorySettings("month", OptionalInt.empty());
        assertThatThrownBy(() -> load(npz, REGION, month))
                .isInstanceOfSatisfying(
                        DataException.class, e -> assertThat(e.faults()).hasSize(3));
    }

    @Test
    void theChecksumCoversTheColumns() {
        String plain = load(rows()).dataset().checksum();
        assertThat(load(rows(), REGION).dataset().checksum()).isNotEqualTo(plain);
        assertThat(load(rows(), new CategorySettings("region", OptionalInt.of(9))).dataset())
                .satisfies(data ->
                        assertThat(data.checksum())
                                .isEqualTo(load(rows(), REGION).dataset().checksum()));
    }
}
