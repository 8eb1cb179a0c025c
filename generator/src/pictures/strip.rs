//! Takes out of a file what a camera or a program wrote about people, places and times, and leaves every pixel as it is.
//!
//! What may stay is listed, and nothing else does: the picture itself, its colours and its resolution. What stands behind
//! the end of the picture goes, too: phones put a second picture there, with notes of its own.

/// The file without metadata; `None` when it is damaged: it breaks off, or does not hold together.
pub(super) fn jpeg(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut clean = bytes.get(..2)?.to_vec();
    let mut at = 2;
    loop {
        // Between segments only fill bytes may stand.
        if *bytes.get(at)? != 0xff {
            return None;
        }
        let marker = *bytes.get(at + 1)?;
        at += 2;
        match marker {
            0xff => at -= 1,
            0xd9 => {
                clean.extend([0xff, 0xd9]);
                return Some(clean);
            }
            0x01 | 0xd0..=0xd7 => clean.extend([0xff, marker]),
            _ => {
                let length = usize::from(u16::from_be_bytes([*bytes.get(at)?, *bytes.get(at + 1)?]));
                let segment = bytes.get(at..at + length)?;
                at += length;
                jpeg_segment(marker, segment, &mut clean)?;
                if marker == 0xda {
                    let end = at + scan_length(bytes.get(at..)?)?;
                    clean.extend(&bytes[at..end]);
                    at = end;
                }
            }
        }
    }
}

/// Copies a segment that may stay. It begins with its length.
fn jpeg_segment(marker: u8, segment: &[u8], clean: &mut Vec<u8>) -> Option<()> {
    let content = segment.get(2..)?;
    let stays = match marker {
        // Version and resolution; behind them may be a small picture, which is not taken along.
        0xe0 if content.starts_with(b"JFIF\0") => {
            clean.extend([0xff, marker, 0, 16]);
            clean.extend(content.get(..12)?);
            clean.extend([0, 0]);
            false
        }
        0xe2 => content.starts_with(b"ICC_PROFILE\0"),
        // Which colours the components are.
        0xee => content.starts_with(b"Adobe"),
        0xe0..=0xef | 0xfe => false,
        _ => true,
    };
    if stays {
        clean.extend([0xff, marker]);
        clean.extend(segment);
    }
    Some(())
}

/// How long the coded pixels are: up to the next marker that is not one of theirs.
fn scan_length(bytes: &[u8]) -> Option<usize> {
    bytes
        .windows(2)
        .position(|pair| pair[0] == 0xff && !matches!(pair[1], 0x00 | 0xd0..=0xd7 | 0xff))
}

/// How many components the colours of a JPEG have; four are for printing.
pub(super) fn jpeg_components(clean: &[u8]) -> Option<u8> {
    let mut at = 2;
    loop {
        let marker = *clean.get(at + 1)?;
        if matches!(marker, 0xc0..=0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf) {
            return clean.get(at + 9).copied();
        }
        let length = u16::from_be_bytes([*clean.get(at + 2)?, *clean.get(at + 3)?]);
        at += 2 + usize::from(length);
    }
}

/// What a PNG may keep: the picture, its colours, its resolution, its movement.
const CHUNKS: [&[u8; 4]; 16] = [
    b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"cICP",
    b"sBIT", b"bKGD", b"pHYs", b"acTL", b"fcTL", b"fdAT",
];

/// The file without metadata; `None` when it is damaged.
pub(super) fn png(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut clean = bytes.get(..8)?.to_vec();
    let mut at = 8;
    loop {
        let head = bytes.get(at..at + 8)?;
        let length = usize::try_from(u32::from_be_bytes([head[0], head[1], head[2], head[3]])).ok()?;
        let chunk = bytes.get(at..at.checked_add(length)?.checked_add(12)?)?;
        let name = &head[4..8];
        if CHUNKS.iter().any(|known| known.as_slice() == name) {
            clean.extend(chunk);
        }
        if name == b"IEND" {
            return Some(clean);
        }
        at += chunk.len();
    }
}

/// Whether a PNG moves.
pub(super) fn png_moves(clean: &[u8]) -> bool {
    chunk_named(clean, b"acTL")
}

/// What a WebP may keep.
const PARTS: [&[u8; 4]; 7] = [
    b"VP8X", b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ANMF", b"ICCP",
];
/// The bits of `VP8X` that announce EXIF and XMP.
const ANNOUNCED: u8 = 0b1100;

/// The file without metadata; `None` when it is damaged.
pub(super) fn webp(bytes: &[u8]) -> Option<Vec<u8>> {
    let size = usize::try_from(u32::from_le_bytes(bytes.get(4..8)?.try_into().ok()?)).ok()?;
    let body = bytes.get(12..size.checked_add(8)?)?;
    let mut parts = Vec::with_capacity(body.len());
    let mut at = 0;
    while at < body.len() {
        let head = body.get(at..at + 8)?;
        let length = usize::try_from(u32::from_le_bytes([head[4], head[5], head[6], head[7]])).ok()?;
        // Parts begin at even places; the last one may lack its filling.
        let end = at.checked_add(8)?.checked_add(length)?;
        let part = body.get(at..end)?;
        let name = &head[..4];
        if PARTS.iter().any(|known| known.as_slice() == name) {
            let start = parts.len();
            parts.extend(part);
            if name == b"VP8X" {
                *parts.get_mut(start + 8)? &= !ANNOUNCED;
            }
            if length % 2 == 1 {
                parts.push(0);
            }
        }
        at = end + length % 2;
    }
    let mut clean = b"RIFF".to_vec();
    clean.extend(u32::try_from(parts.len() + 4).ok()?.to_le_bytes());
    clean.extend(b"WEBP");
    clean.extend(parts);
    Some(clean)
}

/// Whether a WebP moves.
pub(super) fn webp_moves(clean: &[u8]) -> bool {
    clean.get(12..16) == Some(b"VP8X") && clean.get(20).is_some_and(|flags| flags & 0b10 != 0)
}

/// Whether a PNG has a chunk of this name before its pixels.
fn chunk_named(clean: &[u8], name: &[u8; 4]) -> bool {
    let mut at = 8;
    while let Some(head) = clean.get(at..at + 8) {
        if &head[4..8] == name {
            return true;
        }
        if &head[4..8] == b"IDAT" {
            return false;
        }
        let length = u32::from_be_bytes([head[0], head[1], head[2], head[3]]);
        at = at.saturating_add(usize::try_from(length).unwrap_or(usize::MAX)).saturating_add(12);
    }
    false
}

/// Width and height of a GIF.
pub(super) fn gif_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let side = |at: usize| -> Option<u32> {
        Some(u32::from(u16::from_le_bytes([*bytes.get(at)?, *bytes.get(at + 1)?])))
    };
    Some((side(6)?, side(8)?)).filter(|(width, height)| *width > 0 && *height > 0)
}

/// Whether a GIF moves: it says how often it begins again.
pub(super) fn gif_moves(bytes: &[u8]) -> bool {
    bytes.windows(11).any(|part| part == b"NETSCAPE2.0")
}
