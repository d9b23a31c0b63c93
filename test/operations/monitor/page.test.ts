import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { repository } from "../../repository";
import { executable, startBrowser } from "./browser";
import { WatchedPlant } from "./plant";

const inBrowser = executable === undefined ? test.skip : test;
if (executable === undefined)
  console.warn("SKIPPED, the monitor in a browser: no Chromium here; CHROMIUM=PATH names one");

let browser: Browser | undefined;
let page: Page;
let plants: WatchedPlant[] = [];
const problems: string[] = [];

beforeAll(async () => {
  if (executable === undefined) return;
  browser = await startBrowser();
  page = await browser.newPage();
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
});
afterEach(async () => {
  await page?.goto("about:blank");
  await Promise.all(plants.map((plant) => plant.stop()));
  plants = [];
  expect(problems.splice(0)).toEqual([]);
});
afterAll(() => browser?.close());

async function watch(
  days: Parameters<typeof WatchedPlant.start>[0] = {},
  { isAskedTwice = false, width = 1100, dark = false } = {},
) {
  const plant = await WatchedPlant.start(days, isAskedTwice);
  plants.push(plant);
  await page.setViewportSize({ width, height: 1200 });
  await page.emulateMedia({ colorScheme: dark ? "dark" : "light" });
  await page.goto(plant.monitor.url);
  await page.getByRole("heading", { level: 1, name: "adf-plant" }).waitFor();
  return plant;
}

const graph = () => page.getByRole("img", { name: /^Activities:/ });

inBrowser("a run is followed while it goes on, to its output", async () => {
  let release = (): void => undefined;
  const held = new Promise<string>((resolve) => (release = () => resolve('{"alerts": 2}')));
  const plant = await watch({ held: () => held });
  const run = plant.factory.run("scoring", { day: "held" });
  await page.getByRole("heading", { name: "scoring: InProgress" }).waitFor();
  await page.getByRole("img", { name: "features Succeeded, score InProgress" }).waitFor();
  release();
  await run;
  await page.getByRole("heading", { name: "scoring: Succeeded" }).waitFor();
  await page.getByText("score Succeeded").first().click();
  await page.getByText('"alerts": 2').waitFor();
  expect(await graph().getAttribute("aria-label")).toBe(
    "Activities: ingest Succeeded, if_new_data Succeeded, features Succeeded, score Succeeded",
  );
  if (process.env["PICTURES"] !== undefined)
    await page.screenshot({ path: join(repository, "docs", "pictures", "monitor.png") });
});

inBrowser("a run that failed shows why, and is run again from what failed, without a mouse", async () => {
  let failures = 1;
  const broken = (): string => {
    if (failures-- > 0) throw new Error("no such column: volt");
    return '{"rows": 3}';
  };
  const plant = await watch({ broken });
  await plant.factory.run("scoring", { day: "broken" });
  await page.getByText("no such column: volt").first().waitFor();
  const again = page.getByRole("button", { name: "Run again from what failed" });
  await again.focus();
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "scoring: Succeeded" }).waitFor();
  expect(plant.factory.history.runs.map(({ status }) => status)).toEqual(["Failed", "Succeeded"]);
});

inBrowser("the newest run is shown, until another one is chosen", async () => {
  const plant = await watch();
  await plant.factory.run("scoring");
  await page.getByRole("heading", { name: "scoring: Succeeded" }).waitFor();
  await plant.factory.run("upkeep");
  await page.getByRole("heading", { name: "upkeep: Succeeded" }).waitFor();
  await page
    .getByRole("row", { name: /^scoring/ })
    .getByRole("button")
    .click();
  await page.getByRole("heading", { name: "scoring: Succeeded" }).waitFor();
  await plant.factory.run("upkeep");
  await page
    .getByRole("row", { name: /^upkeep/ })
    .nth(1)
    .waitFor();
  expect(await page.getByRole("heading", { name: "scoring: Succeeded" }).count()).toBe(1);
});

inBrowser("a run under way is cancelled", async () => {
  const endless = (signal: AbortSignal) =>
    new Promise<string>((_, reject) => signal.addEventListener("abort", () => reject(new Error("stopped"))));
  const plant = await watch({ endless });
  const run = plant.factory.run("scoring", { day: "endless" });
  await page.getByRole("button", { name: "Cancel" }).click();
  expect((await run).status).toBe("Cancelled");
  await page.getByRole("heading", { name: "scoring: Cancelled" }).waitFor();
});

inBrowser("in a deployed environment nothing is changed before it is asked a second time", async () => {
  const plant = await watch({}, { isAskedTwice: true });
  await plant.factory.run("scoring");
  await page.getByRole("button", { name: "Run again", exact: true }).click();
  const question = page.getByRole("alertdialog");
  await question.getByRole("button", { name: "No" }).click();
  await question.waitFor({ state: "detached" });
  expect(plant.factory.history.runs).toHaveLength(1);
  await page.getByRole("button", { name: "Run again", exact: true }).click();
  await question.getByRole("button", { name: "Yes, do it" }).click();
  await question.waitFor({ state: "detached" });
  expect(plant.factory.history.runs.length + plant.factory.underWay.length).toBe(2);
});

inBrowser(
  "triggers have their next firings, machines their risk, work its place in the list, a pipeline without runs its graph",
  async () => {
    await watch();
    await page.getByRole("row", { name: /^nightly Started scoring \d{4}-\d\d-\d\d 02:00:00, / }).waitFor();
    await page.getByRole("row", { name: "new_blobs Started scoring with each blob that it watches" }).waitFor();
    const within = "comp2: 12 h 41 %, 24 h 93 %, 48 h 97 %";
    await page
      .getByRole("row", { name: new RegExp(`^7 comp2 93 % ${within} comp2: error2 23 h ago .* 2015-03-02 12:00:00$`) })
      .waitFor();
    await page.getByRole("row", { name: "3 comp1, comp4 61 % 2015-03-02 12:00:00" }).waitFor();
    await page
      .getByRole("row", { name: "7 comp2 9,304 93 % 2015-03-02 00:00:00 2015-03-03 12:00:00 error2 23 h ago" })
      .waitFor();
    await page.getByRole("button", { name: "upkeep" }).click();
    await page.getByRole("img", { name: "Activities: tidy not run" }).waitFor();
  },
);

inBrowser(
  "blobs have their fate, and a row that was set aside its line as it landed, whatever stands in it",
  async () => {
    await watch();
    await page
      .getByRole("row", { name: /^incoming\/telemetry\/2015-03-02.csv.gz telemetry 240 1 .* waits to be scored$/ })
      .waitFor();
    await page.getByRole("row", { name: /^incoming\/errors\/.* scored 2015-03-01 12:07:00$/ }).waitFor();
    const row = page.getByRole("row", { name: /^incoming\/telemetry\/2015-03-02.csv.gz 17 volt is no number/ });
    expect(await row.getByRole("code").textContent()).toBe("2015-03-02 06:00:00,7,<b>high</b>,418.1,98.2,40.9");
  },
);

inBrowser("a notebook's printed lines are there while it still runs", async () => {
  let release = (): void => undefined;
  const held = new Promise<string>((resolve) => (release = () => resolve('{"alerts": 2}')));
  const plant = await watch({ held: () => held });
  const run = plant.factory.run("scoring", { day: "held" });
  await page.getByText("score InProgress").first().click();
  await page.getByText("/plant/score reads held").waitFor();
  expect(await page.getByText("/plant/ingest reads held").count()).toBe(1);
  release();
  await run;
});

inBrowser.each([false, true])("nothing is wider than a telephone of 390 px (dark: %s)", async (dark) => {
  const plant = await watch({}, { width: 390, dark });
  await plant.factory.run("scoring");
  await page.getByRole("heading", { name: "scoring: Succeeded" }).waitFor();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  if (dark && process.env["PICTURES"] !== undefined)
    await page.screenshot({ path: join(repository, "docs", "pictures", "monitor-dark.png") });
});

inBrowser("without the token of its URL it shows nothing", async () => {
  const plant = await watch();
  await page.goto("about:blank");
  await page.goto(new URL("/", plant.monitor.url).href);
  await page.getByRole("status").filter({ hasText: "the URL lacks the token" }).waitFor();
  problems.length = 0; // the browser tells of the refusals
});
