// The ControllerRevisions as a small table.

import type { RevisionAction } from "../../../pkg/daemonset_planner.js";
import { h } from "../dom.js";
import type { DaemonSetAnswer } from "../protocol.js";
import { command } from "./copy.js";

const ACTIONS: Record<RevisionAction, string> = {
  create: "made now",
  update: "gets another number or hash",
  keep: "stays",
  delete: "deleted now",
  adopt: "adopted",
  release: "released",
};

const HEADS = ["Number", "Hash", "Name", "Template", "What happens"];

/** The revisions, the oldest first, and the hash of pods that are made now. */
export function revisions({ namespace, sync }: DaemonSetAnswer): HTMLElement[] {
  const { revisions, revisionCount, hash } = sync;
  const older = revisionCount - revisions.length;
  const made = hash === undefined ? [] : [h("p", {}, "Pods made now get the hash ", h("code", {}, hash), ".")];
  if (revisions.length === 0) {
    // Only a name that is one goes into a command.
    const where = /^[a-z0-9-]+$/.test(namespace) ? ` -n ${namespace}` : "";
    return [
      ...made,
      h("p", { class: "quiet" }, "The inputs show no ControllerRevision. Paste them under Cluster, too:"),
      command(`kubectl get controllerrevisions${where} -o yaml`),
    ];
  }
  return [
    ...made,
    h(
      "table",
      { class: "revisions" },
      h("thead", {}, h("tr", {}, ...HEADS.map((head) => h("th", { attributes: { scope: "col" } }, head)))),
      h(
        "tbody",
        {},
        ...revisions.map(({ revision, hash, name, current, action }) =>
          h(
            "tr",
            {},
            h("th", { attributes: { scope: "row" } }, String(revision)),
            h("td", {}, h("code", {}, hash)),
            h("td", {}, h("code", {}, name)),
            h("td", {}, current ? "present" : "older"),
            h("td", {}, ACTIONS[action]),
          ),
        ),
      ),
    ),
    ...(older > 0 ? [h("p", { class: "quiet" }, `and ${older} with lower numbers.`)] : []),
  ];
}
