// The examples, bundled as they stand in examples/.

import helloDaemonSet from "../../examples/hello-daemonset/daemonset.yaml";
import nodes from "../../examples/hello-daemonset/nodes.yaml";
import projectDaemonSet from "../../examples/project-selector/daemonset.yaml";
import projectNamespace from "../../examples/project-selector/namespace.yaml";
import type { Platform } from "../../pkg/daemonset_planner.js";
import type { InputName } from "./state.js";

export interface Example {
  title: string;
  platform: Platform;
  texts: Record<InputName, string>;
}

export const EXAMPLES: readonly Example[] = [
  {
    title: "hello-daemonset on a dozen nodes",
    platform: "kubernetes",
    texts: { DaemonSet: helloDaemonSet, Cluster: nodes },
  },
  {
    title: "A project’s node selector keeps pods away",
    platform: "openshift-4",
    texts: { DaemonSet: projectDaemonSet, Cluster: `${projectNamespace}---\n${nodes}` },
  },
];
