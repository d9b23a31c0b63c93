import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import { findClassicFiles, TABLES } from "../../../../local/storage/landing/classic-files";
import { parseLandingRoot } from "../../../../local/storage/landing/landing";
import { place, planLanding, telemetryDays } from "../../../../local/storage/landing/plan";
import { type LandingFile, splitFiles } from "../../../../local/storage/landing/split";
import { HEADERS, telemetryRows, writeClassicData } from "../../fixtures/classic-data";

const DAYS = ["2015-01-01", "2015-01-02", "2015-01-03", "2015-01-05", "2015-01-06"];

describe("the classic files", () => {
  test.each([[false], [true]])("are found and checked, gzip %s", async (gzip) => {
    const folder = writeClassicData({}, { gzip });
    const files = await findClassicFiles(folder);
    expect(path.basename(files.telemetry)).toBe(gzip ? "PdM_telemetry.csv.gz" : "PdM_telemetry.csv");
  });

  test("a quoted header with a byte order mark and Windows line ends is the same header", async () => {
    const folder = writeClassicData({});
    writeFileSync(path.join(folder, "PdM_errors.csv"), '\uFEFF"datetime","machineID","errorID"\r\n');
    await expect(findClassicFiles(folder)).resolves.toBeDefined();
  });

  test.each<[string, (folder: string) => void, string]>([
    ["a missing folder", (folder) => rmSync(folder, { recursive: true }), "does not exist"],
    [
      "a missing file",
      (folder) => rmSync(path.join(folder, "PdM_maint.csv")),
      "has no PdM_maint.csv or PdM_maint.csv.gz",
    ],
    ["both forms", (folder) => writeFileSync(path.join(folder, "PdM_maint.csv.gz"), ""), "has both PdM_maint.csv and"],
    ["an empty file", (folder) => writeFileSync(path.join(folder, "PdM_maint.csv"), ""), "PdM_maint.csv is empty"],
    [
      "another header",
      (folder) => writeFileSync(path.join(folder, "PdM_maint.csv"), "a,b\n"),
      'PdM_maint.csv has the header "a,b", expected "datetime,machineID,comp"',
    ],
    [
      "a file that is not gzip",
      (folder) => {
        rmSync(path.join(folder, "PdM_maint.csv"));
        writeFileSync(path.join(folder, "PdM_maint.csv.gz"), "no gzip");
      },
      "PdM_maint.csv.gz cannot be read: incorrect header check",
    ],
  ])("%s is one clear error", async (_, spoil, message) => {
    const folder = writeClassicData({});
    spoil(folder);
    await expect(findClassicFiles(folder)).rejects.toThrow(message);
  });
});

describe("the plan", () => {
  test("by default the last day arrives later", () => {
    expect(planLanding(DAYS, undefined, 1)).toEqual({
      history: { first: "2015-01-01", last: "2015-01-05" },
      deliveries: [{ first: "2015-01-06", last: "2015-01-06" }],
    });
  });

  test("deliveries have the wanted number of days, and none is without telemetry", () => {
    expect(planLanding(DAYS, "2015-01-01", 1).deliveries.map(({ first }) => first)).toEqual(DAYS.slice(1));
    expect(planLanding(DAYS, "2015-01-01", 2).deliveries).toEqual([
      { first: "2015-01-02", last: "2015-01-03" },
      { first: "2015-01-04", last: "2015-01-05" },
      { first: "2015-01-06", last: "2015-01-06" },
    ]);
  });

  test("training up to the last day leaves nothing to deliver", () => {
    expect(planLanding(DAYS, "2015-01-06", 1).deliveries).toEqual([]);
  });

  test.each(["2014-12-31", "2015-01-07"])("--train-to %s is outside", (day) => {
    expect(() => planLanding(DAYS, day, 1)).toThrow("has telemetry from 2015-01-01 to 2015-01-06");
  });

  test("one day cannot be split", () => {
    expect(() => planLanding(["2015-01-01"], undefined, 1)).toThrow("one day only, 2015-01-01");
  });

  test("rows go with the first delivery that is not over, late ones with the last, unreadable ones with the history", () => {
    const plan = planLanding(DAYS, "2015-01-02", 1);
    const places = ["2014-06-01", "2015-01-02", "2015-01-03", "2015-01-04", "2015-01-05", "2015-02-01", undefined];
    expect(places.map((day) => place(plan, day))).toEqual([0, 0, 1, 2, 2, 3, 0]);
  });

  test("telemetry without a single date is an error", async () => {
    const folder = writeClassicData({ telemetry: ["yesterday,1,1,1,1,1"] });
    await expect(telemetryDays(path.join(folder, "PdM_telemetry.csv"))).rejects.toThrow("no row with a date");
  });
});

function rowsOf(folder: string, { name }: LandingFile): readonly string[] {
  const [header, ...rows] = gunzipSync(readFileSync(path.join(folder, name)))
    .toString()
    .trimEnd()
    .split(/\r?\n/);
  expect(header).toBe(HEADERS[name.split("/")[0] as keyof typeof HEADERS]);
  return rows;
}

/** A generator of numbers below 1 that is the same in every run. */
function random(seed: number): () => number {
  return () => (seed = (seed * 16807) % 2147483647) / 2147483647;
}

test.each(Array.from({ length: 12 }, (_, seed) => seed + 1))(
  "splitting loses, doubles and changes no row, and no delivery holds what comes later (case %i)",
  async (seed) => {
    const next = random(seed * 7919);
    const junk = [
      "",
      "no date,1",
      "2015-02-30 00:00:00,1,x",
      '"2015-01-03 01:00:00",1,quoted',
      "2019-01-01 00:00:00,1,late",
    ];
    const dated = (count: number) =>
      Array.from({ length: count }, () =>
        next() < 0.1
          ? junk[Math.floor(next() * junk.length)]!
          : `${DAYS[Math.floor(next() * DAYS.length)]} 00:00:00,${Math.floor(next() * 9)},e`,
      );
    const rows = {
      machines: ["1,model3,18", "2,model4,7"],
      errors: dated(50),
      maint: dated(50),
      failures: dated(3),
      telemetry: [...telemetryRows(3, DAYS), ...dated(200)],
    };
    const data = writeClassicData(rows, { gzip: seed % 2 === 0, end: seed % 3 === 0 ? "\r\n" : "\n" });
    const files = await findClassicFiles(data);
    const trainTo = seed % 4 === 0 ? undefined : DAYS[seed % 4];
    const plan = planLanding(await telemetryDays(files.telemetry), trainTo, 1 + (seed % 2));
    const folder = mkdtempSync(path.join(tmpdir(), "split-"));
    const { history, deliveries } = await splitFiles(files, plan, folder);

    const landed = [history, ...deliveries].flat();
    for (const table of TABLES) {
      const all = landed.filter(({ name }) => name.startsWith(`${table}/`)).flatMap((file) => rowsOf(folder, file));
      const wanted = rows[table];
      expect([...all].sort()).toEqual([...wanted].sort());
    }
    deliveries.forEach((delivery, index) => {
      expect(delivery.at(-1)!.name).toMatch(/^telemetry\//);
      const late = index === deliveries.length - 1 ? "9999" : plan.deliveries[index]!.last;
      for (const file of delivery)
        for (const row of rowsOf(folder, file)) expect(row.replace('"', "").slice(0, 10) <= late).toBe(true);
    });

    const again = await splitFiles(files, plan, folder);
    expect(again).toEqual({ history, deliveries });
  },
);

test("the landing root is read from the deployed URL", () => {
  expect(parseLandingRoot("abfss://landing@st.dfs.core.windows.net/incoming")).toEqual({
    container: "landing",
    folder: "incoming",
  });
  expect(parseLandingRoot("abfss://landing@st.dfs.core.windows.net")).toEqual({ container: "landing", folder: "" });
  expect(parseLandingRoot("https://st.blob.core.windows.net/landing")).toBeUndefined();
});
