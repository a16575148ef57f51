//! Trees to objects: as lenient as the server (R-1520, R-1521), and a little more.
//!
//! Unknown fields are passed over, null is absent, a value of a wrong type is left out; the finding about it
//! is made by [`super::check`]. So a manifest that the server would refuse is planned with what can be read of it.

mod daemon_set;
mod meta;
mod namespace;
mod node;
mod places;
mod pod;
mod scheduling;

pub use daemon_set::daemon_set;
pub use meta::{named, name_of, Named};
pub use namespace::namespace;
pub use node::node;
pub use places::MAX_PLACES;
pub use pod::pod;
