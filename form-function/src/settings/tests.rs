use super::{MailTransport, SettingError, Settings};

fn settings(pairs: &[(&str, &str)]) -> Result<Settings, SettingError> {
    let find = |name: &str| {
        pairs
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, value)| (*value).to_owned())
    };
    Settings::from_lookup(find)
}

#[test]
fn nothing_needs_to_be_set_on_one_machine() {
    let settings = settings(&[("TABLE_NAME", " ")]).unwrap();
    assert_eq!(settings.listen.to_string(), "127.0.0.1:8080");
    assert!(settings.mail_or_folder() == MailTransport::Folder(".data/mail".into()));
    assert!(settings.table.is_none() && settings.public_url.is_none() && settings.keys.is_empty());
}

#[test]
fn a_wrong_setting_is_named_with_an_example() {
    for (variable, value) in [
        ("LISTEN", "8080"),
        ("MAIL_TRANSPORT", "ses:"),
        ("MAIL_TRANSPORT", "sesame"),
        ("MAIL_TRANSPORT", "file:"),
        ("MAIL_TRANSPORT", "smtp:mail.example.org"),
        ("PUBLIC_URL", "centre.example.org"),
        ("PUBLIC_URL", "https://centre.example.org/forms"),
        ("PUBLIC_URL", "ftp://centre.example.org"),
        ("TOKEN_KEYS", "secret"),
        ("INDEX_KEY", "secret"),
        ("SEALING_KEYS", "secret"),
        ("OPENING_KEYS", "secret"),
        ("CLIENT_ADDRESS", "forwarded"),
        ("RATE_LIMITS", "60"),
        ("RATE_LIMITS", "0/200"),
        ("RATE_LIMITS", "60/-1"),
        #[cfg(feature = "editor")]
        ("EDITOR_OAUTH_URL", "github.example.org"),
    ] {
        let error = settings(&[(variable, value)]).err().expect(value);
        assert_eq!(error.variable, variable);
        assert!(
            error
                .to_string()
                .contains(&format!("for example: {variable}=")),
            "{error}"
        );
    }
}

#[test]
fn the_examples_would_do() {
    for (variable, value) in [
        ("MAIL_TRANSPORT", "smtps://user:password@mail.example.org"),
        ("MAIL_TRANSPORT", "smtp://127.0.0.1:1025"),
        ("MAIL_TRANSPORT", "file:mail"),
        ("MAIL_TRANSPORT", "ses"),
        ("MAIL_TRANSPORT", "ses:forms"),
        ("PUBLIC_URL", "https://centre.example.org/"),
        ("PUBLIC_URL", "http://127.0.0.1:8000"),
        ("LISTEN", "[::1]:80"),
    ] {
        assert!(settings(&[(variable, value)]).is_ok(), "{variable}={value}");
    }
}

#[cfg(feature = "editor")]
#[test]
fn of_the_settings_of_the_editor_all_or_none_are_needed() {
    let set = |names: &[&'static str]| {
        let values = names.iter().map(|name| (*name, "https://a.example"));
        settings(&values.collect::<Vec<_>>())
    };
    let (id, secret, url) = (
        "EDITOR_OAUTH_CLIENT_ID",
        "EDITOR_OAUTH_CLIENT_SECRET",
        "EDITOR_OAUTH_URL",
    );
    assert!(set(&[]).unwrap().editor.is_none());
    let github = set(&[id, secret]).unwrap().editor.unwrap();
    assert_eq!(github.url, "https://github.com");
    assert!(!format!("{github:?}").contains("secret"));
    let own = set(&[id, secret, url]).unwrap().editor.unwrap();
    assert_eq!(own.url, "https://a.example");
    for (given, missing) in [(&[id][..], secret), (&[secret], id), (&[url], id)] {
        assert_eq!(set(given).err().unwrap().variable, missing);
    }
}
