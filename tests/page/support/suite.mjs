// What suites of the page begin and end with.

import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach } from "node:test";
import { start } from "./browser.mjs";

/** In a suite: one browser for all of its tests, on the page as it is built. */
export function siteForAll() {
  let site;
  before(async () => {
    site = await start();
  });
  after(() => site?.close());
  return {
    open: (options) => site.open(options),
    get url() {
      return site.url;
    },
  };
}

/**
 * In a suite: one browser for all of its tests, and a page for each, which must have nothing to say on its console.
 * What this gives is filled before each test.
 */
export function pageForEach(site = siteForAll()) {
  const at = {};
  beforeEach(async () => {
    Object.assign(at, await site.open(), { url: site.url });
  });
  afterEach(async () => {
    const { context, messages } = at;
    await context?.close();
    assert.deepEqual(messages, []);
  });
  return at;
}
