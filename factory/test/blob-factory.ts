import { Factory, type FactoryProps } from "../factory";
import type { JsonObject } from "../json";
import { loadFactory } from "../load";
import type { ActivityRun, PipelineRun } from "../runs/records";
import type { FactorySource } from "../source";

type DatasetSource = NonNullable<FactorySource["datasets"]>[number];

export interface DatasetProps {
  readonly type?: string;
  /** `landing/folder/file.csv`: the container, the folder if it ends with a slash, the file. */
  readonly at: string;
  readonly parameters?: readonly string[];
  readonly [property: string]: unknown;
}

/** A dataset in Blob Storage; other properties are its `typeProperties`. */
export function dataset(
  name: string,
  { type = "DelimitedText", at, parameters = [], ...more }: DatasetProps,
): DatasetSource {
  const [container, ...path] = at.split("/");
  const fileName = path.pop();
  const location = { type: "AzureBlobStorageLocation", container, folderPath: path.join("/"), fileName };
  return {
    name,
    properties: {
      type,
      linkedServiceName: { referenceName: "storage", type: "LinkedServiceReference" },
      parameters: Object.fromEntries(parameters.map((parameter) => [parameter, { type: "String" }])),
      typeProperties: JSON.parse(JSON.stringify({ location, ...more })),
    },
  };
}

export function reference(referenceName: string, parameters: JsonObject = {}) {
  return { referenceName, type: "DatasetReference", parameters };
}

/** A Copy between the datasets `from` and `to`. */
export function copy(source: object, sink: object, more: object = {}) {
  return {
    name: "copy",
    type: "Copy",
    inputs: [reference("from")],
    outputs: [reference("to")],
    typeProperties: JSON.parse(JSON.stringify({ source, sink, ...more })),
  };
}

export interface BlobFactoryProps extends FactoryProps {
  readonly datasets: readonly DatasetSource[];
  readonly linkedServices?: FactorySource["linkedServices"];
}

/** A factory of one pipeline, `p`, of these activities. */
export function blobFactory(
  activities: readonly unknown[],
  { datasets, linkedServices, ...props }: BlobFactoryProps,
): Factory {
  const definition = loadFactory({
    name: "adf",
    datasets,
    ...(linkedServices && { linkedServices }),
    pipelines: [
      { name: "p", properties: { activities, parameters: { day: { type: "String", defaultValue: "monday" } } } },
    ],
  });
  return new Factory(definition, props);
}

/** The only activity of a run. */
export function only({ activities }: PipelineRun): ActivityRun {
  const [run, ...others] = activities;
  if (run === undefined || others.length > 0)
    throw new Error(`one activity is expected, there are ${activities.length}`);
  return run;
}
