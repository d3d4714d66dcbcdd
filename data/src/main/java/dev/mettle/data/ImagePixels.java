package dev.mettle.data;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Decodes an image to its stored numbers, 0 to 255: no colour profile, gamma or orientation is
 * applied. Grey values of fewer than 8 bits are spread over 0 to 255, palettes are looked up.
 */
final class ImagePixels {
    private static final int SIGNATURE_BYTES = 8;
    private static final int CHUNK_OVERHEAD = 12;
    private static final int OPAQUE = 255;

    private ImagePixels() {}

    /** Takes the values of a channel, one after the other, row by row. */
    interface Sink {
        void accept(int channel, int pixel, int value);
    }

    /**
     * Decodes an image.
     *
     * @param file the bytes of the file
     * @param header its header
     * @param sink gets each value; of a grey image channel 0 alone
     * @throws ImageFormatException when the image is transparent somewhere, damaged or cut short
     */
    static void read(byte[] file, ImageHeader header, Sink sink) throws ImageFormatException {
        if (header.format().equals("png")) {
            requireIntactPng(file);
        }
        BufferedImage image = decode(file, header);
        if (image.getWidth() != header.width() || image.getHeight() != header.height()) {
            throw new ImageFormatException("contradicts its own header: it is damaged.");
        }
        ColorModel colours = image.getColorModel();
        if (colours instanceof IndexColorModel palette) {
            lookUp(image.getRaster(), palette, header, sink);
        } else {
            copy(image.getRaster(), colours, header, sink);
        }
    }

    private static BufferedImage decode(byte[] file, ImageHeader header)
            throws ImageFormatException {
        ImageReader reader = ImageIO.getImageReadersByFormatName(header.format()).next();
        StringBuilder warnings = new StringBuilder();
        try (var in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
            reader.addIIOReadWarningListener((source, warning) -> warnings.append(warning));
            reader.setInput(in, true, true);
            BufferedImage image = reader.read(0);
            if (!warnings.isEmpty()) { // a JPEG file cut short is no error to the reader
                throw damaged(warnings.toString());
            }
            return image;
        } catch (IOException | RuntimeException e) {
            throw damaged(Damage.why(e));
        } finally {
            reader.dispose();
        }
    }

    private static ImageFormatException damaged(String why) {
        return new ImageFormatException(
                "is damaged or cut short (%s). Copy or download it again, or take it away."
                        .formatted(why));
    }

    /** Checks the checksums of a PNG file, which Java's reader does not look at. */
    private static void requireIntactPng(byte[] file) throws ImageFormatException {
        ByteBuffer bytes = ByteBuffer.wrap(file).position(SIGNATURE_BYTES);
        String type = "";
        while (!type.equals("IEND")) {
            if (bytes.remaining() < CHUNK_OVERHEAD) {
                throw damaged("it ends early");
            }
            int length = bytes.getInt();
            if (length < 0 || length > bytes.remaining() - 8) {
                throw damaged("it ends early");
            }
            CRC32 crc = new CRC32();
            crc.update(file, bytes.position(), 4 + length);
            byte[] name = new byte[4];
            bytes.get(name).position(bytes.position() + length);
            if ((int) crc.getValue() != bytes.getInt()) {
                throw damaged("a checksum is wrong");
            }
            type = new String(name, StandardCharsets.ISO_8859_1);
        }
    }

    private static void lookUp(
            Raster raster, IndexColorModel palette, ImageHeader header, Sink sink)
            throws ImageFormatException {
        int[] row = new int[header.width()];
        int size = palette.getMapSize();
        for (int y = 0; y < header.height(); y++) {
            raster.getSamples(0, y, header.width(), 1, 0, row);
            for (int x = 0; x < row.length; x++) {
                if (row[x] >= size) {
                    throw damaged("a colour outside its palette");
                }
                requireOpaque(palette.getAlpha(row[x]));
                int pixel = y * row.length + x;
                sink.accept(0, pixel, palette.getRed(row[x]));
                if (header.colour()) {
                    sink.accept(1, pixel, palette.getGreen(row[x]));
                    sink.accept(2, pixel, palette.getBlue(row[x]));
                }
            }
        }
    }

    private static void copy(Raster raster, ColorModel colours, ImageHeader header, Sink sink)
            throws ImageFormatException {
        int channels = colours.getNumColorComponents();
        if (channels != (header.colour() ? 3 : 1)) {
            throw damaged("it has %d channels".formatted(channels));
        }
        int[] row = new int[header.width()];
        for (int y = 0; y < header.height(); y++) {
            for (int channel = 0; channel < channels; channel++) {
                raster.getSamples(0, y, header.width(), 1, channel, row);
                for (int x = 0; x < row.length; x++) {
                    sink.accept(channel, y * row.length + x, row[x]);
                }
            }
            if (colours.hasAlpha()) {
                for (int alpha : raster.getSamples(0, y, row.length, 1, channels, row)) {
                    requireOpaque(alpha);
                }
            }
        }
    }

    private static void requireOpaque(int alpha) throws ImageFormatException {
        if (alpha != OPAQUE) {
            throw new ImageFormatException(
                    "is transparent in places, which has no brightness. Put it on a background.");
        }
    }
}
