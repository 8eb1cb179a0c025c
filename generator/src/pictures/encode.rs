//! Pixels: from the bytes of a file, turned the right way up, to the bytes of another one.

use std::io::Cursor;

use image::codecs::jpeg::{JpegDecoder, JpegEncoder};
use image::codecs::png::{PngDecoder, PngEncoder};
use image::codecs::webp::WebPDecoder;
use image::imageops::FilterType;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageEncoder, Limits};

use super::messages::Fault;
use super::recognise::Kind;
use super::{colours, ladder};

/// Names the way pictures are made. Whoever changes an encoder or a number below changes it, too: old pictures are then
/// made again, under new addresses.
pub(super) const RECIPE: &str = "1";

/// Quality of photographs in each format, by eye on faces, leaves and lettering: no seam at double density.
const WEBP_QUALITY: f32 = 76.0;
const JPEG_QUALITY: u8 = 88;

/// More than any camera gives; above it stands a file that was made to fill the memory.
const MOST_PIXELS: u64 = 100_000_000;
/// What a decoder may take for itself, in bytes.
const MOST_MEMORY: u64 = 1 << 30;

/// What is known of a picture before its pixels are read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Facts {
    /// Width and height as it is seen.
    pub(super) size: (u32, u32),
    /// Whether its pixels lie otherwise than it is seen.
    pub(super) turned: bool,
}

/// A picture as it is seen.
pub(super) struct Decoded {
    /// In sRGB.
    pub(super) pixels: DynamicImage,
    /// What its colours were in the file.
    pixels_as_written: Option<DynamicImage>,
    profile: Option<Vec<u8>>,
}

fn decoder<'a>(kind: Kind, bytes: &'a [u8]) -> Result<Box<dyn ImageDecoder + 'a>, Fault> {
    let source = Cursor::new(bytes);
    let decoder: Result<Box<dyn ImageDecoder + 'a>, image::ImageError> = match kind {
        Kind::Jpeg => JpegDecoder::new(source).map(|decoder| Box::new(decoder) as _),
        Kind::Png => PngDecoder::new(source).map(|decoder| Box::new(decoder) as _),
        _ => WebPDecoder::new(source).map(|decoder| Box::new(decoder) as _),
    };
    decoder.map_err(|_| Fault::Damaged)
}

/// Whether a picture of this size can be opened, by us and by browsers.
pub(super) fn can_be_opened((width, height): (u32, u32)) -> Result<(), Fault> {
    if u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Err(Fault::TooManyPixels(width, height));
    }
    Ok(())
}

/// Reads the head of a picture.
pub(super) fn facts(kind: Kind, bytes: &[u8]) -> Result<Facts, Fault> {
    let mut decoder = decoder(kind, bytes)?;
    let (width, height) = decoder.dimensions();
    can_be_opened((width, height))?;
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let on_its_side = matches!(
        orientation,
        Orientation::Rotate90
            | Orientation::Rotate270
            | Orientation::Rotate90FlipH
            | Orientation::Rotate270FlipH
    );
    Ok(Facts {
        size: if on_its_side {
            (height, width)
        } else {
            (width, height)
        },
        turned: orientation != Orientation::NoTransforms,
    })
}

/// Reads the pixels.
pub(super) fn decode(kind: Kind, bytes: &[u8]) -> Result<Decoded, Fault> {
    let mut decoder = decoder(kind, bytes)?;
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(MOST_MEMORY);
    decoder.set_limits(limits).map_err(|_| Fault::Damaged)?;
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let profile = decoder.icc_profile().unwrap_or_default();
    let mut pixels = DynamicImage::from_decoder(decoder).map_err(|_| Fault::Damaged)?;
    pixels.apply_orientation(orientation);
    let pixels = if pixels.color().has_alpha() {
        DynamicImage::from(pixels.into_rgba8())
    } else {
        DynamicImage::from(pixels.into_rgb8())
    };
    let turned = orientation != Orientation::NoTransforms;
    Ok(Decoded {
        pixels_as_written: (turned && profile.is_some()).then(|| pixels.clone()),
        pixels: colours::to_srgb(pixels, profile.as_deref()),
        profile: profile.filter(|_| turned),
    })
}

/// The original, right way up, in its own format.
pub(super) fn original(kind: Kind, decoded: &Decoded) -> Option<Vec<u8>> {
    let pixels = decoded
        .pixels_as_written
        .as_ref()
        .unwrap_or(&decoded.pixels);
    let mut bytes = Vec::new();
    match kind {
        Kind::Jpeg => {
            let mut encoder = JpegEncoder::new_with_quality(&mut bytes, JPEG_QUALITY);
            keep_profile(&mut encoder, decoded.profile.as_deref());
            pixels.write_with_encoder(encoder).ok()?;
        }
        Kind::Png => {
            let mut encoder = PngEncoder::new(&mut bytes);
            keep_profile(&mut encoder, decoded.profile.as_deref());
            pixels.write_with_encoder(encoder).ok()?;
        }
        _ => bytes = webp(&decoded.pixels, false)?,
    }
    Some(bytes)
}

/// A profile that does not fit is left out: the colours are then a little paler, and the picture is there.
fn keep_profile(encoder: &mut impl ImageEncoder, profile: Option<&[u8]>) {
    if let Some(profile) = profile {
        let _ = encoder.set_icc_profile(profile.to_owned());
    }
}

/// The picture in each of these widths, which ascend: each from the next wider one, which costs a fraction of going back
/// to the original every time.
pub(super) fn resized(pixels: &DynamicImage, widths: &[u32]) -> Vec<DynamicImage> {
    let natural = (pixels.width(), pixels.height());
    let mut made: Vec<DynamicImage> = Vec::with_capacity(widths.len());
    for width in widths.iter().rev() {
        let wider = made.last().unwrap_or(pixels);
        let height = ladder::height(*width, natural);
        made.push(if (wider.width(), wider.height()) == (*width, height) {
            wider.clone()
        } else {
            wider.resize_exact(*width, height, FilterType::Lanczos3)
        });
    }
    made.reverse();
    made
}

/// The picture as WebP; `None` where that format cannot hold it. Of a drawing the exact copy is taken where that is smaller.
pub(super) fn webp(pixels: &DynamicImage, drawing: bool) -> Option<Vec<u8>> {
    let (width, height) = (pixels.width(), pixels.height());
    let encoder = match pixels {
        DynamicImage::ImageRgb8(pixels) => webp::Encoder::from_rgb(pixels, width, height),
        DynamicImage::ImageRgba8(pixels) => webp::Encoder::from_rgba(pixels, width, height),
        _ => return None,
    };
    let lossy = encoder.encode_simple(false, WEBP_QUALITY).ok()?.to_vec();
    if !drawing {
        return Some(lossy);
    }
    let exact = encoder.encode_simple(true, 75.0).ok()?.to_vec();
    Some(if exact.len() <= lossy.len() {
        exact
    } else {
        lossy
    })
}

/// Whether there is an encoder for AVIF.
pub(super) const MAKES_AVIF: bool = cfg!(feature = "avif");

/// Without the encoder there is none.
#[cfg(not(feature = "avif"))]
pub(super) fn avif(_: &DynamicImage) -> Option<Vec<u8>> {
    None
}

/// The picture as AVIF.
#[cfg(feature = "avif")]
pub(super) fn avif(pixels: &DynamicImage) -> Option<Vec<u8>> {
    /// As good as the WebP, by eye.
    const QUALITY: f32 = 62.0;
    /// Of 10; slower ones save a few per cent and cost minutes.
    const SPEED: u8 = 9;
    let encoder = encoders::Avif {
        width: usize::try_from(pixels.width()).ok()?,
        height: usize::try_from(pixels.height()).ok()?,
        quality: QUALITY,
        speed: SPEED,
    };
    match pixels {
        DynamicImage::ImageRgb8(pixels) => encoder.rgb(pixels),
        DynamicImage::ImageRgba8(pixels) => encoder.rgba(pixels),
        _ => None,
    }
}

/// What other sites show: this size, which is that of a link on every one of them.
pub(super) const SOCIAL: (u32, u32) = (1200, 630);

/// The middle of the picture in that size, as JPEG, which every one of them reads. What can be seen through becomes white.
pub(super) fn social(pixels: &DynamicImage) -> Option<Vec<u8>> {
    let cut = pixels.resize_to_fill(SOCIAL.0, SOCIAL.1, FilterType::Lanczos3);
    let mut flat = cut.to_rgba8();
    for pixel in flat.pixels_mut() {
        let alpha = u16::from(pixel.0[3]);
        for channel in &mut pixel.0[..3] {
            let mixed = (u16::from(*channel) * alpha + 255 * (255 - alpha)) / 255;
            *channel = u8::try_from(mixed).unwrap_or(u8::MAX);
        }
    }
    let mut bytes = Vec::new();
    DynamicImage::from(flat)
        .into_rgb8()
        .write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, 80))
        .ok()?;
    Some(bytes)
}
