//! Whatever the programs ask of the table on their way through a whole story is granted by their roles, leading keys and
//! all.

use std::collections::BTreeSet;
use std::mem;
use std::sync::{Arc, Mutex};

use super::instance::Program;
use super::waiting::{places_go_to_those_who_wait, room_for_two, sign_up};
use super::{Deployment, every_minute, new_table};
use crate::fault_proxy::FaultProxy;
use crate::form_test::{OPEN_DAY, person};
use crate::template::Wish;

/// What was asked through a proxy.
pub(super) type Wishes = Arc<Mutex<BTreeSet<Wish>>>;

/// A way to the table by which everything is heard that is asked.
pub(super) async fn listening() -> (FaultProxy, Wishes) {
    let wishes = Wishes::default();
    let heard = Arc::clone(&wishes);
    let proxy = FaultProxy::start(Box::new(move |call| {
        let asked = Wish::all(&call.operation, &call.asked);
        heard.lock().unwrap().extend(asked);
        None
    }));
    (proxy.await, wishes)
}

#[tokio::test(flavor = "multi_thread")]
async fn both_programs_ask_only_for_what_their_roles_grant() {
    let (_, table) = new_table().await;
    let (before_function, of_function) = listening().await;
    let (before_worker, of_worker) = listening().await;
    let by_way_of = |proxy: &FaultProxy| {
        Deployment::of(&room_for_two(), &table).with("AWS_ENDPOINT_URL_DYNAMODB", &proxy.url())
    };
    let (function, worker) = (by_way_of(&before_function), by_way_of(&before_worker));
    let mut function = function.run(Program::Function).await;
    let mut worker = worker.run(Program::Worker).await;
    // Somebody signs up again, which is allowed and looks alike.
    for _ in 0..2 {
        let told = sign_up(&mut function, OPEN_DAY, &person("ana")).await;
        told.must_be(303);
    }
    places_go_to_those_who_wait(&mut function, async || {
        worker.invoke(every_minute()).await;
    })
    .await;
    for (policy, wishes) in [("FormRights", of_function), ("WorkerRights", of_worker)] {
        let wishes = mem::take(&mut *wishes.lock().unwrap());
        assert!(wishes.len() > 10, "{policy}: {wishes:?}");
        for wish in wishes {
            assert!(
                wish.is_granted_by(policy),
                "{policy} does not grant {wish:?}"
            );
        }
    }
}
