// Serves a page with @connectrpc/connect-web in it, opens it in Chromium and tells what the page found.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { chromium } from "playwright-core";
import { ok } from "./assert.mjs";
import { checklist } from "./checks.mjs";

const setting = JSON.parse(readFileSync(process.argv[2], "utf8"));
const entry = join(dirname(fileURLToPath(import.meta.url)), "page.mjs");
const bundle = await build({ entryPoints: [entry], bundle: true, write: false, format: "iife", globalName: "page", target: "es2022" });
const script = bundle.outputFiles[0].text;

const server = createServer((request, response) => {
  const isScript = request.url === "/page.js";
  response.setHeader("content-type", isScript ? "text/javascript; charset=utf-8" : "text/html; charset=utf-8");
  response.end(isScript ? script : '<!doctype html><title>page</title><script src="/page.js"></script>');
});
await new Promise((resolve) => server.listen(setting.pagePort, "127.0.0.1", resolve));
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--no-proxy-server"] });

async function open(origin) {
  const page = await browser.newPage();
  await page.exposeFunction("say", (line) => console.log(line));
  await page.goto(origin);
  return page;
}

const allowed = await open(setting.pageOrigin);
await allowed.evaluate((given) => page.run(given), setting);
// The same page by another name is another origin, which the gateway was not told of.
const stranger = await open(setting.pageOrigin.replace("127.0.0.1", "localhost"));
await checklist("web")("an origin that is not allowed reads nothing", async () => {
  const outcome = await stranger.evaluate((given) => page.tryToRead(given), setting);
  ok(outcome.startsWith("refused"), `the page ${outcome}`);
});
// The gateway's own page for people.
await checklist("docs")("shows every service to somebody who reads", async () => {
  const page = await browser.newPage();
  const faults = [];
  page.on("pageerror", (fault) => faults.push(fault.message));
  await page.goto(`${setting.http}/docs`);
  await page.locator(".opblock-tag").first().waitFor({ timeout: 30_000 });
  const tags = await page.locator(".opblock-tag").allInnerTexts();
  ok(tags.length > 10 && tags.some((tag) => tag.startsWith("application ApplicationService")), `the tags are ${tags.join()}`);
  ok((await page.locator(".info").innerText()).includes("揭榜"), "it does not say of what it is");
  await page.locator(".opblock-tag", { hasText: "quota QuotaService" }).click();
  const operation = page.locator(".opblock-summary", { hasText: "/v1/units" }).first();
  await operation.click();
  await page.locator(".opblock-body").first().waitFor();
  ok(faults.length === 0, faults.join());
});
await browser.close();
server.close();
process.exit(0);
