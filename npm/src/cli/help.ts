// The texts of --help.

import type { Topic } from "./arguments.js";

const INPUTS = `Inputs:
  -f, --filename FILE   A file, a folder (read recursively: .yaml, .yml, .json, .txt), or - for standard input.
                        May be given again. Manifests, lists, JSON, the tables that kubectl prints and bare
                        names of nodes may come in any mixture: each is recognised.

Platform:
  --platform NAME       kubernetes (the default): admission merges no node selector.
                        kubernetes-podnodeselector: the admission plugin PodNodeSelector runs.
                        openshift-4: projects have node selectors.
  --enable-admission-plugins LIST, --disable-admission-plugins LIST
                        PodNodeSelector, scheduling.openshift.io/OriginPodNodeEnvironment
  --pod-node-selector-config FILE
                        The configuration of PodNodeSelector (podNodeSelectorPluginConfig).
  --default-node-selector TEXT
                        What admission gives pods of projects without one of their own
                        (OpenShift: spec.defaultNodeSelector of the Scheduler "cluster").
  --project-default-node-selector TEXT
                        What the DaemonSet controller was told (projectConfig.defaultNodeSelector).
  --controller-asks-annotations[=true|false]
                        Whether the DaemonSet controller asks the annotations of the namespace.

Time:
  --now TIME            When the controller looks (2026-11-24T12:00:00Z), for minReadySeconds. Without it, pods that are
                        Ready have been so for long.

Exit codes:
  0  planned
  1  planned, with findings of level error (they are on standard error)
  2  the command line is wrong, or nothing usable was read
`;

export const HELP: Record<Topic, string> = {
  general: `Shows which pods a DaemonSet would create, keep and delete, on which node, and why.
Reads what you give it; asks no cluster and sends nothing anywhere.

Usage:
  daemonset-planner plan -f FILE...          what happens on every node
  daemonset-planner explain NODE -f FILE...  why, for one node, in sentences
  daemonset-planner pod NODE -f FILE...      the pod that a node gets, what is not as in the template marked
  daemonset-planner merge -f FILE...         the node selectors that admission merges, and the nodes they lose
  daemonset-planner COMMAND --help           the flags of a command
  daemonset-planner --version

Example:
  kubectl get nodes -o yaml | daemonset-planner plan -f daemonset.yaml -f -
`,
  plan: `Plans: one line a node, with what happens there and why.

Usage:
  daemonset-planner plan -f FILE... [-o FORMAT] [PLATFORM FLAGS]

Output:
  -o, --output FORMAT   table (the default), wide (with every reason and change), json, yaml, or name

${INPUTS}
Examples:
  daemonset-planner plan -f daemonset.yaml -f nodes.yaml
  daemonset-planner plan -f manifests/ -f nodes.txt -o wide
  kubectl get nodes,pods -A -o yaml | daemonset-planner plan -f daemonset.yaml -f - -o json
`,
  explain: `Explains one node: whether each DaemonSet runs there, every reason, and what would change it.

Usage:
  daemonset-planner explain NODE -f FILE... [PLATFORM FLAGS]

${INPUTS}
Example:
  daemonset-planner explain worker-3 -f daemonset.yaml -f nodes.yaml
`,
  pod: `Prints the pod that a DaemonSet gets on a node: as the controller makes it and admission changes it. Comments mark
every line that is not as in the template, with the rule behind it.

Usage:
  daemonset-planner pod NODE -f FILE... [--daemonset [NAMESPACE/]NAME] [-o FORMAT] [PLATFORM FLAGS]

Output:
  -o, --output FORMAT   yaml (the default), or json (with every change as data)
  --daemonset NAME      only this one, where the inputs have several

${INPUTS}
Example:
  daemonset-planner pod worker-3 -f daemonset.yaml -f nodes.yaml
`,
  merge: `Looks at the merge alone: which node selector the namespace or the cluster adds to the pods, which nodes
are lost by it, what becomes of the pods there, and the commands that get the nodes back.

Usage:
  daemonset-planner merge -f FILE... [PLATFORM FLAGS]

${INPUTS}
Example:
  daemonset-planner merge -f daemonset.yaml -f nodes.yaml -f namespace.yaml --platform openshift-4
`,
};
