// The dialog that shares: what would leave the page, with other names if wanted, then a link or, where that would
// be too long, a file. Nothing is sent; what is copied or saved is the reader's to send.

import { Client } from "../client.js";
import { byId, fill, h, setText } from "../dom.js";
import { textOf } from "../files/take.js";
import type { Answer } from "../protocol.js";
import { nameAt, podsAt } from "../rows.js";
import { INPUTS, overrides, START } from "../state.js";
import { inputsOf, sizeText, type Work } from "../work.js";
import { anonymisedWork, type Names, pseudonyms } from "./anonymise.js";
import { encode, FORMAT, fromShared, MOST_LINK, type Shared, toShared } from "./link.js";

/** Longer texts are not even packed for a link. */
const MOST_PACKED = 2_000_000;

export interface Sharing {
  work(): Work;
  answer(): Answer | undefined;
  startWorker(): Worker;
}

export function createShareDialog(sharing: Sharing): { open(): void } {
  const dialog = byId("share", HTMLDialogElement);
  const contents = byId("share-contents", HTMLElement);
  const anonymise = byId("share-anonymise", HTMLInputElement);
  const renamed = byId("share-renamed", HTMLElement);
  const result = byId("share-result", HTMLElement);
  const copy = byId("share-copy", HTMLButtonElement);
  const save = byId("share-save", HTMLButtonElement);
  const said = byId("share-said", HTMLElement);
  /** Counts what was begun: what is finished after something newer was begun is thrown away. */
  let begun = 0;
  let ready: { shared: Shared; link: string | undefined } | undefined;

  byId("share-close", HTMLButtonElement).addEventListener("click", () => dialog.close());
  anonymise.addEventListener("change", make);
  copy.addEventListener("click", async () => {
    const link = ready?.link;
    if (link === undefined) return;
    try {
      await navigator.clipboard.writeText(link);
      setText(said, `Copied: a link of ${link.length} characters.`);
    } catch {
      const text = byId("share-link", HTMLElement);
      getSelection()?.selectAllChildren(text);
      setText(said, "Selected; copy it with the keyboard.");
    }
  });
  save.addEventListener("click", () => {
    if (!ready) return;
    const blob = new Blob([`${JSON.stringify({ format: FORMAT, ...ready.shared }, undefined, 1)}\n`]);
    const anchor = h("a", { attributes: { href: URL.createObjectURL(blob), download: "daemonset-planner.json" } });
    anchor.click();
    URL.revokeObjectURL(anchor.href);
    setText(said, `Saved daemonset-planner.json, ${sizeText(blob.size)}. Drop it on this page to open it.`);
  });

  async function make(): Promise<void> {
    const number = ++begun;
    ready = undefined;
    setText(said, "");
    copy.hidden = true;
    save.hidden = true;
    setText(result, "Packing…");
    setText(renamed, "");
    const work = sharing.work();
    const answer = sharing.answer();
    fill(contents, ...contentsOf(work, answer).map((line) => h("li", {}, line)));
    const plain = await toShared(work, readText);
    let shared = plain;
    if (anonymise.checked) {
      const given = pseudonyms(namesOf(answer));
      shared = anonymisedWork(plain, given);
      const same = await planTheSame(answer, shared, sharing);
      if (number !== begun) return;
      setText(
        renamed,
        `${given.size === 1 ? "1 name is" : `${given.size} names are`} replaced. ` +
          (same
            ? "Planned again with the new names: as many pods come, stay and go as before."
            : "Planned again with the new names, the answer is another one: look at what you share."),
      );
    }
    const length = JSON.stringify(shared).length;
    const link = length > MOST_PACKED ? undefined : `${location.href.replace(/#.*$/s, "")}#${await encode(shared)}`;
    if (number !== begun) return;
    const fits = link !== undefined && link.length <= MOST_LINK;
    ready = { shared, link: fits ? link : undefined };
    copy.hidden = !fits;
    save.hidden = false;
    save.className = fits ? "" : "main";
    if (fits) {
      fill(result, h("code", { attributes: { id: "share-link", tabindex: "0" } }, link));
    } else {
      const long = link === undefined ? `${sizeText(length)} of text are` : `${grouped(link.length)} characters are`;
      setText(
        result,
        `${long} too long for a link: chats and mail cut what is over ${grouped(MOST_LINK)} characters. ` +
          "Save it as a file instead; who drops it on this page sees what you see.",
      );
    }
  }

  return {
    open() {
      dialog.showModal();
      make();
    },
  };
}

async function readText(blob: Blob): Promise<string> {
  // What is no UTF-8 is an error of that input anyway; the error stays one.
  return (await textOf(blob)) ?? new TextDecoder().decode(await blob.arrayBuffer());
}

/** What is in it, in sentences. */
function contentsOf(work: Work, answer: Answer | undefined): string[] {
  const inputs = Object.entries(inputsOf(work)).map(([name, content]) => {
    const takenFor = answer?.inputs.find((input) => input.name === name)?.takenFor;
    const size = typeof content === "string" ? content.length : content.size;
    return `${name}, whole: ${[takenFor, sizeText(size)].filter(Boolean).join(", ")}`;
  });
  const text = INPUTS.map((name) => work.texts[name])
    .filter((content) => typeof content === "string")
    .join("\n");
  const also = [
    /^\s*-?\s*env:/m.test(text) && "values of environment variables",
    /^\s*annotations:/m.test(text) && "annotations",
    /^\s*-?\s*image:/m.test(text) && "names of images",
    /\b\d{1,3}(\.\d{1,3}){3}\b/.test(text) && "addresses",
  ].filter((word) => word !== false);
  return [
    ...inputs,
    "The platform, its switches, and which DaemonSet is looked at.",
    ...(also.length > 0 ? [`In these texts there are also ${also.join(", ")}.`] : []),
  ];
}

function each<T>(count: number, of: (row: number) => T): T[] {
  return Array.from({ length: count }, (_, row) => of(row));
}

export function namesOf(answer: Answer | undefined): Names {
  const sets = answer?.daemonSets ?? [];
  const pods = sets.flatMap(({ rows, podsElsewhere }) => [
    ...each(rows.count, (row) => podsAt(rows, row).split(", ")).flat(),
    ...podsElsewhere.map((pod) => pod.name),
  ]);
  return {
    nodes: sets.flatMap(({ rows }) => each(rows.count, (row) => nameAt(rows, row))),
    pods,
    namespaces: sets.map(({ namespace }) => namespace),
    daemonSets: sets.map(({ name }) => name),
  };
}

/** Plans what would be shared, beside the page's own plan, and compares the numbers. */
function planTheSame(before: Answer | undefined, shared: Shared, sharing: Sharing): Promise<boolean> {
  if (!before) return Promise.resolve(true);
  const work = fromShared(shared);
  return new Promise((resolve) => {
    const client = new Client(() => sharing.startWorker(), {
      planned(after) {
        client.close();
        resolve(numbers(after) === numbers(before));
      },
      stopped() {
        client.close();
        resolve(false);
      },
    });
    const { platform, switches } = work;
    client.plan({ texts: inputsOf(work), platform, settings: overrides({ ...START, platform, switches }) });
  });
}

function numbers(answer: Answer): string {
  return JSON.stringify(answer.daemonSets.map(({ counts }) => JSON.stringify(counts)).sort());
}

function grouped(number: number): string {
  return number.toLocaleString("en-US");
}
