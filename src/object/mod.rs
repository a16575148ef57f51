//! The API objects that the planner reads, decoded from trees and tables.
//!
//! Uses `text`, `diagnostic` and the plain data types of `selector`. Decides nothing about a cluster.

pub mod defaults;
pub mod input;
pub mod int_or_string;
pub mod labels;
pub mod quantity;
pub mod schema;
pub mod types;
pub mod value;

pub use int_or_string::{IntOrString, Rounding};
pub use labels::LabelMap;
pub use quantity::{Quantity, QuantityError};
pub use types::{
    DaemonSet, LabelsShown, Namespace, Node, ObjectMeta, Objects, OtherObject, OwnerReference,
    Place, Pod, PodPhase, PodTemplate, SourceId,
};
