//! What lists to take away say.

use jiff::Timestamp;

use super::Context;
use crate::desk::sheet::Wording;

impl Wording for Context<'_> {
    fn column(&self, name: &str) -> String {
        self.text(&format!("staff.export.{name}"))
    }

    fn state(&self, name: &str) -> String {
        self.text(&format!("staff.state.{name}"))
    }

    fn moment(&self, at: Timestamp) -> String {
        Context::moment(self, at)
    }
}

/// Who took a list away, when and why.
pub(in crate::staff) fn mark(context: &Context<'_>, reason: &str) -> String {
    let who = context.who.as_ref().map_or("", |(who, _)| who);
    let at = Context::moment(context, context.now);
    let fields = [("who", who), ("moment", at.as_str()), ("reason", reason)];
    context.strings().fill("staff.export.mark", &fields)
}
