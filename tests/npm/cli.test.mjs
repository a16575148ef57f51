// The command line, installed from the tarball.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { join } from "node:path";
import { before, describe, test } from "node:test";
import { stripVTControlCharacters } from "node:util";

import { ACTIONS, project, ROOT, run } from "./harness.mjs";

let user;
before(() => {
  user = project();
  user.write("broken.yaml", "kind: DaemonSet\n\tbroken: [\n");
  user.write("empty.yaml", "\n");
  user.write("more/b.yaml", "apiVersion: v1\nkind: Node\nmetadata: {name: b}\n");
  user.write("more/deep/a.json", '{"apiVersion": "v1", "kind": "Node", "metadata": {"name": "a"}}\n');
  user.write("more/names.txt", "c\n");
  user.write("more/notes.md", "kind: Node\n");
  user.write("more/.hidden/d.yaml", "apiVersion: v1\nkind: Node\nmetadata: {name: d}\n");
  user.write("nothing/notes.md", "");
  user.write(
    "any.yaml",
    "apiVersion: apps/v1\nkind: DaemonSet\nmetadata: {name: any}\nspec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: i}]}}}\n",
  );
  user.write(
    "ns.yaml",
    'apiVersion: v1\nkind: Namespace\nmetadata: {name: default, annotations: {openshift.io/node-selector: "disk=hdd"}}\n',
  );
});

/** Runs the installed program; `input` is its standard input. */
function cli(args, { input = "", env = {} } = {}) {
  return run(join(user.folder, "node_modules/.bin/daemonset-planner"), args, { cwd: user.folder, input, env });
}

const BOTH = ["-f", "ds.yaml", "-f", "nodes.yaml"];
const actions = (output) => JSON.parse(output).daemonSets[0].nodes.map((node) => node.action);
const names = (output) => JSON.parse(output).daemonSets[0].nodes.map((node) => node.name);

describe("pod", () => {
  test("prints the pod of a node as YAML, with marks where it is not as in the template", () => {
    const { status, stdout, stderr } = cli(["pod", "n1", ...BOTH]);
    assert.equal(status, 0, stderr);
    const lines = stdout.split("\n");
    assert.equal(lines[0], "# The pod of DaemonSet default/logs on n1. Comments mark what is not as in the template.");
    //
    const pin = lines.findIndex((line) => line.trim() === "nodeSelectorTerms:  # added (R-401)");
    assert.deepEqual(lines.slice(pin + 1, pin + 6), [
      "        - matchFields:",
      "          - key: metadata.name",
      "            operator: In",
      "            values:",
      "            - n1",
    ]);
    assert.match(stdout, /^ {2}generateName: logs- {2}# added \(R-407\)$/m);
    assert.match(stdout, /^ {2}nodeSelector:\n {4}disk: ssd$/m);
    assert.match(stdout, /^ {2}# added \(R-130\)\n {2}- effect: NoExecute\n {4}key: node.kubernetes.io\/not-ready$/m);
  });

  test("says of a node that gets none why to look elsewhere, and shows the pod all the same", () => {
    const { status, stdout } = cli(["pod", "n3", ...BOTH]);
    assert.equal(status, 0);
    assert.match(stdout, /^# None is made now: n3 should not run one/m);
    assert.match(stdout, /^kind: Pod$/m);
  });

  test("prints the changes as data", () => {
    const { stdout } = cli(["pod", "n1", ...BOTH, "-o", "json"]);
    const [pod] = JSON.parse(stdout);
    assert.equal(pod.shouldRun, true);
    const hash = pod.changes.find(({ path }) => path === "metadata.labels.controller-revision-hash");
    assert.equal(hash.rule, "R-405");
    assert.equal(hash.kind, "added");
  });

  test("is read back by the planner as a pod that waits on its node", () => {
    const { stdout } = cli(["pod", "n1", ...BOTH]);
    user.write("made.yaml", stdout.replace("generateName: logs-", "name: logs-x7k2p"));
    const { stdout: plan } = cli(["plan", ...BOTH, "-f", "made.yaml", "-o", "json"]);
    assert.deepEqual(actions(plan), ["keep", "none", "none"]);
  });

  test("takes one of several DaemonSets, and helps where there is none", () => {
    const two = ["-f", "ds.yaml", "-f", "any.yaml", "-f", "nodes.yaml"];
    assert.equal(cli(["pod", "n1", ...two]).stdout.split("---\n").length, 2);
    const { stdout } = cli(["pod", "n1", ...two, "--daemonset", "default/any"]);
    assert.match(stdout, /^# The pod of DaemonSet default\/any on n1/);
    const { status, stderr } = cli(["pod", "n1", ...two, "--daemonset", "default/anx"]);
    assert.equal(status, 2);
    assert.match(stderr, /no DaemonSet "default\/anx".*default\/any/);
    assert.match(cli(["pod", "n9", ...BOTH]).stderr, /no node "n9"/);
    assert.match(cli(["pod", ...BOTH]).stderr, /pod needs the name of a node/);
  });
});

describe("time", () => {
  test("--now is a time, as the API writes it", () => {
    assert.equal(cli(["plan", ...BOTH, "--now", "2026-11-24T12:00:00Z"]).status, 0);
    const { status, stderr } = cli(["plan", ...BOTH, "--now", "noon"]);
    assert.equal(status, 2);
    assert.match(stderr, /"noon" is no time; times look like 2026-11-24T12:00:00Z/);
  });
});

describe("plan", () => {
  test("prints a table and exits with 0", () => {
    const { status, stdout, stderr } = cli(["plan", ...BOTH]);
    assert.equal(status, 0, stderr);
    assert.match(stdout, /\bn1\b/);
    assert.match(stdout, /create/);
  });

  test("prints JSON, YAML, names and the wide table", () => {
    const json = cli(["plan", ...BOTH, "-o", "json"]);
    assert.equal(json.status, 0, json.stderr);
    assert.deepEqual(actions(json.stdout), ACTIONS);
    for (const format of ["wide", "yaml", "name"]) {
      const { status, stdout } = cli(["plan", ...BOTH, "-o", format]);
      assert.equal(status, 0, format);
      assert.match(stdout, /n1/, format);
    }
  });

  test("takes flags as kubectl does: joined, with =, before and after the command", () => {
    const wanted = cli(["plan", ...BOTH, "-o", "json"]).stdout;
    assert.deepEqual(actions(wanted), ACTIONS);
    for (const args of [
      ["plan", "-fds.yaml", "-f=nodes.yaml", "-ojson"],
      ["plan", "--filename=ds.yaml", "--filename", "nodes.yaml", "--output=json"],
      ["-f", "ds.yaml", "plan", "-f", "nodes.yaml", "-o=json"],
    ]) {
      assert.equal(cli(args).stdout, wanted, args.join(" "));
    }
  });

  test("reads names of nodes from standard input", () => {
    const { status, stdout, stderr } = cli(["plan", "-f", "any.yaml", "-f", "-", "-o", "json"], { input: "n1\nn2\n" });
    assert.equal(status, 0, stderr);
    assert.deepEqual(actions(stdout), ["create", "create"]);
  });

  test("reads what a shell's process substitution gives", () => {
    const program = join(user.folder, "node_modules/.bin/daemonset-planner");
    const { status, stdout } = run("bash", ["-c", `'${program}' plan -f <(cat ds.yaml) -f <(cat nodes.yaml) -o json`], {
      cwd: user.folder,
    });
    assert.equal(status, 0);
    assert.deepEqual(actions(stdout), ACTIONS);
  });

  test("reads folders to their ground, but not what is hidden or of another kind", () => {
    const { stdout, stderr } = cli(["plan", "-f", "any.yaml", "-f", "more", "-o", "json"]);
    assert.deepEqual(names(stdout), ["a", "b", "c"], stderr);
    const inputs = JSON.parse(stdout).inputs.map((input) => input.name);
    assert.deepEqual(inputs, ["any.yaml", "more/b.yaml", "more/deep/a.json", "more/names.txt"]);
  });

  test("reads a file that is named twice once", () => {
    const { stdout } = cli(["plan", ...BOTH, "-f", "nodes.yaml", "-o", "json"]);
    assert.equal(JSON.parse(stdout).inputs.length, 2);
  });

  test("plans the good beside the broken, says where it is broken, and exits with 1", () => {
    const { status, stdout, stderr } = cli(["plan", "-f", "broken.yaml", ...BOTH, "-o", "json"]);
    assert.equal(status, 1);
    assert.deepEqual(actions(stdout), ACTIONS);
    assert.match(stderr, /^broken\.yaml:2:1: error\[DSP\d+\]: /m);
    assert.match(stderr, /broken: \[/);
    assert.match(stderr, /\^/);
    assert.doesNotMatch(stderr, /^ +at /m);
  });

  test("exits with 2 where nothing usable was read, and says from what", () => {
    for (const file of ["broken.yaml", "empty.yaml"]) {
      const { status, stdout, stderr } = cli(["plan", "-f", file]);
      assert.deepEqual([status, stdout], [2, ""], file);
      assert.match(stderr, new RegExp(`nothing usable was read from ${file}`));
    }
  });

  test("takes each switch by the name that the platform gives it", () => {
    user.write("pns.yaml", "podNodeSelectorPluginConfig:\n  clusterDefaultNodeSelector: disk=ssd\n");
    const settings = (args) => JSON.parse(cli(["plan", ...BOTH, "-o", "json", ...args]).stdout).settings;
    assert.equal(settings(["--enable-admission-plugins=PodNodeSelector"]).podNodeSelector, true);
    assert.equal(settings(["--platform", "openshift-4"]).projectNodeSelector, true);
    assert.equal(
      settings([
        "--platform=openshift-4",
        "--disable-admission-plugins",
        "PodNodeSelector,scheduling.openshift.io/OriginPodNodeEnvironment",
      ]).projectNodeSelector,
      false,
    );
    assert.match(settings(["--pod-node-selector-config", "pns.yaml"]).podNodeSelectorConfig, /disk=ssd/);
    assert.equal(settings(["--default-node-selector", "a=b"]).defaultNodeSelector, "a=b");
    assert.equal(settings(["--project-default-node-selector=c=d"]).controllerDefaultNodeSelector, "c=d");
    assert.equal(settings(["--controller-asks-annotations"]).controllerAsksAnnotations, true);
    assert.equal(
      settings(["--platform=openshift-4", "--controller-asks-annotations=false"]).controllerAsksAnnotations,
      false,
    );
  });

  test("gives the same bytes from the repository and as installed", () => {
    const own = run("node", [join(ROOT, "npm/dist/cli.js"), "plan", ...BOTH, "-o", "json"], { cwd: user.folder });
    assert.deepEqual(actions(own.stdout), ACTIONS);
    assert.equal(own.stdout, cli(["plan", ...BOTH, "-o", "json"]).stdout);
  });
});

describe("explain", () => {
  test("says in sentences why, with the taint's effect", () => {
    const { status, stdout, stderr } = cli(["explain", "n3", ...BOTH]);
    assert.equal(status, 0, stderr);
    assert.match(stdout, /NoSchedule/);
  });

  test("knows which node may have been meant", () => {
    const { status, stdout, stderr } = cli(["explain", "n33", ...BOTH]);
    assert.deepEqual([status, stdout], [2, ""]);
    assert.match(stderr, /no node "n33" in the inputs, did you mean n3\?/);
  });

  test("needs a node", () => {
    const { status, stderr } = cli(["explain", ...BOTH]);
    assert.equal(status, 2);
    assert.match(stderr, /explain needs the name of a node/);
  });
});

describe("merge", () => {
  test("names the annotation in force and the command that frees the nodes", () => {
    const { stdout, stderr } = cli(["merge", ...BOTH, "-f", "ns.yaml", "--platform", "openshift-4"]);
    assert.match(stdout, /openshift\.io\/node-selector/, stderr);
    assert.match(stdout, /oc patch namespace default/);
  });
});

describe("help", () => {
  test("comes for the program and for each command, and exits with 0", () => {
    for (const args of [[], ["--help"], ["-h"], ["help"]]) {
      const { status, stdout } = cli(args);
      assert.equal(status, 0, args.join());
      assert.match(stdout, /Usage:\n {2}daemonset-planner plan/);
    }
    for (const command of ["plan", "explain", "merge"]) {
      const long = cli([command, "--help"]);
      assert.equal(long.status, 0, command);
      assert.match(long.stdout, new RegExp(`Usage:\\n {2}daemonset-planner ${command} `));
      assert.equal(cli(["help", command]).stdout, long.stdout);
    }
  });

  test("names every flag that plan takes", () => {
    const { stdout } = cli(["plan", "--help"]);
    for (const flag of [
      "--filename",
      "--output",
      "--platform",
      "--enable-admission-plugins",
      "--disable-admission-plugins",
      "--pod-node-selector-config",
      "--default-node-selector",
      "--project-default-node-selector",
      "--controller-asks-annotations",
    ]) {
      assert.ok(stdout.includes(flag), flag);
    }
    for (const line of stdout.split("\n")) assert.ok(line.length <= 120, line);
  });

  test("and the version load no wasm", () => {
    const env = { NODE_OPTIONS: `--require ${user.write("no-wasm.cjs", "delete globalThis.WebAssembly;\n")}` };
    for (const args of [["--help"], ["plan", "--help"], ["--version"]]) {
      assert.equal(cli(args, { env }).status, 0, args.join());
    }
    assert.match(cli(["--version"]).stdout, /^daemonset-planner \d+\.\d+\.\d+ \(Kubernetes 1\.37\.2\)\n$/);
  });
});

describe("a wrong command line", () => {
  const wrong = (args, message) => {
    const { status, stdout, stderr } = cli(args);
    assert.deepEqual([status, stdout], [2, ""], args.join(" "));
    assert.match(stderr, message);
    assert.doesNotMatch(stderr, /^ +at /m);
  };

  test("names the word that is wrong and the one that was meant", () => {
    wrong(["plan", "--nonsense"], /^daemonset-planner: there is no flag --nonsense\n/);
    wrong(["plan", "--outptu=json", ...BOTH], /no flag --outptu, did you mean --output\?/);
    wrong(["paln", ...BOTH], /no command "paln", did you mean plan\?/);
    wrong(["plan", ...BOTH, "-o", "jsn"], /"jsn" is not a value of -o, did you mean json\?/);
    wrong(["plan", ...BOTH, "--platform", "openshift"], /"openshift" is not a value of --platform/);
    wrong(["plan", ...BOTH, "--enable-admission-plugins=PodNodeSelectr"], /did you mean PodNodeSelector\?/);
    wrong(
      ["plan", ...BOTH, "--controller-asks-annotations=yes"],
      /"yes" is not a value of --controller-asks-annotations/,
    );
    wrong(["plan", ...BOTH, "-o"], /-o needs a value/);
    wrong(["merge", ...BOTH, "-o", "json"], /merge has no flag -o/);
    wrong(["plan", "ds.yaml"], /nothing to read|does not know what to do with "ds\.yaml"/);
    wrong(["plan", ...BOTH, "extra.yaml"], /does not know what to do with "extra\.yaml"; files are named with -f/);
    wrong(["--platform=openshift-4"], /a command is missing: plan, explain, pod, merge/);
    wrong(["plan"], /nothing to read: name a file or folder with -f/);
  });

  test("names the file that is not there, that may not be read, or that is fetched by nobody", () => {
    wrong(["plan", "-f", "missing.yaml"], /missing\.yaml: there is no such file or folder/);
    wrong(["plan", ...BOTH, "-f", "missing.yaml"], /missing\.yaml: there is no such file or folder/);
    wrong(["plan", ...BOTH, "--pod-node-selector-config", "missing.yaml"], /missing\.yaml: there is no such file/);
    wrong(["plan", "-f", "nothing"], /nothing: no \.yaml, \.yml, \.json or \.txt file in this folder/);
    wrong(["plan", "-f", "https://example.com/ds.yaml"], /nothing is fetched from the network; pipe it in with -f -/);
  });
});

describe("output", () => {
  test("has no colours in a file or a pipe", () => {
    const { all } = cli(["plan", "-f", "broken.yaml", ...BOTH]);
    assert.ok(!all.includes("\x1b"));
  });

  test("has colours where they are forced, and none with NO_COLOR", () => {
    const args = ["plan", "-f", "broken.yaml", ...BOTH];
    const forced = cli(args, { env: { FORCE_COLOR: "1" } });
    assert.ok(forced.stderr.includes("\x1b[1;31merror["));
    assert.ok(!forced.stdout.includes("\x1b"));
    assert.equal(stripVTControlCharacters(forced.stderr), cli(args).stderr);
    const onTerminal = (env) => {
      const program = join(user.folder, "node_modules/.bin/daemonset-planner");
      const command = `'${program}' ${args.join(" ")}`;
      // `script` gives a program a terminal.
      return run("script", ["-qec", command, "/dev/null"], { cwd: user.folder, env: { TERM: "xterm", ...env } }).stdout;
    };
    assert.ok(onTerminal({}).includes("\x1b[1;31merror["));
    assert.ok(!onTerminal({ NO_COLOR: "1" }).includes("\x1b"));
  });

  test("ends quietly when the reader of the pipe has gone", async () => {
    user.write("many.txt", Array.from({ length: 20_000 }, (_, index) => `node-${index}\n`).join(""));
    const program = join(user.folder, "node_modules/.bin/daemonset-planner");
    const child = spawn(program, ["plan", "-f", "any.yaml", "-f", "many.txt", "-o", "json"], { cwd: user.folder });
    let errors = "";
    child.stderr.setEncoding("utf8").on("data", (text) => {
      errors += text;
    });
    child.stdout.once("data", () => child.stdout.destroy());
    await new Promise((resolve) => child.on("close", resolve));
    assert.doesNotMatch(errors, /EPIPE|^ +at /m);
  });

  test("of a large plan is whole through a pipe", () => {
    user.write("many.txt", Array.from({ length: 20_000 }, (_, index) => `node-${index}\n`).join(""));
    const { stdout } = cli(["plan", "-f", "any.yaml", "-f", "many.txt", "-o", "json"]);
    assert.equal(JSON.parse(stdout).daemonSets[0].nodes.length, 20_000);
  });
});

describe("standard input", () => {
  const shell = (command) => {
    const program = join(user.folder, "node_modules/.bin/daemonset-planner");
    return run("bash", ["-c", command.replace("PROGRAM", `'${program}'`)], { cwd: user.folder });
  };

  test("that comes slowly is waited for", () => {
    const { status, stdout } = shell(
      `(printf 'n1\\n'; sleep 0.5; printf 'n2\\n') | PROGRAM plan -f any.yaml -f - -o json`,
    );
    assert.equal(status, 0);
    assert.deepEqual(names(stdout), ["n1", "n2"]);
  });

  test("that somebody made non-blocking is waited for", () => {
    user.write("slow.cjs", 'process.stdin; setTimeout(() => process.stdout.write("n1\\n"), 500);\n');
    // Node makes its end of a pipe non-blocking; the program after it has the same end.
    const { status, stdout, stderr } = shell(
      `node slow.cjs </dev/null | (node -e 'process.stdin.unref()'; PROGRAM plan -f any.yaml -f - -o json)`,
    );
    assert.equal(status, 0, stderr);
    assert.deepEqual(names(stdout), ["n1"]);
  });

  test("that is closed is nothing", () => {
    const { status, stderr } = shell("PROGRAM plan -f - <&-");
    assert.equal(status, 2);
    assert.match(stderr, /nothing usable was read from <stdin>|standard input: /);
  });
});
