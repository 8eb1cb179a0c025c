//! SHELL: a mail server that takes everything that it was not told to refuse (RFC 5321), and tells what it took.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use mail_parser::MessageParser;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::timeout;

use crate::program::PATIENCE;

/// A mail server that runs until it is dropped.
pub(crate) struct SmtpPeer {
    address: SocketAddr,
    shared: Arc<Shared>,
    served: JoinHandle<()>,
}

/// A mail that the server took.
#[derive(Clone, Debug)]
pub(crate) struct Taken {
    /// Whom the envelope named.
    pub(crate) receiver: String,
    pub(crate) message_id: String,
    /// What a person reads.
    pub(crate) text: String,
}

#[derive(Default)]
struct Shared {
    taken: watch::Sender<Vec<Taken>>,
    /// The next mail is taken, and the sender never hears of it.
    keeps_silent: AtomicBool,
    silences: watch::Sender<u32>,
    /// What it answers when it is told a receiver.
    refusal: OnceLock<&'static str>,
}

impl SmtpPeer {
    pub(crate) async fn start() -> SmtpPeer {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let shared = Arc::new(Shared::default());
        SmtpPeer {
            address: listener.local_addr().unwrap(),
            shared: Arc::clone(&shared),
            served: tokio::spawn(serve(listener, shared)),
        }
    }

    /// A server that answers so to every receiver.
    pub(crate) async fn refusing(reply: &'static str) -> SmtpPeer {
        let peer = SmtpPeer::start().await;
        peer.shared.refusal.set(reply).unwrap();
        peer
    }

    /// What to set as `MAIL_TRANSPORT`.
    pub(crate) fn url(&self) -> String {
        format!("smtp://{}", self.address)
    }

    /// Every mail so far, in the order in which it came.
    pub(crate) fn taken(&self) -> Vec<Taken> {
        self.shared.taken.borrow().clone()
    }

    /// Waits until this is true of the mails that were taken.
    pub(crate) async fn has(&self, what: &str, wanted: impl Fn(&[Taken]) -> bool) {
        let mut taken = self.shared.taken.subscribe();
        let arrived = timeout(PATIENCE, taken.wait_for(|taken| wanted(taken))).await;
        assert!(
            arrived.is_ok(),
            "{what}; there are {} mails",
            self.taken().len()
        );
    }

    /// Takes the next mail and never says so. Returns once there was one.
    pub(crate) async fn takes_one_in_silence(&self) {
        let mut silences = self.shared.silences.subscribe();
        let before = *silences.borrow();
        self.shared.keeps_silent.store(true, Ordering::SeqCst);
        let silent = timeout(PATIENCE, silences.wait_for(|number| *number > before)).await;
        silent.expect("nobody sends a mail").unwrap();
    }
}

impl Drop for SmtpPeer {
    fn drop(&mut self) {
        self.served.abort();
    }
}

async fn serve(listener: TcpListener, shared: Arc<Shared>) {
    // They end with the server.
    let mut connections = JoinSet::new();
    loop {
        let (sender, _) = listener.accept().await.unwrap();
        let shared = Arc::clone(&shared);
        // A conversation ends with an error when the sender is killed: that is what this server is for.
        connections.spawn(async move { drop(converse(sender, &shared).await) });
    }
}

async fn converse(stream: TcpStream, shared: &Shared) -> std::io::Result<()> {
    let mut stream = BufReader::new(stream);
    let mut receiver = String::new();
    stream.write_all(b"220 peer.example ESMTP\r\n").await?;
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await? == 0 {
            return Ok(());
        }
        let (verb, rest) = line
            .trim_end()
            .split_once(' ')
            .unwrap_or((line.trim_end(), ""));
        let answer = match verb.to_ascii_uppercase().as_str() {
            "EHLO" => "250-peer.example\r\n250 8BITMIME",
            "HELO" | "MAIL" | "RSET" | "NOOP" => "250 OK",
            "RCPT" => {
                let address = rest
                    .split_once('<')
                    .and_then(|(_, rest)| rest.split_once('>'));
                address
                    .map_or("", |(address, _)| address)
                    .clone_into(&mut receiver);
                shared.refusal.get().copied().unwrap_or("250 OK")
            }
            "DATA" => {
                stream.write_all(b"354 Go on\r\n").await?;
                let message = data(&mut stream).await?;
                shared
                    .taken
                    .send_modify(|all| all.push(taken(&receiver, &message)));
                if shared.keeps_silent.swap(false, Ordering::SeqCst) {
                    shared.silences.send_modify(|number| *number += 1);
                    return std::future::pending().await;
                }
                "250 OK"
            }
            "QUIT" => {
                stream.write_all(b"221 Bye\r\n").await?;
                return Ok(());
            }
            _ => "502 Command not implemented",
        };
        stream.write_all(format!("{answer}\r\n").as_bytes()).await?;
    }
}

/// The lines up to the one with a dot alone, without the dots that were put in for the journey (RFC 5321, 4.5.2).
async fn data(stream: &mut BufReader<TcpStream>) -> std::io::Result<Vec<u8>> {
    let mut message = Vec::new();
    loop {
        let mut line = Vec::new();
        if stream.read_until(b'\n', &mut line).await? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        match line.as_slice() {
            b".\r\n" => return Ok(message),
            [b'.', rest @ ..] => message.extend_from_slice(rest),
            line => message.extend_from_slice(line),
        }
    }
}

fn taken(receiver: &str, message: &[u8]) -> Taken {
    let message = MessageParser::default().parse(message).unwrap();
    Taken {
        receiver: receiver.to_owned(),
        message_id: message.message_id().unwrap().to_owned(),
        text: message.body_text(0).unwrap().into_owned(),
    }
}
