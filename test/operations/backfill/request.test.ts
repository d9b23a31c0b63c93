import { parseBackfillRequest } from "../../../operations/backfill/request";

const NOW = new Date("2026-11-30T08:00:00Z");
const range = ["--from", "2015-01-01", "--to", "2015-03-31"];

test("a range is enough: the champion scores it, on this machine", () => {
  const request = parseBackfillRequest(range, NOW);
  expect(request).toEqual({ from: "2015-01-01", to: "2015-03-31", out: expect.stringMatching(/out$/) });
});

test("version, environment and the time since which runs count are options", () => {
  const options = ["--model-version", "3", "--environment", "dev", "--since", "2026-11-30T07:00Z"];
  expect(parseBackfillRequest([...range, ...options], NOW)).toMatchObject({
    modelVersion: "3",
    environment: "dev",
    since: new Date("2026-11-30T07:00:00Z"),
  });
});

test.each<[string[], string]>([
  [["--from", "2015-01-01"], "required option '--to <date>' not specified"],
  [["--from", "2015-02-30", "--to", "2015-03-01"], "Expected a calendar day as yyyy-MM-dd."],
  [["--from", "2015-03-02", "--to", "2015-03-01"], "--from 2015-03-02 is later than --to 2015-03-01"],
  [
    ["--from", "2015-03-02", "--to", "2026-12-01"],
    "--to 2026-12-01 is in the future; allowed: at most today, 2026-11-30",
  ],
  [["--from", "1915-01-01", "--to", "2015-01-01"], "are 1201 months; allowed: at most 120"],
  [[...range, "--model-version", "champion"], "Expected the number of a version, such as 3."],
  [[...range, "--since", "yesterday"], "Expected a time in UTC such as 2026-11-30T08:00Z."],
  [[...range, "--since", "2026-11-31T25:00Z"], "Expected a time in UTC such as 2026-11-30T08:00Z."],
  [[...range, "--environment", "dev", "--out", "o"], "option '--out <folder>' cannot be used with"],
])("%j is wrong use, in one clear line", (parameters, message) => {
  expect(() => parseBackfillRequest(parameters, NOW)).toThrow(
    expect.objectContaining({ message: expect.stringContaining(message), exitCode: 2 }),
  );
});
