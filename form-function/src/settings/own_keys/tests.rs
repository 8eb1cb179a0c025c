use std::fs;
use std::sync::{Arc, Barrier};
use std::thread;

use forms::Group;

use super::read_or_make;
use crate::app::{Random, system_random};
use crate::seal::Opener;
use crate::settings::Settings;

#[test]
fn the_keys_are_made_once_and_stay() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("data/keys.env");
    let first = read_or_make(&file, &system_random()).unwrap();
    let text = fs::read_to_string(&file).unwrap();
    let never: Random = Arc::new(|_| panic!("nothing new is needed"));
    let again = read_or_make(&file, &never).unwrap();
    assert_eq!(fs::read_to_string(&file).unwrap(), text);
    for group in Group::ALL {
        assert!(first.opener.sealing_key(group) == again.opener.sealing_key(group));
    }
    assert!(first.required_keyring().is_ok());
    let names: Vec<_> = fs::read_dir(file.parent().unwrap())
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert_eq!(names, ["keys.env"], "no draft is left behind");
}

#[test]
fn one_line_changes_what_is_sealed_with_and_what_is_opened_with() {
    let folder = tempfile::tempdir().unwrap();
    let [file, other] = ["keys.env", "other.env"].map(|name| folder.path().join(name));
    let old = read_or_make(&file, &system_random()).unwrap().opener;
    let new = read_or_make(&other, &system_random()).unwrap().opener;
    let contact = |path| {
        let text = fs::read_to_string(path).unwrap();
        let keys = text
            .lines()
            .find_map(|line| line.strip_prefix("OPENING_KEYS=contact="));
        keys.unwrap().split(',').next().unwrap().to_owned()
    };
    let [before, after] = [contact(&file), contact(&other)];
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, text.replace(&before, &format!("{after}+{before}"))).unwrap();
    let keys = read_or_make(&file, &system_random()).unwrap();
    let key = |opener: &Opener| opener.sealing_key(Group::Contact).unwrap();
    assert!(key(&keys.opener) == key(&new) && key(&new) != key(&old));
    let [id, ..] = keys.required_keyring().unwrap().sealer.key_ids();
    assert!(id == key(&new).id());
}

#[cfg(unix)]
#[test]
fn only_the_owner_can_read_them() {
    use std::os::unix::fs::PermissionsExt;

    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("data/keys.env");
    read_or_make(&file, &system_random()).unwrap();
    let mode = |path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(file.as_path()), 0o600);
    assert_eq!(mode(file.parent().unwrap()), 0o700);
}

#[test]
fn processes_that_start_together_agree() {
    const PROCESSES: usize = 8;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("keys.env");
    let line = Arc::new(Barrier::new(PROCESSES));
    let started: Vec<_> = (0..PROCESSES)
        .map(|_| {
            let (file, line) = (file.clone(), Arc::clone(&line));
            thread::spawn(move || {
                line.wait();
                let keys = read_or_make(&file, &system_random()).unwrap();
                keys.opener.sealing_key(Group::Contact).unwrap().to_base64()
            })
        })
        .collect();
    let mut keys: Vec<String> = started
        .into_iter()
        .map(|process| process.join().unwrap())
        .collect();
    keys.dedup();
    assert_eq!(keys.len(), 1);
}

#[test]
fn a_damaged_file_is_named_and_never_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("keys.env");
    for (text, said) in [
        ("TOKEN_KEYS", "line 1 is neither"),
        ("# keys\n\nTOKEN_KEYS=feedbeef\n", "`TOKEN_KEYS`"),
        ("", "`TOKEN_KEYS` is missing"),
    ] {
        fs::write(&file, text).unwrap();
        let data = folder.path().to_str().unwrap().to_owned();
        let settings = Settings::from_lookup(|name| (name == "DATA_DIR").then(|| data.clone()));
        let refused = settings.unwrap().keys_or_own(&[], &system_random());
        let refused = format!("{:#}", refused.err().expect(text));
        assert!(refused.contains(said), "{refused}");
        assert!(refused.contains("keys.env"), "{refused}");
        assert!(!refused.contains("feedbeef"), "a value may be a secret");
        assert_eq!(fs::read_to_string(&file).unwrap(), text);
    }
}

#[test]
fn keys_that_are_set_in_part_are_not_mixed_with_new_ones() {
    let folder = tempfile::tempdir().unwrap();
    let settings = Settings::from_lookup(|name| match name {
        "DATA_DIR" => Some(folder.path().to_str().unwrap().to_owned()),
        "TOKEN_KEYS" => Some("8f".repeat(32)),
        _ => None,
    });
    let refused = settings.unwrap().keys_or_own(&[], &system_random());
    let refused = refused.err().unwrap().to_string();
    assert!(refused.contains("`INDEX_KEY` is missing"), "{refused}");
    assert!(!folder.path().join("keys.env").exists());
}
