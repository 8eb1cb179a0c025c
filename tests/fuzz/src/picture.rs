//! What holds for any file in `content/media`.

use std::io::Cursor;

use generator::pictures::{NoCache, prepare};
use generator::source::Asset;
use image::ImageReader;

use crate::{messages, named};

/// More pixels take time that the search has no use for.
const PIXELS: u64 = 128 * 128;

/// A file of `content/media`: its name in the first line, then its bytes.
pub fn picture(input: &[u8]) {
    let (name, bytes) = named(input);
    let name = if name.is_empty() { "a.jpg" } else { &name };
    if takes_long(bytes) {
        return;
    }
    let media = [Asset {
        path: name.replace('\0', ""),
        bytes: bytes.to_owned(),
    }];
    let made = prepare(&media, &NoCache, &|_| {});
    messages::hold(&made.diagnostics, &|_| None);
    let again = prepare(&media, &NoCache, &|_| {});
    assert!(made.files == again.files && made.diagnostics == again.diagnostics);
    let Some(picture) = made.get(&media[0].path) else {
        return;
    };
    assert!(picture.width > 0 && picture.height > 0, "{picture:?}");
    let variants = picture.webp.iter().chain(&picture.avif);
    let addresses = variants.map(|variant| &variant.address);
    for address in addresses.chain(picture.social.iter().map(|social| &social.address)) {
        let found = made
            .files
            .iter()
            .any(|file| address.strip_prefix('/') == Some(&file.path));
        assert!(found, "{address} is not published");
    }
    // What was cleaned can still be read, and is as large as it was said to be.
    for variant in &picture.webp {
        let file = made
            .files
            .iter()
            .find(|file| variant.address.strip_prefix('/') == Some(&file.path));
        let file = file.expect("was found above");
        let seen = image::load_from_memory(&file.bytes).expect("what we make can be read");
        assert_eq!(seen.width(), variant.width, "{variant:?}");
    }
    if !picture.webp.is_empty() {
        let path = format!("media/{}", media[0].path);
        let kept = made
            .files
            .iter()
            .find(|file| file.path == path)
            .expect("the original");
        let seen = image::load_from_memory(&kept.bytes).expect("the original can be read");
        assert_eq!(
            (seen.width(), seen.height()),
            (picture.width, picture.height)
        );
    }
}

/// Whether there are so many pixels that reading them would take most of the time; more than can be opened are refused unread.
fn takes_long(bytes: &[u8]) -> bool {
    let reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format();
    let size = reader.ok().and_then(|reader| reader.into_dimensions().ok());
    let pixels = size.map_or(0, |(width, height)| u64::from(width) * u64::from(height));
    (PIXELS..=100_000_000).contains(&pixels)
}
