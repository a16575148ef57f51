//! The `DaemonSet` controller.
//!
//! Architecture invariant: reads no clock, time comes in; uses what the rooms before `controller` offer and
//! knows nothing of schedulers, plans or text.

pub mod account;
pub mod aware;
pub mod eligibility;
mod judging;
pub mod pod;
pub mod revision;
pub mod sync;

pub use account::{Account, Reason};
pub use aware::{AwareController, NamespaceNodeSelectors, SelectorInForce, SelectorSource};
pub use eligibility::{CompiledDaemon, NodeView, TemplateView, Verdict};

/// The label that says which revision a pod was made from.
pub const HASH_LABEL: &str = "controller-revision-hash";

/// The label that says which generation of the template a pod was made from.
pub const GENERATION_LABEL: &str = "pod-template-generation";
