//! Bytes in, fewer bytes out, by the encoders of others.
//!
//! A package of its own because generic code is compiled in the package that calls it, and with that one's settings: called from the
//! generator, which development builds do not optimise, AVIF took ten times as long. The workspace's manifest has this package
//! optimised always.

use std::io::Write;

/// The bytes as Brotli (RFC 7932), of this quality (0 to 11), with a window of 2^`window` bytes.
#[inline(never)]
pub fn brotli(bytes: &[u8], quality: u32, window: u32) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(bytes.len() / 3);
    let mut writer = brotli::CompressorWriter::new(&mut out, 4096, quality, window);
    writer.write_all(bytes).ok()?;
    drop(writer);
    Some(out)
}

/// The bytes as gzip (RFC 1952), as small as they get.
#[inline(never)]
pub fn gzip(bytes: &[u8]) -> Option<Vec<u8>> {
    let out = Vec::with_capacity(bytes.len() / 3);
    let mut writer = flate2::write::GzEncoder::new(out, flate2::Compression::best());
    writer.write_all(bytes).ok()?;
    writer.finish().ok()
}

/// What an encoder for AVIF is told.
#[cfg(feature = "avif")]
#[derive(Clone, Copy, Debug)]
pub struct Avif {
    /// Width in pixels.
    pub width: usize,
    /// Height in pixels.
    pub height: usize,
    /// Of 100.
    pub quality: f32,
    /// Of 10: in how much of a hurry.
    pub speed: u8,
}

#[cfg(feature = "avif")]
impl Avif {
    fn encoder(self) -> ravif::Encoder<'static> {
        ravif::Encoder::new()
            .with_quality(self.quality)
            .with_alpha_quality(self.quality)
            .with_bit_depth(ravif::BitDepth::Eight)
            .with_speed(self.speed)
            .with_num_threads(Some(1))
    }

    /// Three bytes a pixel, line by line, as AVIF; `None` where they are not as many as they should be.
    #[inline(never)]
    pub fn rgb(self, bytes: &[u8]) -> Option<Vec<u8>> {
        let pixels: Vec<ravif::RGB8> = bytes
            .as_chunks::<3>()
            .0
            .iter()
            .map(|pixel| (*pixel).into())
            .collect();
        self.fits(&pixels)?;
        let image = ravif::Img::new(&*pixels, self.width, self.height);
        let made = self.encoder().encode_rgb(image);
        made.ok().map(|made| made.avif_file)
    }

    /// The same with four bytes a pixel, of which the last says how much of it is seen.
    #[inline(never)]
    pub fn rgba(self, bytes: &[u8]) -> Option<Vec<u8>> {
        let pixels: Vec<ravif::RGBA8> = bytes
            .as_chunks::<4>()
            .0
            .iter()
            .map(|pixel| (*pixel).into())
            .collect();
        self.fits(&pixels)?;
        let image = ravif::Img::new(&*pixels, self.width, self.height);
        let made = self.encoder().encode_rgba(image);
        made.ok().map(|made| made.avif_file)
    }

    fn fits<T>(self, pixels: &[T]) -> Option<()> {
        (self.width.checked_mul(self.height)? == pixels.len()).then_some(())
    }
}
