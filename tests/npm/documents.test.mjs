// What the documents show: the commands of README.md print what stands below them, its example in Node runs, and
// plans are valid against docs/plan.schema.json. UPDATE=1 writes what the commands print into README.md.

import assert from "node:assert/strict";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";

import Ajv from "ajv/dist/2020.js";

import { ROOT, run } from "./harness.mjs";

const read = (name) => readFileSync(join(ROOT, name), "utf8");
const cli = (args) => run(process.execPath, ["npm/dist/cli.js", ...args], { cwd: ROOT });

describe("README.md", () => {
  test("its commands print what it shows", () => {
    const readme = read("README.md");
    const blocks = [...readme.matchAll(/^```console\n\$ node npm\/dist\/cli\.js (.*)\n((?:.*\n)*?)```$/gm)];
    assert.equal(blocks.length, 3);
    let fresh = readme;
    for (const [block, args, shown] of blocks) {
      const { status, stdout, stderr } = cli(args.split(" "));
      assert.equal(status, 0, stderr);
      fresh = fresh.replace(block, () => block.replace(`${args}\n${shown}`, () => `${args}\n${stdout}`));
    }
    if (process.env.UPDATE) writeFileSync(join(ROOT, "README.md"), fresh);
    else assert.equal(fresh, readme);
  });

  test("its part of a pod is what pod prints", () => {
    const [, args, part] = read("README.md").match(
      /^```sh\ndaemonset-planner (pod .*)\n```\n\n```yaml\n((?:.*\n)*?)```$/m,
    );
    const { stdout } = cli(args.split(" "));
    assert.ok(stdout.includes(part), stdout);
  });

  test("its example in Node runs", () => {
    const [, code] = read("README.md").match(/^```js\n((?:.*\n)*?)```$/m);
    // Below the root, so that the package is found beside it and the examples from where a reader stands.
    const folder = join(ROOT, ".cache/readme");
    mkdirSync(folder, { recursive: true });
    const file = join(folder, "example.mjs");
    writeFileSync(file, code.replace('"daemonset-planner"', '"../../npm/dist/node.mjs"'));
    const { status, stdout, stderr } = run(process.execPath, [file], { cwd: ROOT });
    rmSync(folder, { recursive: true });
    assert.equal(status, 0, stderr);
    assert.match(stdout, /^worker-1 create$/m);
    assert.match(stdout, /^gpu-1 none taint gpu=true:NoSchedule is not tolerated$/m);
  });
});

describe("docs/plan.schema.json", () => {
  const ajv = new Ajv({
    allErrors: true,
    strictTypes: false,
    formats: { uint32: true, uint16: true, int32: true, int64: true },
  });
  const validate = ajv.compile(JSON.parse(read("docs/plan.schema.json")));
  const plan = (args) => JSON.parse(cli(["plan", "-o", "json", ...args]).stdout);
  const hello = "examples/hello-daemonset";

  for (const [what, args] of [
    ["a plan with reasons and changes", ["-f", hello]],
    [
      "one whose project takes nodes away",
      ["-f", "examples/project-selector", "-f", `${hello}/nodes.yaml`, "--platform", "openshift-4"],
    ],
    [
      "one with a default that the controller does not know",
      ["-f", hello, "--platform", "openshift-4", "--default-node-selector", "region=east"],
    ],
    ["one that admission refuses", ["-f", hello, "--platform", "openshift-4", "--default-node-selector", "role=infra"]],
    ["one of inputs that are not what they should be", ["-f", "README.md", "-f", hello]],
  ]) {
    test(`${what} is valid`, () => {
      const answer = plan(args);
      assert.ok(answer.daemonSets.some((set) => set.nodes.length > 0));
      assert.ok(validate(answer), ajv.errorsText(validate.errors, { separator: "\n" }));
    });
  }

  test("what is no plan is not", () => {
    const answer = plan(["-f", hello]);
    assert.ok(!validate({ ...answer, format: "daemonset-plan/2" }));
    assert.ok(!validate({ ...answer, daemonSets: [{ ...answer.daemonSets[0], nodes: undefined }] }));
    answer.daemonSets[0].nodes[0].action = "evict";
    assert.ok(!validate(answer));
  });
});
