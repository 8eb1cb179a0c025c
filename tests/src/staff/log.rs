//! Everything leaves a trace, and whoever changes the traces is found out.

use form_function::staff::audit;
use form_function::staff::people::{Role, StaffAddress};
use form_function::store::{Collection, Documents, StoreError};
use rusqlite::Connection;

use super::{COORDINATOR, DATA_OFFICER, RECEPTION, last, two_registrations};
use crate::form_test::{FormTest, OPEN_DAY};

#[test]
fn what_is_read_and_done_is_written_down_before_it_is_shown() {
    let (test, ana, _) = two_registrations();
    let browser = test.signed_in(COORDINATOR);
    let path = format!("/staff/registrations/{ana}");
    browser.get(&path).must_be(200);
    let read = last(&test);
    assert_eq!(
        (read.who.as_str(), read.action.as_str(), read.about.as_str()),
        (COORDINATOR, "read", ana.as_str())
    );
    browser.press(&path, "do=cancel&reason=so").must_be(303);
    let entries = test
        .ask(audit::before(test.app.store.as_ref(), None, 10))
        .unwrap();
    let cancelled = entries
        .iter()
        .find(|entry| entry.action == "cancel_by_organiser");
    // Why stands where it dies with the person's data.
    assert_eq!(cancelled.unwrap().reason, None);
    let page = browser.get(&path).must_be(200);
    assert!(page.body.contains("Причина: so"), "{}", page.body);
    // What is asked and not done is not said to be done.
    browser.press(&path, "do=cancel&reason=again").must_be(409);
    let entries = test
        .ask(audit::before(test.app.store.as_ref(), None, 3))
        .unwrap();
    let actions: Vec<&str> = entries.iter().map(|entry| entry.action.as_str()).collect();
    assert_eq!(actions, ["read", "refused", "cancel_by_organiser"]);
    for list in [
        format!("/staff/events/{OPEN_DAY}"),
        format!("/staff/events/{OPEN_DAY}/check-in"),
    ] {
        let before = last(&test).number;
        browser.get(&list).must_be(200);
        assert_eq!(last(&test).number, before + 1, "{list}");
    }
}

#[test]
fn whoever_changes_the_log_or_takes_from_its_middle_is_found_out() {
    let (test, ana, _) = two_registrations();
    let browser = test.signed_in(COORDINATOR);
    for _ in 0..3 {
        browser
            .get(&format!("/staff/registrations/{ana}"))
            .must_be(200);
    }
    let store = test.app.store.as_ref();
    let check = || test.ask(audit::check(store, &test.app.keys.index)).unwrap();
    assert_eq!(check(), Ok(3));
    let file = Connection::open(test.store_file()).unwrap();
    let change = |from: &str, to: &str| {
        let statement = "UPDATE documents SET value = replace(value, ?1, ?2)
                         WHERE collection = 'audit' AND key LIKE '%2'";
        assert_eq!(file.execute(statement, [from, to]).unwrap(), 1);
    };
    for (from, to) in [
        ("coordinator", "reception"),
        ("\"read\"", "\"sign_in\""),
        ("koko", "rada"),
    ] {
        change(from, to);
        assert_eq!(check(), Err(audit::Tampering::Changed(2)), "{from}");
        let page = test
            .signed_in(DATA_OFFICER)
            .get("/staff/audit")
            .must_be(200);
        assert!(
            page.body.contains("Дневникът е пипан при запис 2"),
            "{}",
            page.body
        );
        change(to, from);
    }
    test.ask(store.discard(Collection::Audit, "000000000002"))
        .unwrap();
    assert_eq!(check(), Err(audit::Tampering::Missing(2)));
}

#[test]
fn of_many_who_write_at_once_each_has_an_entry_and_the_log_is_whole() {
    let test = FormTest::new();
    let store = &test.app.store;
    let who = StaffAddress::parse(RECEPTION).unwrap();
    let at = (test.app.clock)();
    test.ask(async {
        let mut writers = tokio::task::JoinSet::new();
        for _ in 0..10 {
            let (store, who) = (std::sync::Arc::clone(store), who.clone());
            let index = test.app.keys.index.clone();
            writers.spawn(async move {
                let deed = audit::Deed {
                    at,
                    who: &who,
                    role: Role::Reception,
                    action: "read",
                    about: "",
                    reason: None,
                };
                audit::write(store.as_ref(), &index, &deed).await
            });
        }
        let written = writers.join_all().await.into_iter();
        written.collect::<Result<Vec<()>, StoreError>>().unwrap();
    });
    assert_eq!(
        test.ask(audit::check(store.as_ref(), &test.app.keys.index))
            .unwrap(),
        Ok(10)
    );
}

#[test]
fn a_damaged_entry_stops_nobody_and_hides_nothing() {
    let (test, ana, _) = two_registrations();
    let path = format!("/staff/registrations/{ana}");
    test.signed_in(COORDINATOR).get(&path).must_be(200);
    let file = Connection::open(test.store_file()).unwrap();
    let damage = |value: &str, key: &str| {
        let statement =
            "INSERT INTO documents (collection, key, version, value) VALUES ('audit', ?1, 0, ?2)
                         ON CONFLICT DO UPDATE SET value = excluded.value";
        file.execute(statement, [key, value]).unwrap();
    };
    for (value, key) in [("{}", "000000000001"), ("{}", "zzz")] {
        damage(value, key);
        test.signed_in(COORDINATOR).get(&path).must_be(200);
        let page = test
            .signed_in(DATA_OFFICER)
            .get("/staff/audit")
            .must_be(200);
        assert!(page.body.contains("Дневникът е пипан при запис 1"), "{key}");
    }
}

#[test]
fn whoever_has_the_store_and_not_the_key_cannot_write_the_log_anew() {
    let (test, ana, _) = two_registrations();
    let browser = test.signed_in(COORDINATOR);
    for _ in 0..2 {
        browser
            .get(&format!("/staff/registrations/{ana}"))
            .must_be(200);
    }
    // Another key than ours, which is all that a thief of the file has.
    let other = form_function::keys::generate(&form_function::app::system_random());
    let index = other.keyring().index;
    let store = test.app.store.as_ref();
    let entries = test.ask(audit::before(store, None, 9)).unwrap();
    for entry in &entries {
        test.ask(store.discard(Collection::Audit, &format!("{:012}", entry.number)))
            .unwrap();
    }
    for entry in entries.iter().rev() {
        let deed = audit::Deed {
            at: entry.at,
            who: &entry.who,
            role: Role::Reception,
            action: &entry.action,
            about: &entry.about,
            reason: None,
        };
        test.ask(audit::write(store, &index, &deed)).unwrap();
    }
    assert_eq!(test.ask(audit::check(store, &index)).unwrap(), Ok(2));
    let ours = test.ask(audit::check(store, &test.app.keys.index)).unwrap();
    assert_eq!(ours, Err(audit::Tampering::Changed(1)));
}
