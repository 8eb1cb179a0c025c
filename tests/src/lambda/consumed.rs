//! What a sign-up costs at the table: the capacity that a hundred of them consume, as the engine counts it.

use std::io::{Write, stderr};
use std::sync::{Arc, Mutex};

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::interceptors::{
    AfterDeserializationInterceptorContextRef, BeforeSerializationInterceptorContextMut,
};
use aws_sdk_dynamodb::config::{ConfigBag, Intercept, RuntimeComponents};
use aws_sdk_dynamodb::error::BoxError;
use aws_sdk_dynamodb::operation::{
    delete_item as delete, get_item as get, put_item as put, query,
    transact_write_items as transact, update_item as update,
};
use aws_sdk_dynamodb::types::{ConsumedCapacity, ReturnConsumedCapacity};
use form_function::app::{App, Delivery, system_random};
use form_function::aws;
use form_function::limits::{ClientAddress, Limiter};
use form_function::mail::{MailTransport, Transport};
use form_function::router;
use form_function::store::dynamodb::DynamoStore;
use form_function::worker::{self, Worker};
use jiff::Timestamp;
use tokio::net::TcpListener;
use tokio::sync::Notify;

use crate::form_test::{KEYS, SITE, Visitor, person, real};
use crate::site_test::NOW;
use crate::template;

/// As many as the open day, the round table and the conference have places.
const EVENTS: [(&str, u32); 3] = [
    ("den-na-otvorenite-vrati-2027", 40),
    ("kragla-masa-2027", 30),
    ("mezhdunarodna-konferentsia-2027", 30),
];

const SIGN_UPS: f64 = 100.0;

/// Capacity units, of tables and their indexes together.
#[derive(Clone, Copy, Debug, Default)]
struct Consumed {
    written: f64,
    read: f64,
}

/// Asks what every call consumed, and adds it up.
#[derive(Clone, Debug, Default)]
struct Meter(Arc<Mutex<Consumed>>);

/// Asks for the units of a call, whichever it is.
macro_rules! ask {
    ($input:expr, $($kind:ty),*) => {
        $(if let Some(input) = $input.downcast_mut::<$kind>() {
            input.return_consumed_capacity = Some(ReturnConsumedCapacity::Total);
        })*
    };
}

/// The units that a call says it consumed, if it is one of these.
macro_rules! told {
    ($output:expr, $($kind:ty),*) => {
        0.0$( + $output.downcast_ref::<$kind>().map_or(0.0, |output| units(&output.consumed_capacity)))*
    };
}

fn units<'a>(consumed: impl IntoIterator<Item = &'a ConsumedCapacity>) -> f64 {
    consumed
        .into_iter()
        .filter_map(ConsumedCapacity::capacity_units)
        .sum()
}

impl Intercept for Meter {
    fn name(&self) -> &'static str {
        "Meter"
    }

    fn modify_before_serialization(
        &self,
        context: &mut BeforeSerializationInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let input = context.input_mut();
        ask!(
            input,
            transact::TransactWriteItemsInput,
            put::PutItemInput,
            update::UpdateItemInput,
            delete::DeleteItemInput,
            get::GetItemInput,
            query::QueryInput
        );
        Ok(())
    }

    fn read_after_deserialization(
        &self,
        context: &AfterDeserializationInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let Ok(output) = context.output_or_error() else {
            return Ok(());
        };
        let mut consumed = self.0.lock().unwrap();
        if let Some(output) = output.downcast_ref::<transact::TransactWriteItemsOutput>() {
            consumed.written += units(output.consumed_capacity());
        }
        consumed.written += told!(
            output,
            put::PutItemOutput,
            update::UpdateItemOutput,
            delete::DeleteItemOutput
        );
        consumed.read += told!(output, get::GetItemOutput, query::QueryOutput);
        Ok(())
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_sign_ups_say_what_they_cost() {
    let meter = Meter::default();
    let client = aws::dynamodb().unwrap();
    let table = template::new_table(&client, "consumed").await;
    let config = client
        .config()
        .to_builder()
        .interceptor(meter.clone())
        .build();
    let now: Timestamp = NOW.parse().unwrap();
    let app = Arc::new(App {
        bundle: real().bundle(),
        store: Arc::new(DynamoStore::new(Client::from_conf(config), table)),
        keys: KEYS.keyring(),
        limiter: Limiter::new(None, ClientAddress::Peer),
        public_url: SITE.to_owned(),
        clock: Arc::new(move || now),
        random: system_random(),
        delivery: Delivery::InBackground(Arc::new(Notify::new())),
        has_staff_area: false,
    });
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let server = axum::serve(listener, router(Arc::clone(&app)));
    let serving = tokio::spawn(server.into_future());

    let mut visitor = Visitor::connect(address).await;
    for (event, places) in EVENTS {
        for number in 0..places {
            let name = format!("{event}-{number}");
            let (path, answers) = (format!("/forms/{event}"), person(&name).as_json());
            visitor.json(&path, &name, &answers).await.must_be(201);
        }
    }
    let sign_ups = *meter.0.lock().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let mailer = Transport::open(&MailTransport::Folder(folder.path().to_owned())).unwrap();
    let opener = KEYS.opener();
    let worker = Worker {
        app: &app,
        opener: &opener,
        mailer: &mailer,
        until: None,
    };
    while worker::round(&worker).await.unwrap().may_go_on() {}
    serving.abort();
    let all = *meter.0.lock().unwrap();
    assert!(sign_ups.written >= SIGN_UPS && all.written > sign_ups.written);
    // Past the capture of output: the README quotes it.
    writeln!(
        stderr(),
        "Units of the table for each sign-up: {:.1} written, {:.1} read; with its mail {:.1} written, {:.1} read",
        sign_ups.written / SIGN_UPS,
        sign_ups.read / SIGN_UPS,
        all.written / SIGN_UPS,
        all.read / SIGN_UPS,
    )
    .unwrap();
}
