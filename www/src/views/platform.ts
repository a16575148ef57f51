// The platform, and the switches that apply to it.

import type { Platform } from "../../../pkg/daemonset_planner.js";
import { byId, hide, toggle } from "../dom.js";
import type { State, Switches } from "../state.js";
import type { View } from "../store.js";

/** Switches by the platforms that have them. */
const APPLIES: Record<keyof Switches, readonly Platform[]> = {
  defaultNodeSelector: ["openshift-4"],
  podNodeSelectorConfig: ["kubernetes-podnodeselector", "openshift-4"],
  controllerAsksAnnotations: ["openshift-4"],
  controllerDefaultNodeSelector: ["openshift-4"],
};

/** @param changed takes the platform and the switches as they now stand */
export function platformView(changed: (state: Pick<State, "platform" | "switches">) => void): View {
  const platform = byId("platform", HTMLSelectElement);
  const bar = byId("switches", HTMLElement);
  const defaultNodeSelector = byId("default-node-selector", HTMLInputElement);
  const podNodeSelectorConfig = byId("pod-node-selector-config", HTMLTextAreaElement);
  const controllerAsksAnnotations = byId("controller-asks-annotations", HTMLInputElement);
  const controllerDefaultNodeSelector = byId("controller-default-node-selector", HTMLInputElement);
  const fields = {
    defaultNodeSelector,
    podNodeSelectorConfig,
    controllerAsksAnnotations,
    controllerDefaultNodeSelector,
  };

  function read(): void {
    changed({
      platform: platform.value as Platform,
      switches: {
        defaultNodeSelector: defaultNodeSelector.value,
        podNodeSelectorConfig: podNodeSelectorConfig.value,
        controllerAsksAnnotations: controllerAsksAnnotations.checked,
        controllerDefaultNodeSelector: controllerDefaultNodeSelector.value,
      },
    });
  }
  for (const field of [platform, ...Object.values(fields)]) field.addEventListener("input", read);

  return {
    render(state) {
      if (platform.value !== state.platform) platform.value = state.platform;
      hide(bar, state.platform === "kubernetes");
      for (const [name, field] of Object.entries(fields)) {
        const applies = APPLIES[name as keyof Switches].includes(state.platform);
        const label = field.closest(".switch");
        if (label) toggle(label, "absent", !applies);
      }
    },
  };
}

/** Puts switches into their fields, as a link or what was kept has them. */
export function showSwitches(switches: Switches): void {
  byId("default-node-selector", HTMLInputElement).value = switches.defaultNodeSelector;
  byId("pod-node-selector-config", HTMLTextAreaElement).value = switches.podNodeSelectorConfig;
  byId("controller-asks-annotations", HTMLInputElement).checked = switches.controllerAsksAnnotations;
  byId("controller-default-node-selector", HTMLInputElement).value = switches.controllerDefaultNodeSelector;
}
