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
mod reasons;
pub mod request;
mod sentences;
pub mod session;
mod set;
mod world;

pub use answer::Plan;
pub use request::{Input, PlanRequest};
pub use session::{Session, plan};
