import { Cleanup } from "../../../local/command/cleanup";

test("undoes the last thing first, and the rest also where something cannot be undone", async () => {
  const undone: string[] = [];
  const cleanup = new Cleanup();
  cleanup.add(() => void undone.push("first"));
  cleanup.add(() => Promise.reject(new Error("gone")));
  cleanup.add(() => void undone.push("last"));
  expect(await cleanup.run()).toEqual([new Error("gone")]);
  expect(undone).toEqual(["last", "first"]);
  expect(await cleanup.run()).toEqual([]);
});
