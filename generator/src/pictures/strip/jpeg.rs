//! JPEG: segments, and coded pixels between them.

/// The file without metadata; `None` when it is damaged: it breaks off, or does not hold together.
pub(in crate::pictures) fn clean(bytes: &[u8]) -> Option<Vec<u8>> {
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
                let length =
                    usize::from(u16::from_be_bytes([*bytes.get(at)?, *bytes.get(at + 1)?]));
                let segment = bytes.get(at..at + length)?;
                at += length;
                copy_segment(marker, segment, &mut clean)?;
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
fn copy_segment(marker: u8, segment: &[u8], clean: &mut Vec<u8>) -> Option<()> {
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
pub(in crate::pictures) fn components(clean: &[u8]) -> Option<u8> {
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
