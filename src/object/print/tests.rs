use super::{Resource, TableOptions, human_duration, table};
use crate::object::schema::TypeId;
use crate::object::value::{Struct, Time, decode};
use crate::text::yaml;

fn object(of: &str, text: &str) -> Struct {
    let document = yaml::document(text.as_bytes()).unwrap();
    let (made, errors) = decode(
        &document.tree,
        document.tree.root(),
        TypeId::named(of).unwrap(),
    );
    assert_eq!(errors, []);
    made
}

/// READY, STATUS and RESTARTS of a pod.
fn pod(spec: &str, status: &str, more: &str) -> [String; 3] {
    let text = format!("metadata: {{name: p{more}}}\nspec: {spec}\nstatus: {status}\n");
    let pod = object("v1.Pod", &text);
    let options = TableOptions {
        no_headers: true,
        ..TableOptions::default()
    };
    let now = Time::parse("2026-11-24T12:00:00Z").unwrap();
    let printed = table(Resource::Pods, [&pod], &options, now);
    let mut cells = printed
        .trim_end()
        .split("   ")
        .map(str::trim)
        .filter(|cell| !cell.is_empty());
    assert_eq!(cells.next(), Some("p"));
    std::array::from_fn(|_| cells.next().unwrap().to_owned())
}

#[test]
fn ages_are_written_in_one_unit_or_two() {
    // R-1578
    let (minute, hour, day) = (60, 3600, 86_400);
    let year = 365 * day;
    for (seconds, text) in [
        (-2, "<invalid>"),
        (-1, "0s"),
        (0, "0s"),
        (119, "119s"),
        (120, "2m"),
        (121, "2m1s"),
        (599, "9m59s"),
        (600, "10m"),
        (3 * hour - 1, "179m"),
        (3 * hour, "3h"),
        (3 * hour + minute, "3h1m"),
        (8 * hour - 1, "7h59m"),
        (8 * hour, "8h"),
        (2 * day - 1, "47h"),
        (2 * day + hour, "2d1h"),
        (8 * day - 1, "7d23h"),
        (8 * day, "8d"),
        (2 * year - 1, "729d"),
        (2 * year, "2y"),
        (2 * year + day, "2y1d"),
        (8 * year - 1, "7y364d"),
        (8 * year, "8y"),
    ] {
        assert_eq!(human_duration(seconds), text, "{seconds}");
    }
}

#[test]
fn a_pod_that_is_initializing_says_how_far_it_is() {
    // R-1576, R-1581
    let spec = "{initContainers: [{name: a}, {name: b}], containers: [{name: c}]}";
    for (state, status) in [
        ("{waiting: {reason: PodInitializing}}", "Init:1/2"),
        ("{running: {}}", "Init:1/2"),
        (
            "{waiting: {reason: CrashLoopBackOff}}",
            "Init:CrashLoopBackOff",
        ),
        ("{terminated: {exitCode: 3}}", "Init:ExitCode:3"),
        ("{terminated: {exitCode: 137, signal: 9}}", "Init:Signal:9"),
        ("{terminated: {exitCode: 1, reason: Error}}", "Init:Error"),
    ] {
        let statuses = format!(
            "{{phase: Pending, initContainerStatuses: [{{name: a, restartCount: 1, state: {{terminated: {{exitCode: \
             0}}}}}}, {{name: b, restartCount: 2, state: {state}}}], containerStatuses: [{{name: c, restartCount: 9}}]}}"
        );
        // The containers' own restarts do not count yet.
        assert_eq!(pod(spec, &statuses, ""), ["0/1", status, "3"], "{state}");
    }
}

#[test]
fn sidecars_count_as_containers_once_they_have_started() {
    // R-1577, R-1581
    let spec =
        "{initContainers: [{name: s, restartPolicy: Always}, {name: i}], containers: [{name: c}]}";
    let running = "ready: true, state: {running: {}}";
    let sidecar = format!(
        "{{name: s, started: true, restartCount: 2, {running}, lastState: {{terminated: {{exitCode: 1, finishedAt: \
         2026-11-24T11:55:00Z}}}}}}"
    );
    let done = "{name: i, restartCount: 5, state: {terminated: {exitCode: 0}}}";
    let status = format!(
        "{{phase: Running, initContainerStatuses: [{sidecar}, {done}], containerStatuses: [{{name: c, {running}}}]}}"
    );
    assert_eq!(pod(spec, &status, ""), ["2/2", "Running", "2 (5m ago)"]);
    let waiting = "{name: i, restartCount: 5, state: {running: {}}}";
    let status = format!("{{phase: Pending, initContainerStatuses: [{sidecar}, {waiting}]}}");
    assert_eq!(pod(spec, &status, ""), ["1/2", "Init:1/2", "7 (5m ago)"]);
}

#[test]
fn the_first_container_gives_the_status_and_a_running_one_mends_completed() {
    // R-1576
    let spec = "{containers: [{name: a}, {name: b}]}";
    let done = "state: {terminated: {exitCode: 0, reason: Completed}}";
    let failed = "state: {terminated: {exitCode: 1, reason: Error}}";
    let running = "ready: true, state: {running: {}}";
    let ready = "conditions: [{type: Ready, status: 'True'}]";
    for (a, b, more, status) in [
        (done, running, "", "NotReady"),
        (done, running, ready, "Running"),
        (failed, running, ready, "Error"),
        (done, failed, "", "Completed"),
        ("state: {terminated: {exitCode: 2}}", done, "", "ExitCode:2"),
        (running, done, ready, "Running"),
    ] {
        let text = format!("{{phase: Running, containerStatuses: [{{{a}}}, {{{b}}}], {more}}}");
        let [_, shown, _] = pod(spec, &text, "");
        assert_eq!(shown, status, "{a} {b} {more}");
    }
}

#[test]
fn a_pod_that_is_going_says_so_unless_it_is_over_or_its_node_is_lost() {
    // R-1576
    let going = ", deletionTimestamp: 2026-11-24T11:00:00Z";
    for (status, more, shown) in [
        ("{phase: Running}", "", "Running"),
        ("{phase: Running}", going, "Terminating"),
        ("{phase: Succeeded}", going, "Succeeded"),
        ("{phase: Failed, reason: Evicted}", going, "Evicted"),
        ("{phase: Failed, reason: NodeLost}", going, "Unknown"),
        ("{phase: Running, reason: NodeLost}", "", "NodeLost"),
        (
            "{phase: Pending, conditions: [{type: PodScheduled, reason: SchedulingGated, status: 'False'}]}",
            "",
            "SchedulingGated",
        ),
    ] {
        let [ready, text, restarts] = pod("{containers: [{name: c}]}", status, more);
        assert_eq!((ready.as_str(), restarts.as_str()), ("0/1", "0"));
        assert_eq!(text, shown, "{status}");
    }
}

#[test]
fn readiness_gates_are_counted_by_their_first_condition() {
    // R-1581
    let text = "metadata: {name: p}\nspec: {readinessGates: [{conditionType: a}, {conditionType: b}, {conditionType: c}]}\n\
                status: {conditions: [{type: a, status: 'True'}, {type: b, status: 'False'}, {type: b, status: 'True'}]}\n";
    let pod = object("v1.Pod", text);
    let options = TableOptions {
        wide: true,
        no_headers: true,
        ..TableOptions::default()
    };
    let printed = table(Resource::Pods, [&pod], &options, Time::from_unix(0));
    assert_eq!(printed.split_whitespace().last(), Some("1/3"), "{printed}");
}

#[test]
fn a_selector_that_cannot_be_read_is_an_error_and_none_is_told_so() {
    // R-1575
    let options = TableOptions {
        wide: true,
        no_headers: true,
        ..TableOptions::default()
    };
    for (selector, shown) in [
        ("null", "<none>"),
        ("{}", "<none>"),
        ("{matchLabels: {b: '2', a: '1'}}", "a=1,b=2"),
        (
            "{matchExpressions: [{key: a, operator: In, values: [w, v]}, {key: b, operator: DoesNotExist}]}",
            "a in (v,w),!b",
        ),
        ("{matchExpressions: [{key: a, operator: Near}]}", "<error>"),
    ] {
        let set = object(
            "v1.DaemonSet",
            &format!("metadata: {{name: d}}\nspec: {{selector: {selector}}}\n"),
        );
        let printed = table(Resource::DaemonSets, [&set], &options, Time::from_unix(0));
        assert!(printed.ends_with(&format!("   {shown}\n")), "{printed}");
    }
}

#[test]
fn a_column_is_as_wide_as_its_widest_cell_in_bytes_and_cells_end_at_a_line_end() {
    // R-1570
    let options = TableOptions::default();
    let namespaces = [
        object(
            "v1.Namespace",
            "metadata: {name: é}\nstatus: {phase: Active}",
        ),
        object(
            "v1.Namespace",
            "metadata: {name: \"ab\\ncd\"}\nstatus: {phase: Active}",
        ),
    ];
    let printed = table(
        Resource::Namespaces,
        &namespaces,
        &options,
        Time::from_unix(0),
    );
    assert_eq!(
        printed,
        "NAME    STATUS   AGE\né      Active   <unknown>\nab...   Active   <unknown>\n"
    );
    assert_eq!(table(Resource::Nodes, [], &options, Time::from_unix(0)), "");
}
