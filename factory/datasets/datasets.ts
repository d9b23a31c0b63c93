import { findName } from "../json";
import { nameOf, type Part } from "../sources/parts";
import { Dataset, datasetSource, linkedServiceSource } from "./dataset";

/** The linked services whose blobs are in the storage that a factory is given. */
const BLOB_STORAGE = ["AzureBlobStorage", "AzureBlobFS", "AzureStorage"];

/** The datasets of a factory. What is wrong with one matters only to activities that refer to it. */
export class Datasets {
  private readonly byName: ReadonlyMap<string, Part>;
  private readonly typesOfLinkedServices: ReadonlyMap<string, string>;

  constructor(datasets: readonly Part[], linkedServices: readonly Part[]) {
    this.byName = new Map(datasets.map((part) => [nameOf(part) ?? "", part]));
    this.typesOfLinkedServices = new Map(
      linkedServices.flatMap(({ json }) => {
        const { data } = linkedServiceSource.safeParse(json);
        return data === undefined ? [] : [[data.name, data.properties.type] as const];
      }),
    );
  }

  /** A dataset; or why its files cannot be read and written here. `given` are the parameters that a reference has values for. */
  find(name: string, given: readonly string[]): Dataset | string {
    const part = this.byName.get(findName(this.byName.keys(), name) ?? "");
    if (part === undefined) return `uses dataset "${name}", which does not exist`;
    const { data, error } = datasetSource.safeParse(part.json);
    if (part.problem !== undefined) return `uses dataset "${name}": ${part.problem}`;
    if (data === undefined)
      return `uses dataset "${name}": ${error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`).join(", ")}`;
    const dataset = new Dataset(data);
    const foreign = this.foreignService(dataset.linkedService);
    const problems = [...(foreign === undefined ? [] : [`is on ${foreign}`]), ...dataset.problems(given)];
    return problems.length === 0 ? dataset : `uses dataset "${name}", which ${problems.join(", ")}`;
  }

  /**
   * What a linked service is that has no blobs; `undefined` where it has. One that the definition does not have says nothing: the location of
   * a dataset tells the kind of its storage.
   */
  foreignService(name: string): string | undefined {
    const found = findName(this.typesOfLinkedServices.keys(), name);
    const type = found === undefined ? undefined : this.typesOfLinkedServices.get(found);
    return type === undefined || BLOB_STORAGE.includes(type) ? undefined : `linked service "${name}" of type "${type}"`;
  }
}

/** Of a factory without datasets. */
export const NO_DATASETS = new Datasets([], []);
