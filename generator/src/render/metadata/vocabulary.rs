//! The part of schema.org that we speak. What a search engine requires of a thing is no `Option`, so that a thing without
//! it cannot be written.

#![expect(
    clippy::struct_field_names,
    reason = "fields are called what schema.org calls them"
)]

use serde::Serialize;

/// A thing that a page describes.
#[derive(Serialize)]
#[serde(tag = "@type")]
pub(in crate::render) enum Node<'a> {
    /// Whose site it is.
    GovernmentOrganization(Organization<'a>),
    /// The site.
    WebSite(WebSite<'a>),
    /// The way from the home page to the page.
    BreadcrumbList(BreadcrumbList<'a>),
    /// What the centre does.
    GovernmentService(Service<'a>),
    /// What will happen.
    Event(Event<'a>),
    /// What happened.
    NewsArticle(NewsArticle<'a>),
    /// Questions with their answers.
    #[serde(rename = "FAQPage")]
    FaqPage(FaqPage),
}

/// Whose site it is, in full.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::render) struct Organization<'a> {
    #[serde(rename = "@id")]
    pub(super) id: String,
    pub(super) name: &'a str,
    pub(super) url: String,
    pub(super) description: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) parent_organization: Option<Parent<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) telephone: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) email: Option<&'a str>,
}

/// Whose the organization is.
#[derive(Serialize)]
#[serde(tag = "@type", rename = "GovernmentOrganization")]
pub(in crate::render) struct Parent<'a> {
    pub(super) name: &'a str,
}

/// The organization as others refer to it: by its identity, and by name for those who read one page alone.
#[derive(Serialize)]
#[serde(tag = "@type", rename = "GovernmentOrganization")]
pub(in crate::render) struct OrganizationReference<'a> {
    #[serde(rename = "@id")]
    pub(super) id: String,
    pub(super) name: &'a str,
    pub(super) url: String,
}

/// The site.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::render) struct WebSite<'a> {
    #[serde(rename = "@id")]
    pub(super) id: String,
    pub(super) name: &'a str,
    pub(super) url: String,
    pub(super) in_language: &'a str,
    pub(super) publisher: OrganizationReference<'a>,
}

/// The way from the home page to the page, which is the last of it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::render) struct BreadcrumbList<'a> {
    pub(super) item_list_element: Vec<ListItem<'a>>,
}

/// A step of the way.
#[derive(Serialize)]
#[serde(tag = "@type")]
pub(in crate::render) struct ListItem<'a> {
    pub(super) position: usize,
    pub(super) name: &'a str,
    pub(super) item: String,
}

/// What the centre does.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::render) struct Service<'a> {
    pub(super) name: &'a str,
    pub(super) description: &'a str,
    pub(super) url: &'a str,
    pub(super) provider: OrganizationReference<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) service_type: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) audience: Option<Audience<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) available_channel: Option<ServiceChannel>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) offers: Option<Offer>,
}

/// For whom.
#[derive(Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
pub(in crate::render) struct Audience<'a> {
    pub(super) audience_type: &'a str,
}

/// Where one asks for a service.
#[derive(Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
pub(in crate::render) struct ServiceChannel {
    pub(super) service_url: String,
}

/// What will happen.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::render) struct Event<'a> {
    pub(super) name: &'a str,
    pub(super) description: &'a str,
    pub(super) url: &'a str,
    pub(super) in_language: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) image: Option<String>,
    pub(super) start_date: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) end_date: Option<String>,
    pub(super) event_status: EventStatus,
    pub(super) event_attendance_mode: AttendanceMode,
    pub(super) location: Place<'a>,
    pub(super) organizer: OrganizationReference<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) maximum_attendee_capacity: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) offers: Option<Offer>,
}

/// Whether an event takes place as announced.
#[derive(Serialize)]
pub(in crate::render) enum EventStatus {
    #[serde(rename = "https://schema.org/EventScheduled")]
    Scheduled,
    #[serde(rename = "https://schema.org/EventPostponed")]
    Postponed,
    #[serde(rename = "https://schema.org/EventCancelled")]
    Cancelled,
}

/// How one takes part.
#[derive(Serialize)]
pub(in crate::render) enum AttendanceMode {
    #[serde(rename = "https://schema.org/OfflineEventAttendanceMode")]
    Offline,
}

/// Where it is.
#[derive(Serialize)]
#[serde(tag = "@type")]
pub(in crate::render) struct Place<'a> {
    pub(super) name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) address: Option<&'a str>,
}

/// What it costs: nothing.
#[derive(Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
pub(in crate::render) struct Offer {
    pub(super) price: u32,
    pub(super) price_currency: &'static str,
    pub(super) url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) availability: Option<Availability>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) valid_from: Option<String>,
}

/// Whether one can have it now.
#[derive(Serialize)]
pub(in crate::render) enum Availability {
    #[serde(rename = "https://schema.org/InStock")]
    InStock,
    #[serde(rename = "https://schema.org/PreOrder")]
    PreOrder,
}

/// What happened.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::render) struct NewsArticle<'a> {
    pub(super) headline: &'a str,
    pub(super) description: &'a str,
    pub(super) url: &'a str,
    pub(super) main_entity_of_page: &'a str,
    pub(super) in_language: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) image: Option<String>,
    pub(super) date_published: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) date_modified: Option<String>,
    pub(super) author: OrganizationReference<'a>,
    pub(super) publisher: OrganizationReference<'a>,
}

/// Questions with their answers.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::render) struct FaqPage {
    pub(super) main_entity: Vec<Question>,
}

/// A question with its answer.
#[derive(Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
pub(in crate::render) struct Question {
    pub(super) name: String,
    pub(super) accepted_answer: Answer,
}

/// An answer.
#[derive(Serialize)]
#[serde(tag = "@type")]
pub(in crate::render) struct Answer {
    /// HTML.
    pub(super) text: String,
}
