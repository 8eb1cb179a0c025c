//! `_redirects`, as the generator writes it: where pages are that had another address.

use percent_encoding::percent_decode_str;

/// Where a path leads by this file: of the lines `/from /to 301`, the first that fits. A closing slash makes no difference.
pub(crate) fn target<'a>(redirects: &'a str, path: &str) -> Option<&'a str> {
    let asked = decoded(path);
    redirects.lines().find_map(|line| {
        let mut words = line.split_ascii_whitespace();
        let (from, to, status) = (words.next()?, words.next()?, words.next()?);
        // Never to another host: the file says paths alone.
        let is_path = to.starts_with('/') && !to.starts_with("//");
        (status == "301" && is_path && decoded(from) == asked).then_some(to)
    })
}

fn decoded(path: &str) -> String {
    let path = percent_decode_str(path).decode_utf8_lossy();
    path.trim_end_matches('/').to_owned()
}

#[cfg(test)]
mod tests {
    use super::target;

    const FILE: &str = "# former\n/old/ /new/ 301\n/%D1%81/ /en/c/ 301\n/away //evil.example/ 301\n/broken\n/old /other/ 301\n";

    #[test]
    fn a_former_address_leads_to_the_page_however_it_is_written() {
        for (path, to) in [
            ("/old", Some("/new/")),
            ("/old/", Some("/new/")),
            ("/%d1%81", Some("/en/c/")),
            ("/older/", None),
            ("/broken", None),
            ("/away", None),
            ("/", None),
        ] {
            assert_eq!(target(FILE, path), to, "{path}");
        }
    }
}
