//! Colours as every screen shows them.

use image::DynamicImage;
use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};

/// The picture in sRGB, which needs no profile beside it: most phones photograph in wider colours, and a browser that is
/// told nothing shows them pale. A profile that cannot be read changes nothing.
pub(super) fn to_srgb(image: DynamicImage, profile: Option<&[u8]>) -> DynamicImage {
    let Some(profile) = profile.and_then(|profile| ColorProfile::new_from_slice(profile).ok())
    else {
        return image;
    };
    if profile.color_space != DataColorSpace::Rgb {
        return image;
    }
    let layout = match &image {
        DynamicImage::ImageRgb8(_) => Layout::Rgb,
        DynamicImage::ImageRgba8(_) => Layout::Rgba,
        _ => return image,
    };
    let options = TransformOptions::default();
    let Ok(transform) =
        profile.create_transform_8bit(layout, &ColorProfile::new_srgb(), layout, options)
    else {
        return image;
    };
    let mut converted = vec![0; image.as_bytes().len()];
    if transform
        .transform(image.as_bytes(), &mut converted)
        .is_err()
    {
        return image;
    }
    let (width, height) = (image.width(), image.height());
    let rebuilt = if layout == Layout::Rgb {
        image::RgbImage::from_raw(width, height, converted).map(DynamicImage::from)
    } else {
        image::RgbaImage::from_raw(width, height, converted).map(DynamicImage::from)
    };
    rebuilt.unwrap_or(image)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_colours_are_brought_into_those_of_every_screen() {
        let pixel = DynamicImage::from(image::RgbImage::from_pixel(
            1,
            1,
            image::Rgb([200, 100, 50]),
        ));
        let wide = ColorProfile::new_display_p3().encode().unwrap();
        let [red, green, blue] = to_srgb(pixel.clone(), Some(&wide)).into_rgb8()[(0, 0)].0;
        assert!(
            red > 205 && green < 100 && blue < 50,
            "{red} {green} {blue}"
        );
        for profile in [None, Some(b"no profile".as_slice())] {
            assert!(to_srgb(pixel.clone(), profile) == pixel);
        }
    }
}
