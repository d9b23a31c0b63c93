import { type Factory, type FactoryDefinition, FactoryError, parseFactory, problemLine } from "adf-local";
import { ApiError } from "../http/api-error";
import type { Route } from "../http/route";
import type { Kind, Kinds } from "../kinds/kinds";
import type { Resource, ResourceStore } from "../resource-manager/resource-store";
import { operationRoutes, type FactoryApiProps } from "./factory-routes";
import { requireReferences, requireStopped, requireUnreferenced } from "./factory-rules";

/** A factory that runs what is deployed to it. */
export interface RunningFactory extends FactoryApiProps {
  /** Told of each new definition; until it returns, the factory has the one before. */
  readonly redefine: (definition: FactoryDefinition) => void;
  /** Ends its runs, and what it works with. */
  readonly stop: () => Promise<void>;
}

interface Deployed {
  readonly running: RunningFactory;
  readonly routes: readonly Route[];
}

const FACTORIES = "Microsoft.DataFactory/factories";

/** The factories among the resources that have been deployed. What is written to one is checked as Data Factory does, and runs from then on. */
export class DeployedFactories {
  private readonly deployed = new Map<string, Deployed>();

  /** `open` begins a factory by its definition. */
  constructor(
    private readonly store: ResourceStore,
    private readonly open: (definition: FactoryDefinition, id: string) => RunningFactory,
  ) {
    for (const factory of store.ofType(FACTORIES)) this.adopt(factory);
  }

  get all(): readonly RunningFactory[] {
    return [...this.deployed.values()].map(({ running }) => running);
  }

  /** Runs, triggers and queries of the factories that there are. */
  get routes(): readonly Route[] {
    return [...this.deployed.values()].flatMap(({ routes }) => routes);
  }

  async stop(): Promise<void> {
    await Promise.all(this.all.map((one) => one.stop()));
  }

  /** What Data Factory checks of what is written to it. */
  kinds(): Kinds {
    const child = (more: Pick<Kind, "complete" | "refuseDelete"> = {}): Kind => ({
      complete: (stated, writing) => {
        const id = factoryIdOf(stated.id);
        requireReferences(stated, id, this.store);
        const completed = more.complete?.(stated, writing) ?? stated;
        this.check(id, completed);
        return completed;
      },
      refuseDelete: (resource, store) => {
        more.refuseDelete?.(resource, store);
        requireUnreferenced(resource, factoryIdOf(resource.id), store);
      },
      afterWrite: (written) => this.adopt(this.store.get(factoryIdOf(written.id))!),
      afterDelete: ({ id }) => this.adopt(this.store.get(factoryIdOf(id))!),
    });
    const type = FACTORIES.toLowerCase();
    return {
      [type]: {
        afterWrite: (factory) => this.adopt(factory),
        afterDelete: ({ id }) => this.leave(id),
      },
      [`${type}/pipelines`]: child(),
      [`${type}/linkedservices`]: child(),
      [`${type}/datasets`]: child(),
      [`${type}/credentials`]: child(),
      [`${type}/integrationruntimes`]: child(),
      [`${type}/triggers`]: child({
        complete: (trigger, { before }) => {
          requireStopped(before);
          return { ...trigger, properties: { runtimeState: "Stopped", ...trigger.properties } };
        },
        refuseDelete: requireStopped,
      }),
    };
  }

  /** Throws an `ApiError` with what cannot run because of a resource; what could not run before is no fault of it. */
  private check(factoryId: string, changed: Resource): void {
    const { problems } = read(this.source(factoryId, changed));
    if (problems.length === 0) return;
    const before = read(this.source(factoryId)).problems;
    const fresh = problems.filter((problem) => !before.includes(problem));
    if (fresh.length > 0) throw new ApiError(400, "BadRequest", fresh.join("\n"), changed.name);
  }

  /** Runs what is deployed. While an update is half done it may be nothing that can run: until then it is as it was. */
  private adopt(resource: Resource): void {
    const { id } = resource;
    const { definition } = read(this.source(id));
    if (definition === undefined) return;
    const known = this.deployed.get(id.toLowerCase());
    if (known !== undefined) {
      known.running.redefine(definition);
      return;
    }
    const running = this.open(definition, id);
    this.keepStates(running.factory, id);
    this.deployed.set(id.toLowerCase(), { running, routes: operationRoutes(running) });
  }

  private async leave(id: string): Promise<void> {
    const left = this.deployed.get(id.toLowerCase());
    this.deployed.delete(id.toLowerCase());
    await left?.running.stop();
  }

  /** A trigger that is turned on or off is so in what was deployed, too. */
  private keepStates({ triggers }: Factory, id: string): void {
    triggers.onChange((name) => {
      const trigger = this.store.get(`${id}/triggers/${name}`);
      const runtimeState = triggers.of(name);
      if (trigger !== undefined && trigger.properties["runtimeState"] !== runtimeState)
        this.store.put({ ...trigger, properties: { ...trigger.properties, runtimeState } });
    });
  }

  /** The factory as it is deployed, with one resource as it is to be. */
  private source(factoryId: string, changed?: Resource): object {
    const known = this.store.all(factoryId).filter(({ id }) => id.toLowerCase() !== changed?.id.toLowerCase());
    const all = changed === undefined ? known : [...known, changed];
    const of = (folder: string) =>
      all
        .filter(({ type }) => type.toLowerCase() === `${FACTORIES}/${folder}`.toLowerCase())
        .map(({ name, properties }) => ({ name, properties }));
    const factory = this.store.get(factoryId);
    return {
      name: factory?.name ?? "",
      globalParameters: factory?.properties["globalParameters"] ?? {},
      pipelines: of("pipelines"),
      triggers: of("triggers"),
      datasets: of("datasets"),
      linkedServices: of("linkedServices"),
    };
  }
}

function factoryIdOf(id: string): string {
  return /^.*\/providers\/Microsoft\.DataFactory\/factories\/[^/]+/i.exec(id)![0];
}

/** The definition, where there is no problem. */
function read(source: object): { readonly definition?: FactoryDefinition; readonly problems: readonly string[] } {
  try {
    return { definition: parseFactory(source), problems: [] };
  } catch (error) {
    if (error instanceof FactoryError) return { problems: error.problems.map(problemLine) };
    throw error;
  }
}
