//! Photographs for tests, made in memory, with what a phone writes into them.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};

/// Stands for a place that nobody may learn of a photograph.
pub(crate) const SECRET: &[u8] = b"42.1354N-24.7453E";

pub(crate) const RED: [u8; 3] = [220, 20, 20];
pub(crate) const GREEN: [u8; 3] = [20, 200, 20];
pub(crate) const BLUE: [u8; 3] = [20, 20, 220];
pub(crate) const WHITE: [u8; 3] = [240, 240, 240];

/// Four quarters: red and green above, blue and white below, with a grain as photographs have.
pub(crate) fn quarters(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        let colour = match (x < width / 2, y < height / 2) {
            (true, true) => RED,
            (false, true) => GREEN,
            (true, false) => BLUE,
            (false, false) => WHITE,
        };
        let grain = u8::try_from((x * 7919 + y * 104_729 + (x * y) % 251) % 13).unwrap();
        Rgb(colour.map(|channel| channel.saturating_add(grain)))
    })
}

/// A photograph without anything in it that is not a pixel.
pub(crate) fn jpeg(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, 92)
        .encode_image(&quarters(width, height))
        .unwrap();
    bytes
}

pub(crate) fn in_format(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::from(quarters(width, height))
        .write_to(&mut bytes, format)
        .unwrap();
    bytes.into_inner()
}

/// EXIF as a phone writes it: which side is up, and where it was.
pub(crate) fn exif(orientation: u16) -> Vec<u8> {
    let mut tiff = b"II\x2a\0\x08\0\0\0".to_vec();
    let entry = |tag: u16, kind: u16, count: u32, value: u32| {
        let mut entry = Vec::new();
        entry.extend(tag.to_le_bytes());
        entry.extend(kind.to_le_bytes());
        entry.extend(count.to_le_bytes());
        entry.extend(value.to_le_bytes());
        entry
    };
    // The head is 8 bytes, two entries with their frame 30, one entry with its frame 18.
    let length = u32::try_from(SECRET.len()).unwrap();
    tiff.extend(2u16.to_le_bytes());
    tiff.extend(entry(0x0112, 3, 1, orientation.into()));
    tiff.extend(entry(0x8825, 4, 1, 38));
    tiff.extend(0u32.to_le_bytes());
    tiff.extend(1u16.to_le_bytes());
    tiff.extend(entry(0x001b, 7, length, 56));
    tiff.extend(0u32.to_le_bytes());
    tiff.extend(SECRET);
    tiff
}

/// A part of a JPEG.
pub(crate) fn segment(marker: u8, content: &[u8]) -> Vec<u8> {
    let mut segment = vec![0xff, marker];
    segment.extend(u16::try_from(content.len() + 2).unwrap().to_be_bytes());
    segment.extend(content);
    segment
}

/// The JPEG as a phone would have written it: EXIF, XMP, a comment, and a second picture behind the first.
pub(crate) fn from_a_phone(jpeg: &[u8], orientation: u16) -> Vec<u8> {
    let exif = [b"Exif\0\0".as_slice(), &exif(orientation)].concat();
    let xmp = [
        b"http://ns.adobe.com/xap/1.0/\0<x>".as_slice(),
        SECRET,
        b"</x>",
    ]
    .concat();
    let mut bytes = jpeg[..2].to_vec();
    bytes.extend(segment(0xe1, &exif));
    bytes.extend(segment(0xe1, &xmp));
    bytes.extend(segment(
        0xed,
        &[b"Photoshop 3.0\0".as_slice(), SECRET].concat(),
    ));
    bytes.extend(segment(0xfe, SECRET));
    bytes.extend(&jpeg[2..]);
    bytes.extend([0xff, 0xd8]);
    bytes.extend(segment(0xe1, &exif));
    bytes.extend([0xff, 0xd9]);
    bytes
}

/// The PNG with EXIF, a text, and something behind its end.
pub(crate) fn png_with_notes(png: &[u8], orientation: u16) -> Vec<u8> {
    let end = png.len() - 12;
    let mut bytes = png[..33].to_vec();
    for (name, content) in [
        (b"eXIf", exif(orientation)),
        (b"tEXt", [b"Comment\0".as_slice(), SECRET].concat()),
    ] {
        bytes.extend(u32::try_from(content.len()).unwrap().to_be_bytes());
        let chunk = [name.as_slice(), &content].concat();
        bytes.extend(&chunk);
        bytes.extend(crc(&chunk).to_be_bytes());
    }
    bytes.extend(&png[33..end]);
    bytes.extend(&png[end..]);
    bytes.extend(SECRET);
    bytes
}

/// The simple WebP as an extended one with EXIF and XMP.
pub(crate) fn webp_with_notes(webp: &[u8], size: (u32, u32), orientation: u16) -> Vec<u8> {
    let part = |name: &[u8], content: &[u8]| {
        let mut part = name.to_vec();
        part.extend(u32::try_from(content.len()).unwrap().to_le_bytes());
        part.extend(content);
        part.resize(part.len() + content.len() % 2, 0);
        part
    };
    let minus_one = |side: u32| (side - 1).to_le_bytes()[..3].to_vec();
    let head = [vec![0b1100, 0, 0, 0], minus_one(size.0), minus_one(size.1)].concat();
    let body = [
        b"WEBP".to_vec(),
        part(b"VP8X", &head),
        webp[12..].to_vec(),
        part(b"EXIF", &exif(orientation)),
        part(b"XMP ", SECRET),
    ]
    .concat();
    part(b"RIFF", &body)
}

/// The check sum of PNG.
pub(crate) fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| {
            (sum >> 1) ^ (0xedb8_8320 & (sum & 1).wrapping_neg())
        })
    })
}

/// The colours of the four quarters of a picture: above left and right, below left and right.
pub(crate) fn corners(bytes: &[u8]) -> [[u8; 3]; 4] {
    let pixels = image::load_from_memory(bytes).unwrap().into_rgb8();
    let (width, height) = pixels.dimensions();
    let (left, right) = (width / 4, width * 3 / 4);
    let (top, bottom) = (height / 4, height * 3 / 4);
    [(left, top), (right, top), (left, bottom), (right, bottom)].map(|(x, y)| {
        let seen = pixels.get_pixel(x, y).0;
        let near = |known: [u8; 3]| {
            let pairs = known.into_iter().zip(seen);
            pairs.map(|(a, b)| u32::from(a.abs_diff(b))).sum::<u32>()
        };
        [RED, GREEN, BLUE, WHITE]
            .into_iter()
            .min_by_key(|known| near(*known))
            .unwrap()
    })
}

/// A GIF of so many frames of one pixel each, with a comment and notes of a program.
pub(crate) fn gif_with_notes(frames: usize) -> Vec<u8> {
    let mut gif = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff".to_vec();
    let length = u8::try_from(SECRET.len()).unwrap();
    gif.extend([b"!\xff\x0bXMP DataXMP".as_slice(), &[length], SECRET, b"\0"].concat());
    gif.extend([b"!\xfe".as_slice(), &[length], SECRET, b"\0"].concat());
    gif.extend(b"!\xff\x0bNETSCAPE2.0\x03\x01\0\0\0");
    for _ in 0..frames {
        gif.extend(b"!\xf9\x04\0\x0a\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0");
    }
    gif.extend(b";");
    gif.extend(SECRET);
    gif
}
