//! WebP: parts in a RIFF.

/// What a WebP may keep.
const PARTS: [&[u8; 4]; 7] = [
    b"VP8X", b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ANMF", b"ICCP",
];
/// The bits of `VP8X` that announce EXIF and XMP.
const ANNOUNCED: u8 = 0b1100;

/// The file without metadata; `None` when it is damaged.
pub(in crate::pictures) fn clean(bytes: &[u8]) -> Option<Vec<u8>> {
    let size = usize::try_from(u32::from_le_bytes(bytes.get(4..8)?.try_into().ok()?)).ok()?;
    let body = bytes.get(12..size.checked_add(8)?)?;
    let mut parts = Vec::with_capacity(body.len());
    let mut at = 0;
    while at < body.len() {
        let head = body.get(at..at + 8)?;
        let length =
            usize::try_from(u32::from_le_bytes([head[4], head[5], head[6], head[7]])).ok()?;
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

/// Whether it moves.
pub(in crate::pictures) fn moves(clean: &[u8]) -> bool {
    clean.get(12..16) == Some(b"VP8X") && clean.get(20).is_some_and(|flags| flags & 0b10 != 0)
}
