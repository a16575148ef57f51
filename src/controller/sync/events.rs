//! The events that a sync records on the `DaemonSet`, in Kubernetes' words.

/// `type` of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EventType {
    /// `Normal`.
    Normal,
    /// `Warning`.
    Warning,
}

impl EventType {
    /// As the API spells it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Normal => "Normal",
            Self::Warning => "Warning",
        }
    }
}

/// One event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// `type`.
    pub kind: EventType,
    /// `reason`.
    pub reason: &'static str,
    /// `message`.
    pub message: String,
}

impl Event {
    fn new(kind: EventType, reason: &'static str, message: String) -> Self {
        Self {
            kind,
            reason,
            message,
        }
    }

    /// The selector is empty.
    pub(super) fn selecting_all() -> Self {
        let message =
            "This daemon set is selecting all pods. A non-empty selector is required.".to_owned();
        Self::new(EventType::Warning, "SelectingAll", message)
    }

    /// A failed pod was found.
    pub(super) fn failed_daemon_pod(namespace: &str, pod: &str, node: &str) -> Self {
        let message = format!(
            "Found failed daemon pod {namespace}/{pod} on node {node}, will try to kill it"
        );
        Self::new(EventType::Warning, "FailedDaemonPod", message)
    }

    /// A pod that came to its end was found.
    pub(super) fn succeeded_daemon_pod(namespace: &str, pod: &str, node: &str) -> Self {
        let message = format!(
            "Found succeeded daemon pod {namespace}/{pod} on node {node}, will try to delete it"
        );
        Self::new(EventType::Normal, "SucceededDaemonPod", message)
    }

    /// A pod was created.
    pub(super) fn successful_create(pod: &str) -> Self {
        let message = format!("Created pod: {pod}");
        Self::new(EventType::Normal, "SuccessfulCreate", message)
    }

    /// A pod could not be created.
    pub(super) fn failed_create(error: &str) -> Self {
        let message = format!("Error creating: {error}");
        Self::new(EventType::Warning, "FailedCreate", message)
    }

    /// A pod was deleted.
    pub(super) fn successful_delete(pod: &str) -> Self {
        let message = format!("Deleted pod: {pod}");
        Self::new(EventType::Normal, "SuccessfulDelete", message)
    }
}
