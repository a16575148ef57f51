// Sharing: links and files round trip, old links stay readable, hostile ones are an error message.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { before, describe, it } from "node:test";
import { deflateRawSync } from "node:zlib";
import { load } from "./support/bundle.mjs";
import { copyOf, dropFiles } from "./support/frame.mjs";
import { pageForEach, siteForAll } from "./support/suite.mjs";

const pack = (text) => deflateRawSync(Buffer.from(text)).toString("base64url");

/** A link of format 1 as it was given out on 2026-11-24. It must be read for ever. */
const OLD_LINK =
  "1Zc-xaoMxDATgVxGaHUJKJ0GndixdAl3qDIqtJKa2bH4rXYzfvfwhLYXu391xAxsS1ibaL-lkm0d02JEGRjnxNdtbjbKXLMHqgoSLnFPVJ-FuOB1GpB-4ZXRoa_KFpVTdiyEht_QuS09VCbi1vv3aef1MGgl-mdcixpGNCYZyEQKeXnuTQF4B-n2eYBS2cHnlo-ROMJjgOOdKTErLbHLzAH_68n8McKuGEaoaJ5WlE3zcl4ODVPgsBGkepld0-Jyv3WR9rzuv-uAV5_wG";

describe("links", () => {
  let link;
  before(async () => {
    link = await load("share/link.ts");
  });

  const work = {
    platform: "openshift-4",
    switches: {
      defaultNodeSelector: "region=east",
      podNodeSelectorConfig: "",
      controllerAsksAnnotations: false,
      controllerDefaultNodeSelector: "",
    },
    daemonSet: "default/a",
    texts: { DaemonSet: "kind: DaemonSet # ü → 🙂\n", Cluster: "n1\nn2\n" },
    files: [{ name: "dir/b.yaml", blob: new Blob(["kind: Node\n"]) }],
  };
  const encoded = async () => link.encode(await link.toShared(work, (blob) => blob.text()));

  it("bring back all that was put in", async () => {
    const { files, ...rest } = await link.decode(await encoded());
    const { files: _, ...expected } = work;
    assert.deepEqual(rest, expected);
    assert.deepEqual(await Promise.all(files.map(async ({ name, blob }) => [name, await blob.text()])), [
      ["dir/b.yaml", "kind: Node\n"],
    ]);
  });

  it("use only letters that no chat breaks, after a digit for the format", async () => {
    assert.match(await encoded(), /^1[A-Za-z0-9_-]+$/);
  });

  const small = '{"p":"kubernetes","t":{"DaemonSet":"","Cluster":""}}';
  const HOSTILE = {
    "no format": ["x", /number of a format/],
    "a format that is not there yet": [`7${pack(small)}`, /format 7/],
    nothing: ["1", /damaged/],
    "no base64": ["1ab*cd", /damaged.*character at 4/],
    "a part that was lost": [`1${pack(small).slice(0, -12)}`, /damaged/],
    garbage: ["1AAAAAAAAAAAAAAAAAAAAAAAA", /damaged/],
    "a bomb of 100 MB": [`1${pack("x".repeat(100_000_000))}`, /unfold to more than 4000000 bytes/],
    "more characters than are looked at": [`1${"A".repeat(200_001)}`, /200002 characters/],
    "no UTF-8": [`1${deflateRawSync(Buffer.from([34, 255, 34])).toString("base64url")}`, /damaged/],
    "no JSON": [`1${pack("{")}`, /not JSON/],
    "JSON a million deep": [`1${pack("[".repeat(1_000_000))}`, /not JSON|no work/],
    "another thing": [`1${pack("[1,2]")}`, /no work/],
    "a platform that is none": [`1${pack(small.replace("kubernetes", "constructor"))}`, /no work/],
    "texts that are none": [`1${pack(small.replace('"DaemonSet":""', '"DaemonSet":{}'))}`, /no work/],
    "files that are none": [`1${pack(small.replace("}}", '},"f":[["a",{"b":1}]]}'))}`, /no work/],
    "a file with an editor's name": [`1${pack(small.replace("}}", '},"f":[["Cluster","x"]]}'))}`, /no work/],
  };
  for (const [name, [fragment, message]] of Object.entries(HOSTILE)) {
    it(`say what is wrong with ${name}`, async () => {
      await assert.rejects(link.decode(fragment), (error) => {
        assert.ok(error instanceof link.LinkError, String(error));
        assert.match(error.message, message);
        return true;
      });
    });
  }

  it("take switches that are none for those that the page starts with", async () => {
    const odd = small.replace(
      "{",
      '{"s":{"__proto__":{"x":1},"defaultNodeSelector":7,"controllerAsksAnnotations":"no"},',
    );
    const { switches } = await link.decode(`1${pack(odd)}`);
    assert.deepEqual(switches, { ...work.switches, defaultNodeSelector: "", controllerAsksAnnotations: true });
    assert.equal({}.x, undefined);
  });
});

describe("other names", () => {
  let anonymise;
  before(async () => {
    anonymise = await load("share/anonymise.ts");
  });
  const names = (more) => ({ nodes: [], pods: [], namespaces: [], daemonSets: [], ...more });

  it("are the same wherever a name is a whole word of a value, and as long", () => {
    const given = anonymise.pseudonyms(
      names({
        nodes: ["ip-10-0-1-2.ec2.internal", "db7"],
        pods: ["shop-agent-x1"],
        namespaces: ["shop"],
        daemonSets: ["shop-agent"],
      }),
    );
    for (const [old, other] of given) assert.equal(other.length, old.length);
    const text = `kind: Node
metadata:
  name: ip-10-0-1-2.ec2.internal
  labels: {kubernetes.io/hostname: ip-10-0-1-2, shop: "shop"}
image: registry/shop-agent:1
generateName: shop-agent-
nodeName: "db7"
`;
    const out = anonymise.anonymised(text, given);
    for (const gone of ["ip-10", "ec2", "db7", '"shop"']) assert.ok(!out.includes(gone), out);
    assert.match(out, /shop: "/, "keys stay");
    assert.match(out, /image: registry\/shop-agent:1/, "images stay");
    assert.ok(out.includes(`generateName: ${given.get("shop-agent")}-`));
    assert.equal(out.length, text.length);
  });

  it("leave namespaces of the platform, and words that mean something", () => {
    const given = anonymise.pseudonyms(
      names({ nodes: ["linux", "true", "10"], namespaces: ["default", "kube-system", "openshift-monitoring", "v1"] }),
    );
    assert.deepEqual([...given], []);
  });

  it("are never a name that is there, and never one twice", () => {
    const nodes = ["node-1", "node-2", ...Array.from({ length: 3000 }, (_, index) => `w${index}`)];
    const given = anonymise.pseudonyms(names({ nodes }));
    const others = [...given.values()];
    assert.equal(new Set(others).size, others.length);
    for (const other of others) assert.ok(!nodes.includes(other));
  });
});

describe("the dialog", () => {
  const site = siteForAll();
  const at = pageForEach(site);

  async function linkOf() {
    await at.page.click("#open-share");
    await at.page.locator("#share-link").waitFor();
    return at.page.locator("#share-link").textContent();
  }

  it("says what is in the link before it is copied, and the link opens the same page", async () => {
    await at.cursorAt("DaemonSet", 15);
    await at.page.keyboard.type("x");
    await at.page.selectOption("#platform", "openshift-4");
    await at.page.fill("#default-node-selector", "region=east");
    await at.tab(/Merge/);
    await at.page.locator("#merge .equation", { hasText: "region=east" }).waitFor();
    const sentence = await at.sentence();
    await at.settled();
    const link = await linkOf();
    const contents = await at.page.locator("#share-contents").textContent();
    assert.match(contents, /DaemonSet, whole.*Cluster, whole: YAML: 12 Nodes.*names of images/s);
    await at.context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await at.page.click("#share-copy");
    await at.page.locator("#share-said", { hasText: `Copied: a link of ${link.length} characters.` }).waitFor();
    assert.equal(await at.page.evaluate(() => navigator.clipboard.readText()), link);

    await at.page.click("#share-close");

    const other = await site.open({ wait: false });
    await other.page.goto("about:blank");
    await other.page.goto(link);
    await other.settled();
    await other.says(sentence);
    assert.equal(await other.page.locator("#default-node-selector").inputValue(), "region=east");
    assert.equal(await copyOf(other, "DaemonSet"), await copyOf(at, "DaemonSet"));
    // The fragment is gone, never sent, and a reload keeps what it brought.
    assert.equal(new URL(other.page.url()).hash, "");
    assert.ok(other.requests.every((url) => !url.includes("#1")));
    await other.page.waitForFunction(() => localStorage.length > 0);
    await other.page.reload();
    await other.says(sentence);
    await other.context.close();
  });

  it("gives other names that plan the same", async () => {
    await at.page.selectOption("#examples", "1");
    await at.says(/^log-agent/);
    await at.settled();
    await at.page.click("#open-share");
    await at.page.locator("#share-link").waitFor();
    await at.page.check("#share-anonymise");
    await at.page.locator("#share-renamed", { hasText: "as many pods come, stay and go as before" }).waitFor();
    await at.page.locator("#share-link").waitFor();
    const link = await at.page.locator("#share-link").textContent();
    const { decode } = await load("share/link.ts");
    const { texts } = await decode(link.split("#")[1]);
    assert.doesNotMatch(texts.Cluster, /worker-\d|control-plane-\d|infra-\d/);
    assert.doesNotMatch(texts.DaemonSet, /name: log-agent/);
    assert.match(texts.Cluster, /openshift.io\/node-selector/);
  });

  it("offers a file where a link would be too long, with the reason, and the file opens again", async () => {
    await at.page.selectOption("#examples", { label: "5,000 nodes" });
    await at.says(/of 5000 nodes/);
    await at.settled();
    const sentence = await at.sentence();
    await at.page.click("#open-share");
    await at.page.locator("#share-save.main").waitFor();
    assert.match(await at.page.locator("#share-result").textContent(), /too long for a link.*8,000 characters/);
    assert.equal(await at.page.locator("#share-copy").isVisible(), false);
    const [download] = await Promise.all([at.page.waitForEvent("download"), at.page.click("#share-save")]);
    const text = await readFile(await download.path(), "utf8");
    await at.page.click("#share-close");
    await at.page.selectOption("#examples", "0");
    await at.says(/of 12 nodes/);
    await dropFiles(at.page, "#plan", { "daemonset-planner.json": text.replace(/\n\s*/g, "") });
    await at.says(sentence);
  });

  it("reads links that were given out before", async () => {
    const other = await site.open({ wait: false });
    await other.page.goto("about:blank");
    await other.page.goto(`${at.url}#${OLD_LINK}`);
    await other.says(/2 nodes/);
    assert.equal(await other.page.locator("#platform").inputValue(), "openshift-4");
    await other.context.close();
  });

  it("opens a link that is put into the address of the open page, and what was typed waits", async () => {
    await at.cursorAt("DaemonSet", 15);
    await at.page.keyboard.type("x");
    await at.says(/^hello-daemonset: 0 of 12/);
    await at.page.evaluate((hash) => {
      location.hash = hash;
    }, OLD_LINK);
    await at.says(/2 nodes/);
    await at.page.selectOption("#examples", { label: "Back to your own text" });
    await at.says(/^hello-daemonset: 0 of 12/);
  });

  it("shows a hostile link as an error message, beside the page as it would be without", async () => {
    const bomb = `${at.url}#1${pack("x".repeat(50_000_000))}`;
    const other = await site.open({ wait: false });
    await other.page.goto("about:blank");
    await other.page.goto(bomb);
    await other.settled();
    assert.match(await other.page.locator("#notes .error").textContent(), /can’t be opened.*more than 4000000 bytes/);
    await other.says(/^hello-daemonset: 5 of 12/);
    assert.deepEqual(other.messages, []);
    await other.context.close();
  });
});
