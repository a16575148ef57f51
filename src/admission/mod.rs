//! What happens to a pod between the controller and storage, as far as it decides where the pod can run.
//!
//! Uses `text`, `selector`, `object`, `cluster`. Does not know the controller.

pub mod settings;
