//! PNG: chunks with length, name and check sum.

/// What a PNG may keep: the picture, its colours, its resolution, its movement.
const CHUNKS: [&[u8; 4]; 16] = [
    b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"cICP",
    b"sBIT", b"bKGD", b"pHYs", b"acTL", b"fcTL", b"fdAT",
];

/// The file without metadata; `None` when it is damaged.
pub(in crate::pictures) fn clean(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut clean = bytes.get(..8)?.to_vec();
    let mut at = 8;
    loop {
        let head = bytes.get(at..at + 8)?;
        let length =
            usize::try_from(u32::from_be_bytes([head[0], head[1], head[2], head[3]])).ok()?;
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

/// Whether it moves: an announcement of that stands before the pixels.
pub(in crate::pictures) fn moves(clean: &[u8]) -> bool {
    let mut at = 8;
    while let Some(head) = clean.get(at..at + 8) {
        match &head[4..8] {
            b"acTL" => return true,
            b"IDAT" => return false,
            _ => {}
        }
        let length = u32::from_be_bytes([head[0], head[1], head[2], head[3]]);
        at += usize::try_from(length)
            .unwrap_or(clean.len())
            .min(clean.len())
            + 12;
    }
    false
}
