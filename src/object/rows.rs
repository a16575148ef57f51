//! Rows of tables and bare names to objects, and what those can't tell.

mod pods;

use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic};
use crate::object::findings::quote;
use crate::object::limits::MAX_ROWS;
use crate::object::reading::{Reading, counted};
use crate::object::{LabelMap, LabelsShown, Namespace, Node, OtherObject};
use crate::text::Span;
use crate::text::recognise::Name;
use crate::text::table::{Row, Table, TableKind, labels};

/// The label that stands for a role (R-1573).
const ROLE_PREFIX: &str = "node-role.kubernetes.io/";

/// Reads a table; says what it was taken for.
pub(crate) fn table(read: &mut Reading<'_>, text: &str, table: &Table) -> String {
    let at = |span: &Span| table_line(text, *span);
    for misfit in &table.misfits {
        let found = quote(at(misfit));
        let (heads, what) = (heads_of(table), thing(table.kind));
        read.findings.push_at(*misfit, || {
            Diagnostic::new(
                Code::TableRow,
                format!("the line is no row of the table of {what}s"),
            )
            .found(found, heads)
            .help("copy the table anew, or take the line out; the other rows are read")
        });
    }
    let (rows, beyond) = within_limit(&table.rows);
    if let Some(row) = beyond {
        too_many(read, row.span);
    }
    for row in rows {
        match table.kind {
            TableKind::Nodes => node(read, text, table, row),
            TableKind::Pods => pods::row(read, text, table, row),
            TableKind::Namespaces => namespace(read, text, table, row),
            TableKind::DaemonSets => daemon_set(read, text, table, row),
            TableKind::Other => {}
        }
    }
    let first = table.rows.first().map_or(Span::at(0), |row| row.span);
    not_told(read, text, table, first);
    let count = u32::try_from(rows.len()).unwrap_or(u32::MAX);
    if table.kind == TableKind::Other {
        let heads = quote(&table.heads.join(" "));
        read.findings.push_at(first, || {
            Diagnostic::new(
                Code::OtherKind,
                format!("the table headed {heads} is not used"),
            )
        });
        return format!("a table of {} that is not used", counted(count, "row"));
    }
    format!("a table of {}", counted(count, thing(table.kind)))
}

/// The items that are read, and the first that is not.
fn within_limit<T>(items: &[T]) -> (&[T], Option<&T>) {
    items
        .split_at_checked(MAX_ROWS)
        .map_or((items, None), |(read, rest)| (read, rest.first()))
}

fn too_many(read: &mut Reading<'_>, at: Span) {
    read.findings.push_at(at, || {
        Diagnostic::new(Code::Limit, format!("there are more than {MAX_ROWS} rows; this one and those after it are not read"))
            .help("cut the input into smaller ones, or leave out what the DaemonSet has nothing to do with")
    });
}

fn table_line(text: &str, span: Span) -> &str {
    text.get(span.start as usize..span.end as usize)
        .unwrap_or_default()
}

fn thing(kind: TableKind) -> &'static str {
    match kind {
        TableKind::Nodes => "node",
        TableKind::Pods => "pod",
        TableKind::Namespaces => "namespace",
        TableKind::DaemonSets => "DaemonSet",
        TableKind::Other => "row",
    }
}

fn heads_of(table: &Table) -> String {
    let named: Vec<&str> = table
        .heads
        .iter()
        .map(String::as_str)
        .filter(|head| !head.is_empty())
        .collect();
    format!("a cell under each of {}", named.join(", "))
}

/// `node/NAME` as `--show-kind` prints it, without the kind (R-1571).
fn bare(name: &str) -> &str {
    name.rsplit_once('/').map_or(name, |(_, name)| name)
}

/// The pairs of the column LABELS; `None` where the table has no such column.
fn label_column(read: &mut Reading<'_>, text: &str, table: &Table, row: &Row) -> Option<LabelMap> {
    table.column("LABELS")?;
    let pairs = labels(table.cell(text, row, "LABELS")).unwrap_or_default();
    Some(LabelMap::from_pairs(
        pairs
            .into_iter()
            .map(|(key, value)| (read.intern(key), read.intern(value)))
            .collect(),
    ))
}

fn node(read: &mut Reading<'_>, text: &str, table: &Table, row: &Row) {
    let status = table.cell(text, row, "STATUS");
    let roles: Vec<Arc<str>> = match table.cell(text, row, "ROLES") {
        "" | "<none>" => vec![],
        roles => roles.split(',').map(|role| read.intern(role)).collect(),
    };
    let shown = label_column(read, text, table, row);
    let (labels, labels_shown) = match shown {
        Some(labels) => (labels, LabelsShown::All),
        None => (role_labels(&roles), columns(read, text, table, row)),
    };
    let name = read.intern(bare(table.cell(text, row, "NAME")));
    let ready = match status.split(',').next() {
        Some("Ready") => Some(true),
        Some("NotReady") => Some(false),
        _ => None,
    };
    read.count("Node");
    let place = read.place(row.span);
    read.objects.nodes.push(Node {
        place,
        name,
        labels,
        labels_shown,
        roles,
        unschedulable: status.split(',').any(|part| part == "SchedulingDisabled"),
        ready,
        ..Node::default()
    });
}

/// People select nodes by role, so a role that is shown stands for its label where labels are not.
fn role_labels(roles: &[Arc<str>]) -> LabelMap {
    let keys: Vec<String> = roles
        .iter()
        .map(|role| format!("{ROLE_PREFIX}{role}"))
        .collect();
    keys.iter().map(|key| (key.as_str(), "")).collect()
}

/// The columns that `-L` added: those behind the last one that the table always has.
fn columns(read: &mut Reading<'_>, text: &str, table: &Table, row: &Row) -> LabelsShown {
    const OWN: [&str; 11] = [
        "NAMESPACE",
        "NAME",
        "STATUS",
        "ROLES",
        "AGE",
        "VERSION",
        "INTERNAL-IP",
        "EXTERNAL-IP",
        "OS-IMAGE",
        "KERNEL-VERSION",
        "CONTAINER-RUNTIME",
    ];
    let own = table
        .heads
        .iter()
        .take_while(|head| OWN.contains(&head.as_str()))
        .count();
    let shown: Vec<(Arc<str>, Arc<str>)> = table
        .heads
        .iter()
        .zip(&row.cells)
        .skip(own)
        .filter(|(head, _)| !head.is_empty())
        .map(|(head, cell)| (read.intern(head), read.intern(table_line(text, *cell))))
        .collect();
    if shown.is_empty() {
        LabelsShown::None
    } else {
        LabelsShown::Columns(shown)
    }
}

fn namespace(read: &mut Reading<'_>, text: &str, table: &Table, row: &Row) {
    let labels = label_column(read, text, table, row).unwrap_or_default();
    let name = read.intern(bare(table.cell(text, row, "NAME")));
    read.count("Namespace");
    let place = read.place(row.span);
    read.objects.namespaces.push(Namespace {
        place,
        name,
        labels,
        ..Namespace::default()
    });
}

fn daemon_set(read: &mut Reading<'_>, text: &str, table: &Table, row: &Row) {
    let place = read.place(row.span);
    read.listed(OtherObject {
        place,
        api_version: "apps/v1".to_owned(),
        kind: "DaemonSet".to_owned(),
        namespace: table.cell(text, row, "NAMESPACE").to_owned(),
        name: bare(table.cell(text, row, "NAME")).to_owned(),
    });
}

/// Says, once an input, what its tables can't tell.
fn not_told(read: &mut Reading<'_>, text: &str, table: &Table, first: Span) {
    let Some(row) = table.rows.first() else {
        return;
    };
    match table.kind {
        TableKind::Nodes => {
            let shows_labels = table.column("LABELS").is_some();
            nodes_not_told(read, first, shows_labels, table.column("ROLES").is_some());
        }
        TableKind::Pods => {
            let what = if table.column("NODE").is_some() {
                "a table shows no owners of pods"
            } else {
                "a table shows no owners of pods, and this one shows no nodes"
            };
            read.say_once(
                first,
                &format!("{what}: which DaemonSet a pod belongs to is not known"),
                "paste the output of `kubectl get pods -A -o yaml`",
            );
        }
        TableKind::Namespaces => read.say_once(
            first,
            "a table shows no annotations of namespaces: planned as if there were none",
            "paste the output of `kubectl get namespaces -o yaml`",
        ),
        TableKind::DaemonSets => {
            let name = bare(table.cell(text, row, "NAME"));
            let namespace = match table.cell(text, row, "NAMESPACE") {
                "" => String::new(),
                namespace => format!(" -n {namespace}"),
            };
            read.say_once(
                first,
                "a table does not show what a DaemonSet asks for: nothing is planned from it",
                &format!("paste the output of `kubectl get daemonset {name}{namespace} -o yaml`"),
            );
        }
        TableKind::Other => {}
    }
}

fn nodes_not_told(read: &mut Reading<'_>, first: Span, shows_labels: bool, shows_roles: bool) {
    const HELP: &str = "paste the output of `kubectl get nodes -o yaml`";
    read.say_once(
        first,
        "a table shows no taints: planned as if there were none",
        HELP,
    );
    if shows_labels {
        return;
    }
    let message = if shows_roles {
        "not all labels are shown: a role of the column ROLES is taken for the label node-role.kubernetes.io/ROLE, other labels are not known"
    } else {
        "no labels are shown: planned as if labels were not known"
    };
    read.say_once(
        first,
        message,
        "paste the output of `kubectl get nodes --show-labels`, or of `kubectl get nodes -o yaml`, which shows taints too",
    );
}

/// Reads a list of names; says what it was taken for.
pub(crate) fn names(read: &mut Reading<'_>, text: &str, names: &[Name]) -> String {
    let mut nodes = 0;
    let mut first_node = None;
    let mut others = 0;
    let (names, beyond) = within_limit(names);
    if let Some(entry) = beyond {
        too_many(read, entry.kind.to(entry.name));
    }
    for entry in names {
        let kind = table_line(text, entry.kind);
        let name = table_line(text, entry.name);
        let place = read.place(entry.kind.to(entry.name));
        match kind {
            "" | "node" | "nodes" | "no" => {
                nodes += 1;
                first_node = first_node.or(Some(place.span));
                let name = read.intern(name);
                read.count("Node");
                read.objects.nodes.push(Node {
                    place,
                    name,
                    labels_shown: LabelsShown::None,
                    ..Node::default()
                });
            }
            "namespace" | "namespaces" | "ns" => {
                others += 1;
                let name = read.intern(name);
                read.count("Namespace");
                read.objects.namespaces.push(Namespace {
                    place,
                    name,
                    ..Namespace::default()
                });
                read.say_once(
                    place.span,
                    "a name shows no annotations of a namespace: planned as if there were none",
                    "paste the output of `kubectl get namespaces -o yaml`",
                );
            }
            _ => {
                others += 1;
                read.other(OtherObject {
                    place,
                    api_version: String::new(),
                    kind: kind.to_owned(),
                    namespace: String::new(),
                    name: name.to_owned(),
                });
            }
        }
    }
    if let Some(first) = first_node {
        read.say_once(
            first,
            "names show neither labels nor taints: planned as if there were no taints, labels are not known",
            "paste the output of `kubectl get nodes -o yaml`",
        );
    }
    match (nodes, others) {
        (_, 0) => counted(nodes, "node name"),
        (0, _) => counted(others, "name"),
        _ => format!(
            "{}, {}",
            counted(nodes, "node name"),
            counted(others, "other name")
        ),
    }
}
