//! The API objects that the planner reads, decoded from trees and tables.
//!
//! Uses `text`, `diagnostic` and the plain data types of `selector`. Decides nothing about a cluster.

mod check;
mod decode;
pub mod defaults;
mod doc;
mod documents;
mod findings;
pub mod input;
pub mod int_or_string;
mod kinds;
pub mod labels;
pub mod limits;
mod misfit;
pub mod print;
pub mod quantity;
mod reading;
mod rows;
pub mod schema;
pub mod strict;
mod suggest;
#[cfg(test)]
mod tests;
pub mod types;
pub mod value;

pub use int_or_string::{IntOrString, Rounding};
pub use labels::LabelMap;
pub use quantity::{Quantity, QuantityError};
pub use types::{
    ControllerRevision, DaemonSet, LabelsShown, Namespace, Node, ObjectMeta, Objects, OtherObject,
    OwnerReference, Place, Pod, PodPhase, PodReady, PodTemplate, SourceId,
};
