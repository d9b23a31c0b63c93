import { Factory, loadFactory, readStubs } from "adf-local";

const definition = loadFactory({
  name: "plant",
  pipelines: [
    {
      name: "export",
      properties: {
        activities: [
          { name: "copy", type: "Copy", policy: { retry: 1, retryIntervalInSeconds: 0 } },
          { name: "orders", type: "Lookup", typeProperties: { source: { query: "@concat('select ', '1')" } } },
        ],
      },
    },
  ],
});

/** As a JSON file may hold them: the first copy fails, and the second one succeeds. */
const file = { export: { copy: [{ error: { errorCode: "2200", message: "busy" } }, { output: { rowsCopied: 3 } }] } };

const factory = new Factory(definition, {
  notebooks: { run: async () => ({ exitValue: undefined, seconds: 0 }) },
  stubs: { ...readStubs(file), "*": { orders: (input) => ({ output: { firstRow: input } }) } },
});
void factory.run("export").then(({ status, activities }) => {
  for (const { name, attempts, output } of activities) console.log(name, attempts, JSON.stringify(output));
  console.log(status);
});
