//! Where links lead, as they are written.

use super::Target;

/// The file of this site that an address means; `None` for an address elsewhere.
pub(super) fn target(address: &str, from: &str) -> Option<Target> {
    let scheme = address
        .split_once(':')
        .is_some_and(|(scheme, _)| scheme.bytes().all(|byte| byte.is_ascii_alphabetic()));
    if scheme || address.starts_with("//") {
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
