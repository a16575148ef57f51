//! What others do between the syncs of a sequence: scheduler and kubelet, garbage collector, taint eviction,
//! pod garbage collector, and people.

use daemonset_planner::controller::sync::Millis;
use daemonset_planner::selector::{FeatureGates, Taint, Toleration, with_automatic};
use serde_json::{Value, json};

use super::controller::{is_terminating, list, target};
use super::objects::{at, text};
use super::steps::{Cluster, disown};

/// The other components, once.
pub(crate) fn act(cluster: &mut Cluster, kubelet: &Value) {
    schedule_and_run(cluster, kubelet);
    collect_garbage(cluster);
    evict(cluster);
    let steps: i64 = at(kubelet, "/podGCSteps");
    let (step, removed) = (cluster.step, &cluster.removed);
    cluster.pods.retain(|_, pod| {
        let node = removed.get(text(pod, "/spec/nodeName"));
        steps == 0 || node.is_none_or(|removed| step - removed < steps)
    });
}

fn has(list_of: &Value, key: &str, wanted: &str) -> bool {
    list(list_of, key).iter().any(|one| one == wanted)
}

fn schedule_and_run(cluster: &mut Cluster, kubelet: &Value) {
    let now = time_text(cluster.now);
    let mut gone = vec![];
    for (name, pod) in &mut cluster.pods {
        let bound = text(pod, "/spec/nodeName").to_owned();
        if bound.is_empty() {
            if is_terminating(pod) {
                if list(&pod["metadata"], "finalizers").is_empty() {
                    gone.push(name.clone());
                }
            } else if let Some(node) = target(pod)
                && cluster.nodes.contains_key(&node)
                && !has(kubelet, "unboundNodes", &node)
            {
                pod["spec"]["nodeName"] = json!(node);
            }
            continue;
        }
        if !cluster.nodes.contains_key(&bound) || cluster.stopped.contains(&bound) {
            continue;
        }
        if is_terminating(pod) {
            if list(&pod["metadata"], "finalizers").is_empty() {
                gone.push(name.clone());
            }
            continue;
        }
        let containers = list(&pod["spec"], "containers").iter();
        let mut broken = containers.filter(|one| has(kubelet, "brokenImages", text(one, "/image")));
        let kept_down = has(kubelet, "neverReadyNodes", &bound) || broken.next().is_some();
        let ready = |ready: bool| {
            let status = if ready { "True" } else { "False" };
            json!([{"type": "Ready", "status": status, "lastTransitionTime": now}])
        };
        let is_ready = list(&pod["status"], "conditions")
            .iter()
            .any(|one| one["type"] == "Ready" && one["status"] == "True");
        let status = match text(pod, "/status/phase") {
            "" | "Pending" if has(kubelet, "rejectNodes", &bound) => {
                json!({"phase": "Failed", "reason": "NodeAffinity"})
            }
            "" | "Pending" => json!({"phase": "Running", "conditions": ready(!kept_down)}),
            "Running" if has(kubelet, "succeedNodes", &bound) => json!({"phase": "Succeeded"}),
            "Running" if !is_ready && !kept_down => {
                json!({"phase": "Running", "conditions": ready(true)})
            }
            _ => continue,
        };
        pod["status"] = status;
    }
    for name in gone {
        cluster.pods.remove(&name);
    }
}

/// Pods and revisions of sets that are gone.
fn collect_garbage(cluster: &mut Cluster) {
    let sets = &cluster.sets;
    let orphaned = |object: &Value| {
        let owners = list(&object["metadata"], "ownerReferences").iter();
        let mut gone = owners.filter(|owner| {
            let set = sets.get(text(owner, "/name"));
            owner["kind"] == "DaemonSet"
                && owner["controller"] == true
                && set.is_none_or(|set| set["metadata"]["uid"] != owner["uid"])
        });
        gone.next().is_some()
    };
    let pods: Vec<String> = cluster
        .pods
        .iter()
        .filter(|(_, pod)| orphaned(pod))
        .map(|(name, _)| name.clone())
        .collect();
    cluster.revisions.retain(|_, revision| !orphaned(revision));
    for name in pods {
        cluster.delete_pod(&name);
    }
}

fn evict(cluster: &mut Cluster) {
    let mut evicted = vec![];
    for (name, pod) in &cluster.pods {
        let node = cluster.nodes.get(text(pod, "/spec/nodeName"));
        let taints: Vec<Taint> = node
            .map(|node| at(node, "/spec/taints"))
            .unwrap_or_default();
        let own: Vec<Toleration> = at(pod, "/spec/tolerations");
        let tolerations = with_automatic(&own, true);
        let gates = FeatureGates::default();
        let matching: Vec<Vec<&Toleration>> = taints
            .iter()
            .filter(|taint| taint.effect == "NoExecute")
            .map(|taint| {
                let all = tolerations.iter();
                all.filter(|toleration| toleration.tolerates(taint, gates))
                    .collect()
            })
            .collect();
        if matching.is_empty() || is_terminating(pod) {
            cluster.tainted.remove(name);
            continue;
        }
        let since = *cluster.tainted.entry(name.clone()).or_insert(cluster.now);
        let seconds = matching
            .iter()
            .flatten()
            .filter_map(|one| one.toleration_seconds);
        let over = |seconds: i64| cluster.now - since >= seconds.max(0) * 1_000;
        if matching.iter().any(Vec::is_empty) || seconds.min().is_some_and(over) {
            evicted.push(name.clone());
        }
    }
    for name in evicted {
        cluster.tainted.remove(&name);
        cluster.delete_pod(&name);
    }
}

/// One edit.
pub(crate) fn edit(cluster: &mut Cluster, edit: &Value) {
    let (kind, name) = (text(edit, "/kind"), text(edit, "/name"));
    if edit["op"] == "nodeReady" {
        return node_ready(cluster, name, edit["ready"] == true);
    }
    let step = cluster.step;
    let now = cluster.now;
    let objects = match kind {
        "DaemonSet" => &mut cluster.sets,
        "Node" => &mut cluster.nodes,
        "Pod" => &mut cluster.pods,
        _ => &mut cluster.revisions,
    };
    match text(edit, "/op") {
        "create" => {
            let mut object = edit["object"].clone();
            let name = text(&object, "/metadata/name").to_owned();
            if kind == "Pod" {
                let created = &mut object["metadata"]["creationTimestamp"];
                if created.is_null() {
                    *created = json!(time_text(now));
                }
            }
            if kind == "Node" {
                cluster.removed.remove(&name);
            }
            objects.entry(name).or_insert(object);
        }
        "patch" => {
            let Some(object) = objects.get_mut(name) else {
                return;
            };
            let before = object["spec"].clone();
            merge(object, &edit["patch"]);
            if kind == "DaemonSet" && object["spec"] != before {
                object["metadata"]["generation"] =
                    json!(at::<i64>(object, "/metadata/generation") + 1);
                let changed = object["spec"]["template"] != before["template"];
                let generation = object["metadata"]["annotations"]
                    .get_mut("deprecated.daemonset.template.generation");
                if let Some(generation) = generation.filter(|_| changed) {
                    let number: i64 = generation.as_str().unwrap().parse().unwrap();
                    *generation = json!((number + 1).to_string());
                }
            }
        }
        _ if kind == "Pod" => cluster.delete_pod(name),
        _ => {
            let gone = objects.remove(name);
            if kind == "Node" {
                cluster.removed.insert(name.to_owned(), step);
            }
            if let Some(gone) = gone.filter(|_| kind == "DaemonSet" && edit["cascade"] == "orphan")
            {
                let uid = &gone["metadata"]["uid"];
                let owned = cluster
                    .pods
                    .values_mut()
                    .chain(cluster.revisions.values_mut());
                owned.for_each(|object| disown(object, uid));
            }
        }
    }
}

/// RFC 7386.
fn merge(target: &mut Value, patch: &Value) {
    let Value::Object(patch) = patch else {
        *target = patch.clone();
        return;
    };
    if !target.is_object() {
        *target = json!({});
    }
    for (key, value) in patch {
        if value.is_null() {
            target.as_object_mut().unwrap().remove(key);
        } else {
            merge(&mut target[key], value);
        }
    }
}

fn node_ready(cluster: &mut Cluster, name: &str, ready: bool) {
    let Some(node) = cluster.nodes.get_mut(name) else {
        return;
    };
    let key = "node.kubernetes.io/not-ready";
    let mut taints: Vec<Value> = list(&node["spec"], "taints").to_vec();
    taints.retain(|taint| taint["key"] != key);
    if ready {
        cluster.stopped.remove(name);
    } else {
        taints.push(json!({"key": key, "effect": "NoSchedule"}));
        taints.push(json!({"key": key, "effect": "NoExecute"}));
        cluster.stopped.insert(name.to_owned());
        for pod in cluster.pods.values_mut() {
            if text(pod, "/spec/nodeName") == name {
                let conditions = pod["status"].get_mut("conditions");
                for condition in conditions
                    .and_then(Value::as_array_mut)
                    .into_iter()
                    .flatten()
                {
                    if condition["type"] == "Ready" && condition["status"] == "True" {
                        condition["status"] = json!("False");
                    }
                }
            }
        }
    }
    node["spec"]["taints"] = json!(taints);
}

/// A time as the API writes it.
pub(crate) fn time_text(time: Millis) -> String {
    let seconds = time.div_euclid(1_000);
    let (days, second) = (
        seconds.div_euclid(86_400) + 719_468,
        seconds.rem_euclid(86_400),
    );
    let era = days.div_euclid(146_097);
    let day = days.rem_euclid(146_097);
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let day = day - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = era * 400 + year + i64::from(month <= 2);
    let (hour, minute) = (second / 3_600, second / 60 % 60);
    let second = second % 60;
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
}
