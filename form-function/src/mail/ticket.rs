//! The ticket in a mail: a code that the camera of a phone reads at the door (ISO/IEC 18004), as a picture.

use forms::RegistrationId;
use qrcode::{Color, EcLevel, QrCode};

/// Pixels to a module: large enough for the screen of a phone held before another phone.
const SCALE: usize = 6;

/// Modules around the code that stay empty (ISO/IEC 18004, 9.1).
const QUIET: usize = 4;

/// Where the code of a registration leads: to the page where staff note who is there. It is nothing to anybody else.
pub fn ticket_url(public_url: &str, id: &RegistrationId) -> String {
    format!("{public_url}/staff/t/{}", id.as_str())
}

/// The code for an address, as PNG; `None` for one that no code can hold.
pub(super) fn picture(url: &str) -> Option<Vec<u8>> {
    let code = QrCode::with_error_correction_level(url, EcLevel::M).ok()?;
    let modules = code.width();
    let colors = code.to_colors();
    let is_dark = |x: usize, y: usize| {
        let inside = |at: usize| at.checked_sub(QUIET).filter(|at| *at < modules);
        let module = inside(y / SCALE).zip(inside(x / SCALE));
        module.is_some_and(|(y, x)| colors.get(y * modules + x) == Some(&Color::Dark))
    };
    let size = (modules + 2 * QUIET) * SCALE;
    // One bit a pixel, the first one leftmost, each row from a new byte (PNG, 7.2).
    let rows = (0..size).flat_map(|y| {
        (0..size.div_ceil(8)).map(move |byte| {
            (0..8).fold(0_u8, |bits, bit| {
                let x = byte * 8 + bit;
                bits << 1 | u8::from(x < size && !is_dark(x, y))
            })
        })
    });
    let pixels: Vec<u8> = rows.collect();
    let pixels_wide = u32::try_from(size).ok()?;
    let mut png = Vec::new();
    let mut encoder = png::Encoder::new(&mut png, pixels_wide, pixels_wide);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::One);
    let mut writer = encoder.write_header().ok()?;
    writer.write_image_data(&pixels).ok()?;
    writer.finish().ok()?;
    Some(png)
}
