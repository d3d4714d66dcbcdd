package dev.mettle.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.mettle.core.study.DataException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/** Fixtures and expected values: reference/data/format_fixtures.py. */
class ImageFolderTest {
    @TempDir Path folder;

    static Stream<String> everyFolder() throws IOException {
        return Formats.lines("formats/expected.txt")
                .filter(line -> line.matches("(grey|colour) .*"));
    }

    @ParameterizedTest
    @MethodSource("everyFolder")
    void readsThePixelsThatPillowReads(String line) {
        List<String> words = List.of(line.split(" "));
        ImageFolder images = ImageFolder.open(Npz.fixture("formats/" + words.get(0)));
        Formats.requireSame(images.array("input", words.get(1)), words);
    }

    @Test
    void listsShapesTypesAndClasses() {
        ImageFolder images = ImageFolder.open(Npz.fixture("formats/colour"));
        assertThat(images.names()).containsExactly("images", "labels");
        assertThat(images.classes()).containsExactly("cat", "dog");
        assertThat(images.listing())
                .isEqualTo("images (5, 3, 5, 7) uint8, labels (5,) int32 (0 = cat, 1 = dog)");
        assertThatThrownBy(() -> images.array("target", "label"))
                .isInstanceOf(DataException.class)
                .hasMessageEndingWith("Did you mean 'labels'?");
    }

    @Test
    void theChecksumSeesNamesAndBytes() throws IOException {
        copy("a/1.png", "b/1.png");
        String before = checksum();
        assertThat(checksum()).isEqualTo(before);
        Files.move(folder.resolve("a/1.png"), folder.resolve("a/2.png"));
        String renamed = checksum();
        assertThat(renamed).isNotEqualTo(before);
        Files.move(folder.resolve("b"), folder.resolve("c"));
        assertThat(checksum()).isNotEqualTo(renamed);
    }

    private String checksum() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            ImageFolder.open(folder).addTo(digest);
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    /** Puts the same image of 7 x 5 pixels at several places. */
    private void copy(String... names) throws IOException {
        for (String name : names) {
            Path path = folder.resolve(name);
            Files.createDirectories(path.getParent());
            Files.copy(Npz.fixture("formats/grey/a/2.png"), path);
        }
    }

    private void assertRefused(String... words) {
        assertThatThrownBy(() -> ImageFolder.open(folder).array("input", "images").toFloats())
                .isInstanceOfSatisfying(
                        DataException.class, e -> assertThat(e.key()).isIn("file", "input"))
                .message()
                .contains(words);
    }

    @Test
    void hiddenFilesAndThoseOfOtherKindsAreLeftOut() throws IOException {
        copy("a/1.png", ".git/x.png", "a/.thumb.png");
        Files.writeString(folder.resolve("a/notes.txt"), "hello");
        Files.writeString(folder.resolve("README.md"), "hello");
        assertThat(ImageFolder.open(folder).array("input", "labels").toDoubles())
                .containsExactly(0.0);
    }

    @Test
    void imagesOfDifferentSizesAreRefusedByName() throws IOException {
        copy("a/1.png", "b/1.png");
        Files.copy(Npz.fixture("formats/single/progressive.jpg"), folder.resolve("b/large.jpg"));
        assertRefused("a/1.png has 7 x 5 pixels", "b/large.jpg has 48 x 40", "Resize");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "transparent.png | is transparent in places",
                "sixteen.png     | 16 bits a channel",
                "cmyk.jpg        | has 4 channels of 8 bits",
            })
    void imagesThatAreNoBrightnessesOf0To255AreRefused(String name, String words)
            throws IOException {
        Files.createDirectories(folder.resolve("a"));
        Files.copy(Npz.fixture("formats/single/" + name), folder.resolve("a").resolve(name));
        assertRefused(name, words);
    }

    @Test
    void foldersThatAreLaidOutOtherwiseAreRefused() throws IOException {
        assertRefused("has no subfolders", "animals/cat/1.png");
        copy("1.png");
        assertRefused("1.png is an image without a class");
        Files.delete(folder.resolve("1.png"));
        Files.createDirectory(folder.resolve("a"));
        assertRefused("holds no PNG or JPEG image");
        copy("a/b/1.png");
        assertRefused("a/b is a folder in the folder of a class");
        assertThatThrownBy(() -> ImageFolder.open(folder.resolve("a/b/1.png")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("is a file, not a folder of images");
        assertThatThrownBy(() -> ImageFolder.open(folder.resolve("aa")))
                .isInstanceOf(DataException.class)
                .hasMessageEndingWith("Did you mean 'a'?");
    }

    @Test
    void imagesOfOtherFormatsAreRefused() throws IOException {
        copy("a/1.png");
        Files.writeString(folder.resolve("a/2.tif"), "II");
        assertRefused("2.tif is neither PNG nor JPEG");
        Files.delete(folder.resolve("a/2.tif"));
        Files.writeString(folder.resolve("a/2.png"), "GIF89a");
        assertRefused("2.png is no PNG or JPEG image");
        Files.write(folder.resolve("a/2.png"), new byte[0]);
        assertRefused("2.png is empty");
    }

    @Test
    void linksOutOfTheFolderAreRefused(@TempDir Path elsewhere) throws IOException {
        copy("a/1.png", "b/1.png");
        Path outside =
                Files.copy(Npz.fixture("formats/grey/a/2.png"), elsewhere.resolve("outside.png"));
        Path link = folder.resolve("a/2.png");
        Files.createSymbolicLink(link, outside);
        assertRefused("a/2.png is a link out of the folder", "outside.png");
        Files.delete(link);
        Files.createSymbolicLink(link, folder.resolve("nowhere.png"));
        assertRefused("a/2.png is a link that leads nowhere");
        Files.delete(link);
        Files.createSymbolicLink(link, Path.of("../b/1.png"));
        assertThat(ImageFolder.open(folder).array("input", "images").shape())
                .containsExactly(3L, 5L, 7L);
        Files.createSymbolicLink(folder.resolve("c"), elsewhere);
        assertRefused("c is a link out of the folder");
    }

    @ParameterizedTest
    @ValueSource(strings = {"grey/a/2.png", "grey/a/10.png", "colour/cat/y.png"})
    void noFlippedBitOfAPngGivesWrongPixels(String name) throws IOException {
        byte[] whole = Files.readAllBytes(Npz.fixture("formats/" + name));
        for (int bit = 0; bit < whole.length * 8; bit++) {
            byte[] damaged = whole.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(catchThrowable(() -> readOnly("1.png", damaged)))
                    .as("%s, bit %d", name, bit)
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("1.png");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"grey/a/c.JPG", "single/progressive.jpg"})
    void noFlippedBitOfAJpegGivesAnotherException(String name) throws IOException {
        byte[] whole = Files.readAllBytes(Npz.fixture("formats/" + name));
        for (int bit = 0; bit < whole.length * 8; bit += 3) {
            byte[] damaged = whole.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            Throwable thrown = catchThrowable(() -> readOnly("1.jpg", damaged));
            if (thrown != null) { // a JPEG file has no checksum
                assertThat(thrown).as("%s, bit %d", name, bit).isInstanceOf(DataException.class);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"grey/a/2.png", "grey/a/c.JPG", "single/progressive.jpg"})
    void anImageCutShortAnywhereIsRefused(String name) throws IOException {
        byte[] whole = Files.readAllBytes(Npz.fixture("formats/" + name));
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThat(catchThrowable(() -> readOnly("1.jpg", cut)))
                    .as("%s cut to %d bytes", name, length)
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("1.jpg");
        }
    }

    private void readOnly(String name, byte[] image) throws IOException {
        Files.createDirectories(folder.resolve("a"));
        Files.write(folder.resolve("a").resolve(name), image);
        ImageFolder.open(folder).array("input", "images").toFloats();
    }

    @Test
    void sizesThatAnImageCannotHaveAreRefusedBeforeAnythingIsAllocated() throws IOException {
        byte[] bytes = Files.readAllBytes(Npz.fixture("formats/grey/a/2.png"));
        ByteBuffer file = ByteBuffer.wrap(bytes).putInt(16, 60_000).putInt(20, 60_000);
        CRC32 crc = new CRC32();
        crc.update(bytes, 12, 17);
        file.putInt(29, (int) crc.getValue());
        assertThat(catchThrowable(() -> readOnly("1.png", bytes)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("1.png claims 60000 x 60000 pixels, which no file of");
    }
}
