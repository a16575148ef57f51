//! Rows of tables of pods.

use super::{bare, label_column};
use crate::object::reading::Reading;
use crate::object::{ObjectMeta, Pod, PodPhase, PodReady};
use crate::text::table::{Row, Table};

/// Reads a pod's row.
pub(super) fn row(read: &mut Reading<'_>, text: &str, table: &Table, row: &Row) {
    let some = |cell: &'static str| {
        let cell = table.cell(text, row, cell);
        (!cell.is_empty() && cell != "<none>").then_some(cell)
    };
    let status = table.cell(text, row, "STATUS");
    let meta = ObjectMeta {
        name: read.intern(bare(table.cell(text, row, "NAME"))),
        namespace: some("NAMESPACE").map(|cell| read.intern(cell)),
        labels: label_column(read, text, table, row).unwrap_or_default(),
        terminating: status == "Terminating",
        ..ObjectMeta::default()
    };
    let pod = Pod {
        place: read.place(row.span),
        meta,
        node_name: read.intern(some("NODE").unwrap_or_default()),
        phase: phase(status),
        reason: read.intern(status),
        ready: ready(table.cell(text, row, "READY")),
        from_table: true,
        ..Pod::default()
    };
    read.count("Pod");
    read.objects.pods.push(pod);
}

/// What the column READY (R-1577) goes with: `2/2` with a pod that is ready.
///
/// A reading too: the column counts containers, and a pod with readiness gates may wait for those, or its node
/// may not answer.
fn ready(cell: &str) -> PodReady {
    let number = |text: &str| text.parse::<u32>().ok();
    let counts = cell.split_once('/');
    match counts.and_then(|(ready, of)| Some((number(ready)?, number(of)?))) {
        Some((ready, of)) if ready == of && of > 0 => PodReady::Ready(None),
        _ => PodReady::NotReady,
    }
}

/// The phase that a pod's STATUS (R-1576) goes with.
///
/// STATUS names the trouble of a container before the phase, so this is a reading of it: a container that waits
/// or ended in a pod that restarts it leaves the phase at Running; what only the kubelet, the scheduler or an
/// eviction says of the whole pod goes with Failed.
fn phase(status: &str) -> PodPhase {
    match status {
        "Pending" | "ContainerCreating" | "PodInitializing" | "SchedulingGated" => {
            PodPhase::Pending
        }
        "Succeeded" | "Completed" => PodPhase::Succeeded,
        "Failed"
        | "Evicted"
        | "NodeAffinity"
        | "NodePorts"
        | "NodeShutdown"
        | "Shutdown"
        | "Terminated"
        | "DeadlineExceeded"
        | "Preempting"
        | "UnexpectedAdmissionError"
        | "TopologyAffinityError"
        | "UnexpectedPodAdmission" => PodPhase::Failed,
        "Unknown" => PodPhase::Unknown,
        _ if status.starts_with("Init:") => PodPhase::Pending,
        _ if status.starts_with("OutOf") => PodPhase::Failed,
        _ => PodPhase::Running,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_shows_a_ready_pod_where_all_its_containers_are_ready() {
        // R-1577
        for cell in ["1/1", "3/3"] {
            assert_eq!(ready(cell), PodReady::Ready(None), "{cell}");
        }
        for cell in ["0/1", "1/2", "0/0", "", "1", "a/a"] {
            assert_eq!(ready(cell), PodReady::NotReady, "{cell}");
        }
    }
}
