//! The DaemonSet controller with OpenShift's patch.

use daemonset_planner::controller::{AwareController, NamespaceNodeSelectors, Verdict};
use daemonset_planner::selector::FeatureGates;
use serde_json::{Value, json};

use super::compare;
use super::objects::{Namespace, Node, daemon, text};

pub(crate) fn run(case: &Value) -> Result<(), String> {
    let input = &case["input"];
    let default = |name: &str| input["defaults"][name].as_str();
    let controller = match AwareController::new(default("project"), default("kube")) {
        Ok(controller) => controller,
        Err(error) => return compare(case, &json!({"startError": error})),
    };
    let node = Node::new(&input["node"]);
    let daemon = daemon(&input["daemonSet"], FeatureGates::default());
    let upstream = daemon.judge(node.view());
    let namespace = Namespace::new(&input["namespace"]);
    let namespace = controller.selectors(namespace.as_ref().map(Namespace::facts));
    let verdict = namespace.judge(upstream, &node.labels);
    let asked = upstream == Verdict::RUN;
    let mut why = json!({"kubernetes": upstream, "asked": asked});
    if asked {
        let selectors = namespace.in_force().iter().map(|selector| {
            json!({
                "source": selector.source,
                "text": selector.text,
                "match": selector.matches(&node.labels),
                "error": selector.selector.as_ref().err(),
            })
        });
        why["selectors"] = selectors.collect();
        why["refusedBy"] = json!(namespace.refused_by(&node.labels).map(|s| s.source));
        if matches!(namespace, NamespaceNodeSelectors::NotFound) {
            let name = text(&input["daemonSet"], "/metadata/namespace");
            why["refusedBy"] = json!("namespaceNotFound");
            why["namespaceError"] = json!(NamespaceNodeSelectors::not_found_error(name));
        }
    }
    let answer = json!({
        "shouldRun": verdict.should_run,
        "shouldContinueRunning": verdict.should_continue_running,
        "why": why,
    });
    compare(case, &answer)
}
