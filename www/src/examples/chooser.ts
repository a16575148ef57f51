// The list of examples, and the reader's own work, which waits there while an example or a link is looked at.

import { byId, h } from "../dom.js";
import { drop, isKept, keep, keeps, kept, type Slot } from "../keep/keep.js";
import { say } from "../notes.js";
import type { State } from "../state.js";
import { sameWork, type Work } from "../work.js";
import { EXAMPLES, workOf } from "./list.js";

const OWN = "own";
const YOURS = "yours";

export interface Chooser {
  /** Whether what stands there is more than an example that was opened. */
  touched(): boolean;
  /** Puts a work in the place of what is there; what the reader made waits in the list. */
  replace(work: Work): void;
  /** The reader's files come: the list no longer names an example. */
  leave(): void;
  /** Opens what was kept, if there is something. */
  openKept(): Promise<boolean>;
  /** What was kept is gone. */
  forgotten(): void;
}

/** @param open puts a work in the place of what is there, and opens the pane that answers an example's question */
export function createChooser(work: () => Work, open: (work: Work, view?: State["view"]) => void): Chooser {
  const list = byId("examples", HTMLSelectElement);
  const own = h("option", { attributes: { value: OWN } }, "What stands here");
  const yours = h("option", { attributes: { value: YOURS } }, "Back to your own text");
  const first = EXAMPLES[0];
  /** The example as it was opened; undefined after anything else was. */
  let opened: Work | undefined = first && workOf(first);
  /** The reader's own work, while another is looked at. */
  let waiting: Work | undefined;

  own.hidden = true;
  yours.hidden = !isKept("yours");
  list.append(
    own,
    yours,
    ...EXAMPLES.map((example, index) => h("option", { attributes: { value: String(index) } }, example.title)),
  );
  list.value = "0";

  list.addEventListener("change", async () => {
    const chosen = list.value;
    if (chosen === YOURS) {
      const back = waiting ?? (await bringBack("yours"));
      if (!back) return;
      waiting = undefined;
      drop("yours");
      show(back, OWN);
      return;
    }
    const example = EXAMPLES[Number(chosen)];
    if (!example) return;
    setAside();
    const next = workOf(example);
    show(next, chosen, next, example.view ?? "plan");
  });

  const touched = (): boolean => opened === undefined || !sameWork(work(), opened);

  /** Lets what the reader made wait. */
  function setAside(): void {
    if (!touched()) return;
    waiting = work();
    if (keeps()) keep("yours", waiting);
  }

  function show(next: Work, value: string, example?: Work, view?: State["view"]): void {
    opened = example;
    own.hidden = value !== OWN;
    yours.hidden = waiting === undefined && !isKept("yours");
    list.value = value;
    open(next, view);
  }

  return {
    touched,
    replace(next) {
      setAside();
      show(next, OWN);
    },
    leave() {
      own.hidden = false;
      list.value = OWN;
    },
    async openKept() {
      if (!keeps() || !isKept("work")) return false;
      const next = await bringBack("work");
      if (!next) return false;
      show(next, OWN);
      return true;
    },
    forgotten() {
      waiting = undefined;
      yours.hidden = true;
      if (list.value === YOURS) list.value = OWN;
    },
  };
}

/** What was kept, and says what of it is gone. */
async function bringBack(slot: Slot): Promise<Work | undefined> {
  const found = await kept(slot);
  const lost = found?.lost ?? [];
  const text = `Not brought back: ${lost.join(", ")}. The page went, or had too little room, before they were kept.`;
  say("lost", lost.length > 0 ? { text, error: true } : undefined);
  return found?.work;
}
