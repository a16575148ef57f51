// The examples, each named by the question that it answers. The files are bundled as they stand in examples/; the
// large cluster is made when it is asked for.

import affinityDaemonSet from "../../../examples/affinity/daemonset.yaml";
import affinityNodes from "../../../examples/affinity/nodes.yaml";
import booleanDaemonSet from "../../../examples/boolean-label/daemonset.yaml";
import booleanNodes from "../../../examples/boolean-label/nodes.yaml";
import cordonCluster from "../../../examples/cordon/cluster.yaml";
import cordonDaemonSet from "../../../examples/cordon/daemonset.yaml";
import gpuDaemonSet from "../../../examples/gpu-nodes/daemonset.yaml";
import helloDaemonSet from "../../../examples/hello-daemonset/daemonset.yaml";
import nodes from "../../../examples/hello-daemonset/nodes.yaml";
import imageCluster from "../../../examples/new-image/cluster.yaml";
import imageDaemonSet from "../../../examples/new-image/daemonset.yaml";
import projectDaemonSet from "../../../examples/project-selector/daemonset.yaml";
import projectNamespace from "../../../examples/project-selector/namespace.yaml";
import type { Platform } from "../../../pkg/daemonset_planner.js";
import { START, type State } from "../state.js";
import { contentOf, type Work } from "../work.js";
import { FLEET_DAEMON_SET, fleet } from "./generate.js";

export interface Example {
  title: string;
  platform: Platform;
  daemonSet: string;
  cluster: () => string;
  /** The pane that answers the question, where it is not the plan. */
  view?: State["view"];
}

export const EXAMPLES: readonly Example[] = [
  {
    title: "hello-daemonset on a dozen nodes",
    platform: "kubernetes",
    daemonSet: helloDaemonSet,
    cluster: () => nodes,
  },
  {
    title: "OpenShift project selector eats my DaemonSet",
    platform: "openshift-4",
    daemonSet: projectDaemonSet,
    cluster: () => `${projectNamespace}---\n${nodes}`,
  },
  {
    title: "My log agent skips GPU nodes",
    platform: "kubernetes",
    daemonSet: gpuDaemonSet,
    cluster: () => nodes,
  },
  {
    title: "Cordon changes nothing",
    platform: "kubernetes",
    daemonSet: cordonDaemonSet,
    cluster: () => cordonCluster,
  },
  {
    title: "Which pods does a new image replace, and how many at a time?",
    platform: "kubernetes",
    daemonSet: imageDaemonSet,
    cluster: () => imageCluster,
    view: "status",
  },
  {
    title: "Who overrode my affinity?",
    platform: "kubernetes",
    daemonSet: affinityDaemonSet,
    cluster: () => affinityNodes,
    view: "pod",
  },
  {
    title: "A label value that is a boolean",
    platform: "kubernetes",
    daemonSet: booleanDaemonSet,
    cluster: () => booleanNodes,
  },
  {
    title: "5,000 nodes",
    platform: "kubernetes",
    daemonSet: FLEET_DAEMON_SET,
    cluster: () => fleet(5000),
  },
];

export function workOf({ platform, daemonSet, cluster }: Example): Work {
  return {
    platform,
    switches: { ...START.switches },
    daemonSet: undefined,
    texts: { DaemonSet: daemonSet, Cluster: contentOf(cluster()) },
    files: [],
  };
}
