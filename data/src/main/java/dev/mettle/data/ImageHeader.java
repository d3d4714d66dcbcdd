package dev.mettle.data;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;

/**
 * What the first bytes of a PNG or JPEG file say of the image (PNG specification, section 11.2.2;
 * ITU-T T.81, section B.2.2). Nothing is decoded.
 *
 * @param format "png" or "jpeg", as Java's image readers are called
 * @param width pixels, at least 1
 * @param height pixels, at least 1
 * @param colour whether there are red, green and blue, else one brightness
 * @param bitsPerPixel of the image as it is before compression
 */
record ImageHeader(String format, int width, int height, boolean colour, int bitsPerPixel) {
    private static final long PNG_SIGNATURE = 0x89504E470D0A1A0AL;
    private static final int IHDR = 0x49484452;
    private static final int JPEG_START = 0xFFD8;

    /**
     * Reads the header.
     *
     * @throws ImageFormatException when it is no PNG or JPEG file, or of a kind that is not read
     * @throws IOException when it ends early or can't be read
     */
    static ImageHeader read(DataInputStream in) throws IOException, ImageFormatException {
        int start;
        try {
            start = in.readUnsignedShort();
        } catch (EOFException e) {
            throw new ImageFormatException("is empty, where an image is needed.");
        }
        if (start == JPEG_START) {
            return jpeg(in);
        }
        if (start != PNG_SIGNATURE >>> 48) {
            throw new ImageFormatException(
                    "is no PNG or JPEG image, whatever its name. Convert it, or take it away.");
        }
        long rest = (long) in.readUnsignedShort() << 32 | Integer.toUnsignedLong(in.readInt());
        if (rest != (PNG_SIGNATURE & 0xFFFF_FFFF_FFFFL)) {
            throw new ImageFormatException("begins as a PNG image that was damaged on its way.");
        }
        return png(in);
    }

    private static ImageHeader png(DataInputStream in) throws IOException, ImageFormatException {
        if (in.readInt() != 13 || in.readInt() != IHDR) {
            throw new ImageFormatException("is a PNG image without a header: it is damaged.");
        }
        int width = in.readInt();
        int height = in.readInt();
        int depth = in.readUnsignedByte();
        int colourType = in.readUnsignedByte();
        if (depth > 8) {
            throw new ImageFormatException(
                    "has 16 bits a channel; images are read as 0 to 255. Convert it to 8 bits, or"
                            + " write the pixels as an array: numpy.savez(file, images=...,"
                            + " labels=...).");
        }
        int channels =
                switch (colourType) {
                    case 0, 3 -> 1;
                    case 4 -> 2;
                    case 2 -> 3;
                    case 6 -> 4;
                    default ->
                            throw new ImageFormatException(
                                    "has the unknown colour type %d: it is damaged."
                                            .formatted(colourType));
                };
        boolean colour = colourType != 0 && colourType != 4;
        return checked(new ImageHeader("png", width, height, colour, channels * depth));
    }

    private static ImageHeader checked(ImageHeader header) throws ImageFormatException {
        if (header.width < 1 || header.height < 1) {
            throw new ImageFormatException(
                    "claims %d x %d pixels: it is damaged.".formatted(header.width, header.height));
        }
        return header;
    }

    /** Walks the segments up to the frame header, which holds the sizes. */
    private static ImageHeader jpeg(DataInputStream in) throws IOException, ImageFormatException {
        while (true) {
            int marker = in.readUnsignedByte();
            if (marker != 0xFF) {
                throw new ImageFormatException("is a JPEG image with a damaged header.");
            }
            while (marker == 0xFF) { // any number of them may fill up
                marker = in.readUnsignedByte();
            }
            if (marker == 0x01 || marker >= 0xD0 && marker <= 0xD7) {
                continue; // without contents
            }
            if (marker == 0xD9 || marker == 0xDA) {
                throw new ImageFormatException("is a JPEG image without a frame: it is damaged.");
            }
            int length = in.readUnsignedShort();
            // C0 to CF are frames, but for the tables C4 and CC and the reserved C8
            if (marker >= 0xC0
                    && marker <= 0xCF
                    && marker != 0xC4
                    && marker != 0xC8
                    && marker != 0xCC) {
                return frame(in);
            }
            in.skipNBytes(Math.max(0, length - 2));
        }
    }

    private static ImageHeader frame(DataInputStream in) throws IOException, ImageFormatException {
        int depth = in.readUnsignedByte();
        int height = in.readUnsignedShort();
        int width = in.readUnsignedShort();
        int channels = in.readUnsignedByte();
        if (depth != 8 || channels != 1 && channels != 3) {
            throw new ImageFormatException(
                    ("has %d channels of %d bits; one (grey) or three (colour) of 8 bits are read."
                                    + " Convert it to RGB.")
                            .formatted(channels, depth));
        }
        return checked(new ImageHeader("jpeg", width, height, channels == 3, 8 * channels));
    }

    /**
     * Tells whether a file of that length can hold the image. PNG's deflate reaches 1,032 : 1; a
     * block of 64 pixels takes a JPEG file at least a bit, which is less.
     */
    boolean fits(long fileBytes) {
        return (long) width * height / 8 * bitsPerPixel / NpyArray.MAX_INFLATION <= fileBytes;
    }
}
