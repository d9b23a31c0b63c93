import { Factory, type FactoryEvent, loadFactory, planRerun } from "adf-local";

const notebook = (name: string, ...after: readonly string[]) => ({
  name,
  type: "DatabricksNotebook",
  dependsOn: after.map((activity) => ({ activity, dependencyConditions: ["Succeeded"] })),
  typeProperties: { notebookPath: `/plant/${name}` },
});

const definition = loadFactory({
  name: "plant",
  pipelines: [{ name: "training", properties: { activities: [notebook("ingest"), notebook("train", "ingest")] } }],
});

let mended = false;
const notebooks = {
  run: async (path: string) => {
    if (path === "/plant/train" && !mended) throw new Error("no such column: vlot");
    return { exitValue: undefined, seconds: 1 };
  },
};

const observe = (event: FactoryEvent) => {
  if (event.kind === "activityEnded")
    console.log(event.activity.name, event.activity.status, event.activity.error ?? "");
};

async function main(): Promise<void> {
  const factory = new Factory(definition, { notebooks, observe });
  await factory.run("training");
  mended = true;
  const { status, activities } = await factory.rerun(planRerun(definition, factory.history.runs, "train"));
  console.log(status, `${activities.filter(({ kept }) => kept).length} kept`);
}

void main();
