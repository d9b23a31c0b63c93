import { DeletionLocks } from "../../../operations/deploy/locks";
import { AzureService } from "../azure-service";

const GROUP = "/subscriptions/S/resourceGroups/rg";
const WORKSPACE = `${GROUP}/providers/Microsoft.Databricks/workspaces/w`;
const LANDING = `${GROUP}/providers/Microsoft.Storage/storageAccounts/st/blobServices/default/containers/landing`;
const LOCKS = "/providers/Microsoft.Authorization/locks";
const lockOn = (scope: string, name = "keep") => ({
  id: `${scope}${LOCKS}/${name}`,
  name,
  properties: { level: "CanNotDelete", notes: "Kept." },
});

let set: unknown[] = [];
let printed: string[] = [];

beforeEach(() => {
  [set, printed] = [[], []];
  jest.spyOn(console, "log").mockImplementation((line: string) => void printed.push(line));
  jest.spyOn(console, "error").mockImplementation((line: string) => void printed.push(line));
});
afterEach(() => jest.restoreAllMocks());

function serviceOf(...locks: readonly ReturnType<typeof lockOn>[]): AzureService {
  const each = locks.flatMap(({ id }) => [
    [`DELETE ${id}`, () => ({})] as const,
    [`PUT ${id}`, (body: unknown) => (set.push(body), {})] as const,
  ]);
  return new AzureService({ [`GET ${GROUP}${LOCKS}`]: () => ({ value: locks }), ...Object.fromEntries(each) });
}

const applied = (
  service: AzureService,
  deleted: readonly string[],
  work = async () => void service.changes.push("apply"),
) => new DeletionLocks(service.manager, "rg", 1).lifted(deleted, work);

test.each([
  ["a role on the workspace", `${WORKSPACE}/providers/Microsoft.Authorization/roleAssignments/r`],
  ["the connection of a private endpoint", WORKSPACE],
  [
    "a setting whose id has another case",
    `${WORKSPACE.toLowerCase()}/providers/microsoft.insights/diagnosticSettings/d`,
  ],
])("%s is deleted while the lock is lifted, which is then set as it was", async (_, deleted) => {
  const service = serviceOf(lockOn(WORKSPACE), lockOn(LANDING));
  await applied(service, [deleted]);
  expect(service.changes).toEqual([`DELETE ${WORKSPACE}${LOCKS}/keep`, "apply", `PUT ${WORKSPACE}${LOCKS}/keep`]);
  expect(set).toEqual([{ properties: { level: "CanNotDelete", notes: "Kept." } }]);
});

test("what is locked is deleted only when Azure has long said that the lock is gone", async () => {
  const service = serviceOf(lockOn(WORKSPACE));
  const answers = [404, 404, 200, ...Array<number>(12).fill(404)];
  let asked = 0;
  service.answers[`GET ${WORKSPACE}${LOCKS}/keep`] = () => (answers[asked++] === 200 ? lockOn(WORKSPACE) : 404);
  let askedBefore = 0;
  await applied(service, [WORKSPACE], async () => void (askedBefore = asked));
  expect(askedBefore).toBe(15);
});

test("where no lock keeps what is deleted, and where nothing is, all locks stay", async () => {
  const service = serviceOf(lockOn(WORKSPACE), lockOn(LANDING));
  await applied(service, [`${WORKSPACE}-other/providers/Microsoft.Authorization/roleAssignments/r`]);
  await applied(service, []);
  expect(service.changes).toEqual(["apply", "apply"]);
});

test("a lock that somebody else has set stays", async () => {
  const service = serviceOf(lockOn(WORKSPACE, "from-the-platform-team"));
  await applied(service, [`${WORKSPACE}/providers/Microsoft.Authorization/roleAssignments/r`]);
  expect(service.changes).toEqual(["apply"]);
});

test("after an apply that fails the lock is set again, and the cause is what is told", async () => {
  const service = serviceOf(lockOn(WORKSPACE));
  const fails = () => Promise.reject(new Error("apply ended with code 1"));
  await expect(applied(service, [WORKSPACE], fails)).rejects.toThrow("apply ended with code 1");
  expect(service.changes.at(-1)).toBe(`PUT ${WORKSPACE}${LOCKS}/keep`);
});

test("a lock that cannot be set again is told, with what to do", async () => {
  const service = serviceOf(lockOn(WORKSPACE));
  service.answers[`PUT ${WORKSPACE}${LOCKS}/keep`] = () => 403;
  await expect(applied(service, [WORKSPACE])).rejects.toThrow(
    `no longer locked; plan and apply again to set the lock: ${WORKSPACE}`,
  );
});

test("what is deleted itself needs no lock any more", async () => {
  const service = serviceOf(lockOn(WORKSPACE));
  service.answers[`PUT ${WORKSPACE}${LOCKS}/keep`] = () => 404;
  await expect(applied(service, [WORKSPACE])).resolves.toBeUndefined();
});

test("a signal to stop waits until the lock is set again", async () => {
  const service = serviceOf(lockOn(WORKSPACE));
  await applied(service, [WORKSPACE], async () => void process.emit("SIGTERM"));
  expect(service.changes.at(-1)).toBe(`PUT ${WORKSPACE}${LOCKS}/keep`);
  expect(printed).toContain("Stopping after the locks are set again.");
  expect(process.listenerCount("SIGTERM")).toBe(0);
});
