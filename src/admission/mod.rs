//! What happens to a pod between the controller and storage, as far as it decides where the pod can run.
//!
//! Each plugin that merges node selectors is a file, with its mutating and its validating step apart: on
//! OpenShift both plugins mutate before both validate.
//!
//! Architecture invariant: uses `text`, `selector`, `object`, `cluster`; does not know the controller.

pub mod chain;
pub mod facts;
pub mod in_force;
mod plugin_config;
pub mod pod_node_selector;
pub mod project_node_selector;
pub mod settings;

pub use chain::{Admission, PluginRefusal};
pub use facts::{
    KUBE_ANNOTATION, NamespaceFacts, NodeLookup, PROJECT_ANNOTATION, PodFacts, Refusal,
};
pub use in_force::{InForce, Source, in_force};
pub use pod_node_selector::{PodNodeSelector, PodNodeSelectorConfig};
pub use project_node_selector::ProjectNodeSelector;
