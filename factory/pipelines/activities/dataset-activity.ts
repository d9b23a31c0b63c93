import type { z } from "zod";
import type { Datasets } from "../../datasets/datasets";
import type { JsonObject } from "../../json";
import type { Services, Work, WorkContext } from "./activity";
import { DatasetReference, readProperties, together } from "./dataset-reference";

/** An activity on the files of one dataset. */
export abstract class DatasetActivity<Properties extends { readonly dataset?: unknown }> implements Work {
  readonly inner = [];
  readonly hasPolicy: boolean = true;
  readonly onlyByStub: string | undefined;
  protected readonly properties: Properties;
  protected readonly reference: DatasetReference;

  constructor(shape: z.ZodType<Properties>, typeProperties: unknown, datasets: Datasets) {
    const read = readProperties(shape, typeProperties);
    this.properties = read.properties;
    this.reference = new DatasetReference(this.properties.dataset, datasets);
    this.onlyByStub = together([read.problem, this.reference.problem, ...this.problems()]);
  }

  needsStub(services: Services): string | undefined {
    return this.onlyByStub ?? this.reference.withoutStore(services);
  }

  abstract run(context: WorkContext): Promise<JsonObject>;

  /** What of its properties is not understood here. */
  protected abstract problems(): readonly string[];
}
