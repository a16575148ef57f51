//! The API objects that the planner reads, decoded from trees and tables.
//!
//! Uses `text`, `diagnostic` and the plain data types of `selector`. Decides nothing about a cluster.

pub mod input;
pub mod labels;
pub mod schema;
pub mod types;

pub use labels::LabelMap;
pub use types::{
    DaemonSet, LabelsShown, Namespace, Node, ObjectMeta, Objects, OtherObject, OwnerReference,
    Place, Pod, PodPhase, PodTemplate, SourceId,
};
