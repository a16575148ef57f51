//! Trees to objects: as lenient as the server (R-1520, R-1521), and a little more.
//!
//! Unknown fields are passed over, null is absent, a value of a wrong type is left out; the finding about it
//! is made by [`super::check`]. So a manifest that the server would refuse is planned with what can be read of it.

mod controller_revision;
mod daemon_set;
mod meta;
mod namespace;
mod node;
mod places;
mod pod;
mod scheduling;
mod stored;

pub(super) use controller_revision::controller_revision;
pub(super) use daemon_set::daemon_set;
pub(super) use meta::{Named, name_of, named};
pub(super) use namespace::namespace;
pub(super) use node::node;
pub(super) use pod::pod;
