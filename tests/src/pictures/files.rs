//! What cameras, scanners, programs for layout and people who mean no good hand over.

use std::io::Cursor;

use generator::pictures::Pictures;
use image::{DynamicImage, ImageFormat};

use super::{asset, codes, contains, file, made};
use crate::bounded::{Bounds, within};
use crate::photographs::{
    BLUE, GREEN, RED, SECRET, WHITE, corners, crc, exif, gif_with_notes, in_format, jpeg, quarters,
    segment,
};

/// A JPEG of one colour in four components, as programs for layout write it: inks, of which 255 is none.
fn jpeg_for_printing(inks: [u8; 4], transform: u8) -> Vec<u8> {
    const SIDE: u8 = 32;
    let mut bytes = vec![0xff, 0xd8];
    let adobe = [b"Adobe\0\x64\0\0\0\0".as_slice(), &[transform]].concat();
    bytes.extend(segment(0xee, &adobe));
    // Coefficients in steps of eight, so that the first one is the colour itself.
    bytes.extend(segment(0xdb, &[&[0u8][..], &[8; 64]].concat()));
    let components = (1..=4).flat_map(|number| [number, 0x11, 0]);
    let frame = [8, 0, SIDE, 0, SIDE, 4].into_iter().chain(components);
    bytes.extend(segment(0xc0, &frame.collect::<Vec<u8>>()));
    // Twelve lengths of four bits each for the first coefficient; one bit says that there are no others.
    let lengths = |at: usize, count: u8| {
        let mut lengths = [0u8; 16];
        lengths[at] = count;
        lengths
    };
    let first = [
        &[0x00][..],
        &lengths(3, 12),
        &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
    ]
    .concat();
    bytes.extend(segment(0xc4, &first));
    bytes.extend(segment(0xc4, &[&[0x10][..], &lengths(0, 1), &[0]].concat()));
    let scan = [4, 1, 0, 2, 0, 3, 0, 4, 0, 0, 63, 0];
    bytes.extend(segment(0xda, &scan));
    let mut bits = String::new();
    for block in 0..usize::from(SIDE / 8).pow(2) {
        for ink in inks {
            let difference = if block == 0 { i32::from(ink) - 128 } else { 0 };
            let length = usize::try_from(32 - difference.unsigned_abs().leading_zeros()).unwrap();
            let written = if difference < 0 {
                difference + (1 << length) - 1
            } else {
                difference
            };
            bits += &format!("{length:04b}");
            if length > 0 {
                bits += &format!("{written:0length$b}");
            }
            bits.push('0');
        }
    }
    bits += &"1".repeat((8 - bits.len() % 8) % 8);
    for byte in bits.as_bytes().chunks(8) {
        let byte = u8::from_str_radix(std::str::from_utf8(byte).unwrap(), 2).unwrap();
        bytes.push(byte);
        if byte == 0xff {
            bytes.push(0);
        }
    }
    bytes.extend([0xff, 0xd9]);
    bytes
}

fn variant<'a>(pictures: &'a Pictures, name: &str) -> &'a [u8] {
    file(pictures, &pictures.get(name).unwrap().webp[0].address)
}

#[test]
fn colours_for_printing_look_right_on_a_screen_and_are_named() {
    for (transform, inks) in [
        // Red, as it is without cyan and black.
        (0, [255, 0, 0, 255]),
        // The same, as brightness and two differences of what is left of white, which is how these programs count.
        (2, [179, 171, 1, 255]),
    ] {
        let bytes = jpeg_for_printing(inks, transform);
        let (pictures, diagnostics) = made(&[asset("plakat.jpg", bytes)]);
        assert_eq!(codes(&diagnostics), ["L33"], "{transform}");
        let seen = image::load_from_memory(variant(&pictures, "plakat.jpg"));
        let [red, green, blue] = seen.unwrap().into_rgb8()[(16, 16)].0;
        assert!(
            red > 230 && green < 30 && blue < 30,
            "{transform}: {red} {green} {blue}"
        );
    }
}

#[test]
fn sixteen_bits_a_colour_are_the_same_colours() {
    let mut bytes = Cursor::new(Vec::new());
    let deep = DynamicImage::from(quarters(60, 40)).into_rgb16();
    DynamicImage::from(deep)
        .write_to(&mut bytes, ImageFormat::Png)
        .unwrap();
    let bytes = bytes.into_inner();
    assert_eq!(bytes[24], 16, "the test is worth something");
    let (pictures, diagnostics) = made(&[asset("skan.png", bytes.clone())]);
    assert_eq!(codes(&diagnostics), [""; 0]);
    assert_eq!(
        corners(variant(&pictures, "skan.png")),
        [RED, GREEN, BLUE, WHITE]
    );
    assert!(
        file(&pictures, "/media/skan.png") == bytes,
        "and the original stays what it is"
    );
}

/// A part of a WebP.
fn riff(name: &[u8], content: &[u8]) -> Vec<u8> {
    let length = u32::try_from(content.len()).unwrap();
    let mut part = [name, &length.to_le_bytes(), content].concat();
    part.resize(part.len() + content.len() % 2, 0);
    part
}

/// Two pictures after one another, and where they were made.
fn moving_webp() -> Vec<u8> {
    let frame = &in_format(40, 30, ImageFormat::WebP)[12..];
    let minus_one = |side: u32| (side - 1).to_le_bytes()[..3].to_vec();
    let size = [minus_one(40), minus_one(30)].concat();
    let head = [&[0b1010, 0, 0, 0], &*size].concat();
    let shown = [&[0; 6], &*size, &[100, 0, 0, 0], frame].concat();
    let body = [
        b"WEBP".to_vec(),
        riff(b"VP8X", &head),
        riff(b"ANIM", &[0; 6]),
        riff(b"ANMF", &shown),
        riff(b"ANMF", &shown),
        riff(b"EXIF", &exif(1)),
    ];
    riff(b"RIFF", &body.concat())
}

/// A part of a PNG.
fn chunk(name: &[u8], content: &[u8]) -> Vec<u8> {
    let length = u32::try_from(content.len()).unwrap();
    let named = [name, content].concat();
    [
        &length.to_be_bytes()[..],
        &named,
        &crc(&named).to_be_bytes(),
    ]
    .concat()
}

fn moving_png() -> Vec<u8> {
    let still = in_format(40, 30, ImageFormat::Png);
    let number = u32::to_be_bytes;
    let control = [number(0), number(40), number(30), number(0), number(0)].concat();
    let shown = [&*control, &[0, 10, 0, 100, 0, 0]].concat();
    [
        &still[..33],
        &chunk(b"acTL", &[number(1), number(0)].concat()),
        &chunk(b"tEXt", &[b"Comment\0", SECRET].concat()),
        &chunk(b"fcTL", &shown),
        &still[33..],
    ]
    .concat()
}

#[test]
fn what_moves_goes_on_moving_without_notes_and_is_named() {
    for (name, bytes, movement) in [
        ("a.gif", gif_with_notes(3), b"NETSCAPE2.0".as_slice()),
        ("a.webp", moving_webp(), b"ANMF"),
        ("a.png", moving_png(), b"fcTL"),
    ] {
        assert!(contains(&bytes, SECRET), "the test is worth something");
        let (pictures, diagnostics) = made(&[asset(name, bytes.clone())]);
        assert_eq!(codes(&diagnostics), ["L34"], "{name}");
        let picture = pictures.get(name).unwrap();
        assert!(
            picture.webp.is_empty() && picture.avif.is_empty(),
            "{name} would stand still"
        );
        let kept = file(&pictures, &picture.address);
        assert!(!contains(kept, SECRET), "{name}");
        let count = |bytes: &[u8]| {
            bytes
                .windows(4)
                .filter(|part| *part == &movement[..4])
                .count()
        };
        assert_eq!(count(kept), count(&bytes), "{name}");
    }
}

#[test]
fn a_photograph_that_breaks_off_anywhere_is_named() {
    let whole = jpeg(120, 90);
    for cut in (1..10)
        .map(|tenth| whole.len() * tenth / 10)
        .chain([whole.len() - 2])
    {
        let (pictures, diagnostics) = made(&[asset("a.jpg", whole[..cut].to_vec())]);
        assert_eq!(codes(&diagnostics), ["L30"], "{cut} of {}", whole.len());
        assert!(pictures.get("a.jpg").is_none() && pictures.files.is_empty());
    }
}

/// The picture, saying of itself that it is of this size.
fn claiming(kind: ImageFormat, side: u16) -> Vec<u8> {
    let (wide, tall) = (u32::from(side), u32::from(side));
    match kind {
        ImageFormat::Jpeg => {
            let mut bytes = jpeg(8, 8);
            let head = bytes
                .windows(2)
                .position(|pair| pair == [0xff, 0xc0])
                .unwrap();
            bytes[head + 5..head + 7].copy_from_slice(&side.to_be_bytes());
            bytes[head + 7..head + 9].copy_from_slice(&side.to_be_bytes());
            bytes
        }
        ImageFormat::Png => {
            let mut bytes = in_format(8, 8, kind);
            let head = [&wide.to_be_bytes()[..], &tall.to_be_bytes(), &bytes[24..29]].concat();
            bytes.splice(8..33, chunk(b"IHDR", &head));
            bytes
        }
        ImageFormat::Gif => {
            let mut bytes = gif_with_notes(1);
            bytes[6..8].copy_from_slice(&side.to_le_bytes());
            bytes[8..10].copy_from_slice(&side.to_le_bytes());
            bytes
        }
        _ => {
            let minus_one = |side: u32| (side - 1).to_le_bytes()[..3].to_vec();
            let head = [vec![0; 4], minus_one(wide), minus_one(tall)].concat();
            let frame = &in_format(8, 8, ImageFormat::WebP)[12..];
            let body = [b"WEBP", &*riff(b"VP8X", &head), frame].concat();
            riff(b"RIFF", &body)
        }
    }
}

#[test]
fn whatever_size_a_file_claims_to_have_little_memory_is_asked_for() {
    let bounds = Bounds {
        seconds: 120,
        megabytes: 2048,
    };
    let name = "pictures::files::whatever_size_a_file_claims_to_have_little_memory_is_asked_for";
    within(bounds, name, || {
        for (kind, name) in [
            (ImageFormat::Jpeg, "a.jpg"),
            (ImageFormat::Png, "a.png"),
            (ImageFormat::Gif, "a.gif"),
            (ImageFormat::WebP, "a.webp"),
        ] {
            let (pictures, diagnostics) = made(&[asset(name, claiming(kind, 60_000))]);
            assert_eq!(codes(&diagnostics), ["L30"], "{name}");
            assert!(
                diagnostics[0].message.en.contains("60000 by 60000"),
                "{diagnostics:?}"
            );
            assert!(pictures.files.is_empty());
        }
        // As large as a camera might make it, and all but a few pixels are not there.
        for (kind, name) in [(ImageFormat::Png, "b.png"), (ImageFormat::WebP, "b.webp")] {
            let (_, diagnostics) = made(&[asset(name, claiming(kind, 9_990))]);
            assert_eq!(codes(&diagnostics), ["L30"], "{name}");
        }
    });
}

#[test]
fn a_picture_under_the_name_of_another_format_is_the_picture_that_it_is() {
    let kinds = [
        ("jpg", ImageFormat::Jpeg),
        ("png", ImageFormat::Png),
        ("webp", ImageFormat::WebP),
    ];
    for (ending, _) in kinds {
        for (own, kind) in kinds {
            let name = format!("a.{ending}");
            let bytes = if kind == ImageFormat::Jpeg {
                jpeg(60, 40)
            } else {
                in_format(60, 40, kind)
            };
            let (pictures, diagnostics) = made(&[asset(&name, bytes)]);
            assert_eq!(codes(&diagnostics), [""; 0], "{own} called {ending}");
            assert_eq!(
                corners(variant(&pictures, &name)),
                [RED, GREEN, BLUE, WHITE]
            );
        }
    }
    let page = b"<!doctype html><script>alert(1)</script>".to_vec();
    let drawing = b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'/>".to_vec();
    for (name, bytes) in [
        ("a.jpg", page.clone()),
        ("a.svg", page),
        ("a.png", drawing),
        // A browser that is told of a drawing looks for nothing else.
        ("b.svg", in_format(60, 40, ImageFormat::Png)),
    ] {
        let (pictures, diagnostics) = made(&[asset(name, bytes)]);
        assert_eq!(codes(&diagnostics), ["L30"], "{name}");
        assert!(pictures.files.is_empty(), "{name}");
    }
}

#[test]
fn what_a_browser_or_a_server_would_run_is_not_published() {
    let site = crate::site_test::SiteTest::new();
    let refused = [
        "evil.html",
        "a.js",
        "a.xhtml",
        "a.php",
        "a.EXE",
        "a.pdf.htm",
        "bez-okonchanie",
        "a.docx.bak",
        "a.tmp",
        "~tmp.docx",
        "~$doklad.docx",
    ];
    let allowed = [
        "a.pdf", "B.PDF", "a.odt", "a.docx", "a.csv", "a.ics", "a.vcf", "a.zip", "a.mp3", "a.mp4",
        "a.vtt",
    ];
    for name in refused.iter().chain(&allowed) {
        site.change(&format!("content/media/{name}"), b"<script>");
    }
    // What is a picture by its bytes is served by its name all the same.
    site.change("content/media/kartina.html", &jpeg(40, 30));
    for (language, none, hidden, hint) in [
        (
            "en",
            "error[L37]: files “.html” are not published\n --> content/media/evil.html",
            "error[L37]: this file was left behind by a program, and is not published\n --> content/media/~tmp.docx",
            "there may be pictures (jpg, jpeg, png, ",
        ),
        (
            "bg",
            "грешка[L37]: файлове „.html“ не се публикуват\n --> content/media/evil.html",
            "грешка[L37]: това е файл, който програма е оставила след себе си, и не се публикува\n --> content/media/~tmp.docx",
            "може: снимки (jpg, jpeg, png, ",
        ),
    ] {
        let said = site.run(&["check", "--lang", language]).messages;
        for part in [none, hidden, hint] {
            assert!(said.contains(part), "{part}\n{said}");
        }
        assert_eq!(said.matches("[L37]").count(), refused.len() + 1, "{said}");
    }
    for name in refused {
        site.remove(&format!("content/media/{name}"));
    }
    site.remove("content/media/kartina.html");
    let site = site.build();
    assert_eq!(site.files("dist/site/media").len(), allowed.len());
}
