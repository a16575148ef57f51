// The page's figures: the first plan of a cold load, what a keystroke costs the main thread with 5,000 nodes, how long
// the map takes to draw, and what is transferred. Fails if one is outside its limit, after printing all.

import { readFile } from "node:fs/promises";
import { argv, exit } from "node:process";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { ROOT, start } from "../tests/page/support/browser.mjs";
import { CASES, clear, give, isText, prepare, QUIET_MS, takeAway } from "../tests/page/support/hostile.mjs";

export const NODES = 5000;
const LINES = 300;
const LOADS = 15;
const KEYS = 40;
/** Long enough for an answer; short of what a slow typist takes. */
const BETWEEN_KEYS_MS = 200;
/** Of a keystroke's work on the main thread, of one task, and of a drawing, in milliseconds. */
const LIMITS = { work: 16, task: 50, draw: 16 };

/** Nodes as kubectl prints them, lean, in six zones; every tenth has no label `role`, every seventeenth a taint. */
export function cluster(nodes = NODES) {
  const items = Array.from({ length: nodes }, (_, index) => {
    const name = `node-${String(index).padStart(5, "0")}`;
    const taint = index % 17 === 3 ? "\n    taints:\n    - effect: NoSchedule\n      key: gpu" : " {}";
    return `- apiVersion: v1
  kind: Node
  metadata:
    labels:
      kubernetes.io/hostname: ${name}
${index % 10 === 0 ? "" : "      role: worker\n"}      topology.kubernetes.io/zone: zone-${"abcdef"[index % 6]}
    name: ${name}
  spec:${taint}
`;
  });
  return `apiVersion: v1\nitems:\n${items.join("")}kind: List\n`;
}

/** A manifest of so many lines: hello-daemonset with an environment. */
export async function manifest(lines = LINES) {
  const text = (await readFile(`${ROOT}examples/hello-daemonset/daemonset.yaml`, "utf8")).trimEnd();
  const [head, tail] = text.split("        name: registry\n");
  const variables = Math.floor((lines - text.split("\n").length - 1) / 2);
  const env = Array.from(
    { length: variables },
    (_, at) => `        - name: VARIABLE_${at}\n          value: "${at}"\n`,
  );
  return `${head}        name: registry\n        env:\n${env.join("")}${tail}\n`;
}

/** Milliseconds from the start of a cold load to the frame that shows the first plan. */
export async function firstPlan(site) {
  const at = await site.open({
    wait: false,
    before: (page) =>
      page.addInitScript(() => {
        const look = () => {
          const text = document.querySelector("#answer .sentence")?.textContent ?? "Planning";
          if (text.startsWith("Planning")) requestAnimationFrame(look);
          else requestAnimationFrame(() => setTimeout(() => (globalThis.firstPlan = performance.now())));
        };
        look();
      }),
  });
  await at.page.waitForFunction(() => globalThis.firstPlan !== undefined);
  const milliseconds = await at.page.evaluate(() => globalThis.firstPlan);
  await at.context.close();
  return milliseconds;
}

/** Opens the page with 5,000 nodes and a 300-line manifest. */
export async function openLarge(site) {
  const at = await site.open();
  await at.paste("Cluster", cluster());
  await at.says(new RegExp(`of ${NODES} nodes`));
  await at.paste("DaemonSet", await manifest());
  await at.page.locator("#daemonset-taken", { hasText: "1 DaemonSet" }).waitFor();
  await at.settled();
  await at.page.waitForTimeout(1000);
  return at;
}

/** Types, and adds up each keystroke's tasks on the main thread. */
export async function typing(at, keys = KEYS) {
  const { page, context, cursorAt } = at;
  await cursorAt("DaemonSet", 15);
  await page.waitForTimeout(500);
  const browser = context.browser();
  await browser.startTracing(page, {
    categories: ["devtools.timeline", "disabled-by-default-devtools.timeline", "blink.user_timing"],
  });
  for (let press = 0; press < keys; press++) {
    await page.keyboard.press(press % 2 === 0 ? "x" : "Backspace");
    await page.waitForTimeout(BETWEEN_KEYS_MS);
  }
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString());
  return ofTrace(traceEvents);
}

/** Each keystroke's work and the longest task, in milliseconds. */
function ofTrace(events) {
  const presses = events
    .filter(({ name, args }) => name === "EventDispatch" && args?.data?.type === "keydown")
    .sort((a, b) => a.ts - b.ts);
  const [{ pid, tid }] = presses;
  const tasks = events.filter((event) => event.pid === pid && event.tid === tid && isTask(event));
  const drawn = events.filter(({ cat, name, ph }) => cat === "blink.user_timing" && name === "map" && ph === "e");
  const work = presses.map(({ ts }, index) => {
    const next = presses[index + 1]?.ts ?? Number.POSITIVE_INFINITY;
    // The answer is painted by the task that draws the map of it; what comes after is the cursor's blinking.
    const answered = drawn.findLast((event) => event.ts > ts && event.ts < next)?.ts ?? next;
    // The task that dispatches the key begins before the event does.
    const own = tasks.filter((task) => task.ts + task.dur > ts && task.ts <= answered);
    return own.reduce((sum, task) => sum + time(task), 0) / 1000;
  });
  const typed = tasks.filter(({ ts, dur }) => ts + dur > presses[0].ts);
  return { work, longest: Math.max(...typed.map(time)) / 1000 };
}

/** What a task took of the processor where the trace tells: what others do at the same time is not the page's work. */
function time({ dur, tdur }) {
  return tdur ?? dur;
}

function isTask({ name, ph, dur }) {
  return ph === "X" && dur !== undefined && name === "RunTask";
}

/** Moves through the map, and takes how long each drawing took, in milliseconds. */
export async function drawings(at, steps = 30) {
  const { page } = at;
  await page.locator("#map canvas").focus();
  const durations = [];
  for (let step = 0; step < steps; step++) {
    await page.keyboard.press(step % 2 === 0 ? "ArrowRight" : "ArrowDown");
    await page.waitForTimeout(50);
    durations.push(...(await page.evaluate(() => performance.getEntriesByName("map").map(({ duration }) => duration))));
  }
  return durations;
}

/** Gives the page every hostile text; each name, and the milliseconds to the answer. */
export async function hostile(site) {
  const at = await site.open();
  await prepare(at);
  const taken = [];
  for (const { name, recipe } of CASES) {
    await clear(at);
    taken.push({ name, milliseconds: await give(at, recipe) });
    const stop = at.page.locator('[data-topic="slow"]').getByRole("button", { name: "Stop" });
    if (await stop.isVisible()) await stop.click();
    await at.settled();
    if (!isText(recipe)) await takeAway(at);
  }
  await at.context.close();
  return taken;
}

/** What a first load transfers, gzip, by file. */
export async function transferred(site) {
  const { responses, context } = await site.open();
  const paths = [...new Set(responses.map((response) => new URL(response.url()).pathname))];
  await context.close();
  const files = paths.map(async (path) => {
    const name = path === "/" ? "index.html" : path.slice(1);
    return { name, bytes: gzipSync(await readFile(`${ROOT}www/dist/${name}`), { level: 9 }).length };
  });
  return (await Promise.all(files)).sort((a, b) => b.bytes - a.bytes);
}

export function median(numbers) {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}

async function main() {
  const site = await start();
  let failed = false;
  const say = (what, value, limit) => {
    const over = limit !== undefined && value > limit;
    failed ||= over;
    const limits = limit === undefined ? "" : `, at most ${limit}${over ? ": OVER" : ""}`;
    console.log(`${what}: ${value.toFixed(1)} ms${limits}`);
  };

  const loads = [];
  for (let load = 0; load < LOADS; load++) loads.push(await firstPlan(site));
  say(`page, cold load to the first plan (median of ${LOADS})`, median(loads));

  const at = await openLarge(site);
  const { work, longest } = await typing(at);
  const what = `${LINES}-line manifest, ${NODES} nodes`;
  say(`page, main-thread work of a keystroke, ${what} (median of ${work.length})`, median(work), LIMITS.work);
  say(`page, longest task while ${KEYS} characters are typed, ${what}`, longest, LIMITS.task);
  const draws = await drawings(at);
  say(`page, map of ${NODES} nodes drawn (median of ${draws.length})`, median(draws), LIMITS.draw);
  await at.context.close();

  const slowest = (await hostile(site)).reduce((most, one) => (one.milliseconds > most.milliseconds ? one : most));
  say(`page, answer to the slowest of ${CASES.length} hostile texts (${slowest.name})`, slowest.milliseconds, QUIET_MS);

  const files = await transferred(site);
  for (const { name, bytes } of files) console.log(`page, ${name}: ${bytes} bytes gzip`);
  console.log(`page, all of a first load: ${files.reduce((sum, { bytes }) => sum + bytes, 0)} bytes gzip`);
  await site.close();
  exit(failed ? 1 : 0);
}

if (argv[1] === fileURLToPath(import.meta.url)) await main();
