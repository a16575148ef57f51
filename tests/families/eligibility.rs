//! The controller's verdict on one node, and why.

use serde_json::{Value, json};

use super::compare;
use super::objects::{Node, at, daemon};

pub(crate) fn run(case: &Value) -> Result<(), String> {
    let input = &case["input"];
    let daemon = daemon(&input["daemonSet"], at(input, "/featureGates"));
    let node = Node::new(&input["node"]);
    let account = daemon.account(node.view());
    if account.verdict != daemon.judge(node.view()) {
        return Err("the account's verdict is another one".to_owned());
    }
    if account.verdict.should_run != account.reasons.is_empty() {
        return Err(format!(
            "reasons do not go with the verdict: {:?}",
            account.reasons
        ));
    }
    let verdict = account.verdict;
    let answer = json!({
        "shouldRun": verdict.should_run,
        "shouldContinueRunning": verdict.should_continue_running,
        "why": {
            "nodeNameFits": account.node_name_fits,
            "nodeAffinityFits": account.node_affinity_fits,
            "affinityError": account.affinity_error,
            "untoleratedTaint": account.untolerated_taint,
        },
    });
    compare(case, &answer)
}
