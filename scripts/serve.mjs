// Serves www/dist on this machine only, with the headers that www/_headers names. `serve.mjs [PORT]`

import { createReadStream } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { argv } from "node:process";
import { fileURLToPath } from "node:url";

const HOST = "127.0.0.1";
const DEFAULT_PORT = 8080;

const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".map": "application/json; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
  ".yaml": "text/plain; charset=utf-8",
};

/**
 * Reads a `_headers` file as static hosts do: a line that begins with `/` names paths (`*` stands for anything),
 * the indented lines under it are headers.
 *
 * @returns {{ matches: (path: string) => boolean, name: string, value: string }[]}
 */
export function parseHeaders(text) {
  const rules = [];
  let matches;
  for (const line of text.split("\n")) {
    if (line.trim() === "" || line.trim().startsWith("#")) continue;
    if (/^\S/.test(line)) {
      const parts = line
        .trim()
        .split("*")
        .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
      const pattern = new RegExp(`^${parts.join(".*")}$`);
      matches = (path) => pattern.test(path);
    } else if (matches) {
      const colon = line.indexOf(":");
      rules.push({ matches, name: line.slice(0, colon).trim(), value: line.slice(colon + 1).trim() });
    }
  }
  return rules;
}

/**
 * Starts a server.
 *
 * @param {{ folder: string, headers?: string, port?: number }} options the folder to serve, the text of a
 *   `_headers` file, and the port (0 or a taken one: any free one)
 * @returns {Promise<{ url: string, close: () => Promise<void> }>}
 */
export async function serve({ folder, headers = "", port = 0 }) {
  const rules = parseHeaders(headers);
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });

  async function answer(request, response) {
    const path = pathOf(request.url);
    for (const rule of rules) if (rule.matches(path ?? "/")) response.setHeader(rule.name, rule.value);
    if (request.method !== "GET" && request.method !== "HEAD") return end(response, 405, "only GET and HEAD");
    const file = path === undefined ? undefined : await find(join(folder, path));
    if (!file) return end(response, 404, "there is no such file");
    response.setHeader("Content-Type", TYPES[extname(file.path)] ?? "application/octet-stream");
    response.setHeader("Content-Length", file.size);
    if (!response.hasHeader("Cache-Control")) response.setHeader("Cache-Control", "no-cache");
    if (request.method === "HEAD") return response.end();
    createReadStream(file.path)
      .on("error", () => response.destroy())
      .pipe(response);
  }

  const listen = (at) =>
    new Promise((resolve, reject) => {
      server.once("error", reject);
      server.listen(at, HOST, () => {
        server.off("error", reject);
        resolve();
      });
    });
  await listen(port).catch((error) => {
    if (error.code !== "EADDRINUSE" && error.code !== "EACCES") throw error;
    return listen(0);
  });
  return {
    url: `http://${HOST}:${server.address().port}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The path of a request below the folder, or undefined if it would leave it or can't be read. */
function pathOf(url) {
  try {
    const path = normalize(decodeURIComponent(new URL(`http://localhost${url}`).pathname)).replaceAll("\\", "/");
    return path.startsWith("/") && !path.includes("\0") && !path.split("/").includes("..") ? path : undefined;
  } catch {
    return undefined;
  }
}

async function find(path) {
  const found = await stat(path).catch(() => undefined);
  if (found?.isDirectory()) return find(join(path, "index.html"));
  return found?.isFile() ? { path, size: found.size } : undefined;
}

function end(response, status, text) {
  response.writeHead(status, { "Content-Type": "text/plain; charset=utf-8" });
  response.end(`${text}\n`);
}

async function main() {
  const root = fileURLToPath(new URL("../www/", import.meta.url));
  const headers = await readFile(join(root, "_headers"), "utf8").catch(() => "");
  const port = Number(argv[2] ?? process.env.PORT ?? DEFAULT_PORT);
  const { url } = await serve({ folder: join(root, "dist"), headers, port: Number.isInteger(port) ? port : 0 });
  console.log(`The page is at ${url} (Ctrl-C ends it)`);
}

if (argv[1] === fileURLToPath(import.meta.url)) await main();
