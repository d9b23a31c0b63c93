import { ingestExit, scoringExit } from "../../../contract/exits";
import { clusterFailures, late, noSuccess, quarantined } from "../../../components/observability/alert-queries";

const queries = {
  noSuccess: noSuccess("scoring", 8),
  quarantined: quarantined("ingest", 0.1),
  late: late("scoring", 90),
  clusterFailures,
};
const fieldsOf = (query: string) => [...query.matchAll(/exit\.(\w+)/g)].map(([, field]) => field);

test("no success is a row also when there are no runs at all: a count without groups is one row", () => {
  const [, , summary, condition] = queries.noSuccess.split("\n");
  expect(summary).toBe("| summarize successes = count()");
  expect(condition).toBe("| where successes == 0");
});

test("only a run that succeeded, of this pipeline, within the hours, counts as success", () => {
  expect(queries.noSuccess).toContain(
    '| where TimeGenerated > ago(8h) and PipelineName == "scoring" and Status == "Succeeded"',
  );
});

test.each(Object.entries(queries))("%s is no error before the first row has made its table", (_, query) => {
  expect(query).toMatch(/^union isfuzzy=true \(datatable\([\w:, ]+\)\[\]\), \w+\n/);
});

test("the share of rows set aside is of all that ingest read, by the names that its notebook exits with", () => {
  expect(queries.quarantined).toMatch(/setAside \/ \(loaded \+ setAside\) > 0\.1$/);
  expect(fieldsOf(queries.quarantined)).toEqual(["rows", "quarantined"]);
  expect(Object.keys(ingestExit.shape)).toEqual(expect.arrayContaining(fieldsOf(queries.quarantined)));
});

test("predictions are late by the seconds that the notebook of scoring exits with, which may be null", () => {
  expect(queries.late).toMatch(/\| where todouble\(exit\.freshness_p95_seconds\) > 5400$/);
  expect(Object.keys(scoringExit.shape)).toEqual(expect.arrayContaining(fieldsOf(queries.late)));
  expect(scoringExit.shape.freshness_p95_seconds.parse(null)).toBeNull();
});

test.each(["quarantined", "late"] as const)("%s asks only runs of its activity that succeeded", (name) => {
  const [, condition, exit] = queries[name].split("\n");
  expect(condition).toMatch(/^\| where ActivityName == "(ingest|scoring)" and Status == "Succeeded"$/);
  expect(exit).toBe("| extend exit = parse_json(tostring(parse_json(Output).runOutput))");
});

test("a cluster fails when it does not come up, and when a request to start it is refused", () => {
  expect(clusterFailures).toMatch(/"startResult".*state in~ \("Error"/);
  expect(clusterFailures).toMatch(/"start".*status >= 400/);
});
