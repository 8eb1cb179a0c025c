//! The ways in which a store is wrong on purpose.

/// What may be wrong with a store.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Flaw {
    /// It does not ask whether there is room.
    IgnoresCounters,
    /// It does not ask whether the person has a registration already.
    IgnoresClaims,
    /// It does not ask whether somebody else changed the registration meanwhile.
    IgnoresVersions,
    /// It does not know a request again.
    ForgetsRequests,
    /// It counts what is taken, and not what is given back.
    KeepsPlaces,
    /// It gives the queue with the last first.
    TurnsTheQueueRound,
    /// It does not record messages of changes.
    LosesMessages,
    /// It keeps what should be destroyed.
    KeepsPersonalData,
    /// It finds people who should be found no more.
    KeepsHashes,
    /// It does not record what happened.
    LosesHistory,
    /// It does not let go of a claim.
    KeepsClaims,
    /// It does not record when something is due anew.
    LosesAppointments,
    /// It writes that a large party is with whoever waits.
    SwellsParties,
}
