//! Links and pictures: where they lead, as they are written.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::writer::{Events, Writer, escape, extent, plain_text};
use super::{Link, Mark, Piece, Target, addresses};
use crate::diagnostic::{Place, Placed, Text, did_you_mean};

/// What an address elsewhere may begin with. Others could run a script.
const SCHEMES: [&str; 4] = ["https://", "http://", "mailto:", "tel:"];

impl Writer<'_, '_> {
    pub(super) fn link(&mut self, address: &str, range: &Range<usize>, following: &Events<'_>) {
        self.check_words(address, range, following);
        self.html.push_str("<a href=\"");
        match target(address, &self.text.file.path) {
            Some(target) => {
                let at = self.address_part(address, range);
                self.gap(target, range, at);
                self.html.push_str("\">");
            }
            None => {
                let place = self.place(range);
                let part = self.address_part(address, range);
                self.check_address(address, place, part);
                self.elsewhere(address);
            }
        }
    }

    /// An address in the text, which nobody marked as a link. It is one all the same; a good one has words.
    pub(super) fn bare_address(&mut self, written: &str, range: &Range<usize>) {
        self.no_words(written, range);
        self.html.push_str("<a href=\"");
        if written.starts_with("www.") {
            self.elsewhere(&format!("https://{written}"));
        } else {
            self.elsewhere(written);
        }
        escape(written, &mut self.html);
        self.html.push_str("</a>");
    }

    fn elsewhere(&mut self, address: &str) {
        escape(address, &mut self.html);
        self.html.push_str(if address.starts_with("http") {
            "\" rel=\"external\">"
        } else {
            "\">"
        });
    }

    /// The words of a link say where it leads, also to those who go from link to link by ear.
    fn check_words(&mut self, address: &str, range: &Range<usize>, following: &Events<'_>) {
        let words = plain_text(following);
        let words = words.trim();
        if words.is_empty() {
            self.error(
                "L14",
                range,
                Text::new("връзката няма текст", "the link has no words"),
                Text::new(
                    "напишете в квадратните скоби накъде води: [Контакти](/pages/kontakti.md)",
                    "say in the square brackets where it leads: [Contact](/pages/kontakti.md)",
                ),
            );
        } else if words.starts_with("http") && words == address {
            self.no_words(words, range);
        } else if self.locale.is_vague(words) {
            self.warning(
                "L03",
                range,
                Text::new(
                    format!("екранните четци четат връзките без контекст: „{words}“ не казва нищо"),
                    format!("screen readers read links out of context: “{words}” says nothing"),
                ),
                Text::new(
                    "напишете накъде води, напр. [формуляр за записване](…)",
                    "write where it leads, for example [registration form](…)",
                ),
            );
        }
    }

    fn no_words(&mut self, address: &str, range: &Range<usize>) {
        self.warning(
            "L03",
            range,
            Text::new(
                "тук вместо думи има адрес, който се чете буква по буква",
                "there is an address here instead of words, which is read out letter by letter",
            ),
            did_you_mean(&format!("[…]({address})")),
        );
    }

    /// Where the address of a link stands in the file.
    fn address_part(&self, address: &str, range: &Range<usize>) -> Option<Range<usize>> {
        let at = self.text.slice(range).rfind(&format!("]({address}"))? + "](".len();
        let start = range.start + at;
        self.text.exact(&(start..start + address.len()))
    }

    /// Reports an address that does not lead where links may lead, or where visitors cannot follow.
    pub(super) fn check_address(
        &mut self,
        address: &str,
        place: Place,
        part: Option<Range<usize>>,
    ) {
        let allowed = SCHEMES
            .iter()
            .any(|scheme| address.len() > scheme.len() && address.starts_with(scheme));
        if !allowed {
            self.refuse_link(address, place, part);
        } else if let Some(found) = addresses::judge(address, &place) {
            let fix = found.fix(part);
            self.diagnostics.push(found.diagnostic.maybe_fix(fix));
        }
    }

    pub(super) fn refuse_link(&mut self, address: &str, place: Place, part: Option<Range<usize>>) {
        let found = addresses::refused(address, place);
        let fix = found.fix(part);
        self.diagnostics.push(found.diagnostic.maybe_fix(fix));
    }

    /// A picture, which the first of the events begins. Its caption is shown where it stands for itself.
    pub(super) fn image(&mut self, following: &Events<'_>, is_figure: bool) {
        let (
            Event::Start(Tag::Image {
                dest_url, title, ..
            }),
            range,
        ) = &following[0]
        else {
            return;
        };
        let description = plain_text(following);
        let alt = Some(description.trim()).filter(|text| !text.is_empty());
        if alt.is_none() && !is_said_to_be_empty(self.text.slice(range)) {
            self.error(
                "L05",
                range,
                Text::new("снимката няма описание", "the picture has no description"),
                Text::new(
                    "опишете в квадратните скоби какво се вижда: ![Описание](/media/file.jpg); ако е само за украса, оставете в тях интервал: ![ ](…)",
                    "say in the square brackets what it shows: ![Description](/media/file.jpg); if it is only decoration, leave a space in them: ![ ](…)",
                ),
            );
        }
        let Some(target) = target(dest_url, &self.text.file.path) else {
            if addresses::is_local(dest_url) {
                let place = self.place(range);
                return self.refuse_link(dest_url, place, None);
            }
            self.error(
                "L06",
                range,
                Text::new(
                    "снимките се пазят при нас, в content/media",
                    "pictures are kept with us, in content/media",
                ),
                Text::new(
                    "запишете файла там и напишете /media/име",
                    "save the file there and write /media/name",
                ),
            );
            return;
        };
        let typography = &self.locale.typography;
        let at = self.address_part(dest_url, range);
        let mark = Mark {
            at,
            src: Placed {
                value: target.path,
                place: self.place(range),
            },
            alt: alt.map(|alt| typography.set(alt)),
            caption: if is_figure {
                typography.set(title)
            } else {
                String::new()
            },
        };
        self.close_piece();
        self.pieces.push(Piece::Picture(self.body.pictures.len()));
        self.body.pictures.push(mark);
        self.typesetter.passed("\u{fffc}");
    }

    /// Leaves a gap for an address that is known later.
    fn gap(&mut self, target: Target, range: &Range<usize>, at: Option<Range<usize>>) {
        self.close_piece();
        let place = self.place(range);
        let link = self.add_link(target, place);
        self.body.links[link].at = at;
        self.pieces.push(Piece::Address(link));
    }

    /// Notes a link, to be checked and resolved once the whole site is known.
    pub(super) fn add_link(&mut self, target: Target, place: Place) -> usize {
        self.body.links.push(Link {
            target,
            place,
            at: None,
        });
        self.body.links.len() - 1
    }
}

/// Whether the square brackets of a picture hold nothing but space, by which one says that it is only decoration.
fn is_said_to_be_empty(written: &str) -> bool {
    let inside = written
        .strip_prefix("![")
        .and_then(|rest| rest.split_once(']'));
    inside.is_some_and(|(inside, _)| !inside.is_empty() && inside.trim().is_empty())
}

/// Whether the paragraph that begins here is nothing but a picture with a caption.
pub(super) fn is_figure(following: &Events<'_>) -> bool {
    let Some((Event::Start(Tag::Image { title, .. }), _)) = following.get(1) else {
        return false;
    };
    let behind = following.get(1 + extent(&following[1..]));
    !title.is_empty() && matches!(behind, Some((Event::End(TagEnd::Paragraph), _)))
}

/// The file of this site that an address means; `None` for an address elsewhere.
pub(super) fn target(address: &str, from: &str) -> Option<Target> {
    let scheme = address
        .split_once(':')
        .is_some_and(|(scheme, _)| scheme.bytes().all(|byte| byte.is_ascii_alphabetic()));
    let elsewhere = address.is_empty() || address.starts_with("//") || address.starts_with("www.");
    if scheme || elsewhere || address.contains('@') || addresses::is_slip(address) {
        return None;
    }
    let (path, anchor) = address.split_once('#').unwrap_or((address, ""));
    let path = match path.strip_prefix('/') {
        Some(path) => path.to_owned(),
        None if path.is_empty() => String::new(),
        None => beside(path, from.strip_prefix("content/").unwrap_or(from)),
    };
    Some(Target {
        path,
        anchor: anchor.to_owned(),
    })
}

/// A path as seen from the folder of a file.
fn beside(path: &str, from: &str) -> String {
    let mut folders: Vec<&str> = from.split('/').collect();
    folders.pop();
    for part in path.split('/') {
        match part {
            "." => {}
            ".." => {
                folders.pop();
            }
            part => folders.push(part),
        }
    }
    folders.join("/")
}
