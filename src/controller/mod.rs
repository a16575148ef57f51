//! The `DaemonSet` controller.
//!
//! Architecture invariant: reads no clock, time comes in; uses what the rooms before `controller` offer and
//! knows nothing of schedulers, plans or text.

pub mod account;
pub mod aware;
pub mod eligibility;
pub mod ownership;
pub mod sync;

pub use account::{Account, Reason};
pub use aware::{AwareController, NamespaceNodeSelectors, SelectorInForce, SelectorSource};
pub use eligibility::{CompiledDaemon, NodeView, TemplateView, Verdict};
