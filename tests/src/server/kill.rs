//! `kill -9` under load: whoever was told "yes" is there afterwards, the places add up, and mail goes out.
//!
//! A crash between the "250" of a mail server and our note of it cannot be told from a crash before the "250": the mail
//! goes out again. It does so under the same Message-ID, and once for a kill at most, because one mail is under way at a
//! time.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Write, stderr};
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::{Instant, timeout};

use super::{FormServer, Machine, seats};
use crate::chance;
use crate::form_test::{CONFERENCE, Reply, SITE, Visitor, person};
use crate::program::PATIENCE;
use crate::smtp_peer::SmtpPeer;

const KILLS: u64 = 20;
const CLIENTS: usize = 16;
const SEED: u64 = 0x0006_b111;
const PLACES: u64 = 1_000_000;

/// A registration that was confirmed, as the client keeps it.
struct Told {
    number: u64,
    party: u64,
    /// The answer, to the byte.
    body: String,
    reference: String,
    receipt: String,
}

/// What all clients share.
struct Crowd {
    server: watch::Sender<SocketAddr>,
    answers: watch::Sender<u64>,
    next: AtomicU64,
    goes_home: AtomicBool,
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_confirmed_survives_twenty_kills() {
    let mail = SmtpPeer::start().await;
    let machine = Machine::new(&mail.url());
    let mut server = machine.start().await;
    let crowd = Arc::new(Crowd {
        server: watch::Sender::new(server.address),
        answers: watch::Sender::new(0),
        next: AtomicU64::new(0),
        goes_home: AtomicBool::new(false),
    });
    let mut clients = JoinSet::new();
    for _ in 0..CLIENTS {
        clients.spawn(sign_up_again_and_again(Arc::clone(&crowd)));
    }
    let mut unheard = 0;
    for kill in 0..KILLS {
        crowd
            .wait_for_answers(5 + chance::nth(SEED, kill) % 60)
            .await;
        // Now and then the worst moment there is: the mail was taken, and the server does not know it yet.
        if kill % 4 == 0 {
            mail.takes_one_in_silence().await;
            unheard += 1;
        }
        let log = server.program.kill().await;
        assert!(!log.contains("panicked"), "{log}");
        server = machine.start().await;
        crowd.server.send_replace(server.address);
    }
    crowd.goes_home.store(true, Ordering::SeqCst);
    let told: Vec<Told> = clients.join_all().await.into_iter().flatten().collect();
    everybody_is_there(&server, &told).await;
    everybody_has_mail(&mail, &told, unheard, server).await;
    nothing_is_left_to_send(&mail, &machine).await;
}

impl Crowd {
    async fn wait_for_answers(&self, number: u64) {
        let mut answers = self.answers.subscribe();
        let enough = *answers.borrow() + number;
        let arrived = timeout(PATIENCE, answers.wait_for(|answers| *answers >= enough)).await;
        arrived.expect("the server answers nobody").unwrap();
    }

    /// Asks until there is an answer, of whichever server there is by then.
    async fn ask(&self, visitor: &mut Option<Visitor>, number: u64) -> Reply {
        let mut address = self.server.subscribe();
        loop {
            let server = *address.borrow_and_update();
            if visitor.is_none() {
                *visitor = Visitor::try_connect(server).await.ok();
            }
            if let Some(connected) = visitor {
                let answered = connected
                    .try_json(&form(), &key(number), &answers(number))
                    .await;
                match answered {
                    Ok(reply) if reply.status != 503 => return reply,
                    Ok(_) => continue,
                    Err(_) => *visitor = None,
                }
            }
            // The next server, or another try at this one.
            drop(timeout(Duration::from_millis(50), address.changed()).await);
        }
    }
}

async fn sign_up_again_and_again(crowd: Arc<Crowd>) -> Vec<Told> {
    let mut visitor = None;
    let mut told = Vec::new();
    while !crowd.goes_home.load(Ordering::SeqCst) {
        let number = crowd.next.fetch_add(1, Ordering::SeqCst);
        let asked = timeout(PATIENCE, crowd.ask(&mut visitor, number)).await;
        let reply = asked.expect("no answer").must_be(201);
        told.push(Told::read(number, reply));
        crowd.answers.send_modify(|answers| *answers += 1);
    }
    told
}

impl Told {
    fn read(number: u64, reply: Reply) -> Told {
        let answer = reply.json();
        assert_eq!(answer["state"], "confirmed", "{}", reply.body);
        let text = |name: &str| answer[name].as_str().unwrap().to_owned();
        Told {
            number,
            party: party(number),
            reference: text("reference"),
            receipt: text("manage_url").strip_prefix(SITE).unwrap().to_owned(),
            body: reply.body,
        }
    }
}

fn form() -> String {
    format!("/forms/{CONFERENCE}")
}

fn key(number: u64) -> String {
    format!("the key of person {number}")
}

fn party(number: u64) -> u64 {
    1 + number % 3
}

fn answers(number: u64) -> serde_json::Value {
    person(&format!("person-{number}"))
        .with("party", &party(number).to_string())
        .as_json()
}

fn address(number: u64) -> String {
    format!("person-{number}@example.org")
}

/// Every confirmed registration has its page, is the answer to its request for good, and holds its places, and nothing
/// else holds any.
async fn everybody_is_there(server: &FormServer, told: &[Told]) {
    let mut visitor = server.visitor().await;
    let references: BTreeSet<&str> = told.iter().map(|told| told.reference.as_str()).collect();
    assert_eq!(references.len(), told.len(), "one reference each");
    for person in told {
        let page = visitor.get(&person.receipt).await.must_be(200);
        assert!(page.words().contains(&person.reference), "{}", page.words());
        assert!(page.page().has(".panel--confirmed"), "{}", page.words());
        let again = visitor
            .json(&form(), &key(person.number), &answers(person.number))
            .await;
        assert_eq!(again.must_be(201).body, person.body);
    }
    let held: u64 = told.iter().map(|told| told.party).sum();
    assert_eq!(seats(&mut visitor, CONFERENCE).await, (PLACES - held, 0));
}

/// Everybody has their mail, under an identity of its own, and more than once only where a kill explains it.
async fn everybody_has_mail(mail: &SmtpPeer, told: &[Told], unheard: usize, server: FormServer) {
    mail.has("not everybody has mail", |taken| {
        let receivers: BTreeSet<&str> = taken.iter().map(|mail| mail.receiver.as_str()).collect();
        told.iter()
            .all(|told| receivers.contains(address(told.number).as_str()))
    })
    .await;
    let stopped = server.program.stop().await;
    assert!(stopped.succeeded, "{}", stopped.output);
    let taken = mail.taken();
    let mut copies: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for mail in &taken {
        copies
            .entry(&mail.message_id)
            .or_default()
            .push(&mail.receiver);
    }
    assert_eq!(
        copies.len(),
        told.len(),
        "one Message-ID for each registration"
    );
    let receivers: BTreeSet<&str> = copies.values().map(|receivers| receivers[0]).collect();
    assert_eq!(
        receivers.len(),
        told.len(),
        "one registration for each Message-ID"
    );
    for receivers in copies.values() {
        assert!(receivers.iter().all(|receiver| *receiver == receivers[0]));
    }
    for told in told {
        let theirs = taken
            .iter()
            .find(|mail| mail.receiver == address(told.number));
        assert!(
            theirs.unwrap().text.contains(&told.reference),
            "{}",
            told.number
        );
    }
    let again = taken.len() - copies.len();
    // Past the capture of output: whoever runs the tests wants to see it.
    let mut screen = stderr();
    writeln!(
        screen,
        "{KILLS} kills: {} registrations, {} mails, {again} of them sent again ({unheard} taken unheard)",
        told.len(),
        taken.len(),
    )
    .unwrap();
    let kills = usize::try_from(KILLS).unwrap();
    assert!(
        (unheard..=kills).contains(&again),
        "{again} mails again after {kills} kills"
    );
}

/// The outbox is empty: after another start the next mail is the next person's, and no other comes before or with it.
async fn nothing_is_left_to_send(mail: &SmtpPeer, machine: &Machine) {
    let before = mail.taken().len();
    let server = machine.start().await;
    let last = person("last");
    let mut visitor = server.visitor().await;
    visitor
        .json(&form(), "the last key", &last.as_json())
        .await
        .must_be(201);
    let theirs = |mail: &crate::smtp_peer::Taken| mail.receiver == "last@example.org";
    mail.has("the last person has no mail", |taken| {
        taken.iter().any(theirs)
    })
    .await;
    drop(visitor);
    server.program.stop().await;
    assert_eq!(mail.taken().len(), before + 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_that_died_with_its_server_goes_out_at_the_next_start() {
    let mail = SmtpPeer::start().await;
    let machine = Machine::new(&mail.url());
    let server = machine.start().await;
    let mut visitor = server.visitor().await;
    let (form, answers) = (form(), person("ana").as_json());
    let signed_up = visitor.json(&form, "ana", &answers);
    let (signed_up, ()) = tokio::join!(signed_up, mail.takes_one_in_silence());
    signed_up.must_be(201);
    server.program.kill().await;
    let begun = Instant::now();
    let _server = machine.start().await;
    mail.has("the mail did not go out again", |taken| taken.len() == 2)
        .await;
    // Otherwise it would be free when its time with the dead server is over.
    assert!(begun.elapsed() < Duration::from_secs(30));
}
