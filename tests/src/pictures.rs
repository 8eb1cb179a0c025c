//! Pictures: right side up, small, without notes of the camera, made once.

mod pages;
mod files;

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use generator::diagnostic::Diagnostic;
use generator::pictures::{Cache, NoCache, Pictures, prepare};
use generator::source::Asset;
use image::{ImageEncoder, ImageFormat};

use crate::photographs::{
    BLUE, GREEN, RED, SECRET, WHITE, corners, from_a_phone, gif_with_notes, in_format, jpeg,
    png_with_notes, webp_with_notes,
};
use crate::site_test::SiteTest;

fn asset(path: &str, bytes: Vec<u8>) -> Asset {
    Asset {
        path: path.to_owned(),
        bytes,
    }
}

/// What is made of these files without any cache.
fn made(media: &[Asset]) -> (Pictures, Vec<Diagnostic>) {
    let pictures = prepare(media, &NoCache, &|_| {});
    let diagnostics = pictures.diagnostics.to_vec();
    (pictures, diagnostics)
}

fn codes(diagnostics: &[Diagnostic]) -> Vec<&'static str> {
    diagnostics.iter().map(|found| found.code).collect()
}

fn file<'a>(pictures: &'a Pictures, address: &str) -> &'a [u8] {
    let found = pictures
        .files
        .iter()
        .find(|file| format!("/{}", file.path) == address);
    &found.unwrap_or_else(|| panic!("no {address}")).bytes
}

/// A cache in memory.
#[derive(Default)]
struct Memory(Mutex<BTreeMap<String, Vec<u8>>>);

impl Cache for Memory {
    fn load(&self, name: &str) -> Option<Vec<u8>> {
        self.0.lock().unwrap().get(name).cloned()
    }

    fn keep(&self, name: &str, bytes: &[u8]) {
        self.0
            .lock()
            .unwrap()
            .insert(name.to_owned(), bytes.to_owned());
    }
}

#[test]
fn every_way_of_holding_a_phone_gives_a_picture_the_right_way_up() {
    // What is seen of red, green, blue, white in each of the eight orientations of EXIF 2.3.
    let seen = [
        [RED, GREEN, BLUE, WHITE],
        [GREEN, RED, WHITE, BLUE],
        [WHITE, BLUE, GREEN, RED],
        [BLUE, WHITE, RED, GREEN],
        [RED, BLUE, GREEN, WHITE],
        [BLUE, RED, WHITE, GREEN],
        [WHITE, GREEN, BLUE, RED],
        [GREEN, WHITE, RED, BLUE],
    ];
    let (photo, drawing) = (jpeg(96, 64), in_format(96, 64, ImageFormat::Png));
    let web = in_format(96, 64, ImageFormat::WebP);
    for (orientation, seen) in (1u16..).zip(seen) {
        let media = [
            asset("a.jpg", from_a_phone(&photo, orientation)),
            asset("a.png", png_with_notes(&drawing, orientation)),
            asset("a.webp", webp_with_notes(&web, (96, 64), orientation)),
        ];
        let (pictures, diagnostics) = made(&media);
        assert_eq!(codes(&diagnostics), [""; 0]);
        let size = if orientation < 5 { (96, 64) } else { (64, 96) };
        for name in ["a.jpg", "a.png", "a.webp"] {
            let picture = pictures.get(name).unwrap();
            assert_eq!(
                (picture.width, picture.height),
                size,
                "{name} {orientation}"
            );
            let variant = file(&pictures, &picture.webp[0].address);
            assert_eq!(corners(variant), seen, "{name} {orientation}");
            let original = file(&pictures, &picture.address);
            assert_eq!(
                corners(original),
                seen,
                "the original of {name} {orientation}"
            );
        }
    }
}

#[test]
fn no_published_picture_says_where_it_was_taken() {
    let photo = jpeg(1200, 630);
    let media = [
        asset("upright.jpg", from_a_phone(&photo, 1)),
        asset("turned.jpg", from_a_phone(&photo, 6)),
        asset(
            "drawing.png",
            png_with_notes(&in_format(90, 60, ImageFormat::Png), 1),
        ),
        asset("still.gif", gif_with_notes(1)),
        asset(
            "web.webp",
            webp_with_notes(&in_format(90, 60, ImageFormat::WebP), (90, 60), 1),
        ),
    ];
    let site = SiteTest::new();
    for asset in &media {
        assert!(
            contains(&asset.bytes, SECRET),
            "the test is worth something"
        );
        site.change(&format!("content/media/{}", asset.path), &asset.bytes);
    }
    let site = site.build();
    let mut published = site.files("dist/site/media");
    published.extend(site.files("dist/site/assets/media"));
    assert!(
        published.len() > 12,
        "originals, widths and what is sent around"
    );
    for (path, bytes) in published {
        for trace in [
            SECRET,
            b"Exif",
            b"EXIF",
            b"eXIf",
            b"XMP ",
            b"ns.adobe.com",
            b"Photoshop",
            b"tEXt",
        ] {
            assert!(
                !contains(&bytes, trace),
                "{path}: {}",
                String::from_utf8_lossy(trace)
            );
        }
        if !path.ends_with(".avif") && !path.ends_with(".gif") {
            image::load_from_memory(&bytes).unwrap();
        }
    }
    // And not a pixel of a picture that needs no turning was touched.
    let kept = site
        .files("dist/site/media")
        .into_iter()
        .find(|(path, _)| path == "upright.jpg");
    let pixels = |bytes: &[u8]| image::load_from_memory(bytes).unwrap().into_rgb8();
    assert!(pixels(&kept.unwrap().1) == pixels(&photo));
}

#[test]
fn what_a_file_says_of_its_colours_is_kept() {
    const PROFILE: &[u8] = b"stands for a profile of colours";
    let photo = {
        let mut bytes = Vec::new();
        let mut encoder = image::codecs::jpeg::JpegEncoder::new(&mut bytes);
        encoder.set_icc_profile(PROFILE.to_vec()).unwrap();
        encoder.encode_image(&image::RgbImage::new(40, 30)).unwrap();
        bytes
    };
    for orientation in [1, 6] {
        let (pictures, _) = made(&[asset("a.jpg", from_a_phone(&photo, orientation))]);
        let original = file(&pictures, "/media/a.jpg");
        assert!(contains(original, PROFILE), "{orientation}");
        assert!(!contains(original, SECRET));
    }
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

#[test]
fn a_picture_comes_in_a_ladder_of_widths_and_is_never_enlarged() {
    let (pictures, _) = made(&[
        asset("big.jpg", jpeg(1400, 900)),
        asset("small.jpg", jpeg(200, 100)),
    ]);
    let widths = |name: &str| -> Vec<u32> {
        let picture = pictures.get(name).unwrap();
        for variant in &picture.webp {
            let bytes = file(&pictures, &variant.address);
            let pixels = image::load_from_memory(bytes).unwrap();
            assert_eq!(
                (pixels.width(), bytes.len()),
                (variant.width, variant.bytes)
            );
            let height =
                f64::from(variant.width) * f64::from(picture.height) / f64::from(picture.width);
            assert!((f64::from(pixels.height()) - height).abs() <= 1.0);
        }
        picture.webp.iter().map(|variant| variant.width).collect()
    };
    assert_eq!(widths("big.jpg"), [320, 480, 640, 960, 1400]);
    assert_eq!(widths("small.jpg"), [200]);
    let social = pictures.social("big.jpg").unwrap();
    let pixels = image::load_from_memory(file(&pictures, &social.address)).unwrap();
    assert_eq!((pixels.width(), pixels.height()), (1200, 630));
    assert_eq!(pictures.social("small.jpg"), None);
}

#[cfg(feature = "avif")]
#[test]
fn avif_is_offered_only_where_it_is_smaller_in_every_width() {
    let flat = {
        let mut bytes = std::io::Cursor::new(Vec::new());
        image::DynamicImage::from(image::RgbImage::from_pixel(8, 8, image::Rgb(RED)))
            .write_to(&mut bytes, ImageFormat::Png)
            .unwrap();
        bytes.into_inner()
    };
    let (pictures, _) = made(&[asset("photo.jpg", jpeg(500, 400)), asset("dot.png", flat)]);
    let photo = pictures.get("photo.jpg").unwrap();
    assert_eq!(photo.avif.len(), photo.webp.len());
    for (avif, webp) in photo.avif.iter().zip(&photo.webp) {
        assert_eq!(avif.width, webp.width);
        assert!(avif.bytes < webp.bytes);
        assert_eq!(file(&pictures, &avif.address)[4..12], *b"ftypavif");
    }
    let dot = pictures.get("dot.png").unwrap();
    assert_eq!((dot.avif.len(), dot.webp.len()), (0, 1));
    assert!(
        !pictures
            .files
            .iter()
            .any(|file| file.path.contains("dot.") && file.path.ends_with(".avif"))
    );
}

#[test]
fn what_was_made_once_is_not_made_again_and_another_picture_has_another_address() {
    let cache = Memory::default();
    let made_now = AtomicUsize::new(0);
    let prepare = |bytes: &[u8]| {
        made_now.store(0, Ordering::Relaxed);
        let media = [
            asset("a.jpg", bytes.to_owned()),
            asset("b.png", in_format(40, 30, ImageFormat::Png)),
        ];
        let pictures = prepare(&media, &cache, &|progress| {
            assert!(progress.done <= progress.total);
            made_now.fetch_add(1, Ordering::Relaxed);
        });
        (pictures, made_now.load(Ordering::Relaxed))
    };
    let (first, made) = prepare(&jpeg(400, 300));
    assert_eq!(made, 2);
    let (second, made) = prepare(&jpeg(400, 300));
    assert_eq!(made, 0);
    assert!(first.files == second.files);
    let (third, made) = prepare(&jpeg(404, 300));
    assert_eq!(made, 1);
    let address =
        |pictures: &Pictures, name: &str| pictures.get(name).unwrap().webp[0].address.clone();
    assert_ne!(address(&first, "a.jpg"), address(&third, "a.jpg"));
    assert_eq!(address(&first, "b.png"), address(&third, "b.png"));
}

#[test]
fn the_cache_lies_on_the_disk_and_may_be_deleted() {
    let site = SiteTest::new();
    site.change("content/media/a.jpg", &jpeg(400, 300));
    let site = site.publish();
    let (built, kept) = (site.files("dist"), site.files(".cache"));
    assert!(!kept.is_empty());
    let again = site.run(&["build"]);
    assert!(again.messages.contains(": 0 written"), "{}", again.messages);
    assert!(site.files(".cache") == kept);
    std::fs::remove_dir_all(site.path(".cache")).unwrap();
    let again = site.run(&["build"]);
    assert!(again.messages.contains(": 0 written"), "{}", again.messages);
    assert!(site.files("dist") == built, "the same bytes, made anew");
}

#[test]
fn a_damaged_picture_is_named_and_stops_nothing_else() {
    let whole = jpeg(64, 48);
    let png = in_format(64, 48, ImageFormat::Png);
    let webp = in_format(64, 48, ImageFormat::WebP);
    let damaged = [
        ("cut.jpg", whole[..whole.len() / 2].to_vec()),
        ("cut.png", png[..png.len() / 2].to_vec()),
        ("cut.gif", gif_with_notes(1)[..100].to_vec()),
        ("cut.webp", webp[..webp.len() / 2].to_vec()),
        ("empty.jpg", Vec::new()),
        ("text.png", b"This is no picture.".to_vec()),
        ("head.jpg", vec![0xff, 0xd8, 0xff]),
        ("drawing.svg", b"<svg".to_vec()),
    ];
    for (path, bytes) in damaged {
        let (pictures, diagnostics) =
            made(&[asset(path, bytes), asset("whole.jpg", whole.clone())]);
        assert_eq!(codes(&diagnostics), ["L30"], "{path}");
        assert_eq!(diagnostics[0].place.file, format!("content/media/{path}"));
        assert!(pictures.get(path).is_none() && pictures.get("whole.jpg").is_some());
    }
    let others = [
        ("phone.heic", b"\0\0\0\x18ftypheic\0\0\0\0".to_vec(), "L31"),
        ("phone.jpg", b"\0\0\0\x18ftypheic\0\0\0\0".to_vec(), "L31"),
        ("scan.tif", b"II*\0\x08\0\0\0".to_vec(), "L31"),
        (
            "runs.svg",
            b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>".to_vec(),
            "L32",
        ),
        ("moves.gif", gif_with_notes(2), "L34"),
    ];
    for (path, bytes, code) in others {
        let (_, diagnostics) = made(&[asset(path, bytes)]);
        assert_eq!(codes(&diagnostics), [code], "{path}");
    }
}

#[test]
fn pixels_of_any_depth_become_a_picture() {
    let deep = {
        let mut bytes = std::io::Cursor::new(Vec::new());
        let pixels = image::ImageBuffer::from_fn(50, 40, |x, y| {
            image::Rgb([
                u16::try_from(x * 1000).unwrap(),
                u16::try_from(y * 1000).unwrap(),
                9000,
            ])
        });
        image::DynamicImage::ImageRgb16(pixels)
            .write_to(&mut bytes, ImageFormat::Png)
            .unwrap();
        bytes.into_inner()
    };
    let grey = {
        let mut bytes = std::io::Cursor::new(Vec::new());
        image::DynamicImage::new_luma_a8(50, 40)
            .write_to(&mut bytes, ImageFormat::Png)
            .unwrap();
        bytes.into_inner()
    };
    let (pictures, diagnostics) = made(&[asset("deep.png", deep), asset("grey.png", grey)]);
    assert_eq!(codes(&diagnostics), [""; 0]);
    for name in ["deep.png", "grey.png"] {
        assert_eq!(pictures.get(name).unwrap().webp.len(), 1, "{name}");
    }
}
