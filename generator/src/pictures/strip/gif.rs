//! GIF: frames, and extensions between them.

/// A GIF without comments and notes of programs.
pub(in crate::pictures) struct Clean {
    /// The file.
    pub(in crate::pictures) bytes: Vec<u8>,
    /// Width and height.
    pub(in crate::pictures) size: (u32, u32),
    /// How many pictures it holds; more than one move.
    pub(in crate::pictures) frames: usize,
}

/// The file without metadata; `None` when it is damaged.
pub(in crate::pictures) fn clean(bytes: &[u8]) -> Option<Clean> {
    let number = |at: usize| {
        Some(u32::from(u16::from_le_bytes([
            *bytes.get(at)?,
            *bytes.get(at + 1)?,
        ])))
    };
    let size = (number(6)?, number(8)?);
    if size.0 == 0 || size.1 == 0 {
        return None;
    }
    let mut at = 13 + colours(*bytes.get(10)?);
    let mut clean = bytes.get(..at)?.to_vec();
    let mut frames = 0;
    loop {
        let start = at;
        let stays = match *bytes.get(at)? {
            // An extension: its label, then blocks. What programs add is known by its first block.
            0x21 => {
                let label = *bytes.get(at + 1)?;
                let program = bytes.get(at + 3..).unwrap_or_default();
                at = blocks_end(bytes, at + 2)?;
                match label {
                    0xfe => false,
                    0xff => {
                        program.starts_with(b"NETSCAPE2.0") || program.starts_with(b"ANIMEXTS1.0")
                    }
                    _ => true,
                }
            }
            0x2c => {
                let packed = *bytes.get(at + 9)?;
                at = blocks_end(bytes, at + 11 + colours(packed))?;
                frames += 1;
                true
            }
            0x3b => {
                clean.push(0x3b);
                return (frames > 0).then_some(Clean {
                    bytes: clean,
                    size,
                    frames,
                });
            }
            _ => return None,
        };
        if stays {
            clean.extend(bytes.get(start..at)?);
        }
    }
}

/// The bytes of a table of colours, by the byte that announces it.
fn colours(packed: u8) -> usize {
    if packed & 0x80 == 0 {
        0
    } else {
        3 << ((packed & 7) + 1)
    }
}

/// Behind the blocks that begin here: each has its length before it, and an empty one is the last.
fn blocks_end(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        let length = usize::from(*bytes.get(at)?);
        at += 1 + length;
        if length == 0 {
            return Some(at);
        }
    }
}
