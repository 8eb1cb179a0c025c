//! Texts that programs on Windows save in encodings of their own.

/// A text in an encoding other than UTF-8.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Foreign {
    /// What the encoding is called in front of editors.
    pub encoding: &'static str,
    /// The text.
    pub text: String,
}

/// What Windows-1251 has from 0x80 to 0xBF.
const SIGNS: &str =
    "ЂЃ‚ѓ„…†‡€‰Љ‹ЊЌЋЏђ‘’“”•–—\u{98}™љ›њќћџ\u{a0}ЎўЈ¤Ґ¦§Ё©Є«¬\u{ad}®Ї°±Ііґµ¶·ё№є»јЅѕї";

/// Those of them that Bulgarian texts have.
const USUAL: &str = "„“”‘’‚–—…•№«»§°±©®€\u{a0}\u{ad}";

impl Foreign {
    /// Reads bytes that are not UTF-8; nothing, unless what they say is beyond doubt.
    pub(super) fn read(bytes: &[u8]) -> Option<Foreign> {
        utf16(bytes).or_else(|| windows_1251(bytes))
    }
}

/// „Unicode“ in Notepad.
fn utf16(bytes: &[u8]) -> Option<Foreign> {
    let units = |of: fn([u8; 2]) -> u16| {
        let pairs = bytes[2..].chunks_exact(2);
        pairs
            .map(|pair| of([pair[0], pair[1]]))
            .collect::<Vec<u16>>()
    };
    let units = match bytes {
        [0xff, 0xfe, ..] if bytes.len().is_multiple_of(2) => units(u16::from_le_bytes),
        [0xfe, 0xff, ..] if bytes.len().is_multiple_of(2) => units(u16::from_be_bytes),
        _ => return None,
    };
    Some(Foreign {
        encoding: "UTF-16",
        text: String::from_utf16(&units).ok()?,
    })
}

/// „ANSI“ in Notepad, on a computer in Bulgaria.
///
/// Any bytes can be read so. It is Bulgarian when nearly all that is not ASCII are letters, and small ones more often than
/// large ones: what older encodings have for small letters would be large ones here.
fn windows_1251(bytes: &[u8]) -> Option<Foreign> {
    let signs: Vec<char> = SIGNS.chars().collect();
    let text: String = bytes
        .iter()
        .map(|byte| match byte {
            0x80..0xc0 => signs[usize::from(byte - 0x80)],
            0xc0.. => {
                char::from_u32(u32::from(*byte) - 0xc0 + u32::from('А')).unwrap_or('\u{fffd}')
            }
            ascii => char::from(*ascii),
        })
        .collect();
    let count = |is: fn(char) -> bool| text.chars().filter(|sign| is(*sign)).count();
    let high = count(|sign| !sign.is_ascii());
    let small = count(|sign| ('а'..='я').contains(&sign));
    let large = count(|sign| ('А'..='Я').contains(&sign));
    let usual = count(|sign| USUAL.contains(sign));
    // What can be read as UTF-8 in between is of a file that was damaged, or put together of two.
    let lossy = String::from_utf8_lossy(bytes);
    let mixed = lossy
        .chars()
        .filter(|sign| !sign.is_ascii() && *sign != '\u{fffd}');
    let mixed = mixed.count();
    let certain = small + large >= 3
        && (small + large + usual) * 20 >= high * 19
        && small >= large
        && mixed * 20 <= high;
    let has_control = text
        .bytes()
        .any(|byte| byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r'));
    (certain && !has_control).then_some(Foreign {
        encoding: "Windows-1251",
        text,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn encoded(text: &str) -> Vec<u8> {
        let signs: Vec<char> = SIGNS.chars().collect();
        text.chars()
            .map(|letter| match letter {
                'А'..='я' => u8::try_from(u32::from(letter) - u32::from('А') + 0xc0).unwrap(),
                letter => match signs.iter().position(|sign| *sign == letter) {
                    Some(at) => u8::try_from(0x80 + at).unwrap(),
                    None => u8::try_from(letter).unwrap(),
                },
            })
            .collect()
    }

    #[test]
    fn every_letter_comes_back() {
        assert_eq!(SIGNS.chars().count(), 64);
        let text = "title: „Покана“ – № 5 за младежи, от А до Я и от а до я\r\n";
        let read = Foreign::read(&encoded(text)).unwrap();
        assert_eq!((read.encoding, read.text.as_str()), ("Windows-1251", text));
        let utf16: Vec<u8> = [0xff, 0xfe]
            .into_iter()
            .chain(text.encode_utf16().flat_map(u16::to_le_bytes))
            .collect();
        assert_eq!(Foreign::read(&utf16).unwrap().text, text);
    }

    #[test]
    fn what_may_be_something_else_is_not_read() {
        let koi8 = [0xf0, 0xcf, 0xcb, 0xc1, 0xce, 0xc1, 0x20, 0xda, 0xc1];
        let half: Vec<u8> = "Покана ".bytes().chain(encoded("за младежи")).collect();
        for bytes in [
            &koi8[..],
            &half,
            b"caf\xe9",
            "Пока\u{43d}".as_bytes().split_last().unwrap().1,
        ] {
            assert_eq!(Foreign::read(bytes), None, "{bytes:?}");
        }
    }
}
