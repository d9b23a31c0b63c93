import { problems, refuses } from "../refusals";

const receiver = { webhook: "https://crew.example/items", audience: "api://crew" };
const of = (change: Readonly<Record<string, unknown>>) => ({ scoring: { newWork: { ...receiver, ...change } } });

test("somebody can be told of new work, with or without a port and a path", () => {
  expect(problems(of({}))).toEqual([]);
  expect(problems(of({ webhook: "https://crew.example:8443", audience: "api://4c4b-11/crew" }))).toEqual([]);
});

/** Logic Apps want it of every caller, also of one with a token (their documentation). */
const LOGIC_APP =
  "https://prod-00.westeurope.logic.azure.com:443/workflows/4c4b11/triggers/manual/paths/invoke?api-version=2016-10-01";

test("a Logic App can be told of new work", () => {
  expect(problems(of({ webhook: LOGIC_APP }))).toEqual([]);
});

const ADDRESS =
  "an https address without user and #, with nothing after ? but api-version; a signature in it would be a secret in pipelines and states";
refuses([
  ["an address that is not encrypted", of({ webhook: "http://crew.example/items" }), ADDRESS],
  ["a signature in the address", of({ webhook: "https://crew.example/items?sig=abc" }), ADDRESS],
  ["the address of a Logic App with its signature", of({ webhook: `${LOGIC_APP}&sp=%2Frun&sv=1.0&sig=abc` }), ADDRESS],
  ["a password in the address", of({ webhook: "https://me:word@crew.example/items" }), ADDRESS],
  ["an expression in the place of an address", of({ webhook: "@concat('https://x')" }), ADDRESS],
  ["no audience", of({ audience: undefined }), "the Application ID URI of the receiver, such as api://crew"],
  ["a token for Azure", of({ audience: "https://management.azure.com/" }), "the Application ID URI of the receiver"],
]);
