//! Pods (R-1576, R-1577, R-1581). Source: `pkg/printers/internalversion` printPod.

use super::{age, created, or, structs, text, time};
use crate::object::value::{Struct, Time};

pub(super) const HEADS: &[&str] = &["NAME", "READY", "STATUS", "RESTARTS", "AGE"];
pub(super) const WIDE: &[&str] = &["IP", "NODE", "NOMINATED NODE", "READINESS GATES"];

pub(super) fn cells(pod: &Struct, wide: bool, now: Time) -> Vec<String> {
    let shown = Shown::of(pod);
    let mut cells = vec![
        format!("{}/{}", shown.ready, shown.containers),
        status(pod, shown.reason),
        shown.restarts.print(now),
        created(pod, now),
    ];
    if wide {
        let ip = structs(pod, &["status"], "podIPs").next();
        cells.push(or(ip.map_or("", |ip| ip.text("ip")), "<none>").to_owned());
        cells.push(or(text(pod, &["spec"], "nodeName"), "<none>").to_owned());
        cells.push(or(text(pod, &["status"], "nominatedNodeName"), "<none>").to_owned());
        cells.push(readiness_gates(pod));
    }
    cells
}

/// How often containers were started again, and when the last one ended.
#[derive(Clone, Copy, Debug, Default)]
struct Restarts {
    count: i64,
    last: Option<Time>,
}

impl Restarts {
    fn add(&mut self, container: &Struct) {
        self.count = self
            .count
            .saturating_add(container.int("restartCount").unwrap_or(0));
        let ended = time(container.at(&["lastState", "terminated"]), "finishedAt");
        self.last = self.last.max(ended.filter(|time| !time.is_zero()));
    }

    fn print(self, now: Time) -> String {
        match self.last {
            Some(last) if self.count != 0 => {
                format!("{} ({} ago)", self.count, age(Some(last), now))
            }
            _ => self.count.to_string(),
        }
    }
}

/// What the containers of a pod make of its row.
struct Shown {
    ready: usize,
    containers: usize,
    reason: String,
    restarts: Restarts,
}

impl Shown {
    fn of(pod: &Struct) -> Self {
        let phase = text(pod, &["status"], "phase");
        let mut reason = or(text(pod, &["status"], "reason"), phase).to_owned();
        let is_gated = structs(pod, &["status"], "conditions").any(|condition| {
            condition.text("type") == "PodScheduled"
                && condition.text("reason") == "SchedulingGated"
        });
        if is_gated {
            "SchedulingGated".clone_into(&mut reason);
        }
        let own = structs(pod, &["spec"], "containers").count();
        let sidecars = structs(pod, &["spec"], "initContainers").filter(|own| is_sidecar(own));
        let mut shown = Self {
            ready: 0,
            containers: own + sidecars.count(),
            reason,
            restarts: Restarts::default(),
        };
        let of_sidecars = shown.init_containers(pod);
        if of_sidecars.is_none() || condition(pod, "Initialized") {
            // Ended init containers no longer count.
            shown.restarts = of_sidecars.unwrap_or_else(|| sidecar_restarts(pod));
            shown.own_containers(pod);
        }
        shown
    }

    /// Goes through the init containers up to the first that is not done. Where there is one, the pod is
    /// initializing and the restarts of the sidecars up to there come back.
    fn init_containers(&mut self, pod: &Struct) -> Option<Restarts> {
        let count = structs(pod, &["spec"], "initContainers").count();
        let mut of_sidecars = Restarts::default();
        for (at, container) in structs(pod, &["status"], "initContainerStatuses").enumerate() {
            self.restarts.add(container);
            let is_sidecar = is_sidecar_status(pod, container);
            if is_sidecar {
                of_sidecars.add(container);
            }
            let terminated = container.at(&["state", "terminated"]);
            let is_done = terminated.is_some_and(|end| end.int("exitCode").unwrap_or(0) == 0);
            if is_done {
                continue;
            }
            if is_sidecar && container.is_true("started") {
                self.ready += usize::from(container.is_true("ready"));
                continue;
            }
            let waiting = text(container, &["state", "waiting"], "reason");
            self.reason = match terminated {
                Some(end) => format!("Init:{}", ended(end)),
                None if waiting.is_empty() || waiting == "PodInitializing" => {
                    format!("Init:{at}/{count}")
                }
                None => format!("Init:{waiting}"),
            };
            return Some(of_sidecars);
        }
        None
    }

    /// Goes through the containers from the last to the first, whose reason therefore wins.
    fn own_containers(&mut self, pod: &Struct) {
        let containers: Vec<&Struct> = structs(pod, &["status"], "containerStatuses").collect();
        let mut is_running = false;
        for container in containers.into_iter().rev() {
            self.restarts.add(container);
            let waiting = text(container, &["state", "waiting"], "reason");
            if !waiting.is_empty() {
                waiting.clone_into(&mut self.reason);
            } else if let Some(end) = container.at(&["state", "terminated"]) {
                self.reason = ended(end);
            } else if container.is_true("ready") && container.at(&["state", "running"]).is_some() {
                is_running = true;
                self.ready += 1;
            }
        }
        if self.reason == "Completed" && is_running {
            let reason = if condition(pod, "Ready") {
                "Running"
            } else {
                "NotReady"
            };
            reason.clone_into(&mut self.reason);
        }
    }
}

/// A pod that is going says so.
fn status(pod: &Struct, reason: String) -> String {
    let is_going = time(pod.at(&["metadata"]), "deletionTimestamp").is_some();
    let is_over = matches!(text(pod, &["status"], "phase"), "Succeeded" | "Failed");
    if is_going && text(pod, &["status"], "reason") == "NodeLost" {
        "Unknown".to_owned()
    } else if is_going && !is_over {
        "Terminating".to_owned()
    } else {
        reason
    }
}

/// Why a container ended.
fn ended(end: &Struct) -> String {
    let number = |field| end.int(field).unwrap_or(0);
    match (end.text("reason"), number("signal")) {
        ("", 0) => format!("ExitCode:{}", number("exitCode")),
        ("", signal) => format!("Signal:{signal}"),
        (reason, _) => reason.to_owned(),
    }
}

fn is_sidecar(container: &Struct) -> bool {
    container.text("restartPolicy") == "Always"
}

/// Whether a status is that of a sidecar; of several containers of one name the last counts.
fn is_sidecar_status(pod: &Struct, status: &Struct) -> bool {
    structs(pod, &["spec"], "initContainers")
        .filter(|container| container.text("name") == status.text("name"))
        .last()
        .is_some_and(is_sidecar)
}

fn sidecar_restarts(pod: &Struct) -> Restarts {
    let mut restarts = Restarts::default();
    structs(pod, &["status"], "initContainerStatuses")
        .filter(|container| is_sidecar_status(pod, container))
        .for_each(|container| restarts.add(container));
    restarts
}

/// Whether a condition is `True`. Of `Initialized` the first decides, of `Ready` any.
fn condition(pod: &Struct, kind: &str) -> bool {
    let mut own = structs(pod, &["status"], "conditions")
        .filter(|condition| condition.text("type") == kind)
        .map(|condition| condition.text("status") == "True");
    match kind {
        "Initialized" => own.next().unwrap_or(false),
        _ => own.any(|is_true| is_true),
    }
}

fn readiness_gates(pod: &Struct) -> String {
    let gates: Vec<&str> = structs(pod, &["spec"], "readinessGates")
        .map(|gate| gate.text("conditionType"))
        .collect();
    if gates.is_empty() {
        return "<none>".to_owned();
    }
    let first_is_true = |gate: &&&str| {
        structs(pod, &["status"], "conditions")
            .find(|condition| condition.text("type") == **gate)
            .is_some_and(|condition| condition.text("status") == "True")
    };
    let open = gates.iter().filter(first_is_true).count();
    format!("{open}/{}", gates.len())
}
