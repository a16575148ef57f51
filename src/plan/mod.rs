//! The question and the answer: inputs in, the whole plan out.
//!
//! Uses every room above it. Reads no clock, prints nothing.

pub mod answer;
mod build;
mod change;
mod doctor;
mod findings;
mod fixes;
mod groups;
mod merge;
mod next_sync;
mod pod;
mod pod_reasons;
mod pod_yaml;
mod reasons;
pub mod request;
mod rollout;
mod sentences;
pub mod session;
mod set;
mod status;
mod world;

pub use answer::Plan;
pub use request::{Input, PlanRequest};
pub(crate) use sentences::list;
pub use session::{Session, plan};
