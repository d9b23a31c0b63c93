import { FactoryError } from "./factory-error";
import { findName, type Json } from "./json";
import type { FactoryDefinition } from "./load";
import { Lane } from "./runs/lane";
import { StubTable } from "./runs/stub-table";
import type { Stubs } from "./runs/stubs";

/** What goes with a definition. */
export interface DefinitionProps {
  /** What stands for activities, by pipeline and activity. Default: none. */
  readonly stubs?: Stubs;
  /** Values in the place of the definition's. Default: none. */
  readonly globalParameters?: Readonly<Record<string, Json>>;
}

/** What a run goes by from its beginning to its end. */
export interface Defined {
  readonly definition: FactoryDefinition;
  readonly stubs: StubTable;
  readonly globalParameters: Readonly<Record<string, Json>>;
}

/** The factory as it is defined now. The lane of a pipeline outlives its definition: who waits in it keeps the place. */
export class Current {
  private readonly lanes = new Map<string, Lane>();
  private now: Defined;

  constructor(definition: FactoryDefinition, props: DefinitionProps) {
    this.now = this.define(definition, props);
  }

  get defined(): Defined {
    return this.now;
  }

  redefine(definition: FactoryDefinition, props: DefinitionProps): void {
    this.now = this.define(definition, props);
  }

  /** Throws a `FactoryError` for a pipeline that the factory does not have. */
  lane(pipelineName: string): Lane {
    const found = findName(this.lanes.keys(), pipelineName);
    if (found !== undefined) return this.lanes.get(found)!;
    const known = [...this.lanes.keys()].join(", ") || "none";
    throw new FactoryError(`the factory has no pipeline "${pipelineName}", it has: ${known}`);
  }

  private define(definition: FactoryDefinition, { stubs = {}, globalParameters = {} }: DefinitionProps): Defined {
    const names = new Set(definition.pipelines.map(({ name }) => name));
    for (const name of this.lanes.keys()) if (!names.has(name)) this.lanes.delete(name);
    for (const pipeline of definition.pipelines) {
      const lane = this.lanes.get(pipeline.name);
      if (lane === undefined) this.lanes.set(pipeline.name, new Lane(pipeline));
      else lane.redefine(pipeline);
    }
    return {
      definition,
      stubs: new StubTable(stubs, definition.pipelines),
      globalParameters: { ...definition.globalParameters, ...globalParameters },
    };
  }
}
