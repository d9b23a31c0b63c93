import { draw } from "../../../local/synthesized/blueprint";
import { readSynthesized } from "../../../local/synthesized/synthesized";
import { writeSynthesized } from "../fixtures/synthesized-folder";

const LANDING = "abfss://landing@stdev.dfs.core.windows.net/incoming";
const VERIFICATION = "abfss://verification@stdev.dfs.core.windows.net/incoming";

/** The environment dev with these places in the lake. */
function drawn(roots: Readonly<Record<string, string>>, ...containers: readonly string[]) {
  const { definition, ...rest } = readSynthesized(writeSynthesized(), "dev");
  const globalParameters = { ...definition.globalParameters, ...roots };
  return draw({
    ...rest,
    containers: [...rest.containers, ...containers],
    definition: { ...definition, globalParameters },
  });
}

test("every place in the lake is the same container and folder of the storage emulator", () => {
  expect(drawn({ landing_root: LANDING, verification_root: VERIFICATION }, "verification").roots).toEqual({
    landing_root: "wasb://landing@devstoreaccount1/incoming",
    verification_root: "wasb://verification@devstoreaccount1/incoming",
  });
});

test("an environment that was synthesized before it had verifications still runs", () => {
  expect(drawn({ landing_root: LANDING }).roots).toEqual({ landing_root: "wasb://landing@devstoreaccount1/incoming" });
});

test.each([
  [VERIFICATION, 'verification_root names the container "verification", there are: lake, landing'],
  ["/incoming", 'global parameter verification_root is "/incoming", expected abfss://<container>@<account>/<folder>'],
])("a verification_root of %s is refused before anything starts", (verification_root, message) => {
  expect(() => drawn({ verification_root })).toThrow(message);
});
