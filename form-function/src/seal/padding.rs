//! Fills a text up before it is sealed, so that its length tells little about it: a name of four letters and one of forty
//! look the same.
//!
//! A byte 0x80, and zeros up to the next multiple of the block: the second method of ISO/IEC 7816-4. Every text has one
//! padding, and every padding is of one text.

/// To how many bytes a text is filled up.
pub(super) const BLOCK: usize = 64;

const MARK: u8 = 0x80;

/// The text, filled up.
pub(super) fn pad(text: &[u8]) -> Vec<u8> {
    let mut padded = Vec::with_capacity((text.len() + 1).next_multiple_of(BLOCK));
    padded.extend_from_slice(text);
    padded.push(MARK);
    padded.resize(padded.len().next_multiple_of(BLOCK), 0);
    padded
}

/// The text that was filled up, if these bytes are what [`pad`] makes of a text.
pub(super) fn unpad(mut padded: Vec<u8>) -> Option<Vec<u8>> {
    let mark = padded.iter().rposition(|byte| *byte != 0)?;
    let is_ours = padded[mark] == MARK && padded.len() == (mark + 1).next_multiple_of(BLOCK);
    padded.truncate(mark);
    is_ours.then_some(padded)
}

#[cfg(test)]
mod tests {
    use super::{BLOCK, pad, unpad};

    #[test]
    fn every_length_comes_back_and_tells_only_its_block() {
        for length in 0..=200 {
            let text = vec![b'a'; length];
            let padded = pad(&text);
            assert_eq!(padded.len(), (length / BLOCK + 1) * BLOCK, "{length}");
            assert_eq!(unpad(padded), Some(text), "{length}");
        }
    }

    #[test]
    fn a_text_that_looks_like_padding_comes_back() {
        for text in [&[0x80][..], &[0x80, 0], &[0; 64], &[0x80; 64]] {
            assert_eq!(unpad(pad(text)).as_deref(), Some(text));
        }
    }

    #[test]
    fn nothing_else_is_a_padding() {
        let mut short = pad(b"text");
        short.pop();
        let mut long = pad(b"text");
        long.extend([0; BLOCK]);
        let mut other_mark = pad(b"text");
        other_mark[4] = 0x81;
        for wrong in [Vec::new(), vec![0; BLOCK], short, long, other_mark] {
            assert_eq!(unpad(wrong.clone()), None, "{wrong:?}");
        }
    }
}
