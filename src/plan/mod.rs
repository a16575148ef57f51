//! The question and the answer: inputs in, the whole plan out.
//!
//! Uses every room above it. Reads no clock, prints nothing.

pub mod answer;
pub mod request;
pub mod session;

pub use answer::Plan;
pub use request::{Input, PlanRequest};
pub use session::{Session, plan};
