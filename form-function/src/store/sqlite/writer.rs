//! The one thread that changes the file.
//!
//! A commit waits for the disk, and that is nearly all the time a change takes. So the thread takes everything that
//! has arrived, gives each job a savepoint of its own, and commits once. Nobody has an answer before the commit.

use std::iter;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread::{self, JoinHandle};

use rusqlite::{Connection, Transaction, TransactionBehavior, ffi};
use tokio::sync::oneshot;

use crate::store::StoreError;

/// Jobs in one commit, so that the first of them does not wait for ever.
const MAX_BATCH: usize = 256;

/// Why a whole batch failed; every job of it is told.
type BatchResult<T> = Result<T, Arc<rusqlite::Error>>;

/// A change. It runs inside the transaction of its batch, if there is one, and leaves an [`Answer`].
type Job = Box<dyn FnOnce(BatchResult<&mut Transaction<'_>>) -> Answer + Send>;

/// Tells whoever waits for a job, once it is known whether the batch was committed.
type Answer = Box<dyn FnOnce(BatchResult<()>) + Send>;

/// The thread has ended, which only a fault in this program brings about.
#[derive(Debug, thiserror::Error)]
#[error("the thread that writes registrations has ended")]
struct WriterEnded;

/// The way to the thread. Dropping it waits for the jobs that were handed over.
pub(super) struct Writer {
    jobs: Option<Sender<Job>>,
    thread: Option<JoinHandle<()>>,
}

impl Writer {
    /// Starts the thread.
    pub(super) fn start(mut connection: Connection) -> std::io::Result<Writer> {
        let (jobs, arrived) = mpsc::channel();
        let work = move || {
            while let Some(batch) = next_batch(&arrived) {
                commit(&mut connection, batch);
            }
        };
        let thread = thread::Builder::new()
            .name("registrations".to_owned())
            .spawn(work)?;
        Ok(Writer {
            jobs: Some(jobs),
            thread: Some(thread),
        })
    }

    /// Hands a change over and waits until it is on disk. The change stands even if nobody waits any more.
    pub(super) async fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (sender, receiver) = oneshot::channel();
        let job: Job = Box::new(move |transaction| {
            let outcome = transaction
                .and_then(|transaction| in_savepoint(transaction, work).map_err(Arc::new));
            Box::new(move |committed| {
                // It fails when the visitor has gone; there is nobody left to tell.
                let _ = sender.send(committed.and(outcome));
            })
        });
        let jobs = self
            .jobs
            .as_ref()
            .ok_or_else(|| StoreError::new(WriterEnded))?;
        jobs.send(job).map_err(|_| StoreError::new(WriterEnded))?;
        receiver
            .await
            .map_err(|_| StoreError::new(WriterEnded))?
            .map_err(StoreError::new)
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        // Without a sender the thread ends, after the jobs that are still in the channel.
        self.jobs = None;
        if let Some(thread) = self.thread.take() {
            // It fails when the thread panicked, which has been reported already.
            let _ = thread.join();
        }
    }
}

/// Waits for a job, and takes with it whatever arrives while the batch runs.
fn next_batch(arrived: &Receiver<Job>) -> Option<impl Iterator<Item = Job>> {
    let first = arrived.recv().ok()?;
    Some(iter::once(first).chain(arrived.try_iter()).take(MAX_BATCH))
}

fn commit(connection: &mut Connection, batch: impl Iterator<Item = Job>) {
    let mut answers = Vec::new();
    let committed = run(connection, batch, &mut answers);
    for answer in answers {
        answer(committed.clone());
    }
}

fn run(
    connection: &mut Connection,
    batch: impl Iterator<Item = Job>,
    answers: &mut Vec<Answer>,
) -> BatchResult<()> {
    let mut transaction = match connection.transaction_with_behavior(TransactionBehavior::Immediate)
    {
        Ok(transaction) => transaction,
        Err(error) => {
            let error = Arc::new(error);
            answers.extend(batch.map(|job| job(Err(Arc::clone(&error)))));
            return Err(error);
        }
    };
    for job in batch {
        answers.push(job(Ok(&mut transaction)));
        if transaction.is_autocommit() {
            // A full disk, for one, makes SQLite give up the whole transaction. A savepoint would now commit on its own.
            let error = ffi::Error::new(ffi::SQLITE_ABORT_ROLLBACK);
            return Err(Arc::new(rusqlite::Error::SqliteFailure(error, None)));
        }
    }
    transaction.commit().map_err(Arc::new)
}

/// Runs a job so that its failure undoes its own changes and nobody else's.
fn in_savepoint<T>(
    transaction: &mut Transaction<'_>,
    work: impl FnOnce(&Connection) -> rusqlite::Result<T>,
) -> rusqlite::Result<T> {
    let savepoint = transaction.savepoint()?;
    let value = work(&savepoint)?;
    savepoint.commit()?;
    Ok(value)
}
